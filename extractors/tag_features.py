"""Describe tokens for the tagger: every feature is a function of one word type, or of one lexicon match.

A feature's weight is looked up under `offset:feature`, the offset of the word from the token that is tagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extractors.word_table import WordStats
from extractors.words import word_of

__all__ = ["EDGE", "LEXICON_OFFSETS", "NARROW", "WIDE", "lexicon_features", "narrow_features", "wide_features"]

WIDE = (-1, 0, 1)  # offsets at which a word is described in full
NARROW = (-3, -2, 2, 3)  # offsets at which a word is described in short
LEXICON_OFFSETS = (-1, 0, 1)
EDGE = "EDGE"  # stands beyond the first and the last token

_RUNS = re.compile(r"(.)\1{2,}")
_KINDS = ((re.compile(r"[A-Z]"), "X"), (re.compile(r"[a-z]"), "x"), (re.compile(r"\d"), "d"),
          (re.compile(r"[^\x00-\x7f]"), "u"))


def _shape(word: str) -> str:
    """Give the pattern of capitals, letters and digits, runs cut at two: `ResNet50` gives `XxxXxxdd`."""
    for pattern, kind in _KINDS:
        word = pattern.sub(kind, word)
    return _RUNS.sub(r"\1\1", word)


def wide_features(word: str, table: Mapping[str, WordStats]) -> list[str]:
    """Describe a word in full: itself, shape, affixes, clusters, how common it is and how often in lower case."""
    if word == EDGE or word.isspace():
        return [EDGE]
    lower = word_of(word).lower
    out = [f"w={lower}", f"s={_shape(word)}"]
    if len(word) > 3:
        out += [f"p3={lower[:3]}", f"e2={lower[-2:]}", f"e3={lower[-3:]}", f"e4={lower[-4:]}"]
    stats = table.get(word) or table.get(lower)
    if stats is None:
        out.append("unknown")
    else:
        out += [f"c1={stats.coarse}", f"c2={stats.middle}", f"c3={stats.fine}", f"n={stats.seen.bit_length()}"]
        if word != word.lower():
            out.append(f"low={stats.lower}")
    if sum(map(str.isupper, word)) > 1:
        out.append("mixed")
    return out


def narrow_features(word: str, table: Mapping[str, WordStats]) -> list[str]:
    """Describe a word in short, for the places further off."""
    if word == EDGE or word.isspace():
        return []
    lower = word_of(word).lower
    out = [f"w={lower}", f"s={_shape(word)}", f"e3={lower[-3:]}"]
    stats = table.get(word) or table.get(lower)
    return out if stats is None else [*out, f"c1={stats.coarse}", f"c2={stats.middle}"]


def _longest(matches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the longest matches that do not overlap, the leftmost of equals first."""
    taken: set[int] = set()
    kept = []
    for start, end in sorted(matches, key=lambda m: (m[0] - m[1], m[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end))
    return kept


def lexicon_features(matches: Mapping[tuple[int, int], frozenset[str]]) -> dict[int, tuple[str, ...]]:
    """Describe each token that lies in a lexicon match: the classes, and where in the match it stands."""
    out: dict[int, tuple[str, ...]] = {}
    for start, end in _longest(matches):
        labels = sorted(matches[start, end])
        joined = "+".join(labels)
        for k in range(start, end):
            place = "B" if k == start else "I"
            last = (f"lx=E{joined}",) if k == end - 1 else ()
            out[k] = (f"lx={place}{joined}", *(f"l1={place}{label}" for label in labels), *last)
    return out
