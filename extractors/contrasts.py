"""Find the names that a text only sets something apart from: "unlike X", "in contrast to X", "rather than X".

Such a name may be compared with; it is not what a method is built on, part of, trained or evaluated on.
"""

from __future__ import annotations

from functools import lru_cache

from extractors.claim_cues import cues
from extractors.clauses import Place, View

__all__ = ["set_apart"]

_REACH = 90  # characters around a name in which the words that set it apart, or list it, are looked for


def _follows(text: str, begin: int, start: int) -> bool:
    return bool(cues("contrast").search(text[max(begin, start - _REACH):start]))


def _joins(text: str, last: int, start: int, end: int) -> bool:
    """Say whether a name at `start` stands in one list with the name that ends at `last`."""
    return start - last < _REACH and bool(cues("joined").match(f"{text[last:start]}X{text[end:end + _REACH]}"))


@lru_cache(maxsize=8)
def _places(view: View) -> frozenset[Place]:
    """Give the places of the names that stand after a contrast, or in a list with one that does."""
    out: set[Place] = set()
    for sentence, row in enumerate(view.items[1:], 1):
        begin, last = view.sentences[sentence][0], -1
        for position, item in enumerate(row):
            if item.ref < 0 or item.kind == "number":
                continue
            if _follows(view.text, begin, item.start) or (
                    last >= 0 and _joins(view.text, last, item.start, item.end)):
                out.add(Place(sentence, position))
                last = item.end
            else:
                last = -1
    return frozenset(out)


def set_apart(view: View, ref: int) -> bool:
    """Say whether every mention of an entity sets something apart from it; what the title names never is."""
    places = view.entity_places[ref]
    return bool(places) and _places(view).issuperset(places)
