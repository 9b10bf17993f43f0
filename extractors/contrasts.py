"""Find the names that a text sets something apart from: "unlike X", "on par with X", "not based on X".

Such a name may be compared with; it is not what a method is built on, part of, trained or evaluated on. And where the
words that lead to it tell of a tie or a defeat, or give the win to another method, nothing has won over it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from extractors.claim_cues import cues
from extractors.clauses import Item, Place, View
from extractors.relation_features import closest_places
from extractors.word_kinds import kinds_of

__all__ = ["not_beaten", "set_apart"]

_OWN = frozenset({"proposed", "introduced"})  # roles of what no paper sets itself apart from
_REACH = 90  # characters around a name in which the words that set it apart, or list it, are looked for
_WORDS = 12  # items before a name in which words of a win tell of it
_DENIED, _COMPARED = ("contrast", "denied"), ("level", "rival")  # kinds of cues
_SETS_APART = {"based_on": _DENIED, "part_of": _DENIED, "trained_on": (*_DENIED, "foreign"),
               "evaluated_on": ("contrast",)}
_BUILT = frozenset({"based_on", "part_of", "trained_on"})  # relations that a comparison speaks against


def _leads(lead: str, kind: str) -> bool:
    """Say whether a cue of a kind leads to what follows, with at most a few words of description between."""
    return any(cues("between").match(lead[found.end():]) for found in cues(kind).finditer(lead))


def _joins(text: str, last: int, start: int, end: int) -> bool:
    """Say whether a name at `start` stands in one list with the name that ends at `last`."""
    return start - last < _REACH and bool(cues("joined").match(f"{text[last:start]}X{text[end:end + _REACH]}"))


def _names(row: Sequence[Item]) -> Iterator[tuple[int, Item]]:
    return ((position, item) for position, item in enumerate(row) if item.ref >= 0 and item.kind != "number")


@lru_cache(maxsize=256)
def _led(view: View, kind: str, sentence: int) -> frozenset[int]:
    """Give the positions of a sentence's names that stand after a cue of a kind, or in a list with one that does."""
    begin, last = view.sentences[sentence][0], -1
    out: set[int] = set()
    for position, item in _names(view.items[sentence]) if sentence else ():
        if _leads(view.text[max(begin, item.start - _REACH):item.start], kind) or (
                last >= 0 and _joins(view.text, last, item.start, item.end)):
            out.add(position)
            last = item.end
        else:
            last = -1
    return frozenset(out)


def _stands(view: View, kind: str, place: Place) -> bool:
    """Say whether a name stands after a cue of a kind, or is a rival of the paper's own."""
    return place in _rivals(view) if kind == "rival" else place.position in _led(view, kind, place.sentence)


@lru_cache(maxsize=8)
def _rivals(view: View) -> frozenset[Place]:
    """Give the places of names that a text compares with its own: "X outperforms FooNet", "X is worse than FooNet"."""
    return frozenset(place for place, way in _ways(view) if _wins(way) or _compares(way))


def _winners(view: View) -> frozenset[Place]:
    """Give the places of names that win over what the paper proposes."""
    return frozenset(place for place, way in _ways(view) if _wins(way))


def _ways(view: View) -> Iterator[tuple[Place, str]]:
    """Yield the place of each name that stands shortly before one of the paper's own, and the words between."""
    for sentence, row in enumerate(view.items):
        for (position, item), (_, other) in pairwise(_names(row)):
            if view.entities[other.ref].role in _OWN and other.start - item.end < _REACH:
                yield Place(sentence, position), view.text[item.end:other.start]


def _wins(way: str) -> bool:
    return bool(cues("wins").match(way))


def _compares(way: str) -> bool:
    """Say whether the words between two names are a tie or a defeat of the one before."""
    ends = [m.end() for m in cues("level").finditer(way) if cues("predicate").match(way[:m.start()])]
    return any(cues("between").match(way[end:]) for end in ends)


def set_apart(view: View, head: int, rel: str, tail: int) -> bool:
    """Say whether every mention of what a relation turns on sets something apart from it.

    What the title names is the paper's own, and what a name is made of may be compared with: "path-SGD beats SGD".
    """
    ref, of = (head, tail) if rel == "part_of" else (tail, head)
    one, other = view.entities[ref], view.entities[of]
    compared = _COMPARED if rel in _BUILT and one.name.casefold() not in other.name.casefold() else ()
    kinds, places = (*_SETS_APART.get(rel, ()), *compared), view.entity_places[ref]
    return bool(places) and one.role not in _OWN and all(
        any(_stands(view, kind, place) for kind in kinds) for place in places)


def not_beaten(view: View, head: int, tail: int) -> bool:
    """Say whether a tail is named as an equal, a winner or what another method beats, and nowhere beside a win."""
    near = closest_places(view, head, tail)
    places = view.entity_places[tail]
    level = {p for p in places if _stands(view, "level", p)} | _winners(view)
    taken = [p for p in places if _taken(view, head, p)]
    beside = [p for p in level.intersection(places) if any(i.ref == head for i in view.items[p.sentence])]
    if not (beside or level.issuperset((near[1],) if near else places) or taken):
        return False
    return not _beaten(view, [p for p in places if p not in level and p not in taken])


def _beaten(view: View, places: Sequence[Place]) -> bool:
    """Say whether words of a win stand before one of the places, after the title."""
    return any("win" in kinds_of(view.items[sentence][max(0, position - _WORDS):position])
               for sentence, position in places if sentence)


def _taken(view: View, head: int, place: Place) -> bool:
    """Say whether the words before a name give the win over it to a method of others instead of `head`.

    What a paper proposes may win through others ("with FooNet, BERT outperforms T5"), but not in a relative clause:
    "unlike BERT, which outperforms T5, FooNet …".
    """
    row = view.items[place.sentence]
    at = next((p for p in range(place.position - 1, -1, -1) if row[p].ref >= 0), -1)
    if at < 0 or row[at].kind != "Method" or view.entities[row[at].ref].role in _OWN:
        return False
    if head in {item.ref for item in row[:at + 1] if item.kind == "Method"}:
        return False
    win = cues("wins").match(view.text[row[at].end:row[place.position].start])
    return win is not None and (bool(win["relative"]) or view.entities[head].role not in _OWN)
