"""Describe two names of one paper as binary features: may they name one thing?

Only names that share words, or of which one may be made of the other's letters, are described at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from extractors.abbreviations import find_abbreviations
from extractors.letters import spells
from extractors.records import Entity
from extractors.scorer import group_of
from extractors.tables import read_lines
from extractors.versions import is_version
from extractors.words import fold, word_of

__all__ = ["Names", "Phrase", "join_features", "names_of", "relate", "spell_out"]

_BRACKET = re.compile(r"\s*\([^()]*\)")
_WORD = re.compile(r"[^\W_]+(?:[$^{]*[+*]+)?")  # a sign at the end is part of a name: RRT*, C++
_MOST_SURFACES = 4  # of each entity that are compared
_MOST_WORDS = 12  # of a name that are compared

Phrase = tuple[str, ...]  # the words of a name, folded


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of a paper are compared by: its text, where sentences start, what its short forms stand for."""

    text: str
    starts: Sequence[int]  # of sentences; the first is the title
    longs: Mapping[str, Phrase]  # folded short form → words of its long form


@lru_cache(maxsize=1 << 15)
def _phrase(name: str) -> Phrase:
    """Give the words of a name, folded, without what stands in brackets."""
    bare = _BRACKET.sub("", name) or name
    return tuple(filter(None, map(fold, _WORD.findall(bare)[:_MOST_WORDS])))


def names_of(text: str, sentences: Sequence[tuple[int, int]], title_end: int) -> Names:
    """Lay out a paper's text (title, line feed, abstract), whose title ends at `title_end`, for comparing its names."""
    longs = {fold(text[slice(*short)]): _phrase(text[slice(*long)])
             for long, short in find_abbreviations(text, title_end)}
    return Names(text, [start for start, _ in sentences], longs)


def _spelt(phrase: Phrase, longs: Mapping[str, Phrase]) -> Phrase:
    return tuple(word for part in phrase for word in longs.get(part, (part,)))


def spell_out(name: str, names: Names) -> Phrase:
    """Give the words of a name, folded, with the short forms that the text explains spelt out."""
    return _spelt(_phrase(name), names.longs)


def _share(short: Phrase, long: Phrase) -> str:
    """Say how the words of the shorter name stand in the longer one; empty where they do not."""
    size = len(short)
    if "".join(short) == "".join(long):
        return "same"
    if set(short) == set(long):
        return "same words"
    if long[-size:] == short:
        return "end"
    if long[:size] == short:
        return "beginning"
    if set(short) <= set(long):
        return "within"
    common = len(set(short) & set(long))
    return "head" if short[-1] == long[-1] and 2 * common >= size and size > 1 else ""


def relate(one: str, other: str, longs: Mapping[str, Phrase]) -> tuple[str, Phrase, Phrase] | None:
    """Say how two names are related, and give the words of the shorter and of the longer one; None where they aren't.

    A relation that shows only when short forms are spelt out begins with "spelt".
    """
    short, long = sorted((_phrase(one), _phrase(other)), key=len)
    if not short:
        return None
    how = _share(short, long)
    if longs and how in ("", "head"):
        spelt = sorted((_spelt(short, longs), _spelt(long, longs)), key=len)
        if (better := _share(*spelt)) not in ("", how):
            return f"spelt {better}", spelt[0], spelt[1]
    if how in ("", "head") and (found := _by_letters(one, other)):
        return found
    return (how, short, long) if how else None


def _by_letters(one: str, other: str) -> tuple[str, Phrase, Phrase] | None:
    """Say how the letters of one name spell the other, whichever fits better."""
    ways = [(how, _phrase(a), _phrase(b)) for a, b in ((one, other), (other, one)) if (how := spells(a, b))]
    return min(ways, key=lambda way: (len(way[0]), way), default=None)


_RANKS = {how: at for at, how in enumerate((
    "same", "spelt same", "same words", "letters", "letters inner", "letters gap", "letters late", "end", "beginning",
    "spelt end", "within"))}


def _closest(one: Entity, other: Entity, longs: Mapping[str, Phrase]) -> tuple[str, Phrase, Phrase] | None:
    """Give the closest relation between any of the names of two entities."""
    pairs = product(one.surfaces[:_MOST_SURFACES], other.surfaces[:_MOST_SURFACES])
    related = filter(None, (relate(a, b, longs) for a, b in pairs))
    return min(related, key=lambda r: (_RANKS.get(r[0], len(_RANKS)), len(r[2]), r), default=None)


def _sentences(names: Names, entity: Entity) -> list[int]:
    return [bisect_right(names.starts, m.start) - 1 for m in entity.mentions[:8]]


def _between(names: Names, one: Entity, other: Entity) -> str:
    """Give the few characters between two mentions that stand side by side; empty where none do."""
    for a, b in product(one.mentions[:8], other.mentions[:8]):
        low, high = min(a.end, b.end), max(a.start, b.start)
        if 0 <= high - low <= 6:
            return f"gap:{names.text[low:high].strip()}"
    return ""


def join_features(names: Names, one: Entity, other: Entity) -> list[str]:
    """Describe two entities of one type group; empty where nothing says that they may be one, or one is a version."""
    pairs = product(one.surfaces[:_MOST_SURFACES], other.surfaces[:_MOST_SURFACES])
    if any(is_version(a, b) or is_version(b, a) for a, b in pairs):
        return []
    found = _closest(one, other, names.longs)
    if found is None or (one.type == "Metric" and _measures_else(*found)):
        return []
    return [*_describe(names, one, other, *found)]


def _measures_else(how: str, short: Phrase, long: Phrase) -> bool:
    """Say whether the words that a metric's narrower name adds make it another metric: macro F1, recall@10."""
    added = set(long) - set(short)
    return not how.startswith("letters") and any(w.isdigit() or w in _qualifiers() for w in added)


@cache
def _qualifiers() -> frozenset[str]:
    return frozenset(map(fold, read_lines("frames/metric_qualifiers.txt")))


def _describe(names: Names, one: Entity, other: Entity, how: str, short: Phrase, long: Phrase) -> Iterator[str]:
    group = group_of(one.type)
    small, large = (one, other) if len(_phrase(one.name)) <= len(_phrase(other.name)) else (other, one)
    extra = [word for word in long if word not in short]
    kinds = f"{small.kind}>{large.kind}"
    yield from (how, f"{how}&{group}", f"{how}&{group}&{kinds}", f"{how}&{group}&{len(short)}+{min(len(extra), 3)}")
    yield f"short:{' '.join(short)}"
    yield f"last:{long[-1]}&{how}"
    for word in dict.fromkeys([*extra, *(w for w in short if w not in long)]):
        yield f"word:{word}"
        yield f"word:{word}&{group}"
    strength = max((2 if not w.isalpha() else word_of(w).strength for w in _WORD.findall(large.name)
                    if fold(w) in extra), default=0)
    one_word = f"one word={' ' not in large.name.strip()}"
    yield from (f"strength={strength}&{group}", f"strength={strength}&{how}&{kinds}",
                f"strength={strength}&{one_word}&{how}&{kinds}")
    yield from _placed(names, small, large, f"{how}&{group}")


def _placed(names: Names, small: Entity, large: Entity, what: str) -> Iterator[str]:
    """Say where the two stand, how often, and in which roles."""
    first, second = _sentences(names, small), _sentences(names, large)
    title = f"title={set(first) == {0}}>{set(second) == {0}}"
    yield from (title, f"{title}&{what}", f"counts={min(len(first), 3)}>{min(len(second), 3)}&{what}")
    together = not set(first).isdisjoint(second)
    yield f"together={together}&{what}"
    yield f"first={min(first, default=0) <= min(second, default=0)}&{what}"
    yield f"roles={small.role}>{large.role}&{group_of(small.type)}"
    if gap := _between(names, small, large):
        yield gap
        yield f"{gap}&{what}"
