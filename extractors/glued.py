"""Take apart words that lost the space before a name: `introduceGraphGPT`, `ofLLMs`, `beatsnode2vec`."""

from __future__ import annotations

import re
from functools import cache

from extractors.tables import read_tsv

__all__ = ["glued_ends"]

_NEXT = {  # what has to follow a word for it to be apart: the likelier it begins a name (`byT5`), the more
    "any": r"[A-Z](?:[A-Za-z]|-[A-Z])",
    "verb": r"(?:[A-Z](?:[A-Za-z]|-[A-Z])|[a-z]{2,10}2[a-z]{2})",  # names with a small letter: `node2vec`
    "mixed": r"[A-Z](?:[A-Za-z]{0,40}|-)[A-Z0-9]",
    "word": r"[A-Z][a-z]",
}


@cache
def _glued() -> re.Pattern[str]:
    """Match a word of `frames/glued.tsv` that runs into what looks like a name, and is no other word (`but`)."""
    ways = [f"{row['word']}" + (f"(?!{row['but']})" if row["but"] else "") + f"(?={_NEXT[row['next']]})"
            for row in read_tsv("frames/glued.tsv")]
    return re.compile(rf"(?<![\w/.\\@#-])(?:{'|'.join(ways)})")


def glued_ends(text: str) -> list[int]:
    """Give the offsets at which such a word ends and the name begins."""
    return [match.end() for match in _glued().finditer(text)]
