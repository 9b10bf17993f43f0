"""The records that extraction reads and writes: what one paper is, and what it says.

Offsets are Unicode code points, 0-based, end exclusive, in `Paper.text` (title, a newline, abstract).
Field names are written once, here; the JSON form (see `docs/record.md`) derives from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal

__all__ = [
    "ENTITY_TYPES", "Entity", "EntityType", "Flag", "Mention", "Paper", "Record", "Relation", "Repo", "Result",
    "merge_mentions", "record_from_json", "record_to_json",
]

EntityType = Literal["Method", "Dataset", "Benchmark", "Metric", "Task"]
ENTITY_TYPES: tuple[EntityType, ...] = ("Method", "Dataset", "Benchmark", "Metric", "Task")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as a reader found it: what it is called, what it says, where it was seen."""

    id: str
    title: str
    abstract: str
    venue: str | None = None
    year: int | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    arxiv: str | None = None
    doi: str | None = None
    links: tuple[str, ...] = ()  # code and project addresses that the input gave beside the abstract
    keywords: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()  # where it was seen: file name, or "file name (Aug 7)" for a dated page

    @property
    def text(self) -> str:
        """The text that every offset counts in."""
        return f"{self.title}\n{self.abstract}"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names an entity, and the rule that saw it."""

    start: int
    end: int
    text: str
    rule: str


def merge_mentions(*groups: Iterable[Mention]) -> tuple[Mention, ...]:
    """Give the mentions of all groups in the order of the text, each span once, as the first group has it."""
    found = {(m.start, m.end): m for group in reversed(groups) for m in group}
    return tuple(found[span] for span in sorted(found))


@dataclass(frozen=True, slots=True)
class Entity:
    """One distinct thing that a paper names, with every surface that names it."""

    type: EntityType
    name: str
    surfaces: tuple[str, ...]
    role: str
    kind: str | None = None  # Method: named, term; Metric: quality, efficiency
    mentions: tuple[Mention, ...] = ()
    confidence: float = 1.0
    rules: tuple[str, ...] = ()  # every rule that voted for it, strongest first


@dataclass(frozen=True, slots=True)
class Repo:
    """An address in the text (or beside it), as a person would open it."""

    url: str
    kind: str  # code, model, dataset, project
    start: int | None = None  # None where the address came with the paper and not from its text
    end: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One number that states performance or a saving, with what the text ties to it."""

    value: str  # as printed
    form: str  # absolute, gain, reduction, ratio
    start: int
    end: int
    rule: str
    method: str | None = None  # slots name entities of the same record
    dataset: str | None = None
    task: str | None = None
    metric: str | None = None
    baseline: str | None = None
    split: str | None = None
    setting: str | None = None  # zero-shot, 5-shot, fine-tuned, …
    number: str | None = None  # the value as a plain decimal: "87.8"
    normalized: str | None = None  # fractions of one for percentages: "0.878"; None where there is no such thing
    unit: str | None = None  # percent, points, times, seconds, …; None for a bare number
    relative: bool | None = None  # a gain: True for relative, False for points, None where the text is silent
    higher_is_better: bool | None = None
    role: str = "own"  # own, cited
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed statement between two entities of the same record."""

    head: str
    rel: str  # based_on, part_of, outperforms, evaluated_on, trained_on, applied_to, measured_by, compares_with
    tail: str
    start: int
    end: int
    rule: str
    dataset: str | None = None  # outperforms: where
    metric: str | None = None  # outperforms: by what measure
    delta: str | None = None  # outperforms: by how much, as printed
    hedged: bool = False  # "may outperform"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Flag:
    """A place that is mangled, so that what it says is not guessed at."""

    start: int
    end: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Record:
    """What one paper says."""

    paper: Paper
    entities: tuple[Entity, ...] = ()
    repos: tuple[Repo, ...] = ()
    results: tuple[Result, ...] = ()
    relations: tuple[Relation, ...] = ()
    flags: tuple[Flag, ...] = ()


_KEPT: Mapping[type, frozenset[str]] = {  # fields that are written even when empty
    Paper: frozenset({"id", "title", "abstract"}), Entity: frozenset({"surfaces", "mentions"}),
    Result: frozenset({"method", "dataset", "task", "metric", "baseline"})}
_PARTS: dict[str, Any] = {"repos": Repo, "results": Result, "relations": Relation}


@cache
def _names(cls: Any) -> tuple[tuple[str, bool], ...]:
    """Give the fields of a record's part in order, and whether each is written even when empty."""
    return tuple((f.name, f.name in _KEPT.get(cls, ())) for f in fields(cls))


def _slim(part: Any) -> dict[str, Any]:
    """Give the fields of a part without its empty optional ones."""
    cls: Any = type(part)
    values = ((name, getattr(part, name), kept) for name, kept in _names(cls))
    return {name: value for name, value, kept in values if kept or (value is not None and value != ())}


def _mention(mention: Mention) -> dict[str, Any]:
    return {"start": mention.start, "end": mention.end, "text": mention.text, "rule": mention.rule}


def record_to_json(record: Record) -> dict[str, Any]:
    """Give the JSON object of a record: the paper's fields, then entities, repos, results, relations, flags."""
    out = _slim(record.paper)
    out["entities"] = [{**_slim(e), "mentions": list(map(_mention, e.mentions))} for e in record.entities]
    out |= {name: list(map(_slim, getattr(record, name))) for name in _PARTS}
    return out | ({"flags": list(map(_slim, record.flags))} if record.flags else {})


def _make(cls: Any, value: dict[str, Any]) -> Any:
    """Build a frozen record from its JSON object; unknown fields are ignored, lists become tuples."""
    given = ((name, value[name]) for name, _ in _names(cls) if name in value)
    return cls(**{name: tuple(v) if isinstance(v, list) else v for name, v in given})


def record_from_json(value: dict[str, Any]) -> Record:
    """Read the JSON object that `record_to_json` writes; raises KeyError or TypeError when a field lacks."""
    entities = tuple(
        _make(Entity, {**e, "mentions": [_make(Mention, m) for m in e.get("mentions", ())]})
        for e in value["entities"])
    parts = {name: tuple(_make(cls, p) for p in value[name]) for name, cls in _PARTS.items()}
    flags = tuple(_make(Flag, f) for f in value.get("flags", ()))
    return Record(paper=_make(Paper, value), entities=entities, flags=flags, **parts)
