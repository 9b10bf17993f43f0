"""Read labelled papers: JSON Lines of what a reader saw in each paper (docs/extraction.md, "Labelled papers")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractors.forms import FORMS
from extractors.relations import RELATION_TYPES
from extractors.results import SLOT_TYPES
from extractors.scorer import CLASSES, ROLES, group_of
from kg.errors import DataError
from kg.readers.jsonl import read_objects

__all__ = ["read_labels"]

Json = dict[str, Any]

_TEXTS: Mapping[str, tuple[str, ...]] = {  # list → fields of its items that hold a text
    "entities": ("name",), "results": ("value",), "relations": ("head", "tail"), "repos": ("url", "kind")}
_CLASSES = CLASSES[1:]


def read_labels(path: Path) -> Iterator[tuple[str, Json]]:
    """Read labelled papers, each with where it stands; results, relations and repos that are left out are empty.

    An entity without surfaces has its name. DataError says what is wrong with a label.
    """
    for where, value in read_objects(path):
        label = {"results": [], "relations": [], "repos": [], **value}
        if fault := next(_faults(label), None):
            raise DataError(f"{where}: {fault}")
        yield where, label | {"entities": [{"surfaces": [e["name"]], **e} for e in label["entities"]]}


def _faults(label: Json) -> Iterator[str]:
    """Say what is wrong with a labelled paper; what comes after the first may not be asked for."""
    yield from (f"no {field}" for field in ("id", "entities") if field not in label)
    if not isinstance(label["id"], str):
        yield f"id {label['id']!r} is not a text"
    for part in _TEXTS:
        if not isinstance(label[part], list):
            yield f"{part} is not a list"
        for number, item in enumerate(label[part], 1):
            yield from (f"{part}, item {number}: {fault}" for fault in _faults_of(part, item))


def _faults_of(part: str, item: Any) -> Iterator[str]:
    if not isinstance(item, dict):
        yield f"{item!r} is not an object"
    for field in _TEXTS[part]:
        if not isinstance(item.get(field), str) or not item[field].strip():
            yield f"no text in {field}"
    for field, found, choices in _chosen(part, item):
        if found not in choices:
            yield f"{field} {found!r} is none of {', '.join(choices)}" if found else (
                f"no {field}; give one of {', '.join(choices)}")
    surfaces = item.get("surfaces", [])
    if not isinstance(surfaces, list) or not all(isinstance(surface, str) for surface in surfaces):
        yield "surfaces is not a list of texts"
    for field in SLOT_TYPES if part == "results" else ():
        if not isinstance(item.get(field), str | None):
            yield f"{field} {item[field]!r} is neither a text nor null"


def _chosen(part: str, item: Json) -> Iterator[tuple[str, Any, Sequence[str]]]:
    """Give the fields of an item that hold one of some words: field, what it holds, the words."""
    if part == "entities":
        type_, kind = item.get("type"), item.get("kind")
        yield "type:kind", f"{type_}:{kind}" if kind else type_, _CLASSES
        yield "role", item.get("role"), ROLES[group_of(str(type_))]
    elif part == "results":
        yield "form", item.get("form"), FORMS
    elif part == "relations":
        yield "rel", item.get("rel"), tuple(RELATION_TYPES)
