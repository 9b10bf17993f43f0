"""From records to the graph: who is who, then what all papers say together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, starmap
from typing import Any

from extractors.collection import no_collection
from extractors.records import Record
from kg.assembly.claims import Claims
from kg.assembly.share import Seen, Share, own_part, paper_ids, see, shared_claims
from kg.graph import Edge, Node
from kg.identity.clusters import Cluster
from kg.identity.decisions import Decision
from kg.identity.identify import Identity, identify
from kg.identity.registry import Entry, Registry
from kg.identity.rows import Rows, lexicon_rows
from kg.identity.sightings import Sighting

__all__ = ["Assembly", "assemble", "assemble_all", "common_part", "edges_in_order", "in_order", "iris_of", "types_of"]


@dataclass(frozen=True, slots=True)
class Assembly:
    """The graph of records and what it rests on: who is who, and the registry from now on."""

    nodes: list[Node]
    edges: list[Edge]
    seen: list[Seen]  # a paper each, in the order of ids, as the shares
    shares: list[Share]
    identity: Identity
    registry: Mapping[str, Entry]

    @property
    def sightings(self) -> Iterator[Sighting]:
        """Give the sightings of all papers."""
        return chain.from_iterable(one.sightings for one in self.seen)


def assemble(records: Iterable[Record], *, registry: Registry | None = None, decisions: Sequence[Decision] = (),
             rows: Rows | None = None) -> tuple[list[Node], list[Edge]]:
    """Give the nodes and edges of records, sorted; the order of the records does not matter."""
    made = assemble_all(records, registry=registry, decisions=decisions, rows=rows)
    return made.nodes, made.edges


def assemble_all(records: Iterable[Record], *, registry: Registry | None = None, decisions: Sequence[Decision] = (),
                 rows: Rows | None = None) -> Assembly:
    """Give the nodes and edges of records with their identity and the registry that keeps their IRIs."""
    with no_collection():
        held = sorted(records, key=lambda r: r.paper.id)
        return _assemble(held, registry or {}, decisions, rows or lexicon_rows())


def _assemble(held: list[Record], registry: Registry, decisions: Sequence[Decision], rows: Rows) -> Assembly:
    """Assemble records that are in order."""
    seen = [see(record) for record in held]
    papers = {record.paper.id: record.paper for record in held}
    identity = identify([s for one in seen for s in one.sightings], papers.__getitem__, rows=rows, registry=registry,
                        decisions=decisions)
    ids, types = paper_ids(seen), types_of(identity)
    nodes: list[Node] = []
    edges: list[Edge] = []
    shares = []
    for record, one in zip(held, seen, strict=True):
        own, share = own_part(record, ids[one.paper], iris_of(one, identity), types)
        nodes += own.nodes
        edges += own.edges
        shares.append(share)
    more_nodes, more_edges = common_part(identity, shares, ids)
    return Assembly(in_order(nodes + more_nodes), edges_in_order(edges + more_edges), seen, shares, identity,
                    identity.registry)


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Sort nodes by id."""
    return sorted(nodes, key=lambda n: n.id)


def edges_in_order(edges: Iterable[Edge]) -> list[Edge]:
    """Sort edges by source, type, target and key."""
    return sorted(edges, key=lambda e: (e.source, e.type, e.target, e.key))


def types_of(identity: Identity) -> dict[str, str]:
    """Give the type of each thing."""
    return {iri: thing.type for iri, thing in identity.things.items()}


def iris_of(one: Seen, identity: Identity) -> list[str | None]:
    """Give the things that the entities of a paper name, in their order."""
    return [identity.iri_of.get((one.paper, i)) for i in range(one.size)]


def common_part(identity: Identity, shares: Iterable[Share],
                papers: Mapping[str, str]) -> tuple[list[Node], list[Edge]]:
    """Give what is no one paper's own: things, addresses and what is said of them."""
    held = list(shares)
    repos: dict[str, Node] = {}
    for share in held:
        for part in starmap(_repository, share.repos):
            if part.id not in repos or _spelling(part) < _spelling(repos[part.id]):
                repos[part.id] = part
    claims = shared_claims(held)
    _identity_claims(identity, papers, types_of(identity), claims)
    return [*repos.values(), *_things(identity, papers)], list(claims.edges())


def _repository(iri: str, name: str, props: Mapping[str, Any]) -> Node:
    return Node(iri, "Repository", name, props)


def _spelling(node: Node) -> tuple[str, str]:
    """Order the spellings of one address."""
    return node.name, str(sorted(node.props.items(), key=lambda p: p[0]))


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
