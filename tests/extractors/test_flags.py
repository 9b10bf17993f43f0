"""What is mangled is flagged and never guessed at: a number beside it borrows no metric."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from extractors import extract
from extractors.flags import find_flags, is_beside
from extractors.records import Entity, Mention, Paper, record_from_json, record_to_json
from tests.cli.conftest import Kg, kg

__all__ = ["kg"]

HIDDEN = ("FooNet is a model for person re-identification on Market-1501. "
          "`[email protected]` rises by 2 points; the R@1 is 44.1.")
PAPER = Paper("x", "A Study of FooNet", HIDDEN)


@pytest.mark.parametrize(("text", "found"), [
    ("an [email protected] of 81%", ["[email protected]"]),
    ("an [email\u00a0protected] of 81%", ["[email\u00a0protected]"]),
    ("an [email&#160;protected] of 81%", ["[email&#160;protected]"]),
    ("an \\[email protected\\] of 81%", ["\\[email protected\\]"]),
    ("the email protected by law", []),
])
def test_what_is_flagged(text: str, found: list[str]) -> None:
    assert [flag.text for flag in find_flags(text)] == found
    assert all(text[flag.start:flag.end] == flag.text for flag in find_flags(text))


@pytest.mark.parametrize(("text", "number", "beside"), [
    ("[email protected] rises by 2 points; the R@1 is 44.1", "2 points", True),
    ("[email protected] rises by 2 points; the R@1 is 44.1", "44.1", False),
    ("R@1 rises by 2 points ([email protected])", "2 points", True),
    ("R@1 of 44.1, [email protected] of 61.2", "44.1", False),
    ("R@1 of 44.1, [email protected] of 61.2", "61.2", True),
    ("[email protected] and R@1 rise by 2 points", "2 points", False),
    ("Write to [email protected]. It has 2 points R@1", "2 points", False),
    ("R@1 of 44.1", "44.1", False),
])
def test_a_number_beside_what_is_hidden(text: str, number: str, beside: bool) -> None:
    at, start = text.index("R@1") if "R@1" in text else 0, text.index(number)
    metric = Entity("Metric", "R@1", ("R@1",), "reported", mentions=(Mention(at, at + 3, "R@1", ""),))
    assert is_beside(text, start, start + len(number), [metric]) is beside


def test_a_record_carries_the_flag_and_the_number_no_metric() -> None:
    record = extract(PAPER)
    assert {r.value: r.metric for r in record.results} == {"2 points": None, "44.1": "R@1"}
    assert [PAPER.text[f.start:f.end] for f in record.flags] == ["[email protected]"]
    assert record_from_json(orjson.loads(orjson.dumps(record_to_json(record)))) == record


def test_a_record_without_flags_says_nothing_of_them() -> None:
    assert "flags" not in record_to_json(extract(Paper("x", "A Study", "We propose FooNet.")))


def test_why_says_what_it_is(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "r.jsonl").write_bytes(orjson.dumps(record_to_json(extract(PAPER))))
    said = kg("why", tmp_path / "r.jsonl", "x", "[email protected]")
    assert said.code == 0
    assert "[email protected]: an e-mail obfuscation in place of a name with an @" in said.out
