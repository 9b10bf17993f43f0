"""Know a word by the company it keeps: counts and clusters of the word types of a corpus (`kg learn words`)."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import NamedTuple

__all__ = ["WordStats", "load_words"]


class WordStats(NamedTuple):
    """What a corpus says of one word type."""

    seen: int  # occurrences, any case
    lower: int  # tenths of them that are in lower case
    coarse: int  # clusters of its neighbours' counts, at three grains
    middle: int
    fine: int


def load_words(path: Path) -> dict[str, WordStats]:
    """Load the word table: word type as written → its statistics."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        cells = (line.rstrip("\n").split("\t") for line in lines)
        return {word: WordStats(*map(int, numbers)) for word, *numbers in cells}
