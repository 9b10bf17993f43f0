"""Sentences: titles, abbreviations, decimals, addresses, glued stops."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors.sentences import split_sentences
from extractors.tables import read_tsv


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize("row", read_tsv("frames/results_abbreviations.tsv"), ids=lambda row: row["abbreviation"])
def test_abbreviation_does_not_split_and_its_like_does(row: dict[str, str]) -> None:
    assert pieces(f"Title\n{row['match']}") == ["Title", row["match"]]
    assert len(pieces(f"Title\n{row['miss']}")) == 3


@pytest.mark.parametrize(("text", "want"), [
    ("", []),
    ("\n", []),
    ("Title only", ["Title only"]),
    ("A title. With a stop\nOne. Two.", ["A title. With a stop", "One.", "Two."]),
    ("T\nIt gains 2.5 points. It is fast.", ["T", "It gains 2.5 points.", "It is fast."]),
    ("T\nCode is at https://github.com/a/b.c. We like it.",
     ["T", "Code is at https://github.com/a/b.c.", "We like it."]),
    ("T\nIt runs on a CPU.The code is public.", ["T", "It runs on a CPU.", "The code is public."]),
    ("T\nWe use torch.Tensor objects. Fine.", ["T", "We use torch.Tensor objects.", "Fine."]),
    ("T\nReally? Yes! It (works.) Now.", ["T", "Really?", "Yes!", "It (works.)", "Now."]),
    ("T\nIt is slow… We fix it.", ["T", "It is slow…", "We fix it."]),
    ("T\nBy J. Smith and A. Li. We show it.", ["T", "By J. Smith and A. Li.", "We show it."]),
    ("T\nOne part\n\nanother part", ["T", "One part", "another part"]),
])
def test_sentences(text: str, want: list[str]) -> None:
    assert pieces(text) == want


def test_spans_cover_every_word_once() -> None:
    text = "T\n" + "We test e.g. BERT vs. GPT. It has 3.5 parts... Or not? " * 20
    spans = split_sentences(text)
    assert "".join(text[s:e] for s, e in spans).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
