"""Blocks: sightings that are tied by their names. What the names of a block mean rests on nothing outside it but the
text of its papers, so that a paper which comes or goes concerns only the blocks of its names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.identity.rows import Rows
from kg.identity.sightings import Sighting

__all__ = ["Block", "blocks_of", "ties"]


class Block(NamedTuple):
    """The ties of a block, sorted (the first names it), and its sightings by paper and place."""

    ties: tuple[str, ...]
    sightings: list[Sighting]


def ties(s: Sighting, rows: Rows) -> Iterator[str]:
    """Give what ties a sighting to others: `class|key` for each of its names, and the lexicon rows of these."""
    for key in dict.fromkeys((s.key, *s.shorts, *s.longs)):
        yield f"{s.cls}|{key}"
        yield from rows.by_key.get((s.cls, key), ())


def blocks_of(sightings: Iterable[Sighting], rows: Rows) -> list[Block]:
    """Gather sightings into blocks, sorted by name."""
    parents: dict[str, str] = {}
    homes = []
    for s in sightings:
        first, *others = ties(s, rows)
        root = _root(parents, first)
        for other in others:
            parents[_root(parents, other)] = root
        homes.append((s, first))
    members: dict[str, tuple[list[str], list[Sighting]]] = defaultdict(lambda: ([], []))
    for tie in sorted(parents):
        members[_root(parents, tie)][0].append(tie)
    for s, tie in homes:
        members[_root(parents, tie)][1].append(s)
    blocks = [Block(tuple(names), sorted(held, key=lambda s: (s.paper, s.place))) for names, held in members.values()]
    return sorted(blocks, key=lambda b: b.ties[0])


def _root(parents: dict[str, str], tie: str) -> str:
    """Find what stands for all that a tie is joined to, shortening the way."""
    at = parents.setdefault(tie, tie)
    while at != parents[at]:
        parents[at] = at = parents[parents[at]]
    return at
