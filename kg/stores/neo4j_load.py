"""Bring a Neo4j database to exactly the graph of an atlas: constraints, nodes, relationships, then what is stale.

Every node and relationship carries `atlas`, the id of the atlas that it belongs to; what carries another, or none, is
left alone. A relationship is known by its ends and its `key`. Writing again what is there changes nothing.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.batches import batches
from kg.errors import DataError
from kg.graph import Edge, Node
from kg.model import Model, load_model
from kg.stores.neo4j import ATLAS, schema_statements
from kg.writers.terms import clean

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

__all__ = ["Loaded", "class_of", "load", "neo4j_props"]

_NODES, _EDGES = 2_000, 5_000  # rows of a transaction
_WAITING = 50_000  # rows that may wait for their batch to fill
_SCHEMA_NAME = re.compile(r"(?:CONSTRAINT|INDEX) (\w+)")
Ends = tuple[str, str, str]  # edge type, class of the source, class of the target

_MERGE_NODES = """UNWIND $rows AS row MERGE (n:`{label}` {{id: row.id}})
ON CREATE SET n = row
WITH n, row WHERE properties(n) <> row
SET n = row"""
_MERGE_EDGES = """UNWIND $rows AS row
MATCH (a:`{source}` {{id: row.a}}) MATCH (b:`{target}` {{id: row.b}})
MERGE (a)-[r:`{type}` {{key: row.props.key}}]->(b)
ON CREATE SET r = row.props
WITH r, row, CASE WHEN properties(r) = row.props THEN [] ELSE [row.props] END AS other
FOREACH (props IN other | SET r = props)
RETURN count(*) AS found"""
_FOREIGN = "MATCH (n:`{label}`) WHERE n.atlas IS NULL OR n.atlas <> $atlas RETURN '{label}' AS name, count(n) AS n"
_TAKEN = """UNWIND $rows AS row MATCH (n:`{label}` {{id: row.id}}) WHERE n.atlas IS NULL OR n.atlas <> row.atlas
RETURN n.id AS id, n.atlas AS atlas LIMIT 1"""
_COUNT_NODES = "MATCH (n:`{label}`) WHERE n.atlas = $atlas RETURN '{label}' AS name, count(n) AS n"
_COUNT_EDGES = "MATCH ()-[r:`{type}`]->() WHERE r.atlas = $atlas RETURN '{type}' AS name, count(r) AS n"
_LIST_NODES = "MATCH (n:`{label}`) WHERE n.atlas = $atlas RETURN n.id, elementId(n)"
_LIST_EDGES = "MATCH (a)-[r:`{type}`]->(b) WHERE r.atlas = $atlas RETURN a.id, r.key, b.id, elementId(r)"
_DROP_NODES = "MATCH (n) WHERE elementId(n) IN $ids DETACH DELETE n"
_DROP_EDGES = "MATCH ()-[r]->() WHERE elementId(r) IN $ids DELETE r"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load read, and what the server says it changed (`nodes_created`, `properties_set`, …)."""

    nodes: int
    edges: int
    changes: Counter[str] = field(default_factory=Counter)


class _Write:
    """The session of a load, and what has been seen and changed."""

    def __init__(self, session: Session, model: Model, atlas: str) -> None:
        self.session, self.model, self.atlas = session, model, atlas
        self.changes: Counter[str] = Counter()
        self.seen: dict[str, array[int]] = defaultdict(lambda: array("q"))  # by label or type: hashes of identities

    def run(self, query: str, **values: Any) -> list[Any]:
        """Run a query in a transaction that is tried again when the server says so; add up what it changed."""
        records, changes = self.session.execute_write(_run, query, values)
        self.changes.update(changes)
        return records


def load(driver: Driver, nodes: Iterable[Node], edges: Iterable[Edge], *, atlas: str = ATLAS,
         database: str | None = None) -> Loaded:
    """Write the graph and remove what an earlier one of the same atlas left; raises DataError."""
    with driver.session(database=database) as session:
        write = _Write(session, load_model(), atlas)
        _make_schema(write)
        _write_nodes(write, nodes)
        _write_edges(write, edges)
        _remove_stale(write)
    read = {name: len(seen) for name, seen in write.seen.items()}
    total = sum(read.get(label, 0) for label in write.model.nodes)
    return Loaded(total, sum(read.values()) - total, +write.changes)


def _run(tx: ManagedTransaction, query: str, values: dict[str, Any]) -> tuple[list[Any], Counter[str]]:
    result = tx.run(query, values)
    records = list(result)
    return records, _changes(result.consume())


def _changes(summary: Any) -> Counter[str]:
    counts = {k: v for k, v in vars(summary.counters).items() if isinstance(v, int) and not isinstance(v, bool)}
    return Counter({name.removeprefix("_"): count for name, count in counts.items()})


def _make_schema(write: _Write) -> None:
    """Make the constraints and indexes that are not there, and wait until they can be used."""
    there = {r["name"] for what in ("CONSTRAINTS", "INDEXES")
             for r in write.session.run(f"SHOW {what} YIELD name RETURN name")}
    missing = [s for s in schema_statements() if _schema_name(s) not in there]
    for statement in missing:
        write.changes.update(_changes(write.session.run(statement).consume()))
    if missing:
        write.session.run("CALL db.awaitIndexes(600)").consume()


def _schema_name(statement: str) -> str:
    found = _SCHEMA_NAME.search(statement)
    return found[1] if found else ""


def _counts(write: _Write, query: str, names: Collection[str], key: str) -> dict[str, int]:
    """Count by label or type, in one statement."""
    union = " UNION ALL ".join(query.format(**{key: name}) for name in names)
    found = {record["name"]: record["n"] for record in write.run(union, atlas=write.atlas)}
    return {name: found.get(name, 0) for name in names}


def _write_nodes(write: _Write, nodes: Iterable[Node]) -> None:
    foreign = _counts(write, _FOREIGN, write.model.nodes, "label")
    for label, rows in batches(_node_rows(write, nodes), size=_NODES, waiting=_WAITING):
        if foreign[label] and (taken := write.run(_TAKEN.format(label=label), rows=rows)):
            owner = f"the atlas {taken[0]['atlas']!r}" if taken[0]["atlas"] else "somebody else"
            raise DataError(f"{label} {taken[0]['id']}: the database has this node from {owner}; load into another "
                            "database, or give the atlas that other id with --id")
        write.run(_MERGE_NODES.format(label=label), rows=rows)


def _node_rows(write: _Write, nodes: Iterable[Node]) -> Iterator[tuple[str, dict[str, Any]]]:
    for n in nodes:
        if n.type not in write.model.nodes:
            raise DataError(f"{n.id}: no type of node is called {n.type!r}; see schema/model.yaml")
        row = neo4j_props({"id": n.id, "name": n.name, "atlas": write.atlas, **n.props})
        write.seen[n.type].append(hash((row["id"],)))
        yield n.type, row


def _write_edges(write: _Write, edges: Iterable[Edge]) -> None:
    for (name, source, target), rows in batches(_edge_rows(write, edges), size=_EDGES, waiting=_WAITING):
        query = _MERGE_EDGES.format(source=source, target=target, type=write.model.edges[name].neo4j)
        found = write.run(query, rows=rows)[0]["found"]
        if found != len(rows):
            raise DataError(f"{len(rows) - found} edges {name} join nodes that are not in the atlas; build it again")


def _edge_rows(write: _Write, edges: Iterable[Edge]) -> Iterator[tuple[Ends, dict[str, Any]]]:
    classes = class_of(write.model)
    for e in edges:
        source, target = classes(e.source), classes(e.target)
        if e.type not in write.model.edges or target not in write.model.edges[e.type].ends.get(source, ()):
            raise DataError(f"{e.source} {e.type} {e.target}: no such edge is in schema/model.yaml")
        a, b, props = clean(e.source), clean(e.target), neo4j_props({"key": e.key, "atlas": write.atlas, **e.props})
        write.seen[e.type].append(hash((a, props["key"], b)))
        yield (e.type, source, target), {"a": a, "b": b, "props": props}


def class_of(model: Model) -> Callable[[str], str]:
    """Give the function that says the class of a node from its id; of an unknown id it says ''."""
    classes = {kind.example.split("/")[0]: kind.name for kind in model.nodes.values()}
    return lambda node: classes.get(node.split("/", 1)[0], "")


def neo4j_props(props: dict[str, Any]) -> dict[str, Any]:
    """Clean the texts of what characters no format can hold."""
    return {k: clean(v) if isinstance(v, str) else [clean(t) for t in v] if isinstance(v, list) else v
            for k, v in props.items()}


def _remove_stale(write: _Write) -> None:
    """Remove what the database has of this atlas and the graph has not: edges, then nodes."""
    types = {edge.neo4j: name for name, edge in write.model.edges.items()}
    for type_, count in _counts(write, _COUNT_EDGES, types, "type").items():
        if count != len(seen := write.seen.get(types[type_], array("q"))):
            _drop(write, _LIST_EDGES.format(type=type_), _DROP_EDGES, set(seen))
    for label, count in _counts(write, _COUNT_NODES, write.model.nodes, "label").items():
        if count != len(seen := write.seen.get(label, array("q"))):
            _drop(write, _LIST_NODES.format(label=label), _DROP_NODES, set(seen))


def _drop(write: _Write, listing: str, drop: str, known: set[int]) -> None:
    found = write.session.run(listing, atlas=write.atlas)
    stale = [element for *identity, element in found if hash(tuple(identity)) not in known]
    for at in range(0, len(stale), _EDGES):
        write.run(drop, ids=stale[at:at + _EDGES])
