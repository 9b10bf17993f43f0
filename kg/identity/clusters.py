"""Clusters: all sightings of one concept, and what they say together of its name, type and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.identity.iris import digest
from kg.identity.longforms import top
from kg.identity.normal import key_of
from kg.identity.rows import Row, Rows
from kg.identity.senses import Assignment
from kg.identity.sightings import Sighting
from kg.identity.things import Thing
from kg.identity.versions import steps

__all__ = ["Cluster", "clusters_of"]


@dataclass(slots=True)
class Cluster:
    """One thing, as papers name it."""

    signature: str
    cls: str
    row: Row | None = None
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)
    shorts: set[str] = field(default_factory=set)
    longs: set[str] = field(default_factory=set)
    papers: set[str] = field(default_factory=set)
    proposers: set[str] = field(default_factory=set)

    def add(self, s: Sighting) -> None:
        """Count one more sighting."""
        self.names[_title(s)] += 1
        self.types[s.type] += 1
        self.surfaces.update(s.surfaces)
        if s.kind:
            self.kinds[s.kind] += 1
        self.shorts.update(s.shorts or (() if s.longs else (s.key,)))
        self.longs.update(s.longs)
        self.papers.add(s.paper)
        if s.proposed:
            self.proposers.add(s.paper)

    def thing(self) -> Thing:
        """Say what the sightings come to: the name, type and kind that a lexicon or most papers give."""
        name, known = top(self.names), self.row.kind if self.row else None
        bears = {key_of(n, self.cls) for n in (name, *self.surfaces, *(self.row.aliases if self.row else ()))}
        return Thing(self.signature, self.cls, self.row.type if self.row else top(self.types), name,
                     known or (top(self.kinds) if self.kinds else None), tuple(sorted({*self.surfaces, *self.names})),
                     tuple(sorted(bears)), tuple(sorted(self._keys())), len(self.papers), min(self.papers),
                     steps(name, self.cls))

    def _keys(self) -> set[str]:
        """Give what the registry knows it by."""
        keys = {f"={self.cls}:{k}" for k in self.longs} | {f"~{self.cls}:{k}" for k in self.shorts}
        if len(self.proposers) <= 3:
            keys |= {f"@{self.cls}:{digest(p)}" for p in self.proposers}
        return keys


def _title(s: Sighting) -> str:
    """Give the name that a sighting goes by: its own, or its long form where its own is a part of that."""
    if not s.longs or s.key in s.longs or s.key in s.shorts:
        return s.name
    return next((n for n in s.surfaces if key_of(n, s.cls) in s.longs), s.name)


def clusters_of(sightings: Iterable[Sighting], assignment: Assignment, rows: Rows) -> dict[str, Cluster]:
    """Gather sightings by concept."""
    out: dict[str, Cluster] = {}
    for s in sightings:
        signature = assignment.concept[s.paper, s.place]
        if signature not in out:
            out[signature] = Cluster(signature, s.cls, rows.by_id.get(signature))
        out[signature].add(s)
    return out
