"""kg evaluate says what it cannot measure, kg why what was never guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kg


def _file(path: Path, *ids: str) -> Path:
    empty: dict[str, list[str]] = {"entities": [], "repos": [], "results": [], "relations": []}
    path.write_text("".join(json.dumps({"id": one, "title": "T", "abstract": "A", **empty}) + "\n" for one in ids))
    return path


def test_gold_without_papers_is_refused(kg: Kg, tmp_path: Path) -> None:
    said = kg("evaluate", _file(tmp_path / "gold"), _file(tmp_path / "said", "a"))
    assert (said.code, said.out, said.err) == (1, "", f"kg: {tmp_path / 'gold'}: empty: it holds no labelled papers\n")


@pytest.mark.parametrize("option", [[], ["--rules"]])
def test_records_of_other_papers_are_refused(kg: Kg, tmp_path: Path, option: list[str]) -> None:
    said = kg("evaluate", _file(tmp_path / "gold", "a", "b"), _file(tmp_path / "said", "c"), *option)
    assert (said.code, said.out) == (1, "")
    assert said.err == (f"kg: {tmp_path / 'said'}: holds none of the 2 papers of {tmp_path / 'gold'} "
                        "(the first: 'a'); ids must be the same in both\n")


def test_papers_without_record_are_counted_aloud(kg: Kg, tmp_path: Path) -> None:
    said = kg("evaluate", _file(tmp_path / "gold", "a", "b"), _file(tmp_path / "said", "a", "c"))
    assert said.code == 0
    assert said.err == (f"kg: {tmp_path / 'said'} lacks 1 of the 2 papers of {tmp_path / 'gold'} "
                        "(the first: 'b'); what they hold counts as missed\n")


def test_matching_input_is_measured_in_silence(kg: Kg, tmp_path: Path) -> None:
    said = kg("evaluate", _file(tmp_path / "gold", "a"), _file(tmp_path / "said", "a"))
    assert (said.code, said.err) == (0, "")
