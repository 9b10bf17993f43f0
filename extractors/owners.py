"""Say which method a number is tied to by the words right beside it, whatever else its sentence says.

`FooNet beats BarNet (81.8%)`, `(BarNet: 81.8%)`, `BarNet's 81.8%`, `81.8% achieved by BarNet`, `up from 81.8% of
BarNet`. Left out are `81.8% for BarNet`, `from BarNet`, `with BarNet` and `BarNet 81.8%`: in labelled papers more than
half of these name a backbone or a model that was attacked. The words are rows of `frames/owners.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from extractors.clauses import Item, View
from extractors.tables import read_tsv

__all__ = ["owners", "spent"]

_REACH = 12  # most items between a number and the name that it is tied to


@cache
def _ties(side: str) -> tuple[re.Pattern[str], ...]:
    rows = read_tsv("frames/owners.tsv")
    return tuple(re.compile(row["pattern"]) for row in rows if row["side"] == side)


def _said(items: Sequence[Item]) -> str:
    """Spell items as one string for patterns to match: names as `<type>`, other numbers as `#`, the own as `N`."""
    return "".join(f"{_word(item)} " for item in items)


def _word(item: Item) -> str:
    if item.kind == "word":
        return item.word
    return "#" if item.kind == "number" else f"<{item.kind}>"


def _behind(row: Sequence[Item], at: int) -> int | None:
    """Give the method before a number that its words give it to: all between the two fit a tie."""
    for position in range(at - 1, max(-1, at - _REACH), -1):
        if row[position].kind == "Method":
            way, after = _said(row[position + 1:at]), _said(row[at + 1:at + 4])
            fits = any(tie.fullmatch(f"{way}N {after}") for tie in _ties("before"))
            return row[position].ref if fits else None
    return None


def _ahead(row: Sequence[Item], at: int) -> int | None:
    """Give the method after a number that its words give it to."""
    for position in range(at + 1, min(len(row), at + 1 + _REACH)):
        if row[position].kind == "Method":
            lead, way = _said(row[max(0, at - 3):at]), _said(row[at + 1:position])
            after = _said(row[position + 1:position + 2])
            fits = any(tie.fullmatch(f"{lead}N {way}<Method> {after}") for tie in _ties("after"))
            return row[position].ref if fits else None
    return None


_SIDES: tuple[Callable[[Sequence[Item], int], int | None], ...] = (_behind, _ahead)


@lru_cache(maxsize=8)
def owners(view: View) -> Mapping[int, int]:
    """Give the numbers of a paper that are tied to a method: number → entity."""
    out: dict[int, int] = {}
    for ref, (sentence, position) in enumerate(view.number_places):
        tied = (side(view.items[sentence], position) for side in _SIDES if sentence >= 0)
        owner = next((entity for entity in tied if entity is not None), None)
        if owner is not None:
            out[ref] = owner
    return MappingProxyType(out)


def spent(view: View, ref: int, entity: int) -> bool:
    """Say whether a number's sentence names an entity once alone, and gives it another number: `(BarNet: 81.8%)`."""
    sentence = view.number_places[ref].sentence
    places = [place for place in view.entity_places[entity] if place.sentence == sentence]
    if ref in owners(view) or len(places) != 1:
        return False
    following = view.items[sentence][places[0].position + 1:places[0].position + 4]
    return _said(following[:1]) == ": " and any(
        item.kind == "number" and owners(view).get(item.ref) == entity for item in following)
