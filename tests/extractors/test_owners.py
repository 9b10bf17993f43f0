"""Owners: the method that the words right beside a number tie it to."""

from __future__ import annotations

import re

import pytest

from extractors.clauses import view_paper
from extractors.owners import owners, spent
from extractors.sentences import split_sentences
from extractors.tables import read_tsv
from tests.extractors.claims import entity

_NAMES = (("Method", "FooNet"), ("Method", "BarNet"), ("Method", "BazNet"), ("Metric", "FID"), ("Metric", "AP"))


def owned(text: str) -> dict[str, str]:
    entities = tuple(entity(text, kind, name, "used") for kind, name in _NAMES if name in text)  # type: ignore[arg-type]
    view = view_paper(text, split_sentences(text), entities)
    return {view.numbers[number].text: view.entities[ref].name for number, ref in owners(view).items()}


@pytest.mark.parametrize(("text", "want"), [
    ("FooNet reaches FID 2.02, outperforming BarNet (3.17) and BazNet (2.20).", {"3.17": "BarNet", "2.20": "BazNet"}),
    ("FooNet (84.5%) beats BarNet (81.8%).", {"84.5%": "FooNet", "81.8%": "BarNet"}),
    ("It beats BarNet (48.2 AP, 3.1 FID).", {"48.2": "BarNet", "3.1": "BarNet"}),
    ("It is 0.525 (BarNet: 0.430).", {"0.430": "BarNet"}),
    ("FooNet's FID 3.1 beats BarNet's 4.5 and BazNet's FID of 20.7.",
     {"3.1": "FooNet", "4.5": "BarNet", "20.7": "BazNet"}),
    ("Better than the best result (57.7% AP and 50.2% AP) achieved by BarNet.", {"57.7%": "BarNet", "50.2%": "BarNet"}),
    ("It has 48.2 AP, up from 46.5 of BarNet.", {"46.5": "BarNet"}),
    ("We start from BarNet, which achieves 46.5 AP.", {"46.5": "BarNet"}),
    ("It is better than BarNet (84.5% vs. 81.8%).", {}), ("It prunes FooNet and BarNet (94% and 72%).", {}),
    ("It has 46.5 AP for BarNet, down to 20% of BarNet.", {}), ("It has 98% of BarNet's AP.", {}),
])
def test_words_beside_a_number_say_whose_it_is(text: str, want: dict[str, str]) -> None:
    assert owned(text) == want


def test_a_method_that_has_its_number_is_spent() -> None:
    text = "It is 0.525 (BarNet: 0.430)."
    view = view_paper(text, split_sentences(text), (entity(text, "Method", "BarNet", "used"),))
    assert [spent(view, ref, 0) for ref in range(2)] == [True, False]


@pytest.mark.parametrize("row", read_tsv("frames/owners.tsv"), ids=lambda row: row["what"])
def test_ties_match_and_refuse(row: dict[str, str]) -> None:
    pattern = re.compile(row["pattern"])
    assert pattern.fullmatch(row["match"])
    assert not pattern.fullmatch(row["miss"])
