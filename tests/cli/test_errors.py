"""What is wrong is one line on standard error: exit code 1 for data, 2 for usage, never a traceback."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Kg

GOOD = '{"id": "p1", "title": "Alpha: A Thing", "abstract": "We propose Alpha. It reaches 91% on CIFAR-10."}\n'


@pytest.mark.parametrize("command", ["build", "extract"])
@pytest.mark.parametrize(("name", "data", "reason"), [
    ("gone.txt", None, "cannot be read: No such file or directory"),
    ("empty.txt", b"", "empty: it holds no papers"),
    ("blob.bin", bytes(range(256)), "line 1: not text"),
    ("latin.jsonl", GOOD.replace("Thing", "Thíng").encode("latin-1"), "line 1: not UTF-8 at byte 35 (0xed)"),
    ("cut.gz", gzip.compress(os.urandom(5000).hex().encode())[:2000], "line 1: the packed data is cut short"),
    ("array.jsonl", b"[1]\n", "line 1: an array, not an object"),
    ("lack.jsonl", GOOD.encode() + b'{"id": "x", "title": "t"}', 'line 2: no field "abstract"'),
])
def test_bad_input(kg: Kg, tmp_path: Path, command: str, name: str, data: bytes | None, reason: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    said = kg(command, tmp_path / name, *(["-o", tmp_path / "atlas"] if command == "build" else []))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"kg: {tmp_path / name}: {reason}")
    assert said.err.count("\n") == 1
    assert not (tmp_path / "atlas").exists()


@pytest.mark.parametrize(("arguments", "reason"), [
    (["buidl"], "No such command 'buidl'."),
    (["build"], "Missing argument 'INPUT...'."),
    (["build", "x"], "Missing option '--output' / '-o'."),
    (["build", "x", "-o", "y", "--formats", "word"], "Invalid value for '--formats': unknown: word; choose from "),
    (["build", "x", "-o", "y", "--format", "word"], "Invalid value for '--format' / '-f': 'word' is not one of"),
    (["build", "x", "-o", "y", "--jobs", "-1"], "Invalid value for '--jobs' / '-j': -1 is not in the range x>=0."),
    (["build", "x", "-o", "y", "--base", "here"], "Invalid value for '--base': 'here' is not an absolute IRI"),
    (["stats"], "Missing argument 'ATLAS'."),
])
def test_bad_usage(kg: Kg, arguments: list[str], reason: str) -> None:
    said = kg(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"kg: {reason}")
    assert said.err.count("\n") == 1


def _page(folder: Path) -> Path:
    path = folder / "good.jsonl"
    path.write_text(GOOD)
    return path


def test_an_output_with_something_else_in_it_is_left_alone(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("x")
    said = kg("build", _page(tmp_path), "-o", tmp_path / "mine")
    assert (said.code, said.err) == (1, f"kg: {tmp_path / 'mine'}: a folder with something else in it (no atlas.json); "
                                        "choose another folder for the atlas\n")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.tex"]


def test_an_output_that_is_a_file(kg: Kg, tmp_path: Path) -> None:
    page = _page(tmp_path)
    said = kg("build", page, "-o", page)
    assert (said.code, said.err) == (1, f"kg: {page}: a file; choose another folder for the atlas\n")
    assert page.read_text() == GOOD


def test_an_output_that_cannot_be_written(kg: Kg, tmp_path: Path) -> None:
    page = _page(tmp_path)
    said = kg("build", page, "-o", page / "atlas")
    assert (said.code, said.out) == (1, "")
    assert said.err == f"kg: {page / 'atlas'}: cannot be written: {page} is a file; choose another folder\n"


@pytest.mark.parametrize("command", [["stats"], ["show", "X"], ["papers"], ["claims"], ["conflicts"],
                                     ["export", "-f", "csv"],
                                     ["leaderboard", "-d", "X"], ["cypher", "RETURN 1"], ["sparql", "ASK {}"]])
def test_a_folder_that_is_no_atlas(kg: Kg, tmp_path: Path, command: list[str]) -> None:
    said = kg(command[0], tmp_path, *command[1:])
    assert (said.code, said.out) == (1, "")
    assert said.err == (f"kg: {tmp_path}: not an atlas (it has no atlas.json); "
                        f"make one with: kg build INPUT -o {tmp_path}\n")


@pytest.mark.parametrize(("manifest", "reason"), [
    ("{", "atlas.json: damaged"), ("{}", "atlas.json: damaged"),
    ('{"layout": 999}', "made by a newer paperatlas (layout 999, this one reads 1); upgrade it"),
])
def test_a_damaged_atlas(kg: Kg, tmp_path: Path, manifest: str, reason: str) -> None:
    (tmp_path / "atlas.json").write_text(manifest)
    said = kg("stats", tmp_path)
    assert said.code == 1
    assert reason in said.err
    assert said.err.count("\n") == 1


def test_skip_bad_goes_on_and_counts(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("[]\n")
    said = kg("extract", "--skip-bad", tmp_path / "bad.jsonl", _page(tmp_path), tmp_path / "gone")
    assert (said.code, said.out.count("\n")) == (0, 1)
    assert said.err.splitlines() == [
        f"kg: skipped: {tmp_path / 'bad.jsonl'}: line 1: an array, not an object; give one JSON object a line",
        f"kg: skipped: {tmp_path / 'gone'}: cannot be read: No such file or directory",
        "kg: skipped 2 bad inputs"]


def test_a_name_that_is_not_there(kg: Kg, sample_atlas: Path) -> None:
    said = kg("show", sample_atlas, "TernaFormr")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("kg: no node called 'TernaFormr' in this atlas; near: TernaFormer")
