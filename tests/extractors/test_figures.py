"""Numbers in figures with their units, and how near they stand to a mention."""

from __future__ import annotations

import pytest

from extractors.figures import find_figures, near_figures
from extractors.text import Text, read_text


def _span(text: Text, words: str) -> tuple[int, int]:
    start = text.raw.index(words)
    return text.at_start[start], text.at_end[start + len(words)]


@pytest.mark.parametrize(("sentence", "kinds"), [
    ("We cut memory by 28 times.", "x"), ("It needs 2.5x fewer steps.", "x"), ("We gain 51.6\\% mask AP.", "%"),
    ("An FID of 3.12 is reached.", "."), ("We label 300 papers.", "d"), ("It runs at 20 fps.", "u"),
    ("Neither two nor GPT-4V counts.", ""), ("", ""),
])
def test_numbers_and_their_units(sentence: str, kinds: str) -> None:
    assert find_figures(read_text(sentence, 0)).kinds == list(kinds)


@pytest.mark.parametrize(("sentence", "name", "said"), [
    ("We gain 51.6% mask AP.", "mask AP", ["l%0"]),
    ("We cut memory by 28 times.", "memory", ["rx1", "rxby"]),
    ("The accuracy is high. We use 12 layers.", "accuracy", []),
    ("The accuracy of the model that all of us like best by far is 12.5%.", "accuracy", []),
])
def test_the_nearest_numbers_of_the_sentence(sentence: str, name: str, said: list[str]) -> None:
    text = read_text(sentence, 0)
    assert near_figures(text, find_figures(text), _span(text, name)) == [("figure", value) for value in said]
