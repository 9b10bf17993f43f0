"""Describe an entity of a paper as binary features: role, kind, how often and where it is named."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import lru_cache

from extractors.clauses import View

__all__ = ["bucket", "entity_features", "gap_to", "homes", "kind_of", "main_methods", "opens_title", "positions",
           "role_counts"]


def bucket(gap: int) -> str:
    """Round a distance in words to a class."""
    for bound in (1, 2, 3, 4, 6, 9, 14, 20, 30):
        if gap <= bound:
            return str(bound)
    return "far"


def kind_of(view: View, ref: int) -> str:
    """Give the type of an entity, benchmarks as datasets."""
    kind = view.entities[ref].type
    return "Dataset" if kind == "Benchmark" else kind


@lru_cache(maxsize=8)
def homes(view: View) -> tuple[tuple[int, ...], ...]:
    """Give the sentences that name each entity, in order."""
    return tuple(tuple(sorted({p.sentence for p in places})) for places in view.entity_places)


def gap_to(view: View, ref: int, sentence: int) -> int:
    """Give the number of sentences from a sentence to the nearest mention of an entity."""
    found = homes(view)[ref]
    at = bisect_left(found, sentence)
    return min((abs(s - sentence) for s in found[max(0, at - 1):at + 1]), default=len(view.sentences))


@lru_cache(maxsize=8)
def positions(view: View) -> tuple[dict[int, list[int]], ...]:
    """Give the positions of each entity in each sentence."""
    rows: tuple[dict[int, list[int]], ...] = tuple({} for _ in view.items)
    for row, items in zip(rows, view.items, strict=True):
        for position, item in enumerate(items):
            if item.ref >= 0 and item.kind != "number":
                row.setdefault(item.ref, []).append(position)
    return rows


@lru_cache(maxsize=8)
def role_counts(view: View) -> Counter[tuple[str, str]]:
    """Count the entities of each type (benchmarks as datasets) and role."""
    return Counter((kind_of(view, ref), entity.role) for ref, entity in enumerate(view.entities))


def opens_title(view: View, ref: int) -> bool:
    """Say whether the title begins with the entity and a colon."""
    title = view.items[0] if view.items else ()
    return (len(title) > 1 and title[0].ref == ref and title[0].kind == "Method"
            and title[1].word in (":", "-", "—", "–"))


@lru_cache(maxsize=8)
def main_methods(view: View) -> tuple[int, ...]:
    """Order the proposed methods: named before terms, in the title first, then the oftenest named."""
    def key(ref: int) -> tuple[bool, bool, bool, int, int, int]:
        places = view.entity_places[ref]
        return (view.entities[ref].kind != "named", not opens_title(view, ref), not _in_title(view, ref),
                -len(places), places[0].sentence if places else 0, ref)

    proposed = (r for r, e in enumerate(view.entities) if e.type == "Method" and e.role == "proposed")
    return tuple(sorted(proposed, key=key))


def _in_title(view: View, ref: int) -> bool:
    return homes(view)[ref][:1] == (0,)


def entity_features(view: View, ref: int) -> tuple[str, ...]:
    """Describe what an entity is to its paper."""
    return _described(view)[ref]


@lru_cache(maxsize=8)
def _described(view: View) -> tuple[tuple[str, ...], ...]:
    peers = Counter(e.type for e in view.entities)
    roles = Counter((e.type, e.role) for e in view.entities)
    return tuple(_features(view, ref, peers[e.type], roles[e.type, e.role]) for ref, e in enumerate(view.entities))


def _features(view: View, ref: int, peers: int, roles: int) -> tuple[str, ...]:
    entity, places = view.entities[ref], view.entity_places[ref]
    out = [f"role={entity.role}", f"kind={entity.kind}", f"type={entity.type}",
           f"role={entity.role}&kind={entity.kind}&type={entity.type}",
           f"title={_in_title(view, ref)}", f"named={min(len(places), 3)}",
           f"peers={min(peers, 4)}", f"role peers={min(roles, 4)}&{entity.role}"]
    if entity.type == "Method":
        out.append(f"opens title={opens_title(view, ref)}&{entity.role}")
    order = main_methods(view)[:4]
    if entity.role == "proposed":
        rank = order.index(ref) if ref in order else -1
        out += [f"main={min(rank, 3)}", f"main={min(rank, 3)}&kind={entity.kind}&of={min(len(order), 3)}"]
    return tuple(out)
