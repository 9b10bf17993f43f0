"""From records to the graph: who is who, then what all papers say together."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from extractors.records import Record
from kg.assembly.claims import Claims
from kg.assembly.paper import paper_parts
from kg.graph import Edge, Node
from kg.identity.clusters import Cluster
from kg.identity.decisions import Decision
from kg.identity.identify import Identity, identify
from kg.identity.iris import digest, paper_iri
from kg.identity.registry import Entry, Registry
from kg.identity.rows import Rows, lexicon_rows

__all__ = ["Assembly", "assemble", "assemble_all"]


@dataclass(frozen=True, slots=True)
class Assembly:
    """The graph of records and what it rests on: who is who, and the registry from now on."""

    nodes: list[Node]
    edges: list[Edge]
    records: list[Record]  # in the order of papers
    identity: Identity
    registry: Mapping[str, Entry]


def assemble(records: Iterable[Record], *, registry: Registry | None = None, decisions: Sequence[Decision] = (),
             rows: Rows | None = None) -> tuple[list[Node], list[Edge]]:
    """Give the nodes and edges of records, sorted; the order of the records does not matter."""
    made = assemble_all(records, registry=registry, decisions=decisions, rows=rows)
    return made.nodes, made.edges


def assemble_all(records: Iterable[Record], *, registry: Registry | None = None, decisions: Sequence[Decision] = (),
                 rows: Rows | None = None) -> Assembly:
    """Give the nodes and edges of records with their identity and the registry that keeps their IRIs."""
    with _no_collection():
        held = sorted(records, key=lambda r: r.paper.id)
        return _assemble(held, registry or {}, decisions, rows or lexicon_rows())


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from looking for cycles among millions of new objects that have none: a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _assemble(held: list[Record], registry: Registry, decisions: Sequence[Decision], rows: Rows) -> Assembly:
    """Assemble records that are in order."""
    identity = identify(held, rows=rows, registry=registry, decisions=decisions)
    papers = _paper_ids(held)
    types = {iri: thing.type for iri, thing in identity.things.items()}
    claims = Claims()
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for record in held:
        at = [identity.iri_of.get((record.paper.id, i)) for i in range(len(record.entities))]
        for part in paper_parts(record, papers[record.paper.id], at, types, claims):
            if isinstance(part, Edge):
                edges.append(part)
            elif part.id not in nodes or _spelling(part) < _spelling(nodes[part.id]):
                nodes[part.id] = part
    nodes |= {n.id: n for n in _things(identity, papers)}
    _identity_claims(identity, papers, types, claims)
    edges += claims.edges()
    return Assembly([nodes[i] for i in sorted(nodes)], sorted(edges, key=lambda e: (e.source, e.type, e.target, e.key)),
                    held, identity, identity.registry)


def _spelling(node: Node) -> tuple[str, str]:
    """Order the spellings of one address."""
    return node.name, str(sorted(node.props.items(), key=lambda p: p[0]))


def _paper_ids(records: Iterable[Record]) -> dict[str, str]:
    """Give each paper its node id; where two papers claim one, the second's gets a hash of its own id."""
    taken: Counter[str] = Counter()
    out = {}
    for record in records:
        iri = paper_iri(record.paper)
        taken[iri] += 1
        out[record.paper.id] = iri if taken[iri] == 1 else f"{iri}-{digest(record.paper.id, length=8)}"
    return out


def _things(identity: Identity, papers: Mapping[str, str]) -> Iterator[Node]:
    """Give the nodes of methods, data sets, benchmarks, metrics and tasks."""
    for iri, thing in identity.things.items():
        name = identity.names.get(iri, thing.name)
        row = thing.row
        props: dict[str, Any] = {
            "aliases": sorted({*thing.surfaces, *thing.names} - {name}),
            "kind": thing.kind if thing.type in ("Method", "Metric") else None,
            "sameAs": sorted(row.same_as) if row else [], "scope": _scope(iri, thing, papers),
            "higherIsBetter": row.higher_is_better if row and thing.type == "Metric" else None}
        yield Node(iri, thing.type, name, {k: v for k, v in props.items() if v is not None and v != []})


def _scope(iri: str, thing: Cluster, papers: Mapping[str, str]) -> str | None:
    """Give the one paper of a thing whose name means another thing elsewhere."""
    if "~" not in iri or len(thing.papers) != 1:
        return None
    return papers[next(iter(thing.papers))]


def _identity_claims(identity: Identity, papers: Mapping[str, str], types: Mapping[str, str], claims: Claims) -> None:
    """State versions, parts and doubts."""
    for link in identity.links:
        allowed = types[link.child] == types[link.parent]
        if allowed or (link.sort == "partOf" and (types[link.child], types[link.parent]) == ("Dataset", "Benchmark")):
            claims.state(link.child, link.sort, link.parent, confidence=1.0, rule=link.rule, papers={})
    doubts: dict[tuple[str, str], tuple[float, set[str]]] = {}
    for doubt in identity.doubts:
        one, other = sorted((doubt.one, doubt.other))
        if one != other and types[one] == types[other]:
            score, who = doubts.setdefault((one, other), (doubt.score, set()))
            doubts[one, other] = (max(score, doubt.score), who | {papers[p] for p in doubt.papers})
    for (one, other), (score, who) in sorted(doubts.items()):
        claims.state(one, "possiblySameAs", other, confidence=min(score, 1.0), rule="identity:one-name",
                     papers=dict.fromkeys(sorted(who), 1.0), score=round(min(score, 1.0), 3))
