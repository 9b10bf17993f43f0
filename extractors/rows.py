"""Give each version that stands in a row an entity of its own: `CIFAR-10/100` holds `CIFAR-10` and `CIFAR-100`.

The name of a further version has the head of the first; its mention is what stands in the text (`100`).
"""

from __future__ import annotations

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


def with_rows(raw: str, entities: Iterable[Entity]) -> Iterator[Entity]:
    """Yield the entities of a text, mentions of whole rows left off, then the versions that rows add."""
    kept, new, places = [], {}, defaultdict(list)  # type: list[Entity], dict[_Key, Entity], dict[_Key, list[_Span]]
    for entity in entities:
        rows = [(m, list(further(raw, m.start, m.end))) for m in entity.mentions] if entity.type in VERSIONED else []
        wholes = {(m.start, row[-1][1][1]) for m, row in rows if row}
        kept.append(replace(entity, mentions=tuple(m for m in entity.mentions if (m.start, m.end) not in wholes))
                    if wholes else entity)
        for name, span in (version for _, row in rows for version in row):
            key = group_of(entity.type), fold(name)
            new.setdefault(key, replace(entity, name=name, surfaces=(name,), mentions=(), rules=(RULE,)))
            places[key].append(span)
    for entity in kept:
        known = sorted({(group_of(entity.type), fold(surface)) for surface in entity.surfaces} & new.keys())
        yield _mentioned(entity, raw, [span for key in known if new.pop(key) for span in places[key]])
    yield from (_mentioned(entity, raw, places[key]) for key, entity in new.items())


def _mentioned(entity: Entity, raw: str, spans: Collection[_Span]) -> Entity:
    """Add mentions to an entity."""
    if not spans:
        return entity
    new = (Mention(start, end, raw[start:end], RULE) for start, end in spans)
    return replace(entity, mentions=merge_mentions(entity.mentions, new))
