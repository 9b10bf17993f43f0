"""Take apart words that lost the space before a name: `introduceGraphGPT`, `ofLLMs`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors.tables import read_tsv

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["split_glued"]


@cache
def _glued() -> re.Pattern[str]:
    """Match a word of `frames/glued.tsv` that runs into what looks like a name: two capitals, or one and a digit."""
    words = "|".join(row["word"] for row in read_tsv("frames/glued.tsv"))
    return re.compile(rf"(?<![\w/.\\@#-])(?:{words})(?=[A-Z][A-Za-z]{{0,40}}[A-Z0-9])")


def split_glued(doc: Doc) -> Doc:
    """Give a doc in which such a word and the name are two tokens; offsets stay."""
    ends = {m.start(): m.end() for m in _glued().finditer(doc.text)}
    if not ends:
        return doc
    from spacy.tokens import Doc as Make

    words: list[str] = []
    spaces: list[bool] = []
    for token in doc:
        text, cut = token.text, ends.get(token.idx, 0) - token.idx
        parts = [text[:cut], text[cut:]] if 0 < cut < len(text) else [text]
        words += parts
        spaces += [False] * (len(parts) - 1) + [bool(token.whitespace_)]
    return Make(doc.vocab, words=words, spaces=spaces)
