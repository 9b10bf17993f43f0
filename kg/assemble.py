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
from kg.identity.decisions import Decision
from kg.identity.identify import Identity, Rest, Settled, identify, settle
from kg.identity.normal import key_of
from kg.identity.registry import Entry, Registry
from kg.identity.rows import Row, Rows, lexicon_rows
from kg.identity.sightings import Sighting
from kg.identity.things import Thing

__all__ = ["STATED", "Assembly", "assemble", "assemble_all", "common_edges", "edges_in_order", "in_order",
           "repo_nodes", "thing_nodes"]

STATED = ("partOf", "possiblySameAs", "versionOf")  # types of edges that identity states, over what papers say


@dataclass(frozen=True, slots=True)
class Assembly:
    """The graph of records and what it rests on: who is who, and the registry from now on."""

    nodes: list[Node]
    edges: list[Edge]
    seen: list[Seen]  # a paper each, in the order of ids, as the shares
    shares: list[Share]
    settled: Settled
    identity: Identity

    @property
    def sightings(self) -> Iterable[Sighting]:
        """Give the sightings of all papers."""
        return self.settled.sightings

    @property
    def registry(self) -> Mapping[str, Entry]:
        """The registry from now on."""
        return self.identity.registry


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
    settled = settle(chain.from_iterable(one.sightings for one in seen), papers.__getitem__, rows)
    identity = identify(settled, Rest(), rows=rows, registry=registry, decisions=decisions)
    ids = paper_ids((one.paper, one.address) for one in seen)
    nodes: list[Node] = []
    edges: list[Edge] = []
    shares = []
    for record, one in zip(held, seen, strict=True):
        iris = [identity.iri_of.get((one.paper, i)) for i in range(one.size)]
        own, share = own_part(record, ids[one.paper], iris, identity.types)
        nodes += own.nodes
        edges += own.edges
        shares.append(share)
    nodes += chain(thing_nodes(identity, identity.things, ids), repo_nodes(shares))
    edges += common_edges(identity, shared_claims(shares), ids)
    return Assembly(in_order(nodes), edges_in_order(edges), seen, shares, settled, identity)


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Sort nodes by id."""
    return sorted(nodes, key=lambda n: n.id)


def edges_in_order(edges: Iterable[Edge]) -> list[Edge]:
    """Sort edges by source, type, target and key."""
    return sorted(edges, key=lambda e: (e.source, e.type, e.target, e.key))


def repo_nodes(shares: Iterable[Share]) -> list[Node]:
    """Give the nodes of the addresses in shares: of several spellings of one the first."""
    repos: dict[str, Node] = {}
    for share in shares:
        for part in starmap(_repository, share.repos):
            if part.id not in repos or _spelling(part) < _spelling(repos[part.id]):
                repos[part.id] = part
    return list(repos.values())


def _repository(iri: str, name: str, props: Mapping[str, Any]) -> Node:
    return Node(iri, "Repository", name, props)


def _spelling(node: Node) -> tuple[str, str]:
    """Order the spellings of one address."""
    return node.name, str(sorted(node.props.items(), key=lambda p: p[0]))


def thing_nodes(identity: Identity, iris: Iterable[str], papers: Mapping[str, str]) -> Iterator[Node]:
    """Give the nodes of methods, data sets, benchmarks, metrics and tasks; `papers` are the node ids of papers."""
    for iri in iris:
        thing, type_ = identity.things[iri], identity.types[iri]
        name, row = identity.names.get(iri, thing.name), identity.rows.by_id.get(thing.signature)
        props: dict[str, Any] = {
            "aliases": sorted({*thing.names, *_unheard(thing, row)} - {name}),
            "kind": thing.kind if type_ in ("Method", "Metric") else None,
            "sameAs": sorted(row.same_as) if row else [], "scope": _scope(iri, thing, papers),
            "higherIsBetter": row.higher_is_better if row and type_ == "Metric" else None}
        yield Node(iri, type_, name, {k: v for k, v in props.items() if v is not None and v != []})


def _unheard(thing: Thing, row: Row | None) -> Iterator[str]:
    """Give the names that a lexicon row knows a thing by and no paper uses, one a key."""
    known = {key_of(name, thing.cls) for name in thing.names}
    for name in (row.name, *row.aliases) if row else ():
        if (key := key_of(name, thing.cls)) not in known:
            known.add(key)
            yield name


def _scope(iri: str, thing: Thing, papers: Mapping[str, str]) -> str | None:
    """Give the one paper of a thing whose name means another thing elsewhere."""
    return papers[thing.first] if "~" in iri and thing.papers == 1 else None


def common_edges(identity: Identity, claims: Claims, papers: Mapping[str, str]) -> Iterator[Edge]:
    """Give the edges of what several papers say, and of versions, parts and doubts, which are stated over it."""
    types = identity.types
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
    return claims.edges()
