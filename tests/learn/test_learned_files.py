"""What is wrong with a file that `kg learn` wrote is one line that names the file."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.induced import load_names
from extractors.learned import load_learned
from extractors.learned_files import FILES, NAMES, SHIPPED, TAGGER, WORDS
from extractors.tagger import load_tagger
from extractors.word_table import load_words
from tests.cli.conftest import Kg

PAPER = '{"id": "p", "title": "QuillNet", "abstract": "We propose QuillNet. It reaches 81.5% accuracy."}\n'
TABLES: dict[str, Callable[[Path], object]] = {
    WORDS: load_words, NAMES: load_names, TAGGER: lambda path: load_tagger(path, {})}
PLAIN = [name for name in FILES if name.endswith(".json")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the learned files of the package."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "own", ignore=shutil.ignore_patterns("__pycache__")))


def _refused(folder: Path) -> str:
    with pytest.raises(ValueError) as error:
        load_learned.__wrapped__(str(folder))
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("damage", [
    pytest.param(lambda _: b"", id="empty"),
    pytest.param(lambda _: gzip.compress(b""), id="packed nothing"),
    pytest.param(lambda data: data[:len(data) // 2], id="cut"),
    pytest.param(lambda data: data[:5000] + bytes(9) + data[5009:], id="other bytes"),
    pytest.param(lambda _: gzip.compress(b"a\tb\n1\t2\n"), id="another table"),
    pytest.param(lambda _: gzip.compress(b"\xff\xfe"), id="no UTF-8"),
    pytest.param(lambda _: b"plain", id="not packed"),
])
def test_a_damaged_table_is_named(tmp_path: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
    (tmp_path / name).write_bytes(damage((SHIPPED / name).read_bytes()))
    with pytest.raises(ValueError) as error:
        TABLES[name](tmp_path / name)
    assert str(error.value).startswith(f"{tmp_path / name}: damaged (")


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError) as error:
        load_names(tmp_path / NAMES)
    assert str(error.value) == f"{tmp_path / NAMES}: cannot be read: No such file or directory"


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("text", ["{", "{}", "[]", '{"words": "x", "weights": 1, "slots": []}'])
def test_a_damaged_object_is_named(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    assert _refused(folder).startswith(f"{folder / name}: damaged (")


@pytest.mark.parametrize(("name", "old", "new"), [
    ("results.json", '"threshold": ', '"treshold": '),
    ("results.json", '"bias": ', '"bias": "" , "was": '),
    ("relations.json", '"bias": ', '"bias": NaN, "was": '),
    ("relations.json", '"trained_on"', '"trained"'),
    ("roles.json", '"used"', '"user"'),
    ("roles.json", '[\n', '[0,\n'),
    ("weights.json", '[', '[0,'),
])
def test_an_object_of_another_shape_is_named(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert _refused(folder).startswith(f"{folder / name}: damaged (")


def test_on_the_command_line(kg: Kg, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text(PAPER)
    (folder / "names.tsv.gz").write_bytes(b"")
    said = kg("extract", tmp_path / "p.jsonl", "--induced", folder)
    assert (said.code, said.out, said.err) == (
        1, "", f"kg: {folder / NAMES}: damaged (ValueError: its columns are not name, papers, named, term, data, "
               "metric, task); write it anew with `kg learn`\n")
    assert kg("extract", tmp_path / "p.jsonl", "--induced", "").err == (
        "kg: --induced is empty; give the folder that `kg learn` wrote, or leave it out (see kg extract --help)\n")
