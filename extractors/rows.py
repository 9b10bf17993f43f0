"""Give each version that stands in a row an entity of its own: `CIFAR-10/100` holds `CIFAR-10` and `CIFAR-100`.

The name of a further version has the head of the first; its mention is what stands in the text (`100`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from extractors.coordination import VERSIONED, further
from extractors.records import Entity, Mention, merge_mentions
from extractors.scorer import group_of
from extractors.words import fold

__all__ = ["RULE", "with_rows"]

RULE = "version in a row"
_Span = tuple[int, int]
_Key = tuple[str, str]  # group and folded name
_Rows = dict[_Span, list[tuple[str, _Span]]]  # mention → its versions: what they are called, and where they stand
_NUMBER = re.compile(r"(?: v?[0-9]{1,2}(?:\.[0-9]{1,2})?| (?:19|20)[0-9]{2}|\.[A-Z][0-9])(?![\w%/-]|[.,][0-9])")


def with_rows(raw: str, entities: Iterable[Entity]) -> Iterator[Entity]:
    """Yield the entities of a text, mentions of whole rows left off, then the versions that rows add."""
    kept, new, places = [], {}, defaultdict(list)  # type: list[Entity], dict[_Key, Entity], dict[_Key, list[_Span]]
    for entity in entities:
        rows = _rows(raw, entity) if entity.type in VERSIONED else {}
        kept.append(_alone(entity, rows) if rows else entity)
        for name, span in (version for row in rows.values() for version in row):
            key = group_of(entity.type), fold(name)
            new.setdefault(key, replace(entity, name=name, surfaces=(name,), mentions=(), rules=(RULE,)))
            places[key].append(span)
    for entity in kept:
        known = sorted({(group_of(entity.type), fold(surface)) for surface in entity.surfaces} & new.keys())
        added = _mentioned(entity, raw, [span for key in known if new.pop(key) for span in places[key]])
        yield from (added,) if added.mentions else ()
    yield from (_mentioned(entity, raw, places[key]) for key, entity in new.items())


def _rows(raw: str, entity: Entity) -> _Rows:
    """Give the mentions of an entity that begin a row, or that a number follows, each with the versions it adds."""
    found = {(m.start, m.end): list(further(raw, m.start, m.end)) for m in entity.mentions}
    return _numbered(raw, entity) | {span: row for span, row in found.items() if row}


def _numbered(raw: str, entity: Entity) -> _Rows:
    """Give the mentions that a number follows where the text has two: `FooGen 2, FooGen 3`.

    One number may count what comes next (`FooGen 2 times`); after a metric it is a score.
    """
    mentions = entity.mentions if entity.type != "Metric" else ()
    after = {(m.start, m.end): match[0] for m in mentions if (match := _NUMBER.match(raw, m.end))}
    said = {match[1] for surface in entity.surfaces if after
            for match in re.finditer(rf"(?<!\w){re.escape(surface)}({_NUMBER.pattern})", raw)}
    return {(start, end): [(raw[start:end] + number, (start, end + len(number)))]
            for (start, end), number in after.items() if len(said) > 1}


def _alone(entity: Entity, rows: _Rows) -> Entity:
    """Leave off the mentions of whole rows, and of a bare name that the row's first version takes in."""
    gone = {(start, row[-1][1][1]) for (start, _), row in rows.items()}
    gone |= {(start, end) for (start, end), row in rows.items() if row[0][1][0] == start}
    return replace(entity, mentions=tuple(m for m in entity.mentions if (m.start, m.end) not in gone))


def _mentioned(entity: Entity, raw: str, spans: Collection[_Span]) -> Entity:
    """Add mentions to an entity."""
    if not spans:
        return entity
    new = (Mention(start, end, raw[start:end], RULE) for start, end in spans)
    return replace(entity, mentions=merge_mentions(entity.mentions, new))
