"""Make small records by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import orjson

from extractors.records import Entity, EntityType, Mention, Paper, Record, record_to_json
from kg.atlas import RECORDS, new_atlas
from kg.builder import About, Summary, finish_atlas
from kg.identity.files import State

__all__ = ["entity", "lines", "record", "write_atlas"]

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


def lines(records: Iterable[Record]) -> list[bytes]:
    """Write records as lines."""
    return [orjson.dumps(record_to_json(r), option=orjson.OPT_APPEND_NEWLINE) for r in records]


def write_atlas(path: Path, records: Iterable[Record], state: State | None = None) -> Path:
    """Write an atlas of records."""
    held = sorted(records, key=lambda r: r.paper.id)
    with new_atlas(path) as folder:
        (folder / RECORDS).write_bytes(b"".join(lines(held)))
        finish_atlas(folder, Summary(papers=len(held)), About(), state=state or State())
    return path
