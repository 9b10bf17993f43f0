"""Split text into tokens as spaCy's tokenizer does, asking it once for each string between white space.

Its English rules look at nothing beyond such a string, so that what it says of one holds wherever it stands.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from extractors.coordination import without_further
from extractors.glued import glued_ends
from extractors.markup import FILL
from extractors.words import JOINS, WIDE, Word, word_of

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Tokens", "blank", "split_tokens"]

_CHUNK = re.compile(  # one space after a word is no token, further white space is; Chinese, … stand apart
    rf"[^\s{WIDE}]+|[{WIDE}]{{1,300}}|\A\s+|(?<= )\s+|(?! )\s+")
_APART = re.compile(  # the stop of `8K.` and `Theil-Sen.`, the bracket of `Foo(x):`, the citation of `Foo[1]`; `A|B`
    r"(?:(?<![^\W\d_])(?<!\.)[^\W\d_]|(?<=[a-z])[A-Z]|(?<=-)[^\W\d_]{2,20}|[$}])(?=\.[\"'”’)\]]{0,4}\Z)"
    r"|8(?=\))|\$(?=[)\]])|(?<=\w)\([^()]{0,40}\)(?=:)|(?=—)|—|(?<=\w)(?=\[[0-9])|(?<=[\w%])(?=\|\w)|(?<=[\w%]\|)(?=\w)")
_KEPT = 500_000  # strings that are remembered


class Tokens(NamedTuple):
    """Tokens as parallel lists; `unit_start` says where a unit starts, such as a hyphenated word."""

    words: list[Word]
    starts: list[int]
    ends: list[int]
    unit_start: list[bool]


_EMPTY = Tokens([], [], [], [])
_chunks: dict[str, Tokens] = {}


@cache
def blank() -> Language:
    """Give the one spaCy pipeline that everything tokenises with: English, blank."""
    import spacy

    return spacy.blank("en")


def _units(words: list[Word]) -> list[bool]:
    """Say at which of adjoining tokens a unit starts: those that a hyphen joins stay together, and `1` with `K`."""
    return [True, *(not (word.text in JOINS or before.text in JOINS
                         or (before.text[-1].isdigit() and word.text.isalpha())) for before, word in pairwise(words))]


def _pieces(chunk: str) -> list[int]:
    """Give the offsets at which a string falls into pieces that are tokenised alone: stops, brackets, dashes, glue."""
    inner = (*glued_ends(chunk), *(match.end() for match in _APART.finditer(chunk)))
    return sorted({0, *inner, len(chunk)})


def _cut(chunk: str) -> Tokens:
    """Tokenise a string without white space, or one of nothing else."""
    tokenizer: Any = blank().tokenizer
    pieces = _pieces(chunk)
    edges = [at + token.idx for at, end in pairwise(pieces) for token in tokenizer(chunk[at:end])] + [len(chunk)]
    words = [word_of(chunk[start:end]) for start, end in pairwise(edges)]
    return Tokens(words, edges[:-1], edges[1:], _units(words))


def _known(chunk: str) -> Tokens:
    """Give the tokens of a string without white space, kept."""
    cut = _chunks.get(chunk)
    if cut is None:
        if len(_chunks) >= _KEPT:
            _chunks.clear()
        cut = _chunks[chunk] = _cut(chunk)
    return cut


def _filled(chunk: str) -> Tokens:
    """Tokenise a string as if nothing were where it is filled up."""
    places = [at for at, char in enumerate(chunk) if char != FILL]
    words, starts, ends, units = _known(chunk.replace(FILL, "")) if places else _EMPTY
    return Tokens(words, [places[start] for start in starts], [places[end - 1] + 1 for end in ends], units)


def split_tokens(text: str) -> Tokens:
    """Split a text into tokens, with offsets into it (characters, end exclusive), of a row of versions the first."""
    text = without_further(text)
    out = words, starts, ends, units = Tokens([], [], [], [])
    filled = FILL in text
    for match in _CHUNK.finditer(text):
        chunk, at = match[0], match.start()
        cut = _filled(chunk) if filled and FILL in chunk else _known(chunk)
        words += cut.words
        units += cut.unit_start
        starts += [at + start for start in cut.starts]
        ends += [at + end for end in cut.ends]
    return out
