"""Split and setting: a cue is the number's in whose stretch of the sentence it stands."""

from __future__ import annotations

import re

import pytest

from extractors.clauses import view_paper
from extractors.sentences import split_sentences
from extractors.settings import read_settings
from extractors.tables import read_tsv
from tests.extractors.claims import entity

_NAMES = ("FooSet", "BarSet")


def read(text: str) -> list[tuple[str, str | None, str | None]]:
    entities = tuple(entity(text, "Dataset", name, "evaluated") for name in _NAMES)
    view = view_paper(text, split_sentences(text), entities)
    scores = [ref for ref, number in enumerate(view.numbers) if "." in number.text]
    found = read_settings(view, scores)
    return [(view.numbers[ref].text, found[ref].split, found[ref].setting) for ref in scores]


@pytest.mark.parametrize(("text", "splits"), [
    ("82.1% mIoU on the FooSet val set and 81.5% on the test set", ("dev", "test")),
    ("70.1 MOTA on the FooSet validation set, 72.3 on the test set", ("dev", "test")),
    ("On the val set we reach 82.1% and on the test set 81.5%", ("dev", "test")),
    ("82.0% on the FooSet validation set; 55.1 AP on the test set of BarSet", ("dev", "test")),
    ("82.1% on FooSet val, 50.3% on BarSet val and 48.2% on BarSet test", ("dev", "dev", "test")),
    ("45.1 AP on FooSet minival and 45.9 AP on FooSet test-dev", ("dev", "test-dev")),
    ("WER of 1.9% and 4.1% on FooSet test-clean and test-other", ("test-clean", "test-other")),
    ("1.9/4.1 WER on test-clean/other", ("test-clean", "test-other")),
    ("55.0% and 55.7% mIoU on the FooSet val and test sets", ("dev", "test")),
    ("82.1% mIoU and 45.3 AP on the FooSet test set", ("test", "test")),
    ("82.1% on FooSet and 45.3 AP on BarSet test-dev", (None, "test-dev")),
    ("The test of FooSet has 45.3 AP, a t test 2.1%", (None, None)),
])
def test_split_of_each_number(text: str, splits: tuple[str | None, ...]) -> None:
    assert tuple(split for _, split, _ in read(text)) == splits


@pytest.mark.parametrize(("text", "settings"), [
    ("71.2% on FooSet (5-shot) and 38.4% on BarSet (0-shot)", ("5-shot", "0-shot")),
    ("67.1% (1-shot) and 82.3% (5-shot)", ("1-shot", "5-shot")),
    ("In the 1-shot and 5-shot settings we reach 67.1% and 82.3%", ("1-shot", "5-shot")),
    ("67.1%/82.3% in 1-/5-shot classification", ("1-shot", "5-shot")),
    ("63.2% 1-shot, 70.1% 4-shot and 74.8% 16-shot accuracy", ("1-shot", "4-shot", "16-shot")),
    ("56.7% on FooSet in the 5-shot setting and 74.1% on BarSet zero-shot", ("5-shot", "zero-shot")),
    ("In the 5-shot setting we reach 67.1% on FooSet and 82.3% on BarSet", ("5-shot", "5-shot")),
    ("82.1% on FooSet, while in the 5-shot setting, it reaches 55.1%", (None, "5-shot")),
    ("The zero-shot FooNet (82.1%) beats the fine-tuned BarNet (80.3%)", ("zero-shot", "fine-tuned")),
    ("The zero-shot accuracy rises from 55.3% to 80.5%", ("zero-shot", "zero-shot")),
    ("90.8% zero-shot accuracy on FooSet and 87.2% on BarSet", ("zero-shot", "zero-shot")),
    ("67.1% for 1-shot and 82.3% for 5-shot, gains of 1.2% and 3.4%", ("1-shot", "5-shot", "1-shot", "5-shot")),
    ("84.1% without fine-tuning", (None,)), ("84.1% in the 1-shot and 5-shot settings", (None,)),
])
def test_setting_of_each_number(text: str, settings: tuple[str | None, ...]) -> None:
    assert tuple(setting or None for _, _, setting in read(text)) == settings


@pytest.mark.parametrize("row", read_tsv("frames/settings_cues.tsv"), ids=lambda row: f"{row['field']}:{row['value']}")
def test_cues_match_and_refuse(row: dict[str, str]) -> None:
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    assert pattern.search(row["match"])
    assert not pattern.search(row["miss"])
