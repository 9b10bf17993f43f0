"""A file that a command writes is there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.cli.target import whole_file
from tests.cli.conftest import Kg

GOOD = '{"id": "p1", "title": "Alpha: A Thing", "abstract": "We propose Alpha. It reaches 91% on CIFAR-10."}\n'


def test_a_failed_extract_keeps_the_old_file(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(GOOD + "[]\n")
    (tmp_path / "out.jsonl").write_text("old\n")
    assert kg("extract", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl").code == 1
    assert (tmp_path / "out.jsonl").read_text() == "old\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_extract_writes_over_its_input(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text(GOOD)
    assert kg("extract", tmp_path / "p.jsonl", "-o", tmp_path / "p.jsonl").code == 0
    assert '"entities"' in (tmp_path / "p.jsonl").read_text()


def test_an_output_whose_folder_is_missing(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(GOOD)
    said = kg("extract", tmp_path / "in.jsonl", "-o", tmp_path / "gone" / "out.jsonl")
    assert (said.code, said.err) == (1, f"kg: {tmp_path / 'gone' / 'out.jsonl'}: cannot be written: "
                                        "No such file or directory\n")


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_nothing_is_left_behind(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), whole_file(tmp_path / "out") as path:
        path.write_text("half")
        raise error
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link_and_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "file").chmod(0o640)
    (tmp_path / "link").symlink_to("file")
    with whole_file(tmp_path / "link") as path:
        path.write_text("new")
    assert (tmp_path / "link").is_symlink()
    assert ((tmp_path / "file").read_text(), (tmp_path / "file").stat().st_mode & 0o777) == ("new", 0o640)


def test_what_is_no_file_is_written_as_it_is() -> None:
    with whole_file(os.devnull) as path:
        assert str(path) == os.devnull
