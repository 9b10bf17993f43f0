"""Align a short form with a long one that stands elsewhere in the paper: NeRF, CropMAE, `spectral GNN`, `HPD v2`.

`abbreviations.py` reads short forms that the text explains; here two names of one paper are compared, and only their
letters tell. Capitals and digits of a short word begin words of the long form or stand inside one (`MAE`: Masked
AutoEncoder), small letters go on from there (`CropMAE`: Cropped …). What does not fit is named: a model weighs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.words import fold

__all__ = ["spells"]

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LETTER = re.compile(r"\d+|[^\W\d_]")
_PLURAL = re.compile(r"(?<=[A-Z])s$")
_SPOKEN = {"to": "2", "two": "2", "for": "4", "four": "4"}  # words that a digit may stand for
_SMALL = frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with", "via"})
_MOST = 12  # words of a long form, and letters of a short one

Cost = tuple[int, int, int, int]  # letters inside words; words left out between, before and behind those that fit
_NEVER: Cost = (99, 99, 99, 99)


class _Letter(NamedTuple):
    """A letter or number of a short word, whether it opens a piece of it, or a whole word that stands in both names."""

    text: str
    opens: bool
    whole: bool


def _is_short(token: str) -> bool:
    """Say whether a word may be made of the letters of others: NeRF, mC, D2F; not Flow, 2017."""
    capitals = sum(map(str.isupper, token))
    return len(token) <= _MOST and (capitals > 1 or (capitals == 1 and (token[0].islower() or token[-1].isdigit())))


@lru_cache(maxsize=1 << 15)
def _letters(name: str) -> tuple[_Letter, ...]:
    out: list[_Letter] = []
    for token in _TOKEN.findall(name):
        if not _is_short(token):
            out += [_Letter(fold(part), True, True) for part in _WORD.findall(token)]
            continue
        letters = _LETTER.findall(_PLURAL.sub("", token))
        out += [_Letter(c.casefold(), at == 0 or not c.islower(), False) for at, c in enumerate(letters)]
    return tuple(out)


@lru_cache(maxsize=1 << 15)
def _words(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(name))


def spells(short: str, long: str) -> str:
    """Say how the letters of a short name are those of a long one: "letters", and what does not fit; else ""."""
    letters, words, text = _letters(short), _words(long), long.casefold()
    made = [letter.text for letter in letters if not letter.whole]
    if len(made) < 2 or max(len(letters), len(words)) > _MOST or len(words) < max(2, len(letters) - len(made) + 1):
        return ""
    if any(letter not in text and letter not in _SPOKEN.values() for letter in made):
        return ""
    inner, gaps, late, rest = _align(letters, words)
    if inner > 2 or gaps > 1:
        return ""
    return "letters" + " inner" * (inner > 0) + " gap" * gaps + " late" * (late > 0) + " open" * (rest > 0)


def _content(words: Sequence[str]) -> int:
    return sum(word not in _SMALL for word in words)


def _align(letters: Sequence[_Letter], words: Sequence[str]) -> Cost:
    """Give the cheapest way to find the letters in the words, in order."""

    @cache
    def after(at: int, word: int, offset: int) -> Cost:
        """Give the cost of the letters from `at` on, where the one before ends at an offset of a word."""
        if at == len(letters):
            return 0, 0, 0, _content(words[word + 1:])
        return min(options(at, word, offset), key=_weigh, default=_NEVER)

    def options(at: int, word: int, offset: int) -> Iterator[Cost]:
        letter = letters[at]
        inside = words[word].find(letter.text, offset) if word >= 0 and letter.text.isalpha() else -1
        if inside >= 0 and not letter.whole:
            straight = inside == offset and not letter.opens
            yield _plus(after(at + 1, word, inside + 1), inner=not straight)
        for new in range(word + 1, len(words)):
            if _begins(letter, words[new]):
                passed = _content(words[word + 1:new])
                end = len(words[new]) if letter.whole else len(letter.text)
                yield _plus(after(at + 1, new, end), gaps=passed * (word >= 0), late=passed * (word < 0))

    return after(0, -1, 0)


def _begins(letter: _Letter, word: str) -> bool:
    if letter.whole:
        return fold(word) == letter.text
    return letter.text in ((word, _SPOKEN.get(word)) if letter.text.isdigit() else word[0])


def _plus(cost: Cost, *, inner: int = 0, gaps: int = 0, late: int = 0) -> Cost:
    return cost[0] + inner, cost[1] + gaps, cost[2] + late, cost[3]


def _weigh(cost: Cost) -> tuple[int, Cost]:
    return cost[0] + 2 * cost[1] + cost[2] + cost[3], cost
