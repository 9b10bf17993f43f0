"""Ask an atlas what node a name of a paper is, of what family, and what it is a part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractors.records import ENTITY_TYPES, Entity, Paper, Record
from kg.assembly.share import paper_ids
from kg.graph import Edge, Node
from kg.identity.iris import paper_iri
from kg.identity.normal import class_of, key_of

__all__ = ["Lattice", "chain_of", "family_of", "input_ids", "lattice_of", "paper_nodes", "resolve", "suites_of"]

Query = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Of what each node is a version, and a part."""

    versions: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, ...]]


def lattice_of(edges: Iterable[Edge]) -> Lattice:
    """Read the lattice off edges."""
    found: dict[str, dict[str, list[str]]] = {"versionOf": defaultdict(list), "partOf": defaultdict(list)}
    for edge in edges:
        if edge.type in found:
            found[edge.type][edge.source].append(edge.target)
    versions, parts = ({k: tuple(sorted(v)) for k, v in found[t].items()} for t in ("versionOf", "partOf"))
    return Lattice(versions, parts)


def chain_of(node: str, lattice: Lattice) -> list[str]:
    """Give a node, what it is a version of, and so on up to the root."""
    chain = [node]
    while chain[-1] in lattice.versions and lattice.versions[chain[-1]][0] not in chain:
        chain.append(lattice.versions[chain[-1]][0])
    return chain


def family_of(node: str, lattice: Lattice) -> str:
    """Follow versionOf to the root; a node without one is its own family."""
    return chain_of(node, lattice)[-1]


def suites_of(node: str, lattice: Lattice) -> list[str]:
    """Give all that a node, or a thing it is a version of, is a part of, directly or not."""
    todo = [node]
    out: set[str] = set()
    seen: set[str] = set()
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            out.update(lattice.parts.get(at, ()))
            todo += [*lattice.versions.get(at, ()), *lattice.parts.get(at, ())]
    return sorted(out - {node})


def paper_nodes(papers: Iterable[Paper]) -> dict[str, str]:
    """Give the node id of each paper of an atlas, by its id in the input; the papers come in the order of ids."""
    return paper_ids((paper.id, paper_iri(paper)) for paper in papers)


def input_ids(texts: Iterable[str], nodes: Mapping[str, str]) -> list[str]:
    """Give the input's ids of papers that are called by these or by the ids of their nodes; the rest as it is."""
    by_node = {node: paper for paper, node in nodes.items()}
    return [text if text in nodes else by_node.get(text, text) for text in texts]


def resolve(queries: Iterable[Query], records: Iterable[Record], nodes: Iterable[Node],
            edges: Iterable[Edge]) -> Iterator[dict[str, Any]]:
    """Answer each query (paper, name, type) with its fields and `iri`, `family`, `part_of`; null where unknown.

    A paper is called by its id in the input or by that of its node; the records come in the order of ids.
    """
    asked = list(queries)
    held, nodes_of = _held({q["paper"] for q in asked}, records)
    papers = {node: paper for paper, node in nodes_of.items() if paper in held}
    near: dict[str, list[str]] = defaultdict(list)
    chain: list[Edge] = []
    for edge in edges:
        if edge.source in papers:
            near[papers[edge.source]].append(edge.target)
        elif edge.type in ("versionOf", "partOf"):
            chain.append(edge)
    beside = {n for targets in near.values() for n in targets}
    known = {n.id: n for n in nodes if n.id in beside and n.type in ENTITY_TYPES}
    lattice = lattice_of(chain)
    for query, paper in zip(asked, input_ids((q["paper"] for q in asked), nodes_of), strict=True):
        yield {**query, **_answer(query, held.get(paper), near[paper], known, lattice)}


def _held(wanted: set[str], records: Iterable[Record]) -> tuple[dict[str, Record], dict[str, str]]:
    """Give the records that may be wanted, by id, and the nodes of all papers."""
    held, addresses = {}, []
    asked = wanted | {text.rpartition("-")[0] for text in wanted}  # the second paper of an address has a hash behind it
    for record in records:
        addresses.append((record.paper.id, paper_iri(record.paper)))
        if not asked.isdisjoint(addresses[-1]):
            held[record.paper.id] = record
    return held, paper_ids(addresses)


def _answer(query: Query, record: Record | None, near: Iterable[str], known: Mapping[str, Node],
            lattice: Lattice) -> dict[str, Any]:
    """Give the answer to one query."""
    entity = _entity(query, record) if record else None
    node = entity and _node(entity, [known[n] for n in sorted(set(near)) if n in known])
    if not node:
        return {"iri": None, "family": None, "part_of": []}
    return {"iri": node, "family": family_of(node, lattice), "part_of": suites_of(node, lattice)}


def _entity(query: Query, record: Record) -> Entity | None:
    """Find the entity of a record that bears a name: of the type asked for, else of its class."""
    name, type_ = query["name"], query.get("type")
    cls = class_of(type_) if type_ in ENTITY_TYPES else ""
    best: tuple[int, int] | None = None
    for at, entity in enumerate(record.entities):
        own = class_of(entity.type)
        names = (entity.name, *entity.surfaces)
        same = name in names or (key_of(name, own) and key_of(name, own) in {key_of(n, own) for n in names})
        if same and cls in ("", own):
            rank = 2 * (entity.type != type_) + (name not in names)
            best = min(best, (rank, at)) if best else (rank, at)
    return record.entities[best[1]] if best else None


def _node(entity: Entity, near: Iterable[Node]) -> str | None:
    """Find the node of an entity among those that its paper points to."""
    fits = [n for n in near if class_of(n.type) == class_of(entity.type)
            and (entity.name == n.name or entity.name in n.props.get("aliases", ()))]
    return min(fits, key=lambda n: (-len({*entity.surfaces} & {n.name, *n.props.get("aliases", ())}), n.id)).id \
        if fits else None
