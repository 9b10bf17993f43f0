"""Make small records by hand."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.records import Entity, EntityType, Mention, Paper, Record

__all__ = ["entity", "record"]

_ROLES = {"Method": "used", "Dataset": "evaluated", "Benchmark": "evaluated", "Metric": "reported", "Task": "addressed"}


def entity(type_: EntityType, *names: str, role: str | None = None) -> Entity:
    """Make an entity of its names, the first its name."""
    kind = "named" if type_ == "Method" else None
    return Entity(type_, names[0], names, role or _ROLES[type_], kind, (Mention(0, 1, "X", "test:rule"),), 0.9,
                  ("test:rule",))


def record(paper: str, *entities: Entity, title: str = "", abstract: str = "", year: int | None = None,
           authors: Sequence[str] = ()) -> Record:
    """Make a record of entities."""
    return Record(Paper(paper, title or paper, abstract or "Nothing.", year=year, authors=tuple(authors)),
                  entities)
