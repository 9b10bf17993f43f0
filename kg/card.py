"""The card of a node: what the graph says of it, section by section, with the sentences that say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.find import neighbours, sentences
from kg.graph import Graph
from kg.leaderboard import ResultRow, result_rows

__all__ = ["Card", "Line", "Section", "card"]

_FACTS = ("kind", "aliases", "sameAs", "higherIsBetter", "year", "date", "venue", "authors", "url", "arxiv", "doi",
          "keywords", "pages", "scope")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a section: its node, its name, how many papers say so, a sentence that does."""

    id: str
    name: str
    papers: int = 0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of statement about the node."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A node, its facts and its sections; `results` are for nodes that results point to."""

    id: str
    type: str
    name: str
    facts: dict[str, Any]
    sections: tuple[Section, ...]
    results: tuple[ResultRow, ...] = field(default=())


# Section of a card: title, edge, True where the edge comes in.
_SECTIONS: tuple[tuple[str, str, bool], ...] = (
    ("proposes", "proposes", False), ("introduces", "introduces", False),
    ("proposed by", "proposes", True), ("introduced by", "introduces", True),
    ("based on", "basedOn", False), ("extended by", "basedOn", True),
    ("version of", "versionOf", False), ("versions", "versionOf", True),
    ("part of", "partOf", False), ("parts", "partOf", True),
    ("possibly the same as", "possiblySameAs", False), ("possibly the same as", "possiblySameAs", True),
    ("addresses", "addresses", False), ("addressed by", "addresses", True),
    ("evaluated on", "evaluatedOn", False), ("evaluated here", "evaluatedOn", True),
    ("trained on", "trainedOn", False), ("trained here", "trainedOn", True),
    ("measured by", "measuredBy", False), ("measures", "measuredBy", True),
    ("reports", "reports", False), ("reported by", "reports", True),
    ("outperforms", "outperforms", False), ("outperformed by", "outperforms", True),
    ("uses", "uses", False), ("used by", "uses", True),
    ("compares with", "comparesWith", False), ("compared in", "comparesWith", True),
    ("mentions", "mentions", False), ("mentioned by", "mentions", True),
    ("code and links", "hasRepository", False), ("linked by", "hasRepository", True),
)
_POINTERS: dict[str, Callable[[ResultRow], str | None]] = {
    "Paper": lambda r: r.paper, "Method": lambda r: r.method, "Dataset": lambda r: r.dataset,
    "Benchmark": lambda r: r.dataset, "Metric": lambda r: r.metric, "Task": lambda r: r.task,
}


def card(graph: Graph, node: str) -> Card:
    """Gather what the graph says of a node."""
    props = graph.nodes[node]
    facts = {name: props[name] for name in _FACTS if props.get(name) not in (None, [], "")}
    pointer = _POINTERS.get(props["type"])
    results = tuple(row for row in result_rows(graph) if pointer(row) == node) if pointer else ()
    return Card(node, props["type"], props["name"], facts, tuple(_sections(graph, node)), results)


def _sections(graph: Graph, node: str) -> Iterator[Section]:
    for title, edge, inward in _SECTIONS:
        lines = tuple(Line(end, graph.nodes[end]["name"], int(str(claim.get("support", 0))),
                           next(iter(sentences(graph, claim)), ""))
                      for end, claim in neighbours(graph, node, edge, inward=inward))
        if lines:
            yield Section(title, lines)
    if code := _code_of_papers(graph, node):
        yield Section("code of the papers that propose it", code)


def _code_of_papers(graph: Graph, node: str) -> tuple[Line, ...]:
    """Find the repositories of the papers that propose or introduce a node, but for those that are its own."""
    own = {end for end, _ in neighbours(graph, node, "hasRepository")}
    papers = [paper for edge in ("proposes", "introduces") for paper, _ in neighbours(graph, node, edge, inward=True)]
    found = {end: claim for paper in papers for end, claim in neighbours(graph, paper, "hasRepository")
             if end not in own}
    return tuple(Line(end, graph.nodes[end]["name"], 1, next(iter(sentences(graph, claim)), ""))
                 for end, claim in found.items())
