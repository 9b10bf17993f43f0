"""Know a word by the company it keeps: counts and clusters of the word types of a corpus (`kg learn words`)."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from extractors.learned_files import read_table

__all__ = ["COLUMNS", "WordStats", "load_words"]

COLUMNS = ("word", "count", "lower", "coarse", "middle", "fine")


class WordStats(NamedTuple):
    """What a corpus says of one word type."""

    seen: int  # occurrences, any case
    lower: int  # tenths of them that are in lower case
    coarse: int  # clusters of its neighbours' counts, at three grains
    middle: int
    fine: int


def load_words(path: Path) -> dict[str, WordStats]:
    """Load the word table: word type as written → its statistics; ValueError names a file that is damaged."""
    return read_table(path, COLUMNS, lambda rows: {word: WordStats(*map(int, numbers)) for word, *numbers in rows})
