"""Read labelled papers, and give their entities the mentions that are found in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extractors.metric_directions import fold_metric
from extractors.records import Entity, Mention, Paper
from kg.errors import DataError
from kg.labels import read_labels
from kg.readers.jsonl import read_objects

__all__ = ["gold_entities", "read_gold", "rename_record"]


def _mentions(text: str, surfaces: list[str]) -> list[Mention]:
    found: dict[tuple[int, int], Mention] = {}
    for surface in surfaces:
        pattern = r"(?<![A-Za-z0-9])" + r"\s+".join(map(re.escape, surface.split())) + r"(?![A-Za-z])"
        for m in re.finditer(pattern, text):
            found[m.span()] = Mention(m.start(), m.end(), m[0], "gold")
    return [found[span] for span in sorted(found)]


def gold_entities(text: str, entities: list[dict[str, Any]]) -> tuple[Entity, ...]:
    """Make entities of gold objects, with every occurrence of their surfaces, the longest winning overlaps."""
    drafts = [(e, _mentions(text, sorted({e["name"], *e["surfaces"]}))) for e in entities]
    spans = [(m.start, m.end) for _, ms in drafts for m in ms]

    def inside(m: Mention) -> bool:
        return any(s <= m.start and m.end <= e and e - s > m.end - m.start for s, e in spans)

    return tuple(Entity(e["type"], e["name"], tuple(e["surfaces"]), e["role"], e.get("kind"),
                        tuple(m for m in ms if not inside(m))) for e, ms in drafts)


def read_gold(gold: Path, papers: Path) -> Iterator[tuple[Paper, dict[str, Any]]]:
    """Yield labelled papers beside their records; DataError where a line is no record or its paper is not there."""
    texts = dict(_texts(papers))
    for where, record in read_labels(gold):
        if record["id"] not in texts:
            raise DataError(f"{where}: no paper {record['id']!r} in {papers}")
        yield texts[record["id"]], record


def _texts(papers: Path) -> Iterator[tuple[str, Paper]]:
    for where, value in read_objects(papers):
        if lacking := [field for field in ("id", "title", "abstract") if not isinstance(value.get(field), str)]:
            raise DataError(f"{where}: no {', '.join(lacking)}")
        yield value["id"], Paper(value["id"], value["title"], value["abstract"])


def _group(kind: str) -> str:
    return "Data" if kind in ("Dataset", "Benchmark") else kind


def rename_record(record: dict[str, Any], entities: Iterable[Entity]) -> dict[str, Any]:
    """Give a gold record the names of predicted entities; a slot whose entity none matches says "?missing"."""
    known: dict[tuple[str, str], str] = {}
    for entity in entities:
        for surface in (entity.name, *entity.surfaces):
            known.setdefault((_group(entity.type), fold_metric(surface)), entity.name)
    names = {e["name"]: next((known[key] for s in (e["name"], *e["surfaces"])
                              if (key := (_group(e["type"]), fold_metric(s))) in known), "?missing")
             for e in record["entities"]}

    def slots(item: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
        return {**item, **{k: names.get(item[k], "?missing") if item.get(k) else None for k in keys}}

    return {**record,
            "results": [slots(r, ("method", "dataset", "metric", "task", "baseline")) for r in record["results"]],
            "relations": [slots(r, ("head", "tail")) for r in record["relations"]]}
