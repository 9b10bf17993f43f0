"""Take apart words that lost the space before a name: `introduceGraphGPT`, `ofLLMs`."""

from __future__ import annotations

import re
from functools import cache

from extractors.tables import read_tsv

__all__ = ["glued_ends"]


@cache
def _glued() -> re.Pattern[str]:
    """Match a word of `frames/glued.tsv` that runs into what looks like a name: two capitals, or one and a digit."""
    words = "|".join(row["word"] for row in read_tsv("frames/glued.tsv"))
    return re.compile(rf"(?<![\w/.\\@#-])(?:{words})(?=[A-Z][A-Za-z]{{0,40}}[A-Z0-9])")


def glued_ends(text: str) -> list[int]:
    """Give the offsets at which such a word ends and the name begins."""
    return [match.end() for match in _glued().finditer(text)]
