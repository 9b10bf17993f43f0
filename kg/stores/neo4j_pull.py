"""Read the graph of an atlas back from a Neo4j database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import DataError
from kg.graph import Edge, Graph, Node, to_networkx
from kg.model import load_model
from kg.stores.neo4j import ATLAS

if TYPE_CHECKING:
    from neo4j import Driver, Session

__all__ = ["pull", "pull_edges", "pull_nodes"]

_NODES = "MATCH (n:`{label}`) WHERE n.atlas = $atlas RETURN properties(n) AS props"
_EDGES = "MATCH (a)-[r:`{type}`]->(b) WHERE r.atlas = $atlas RETURN a.id AS a, b.id AS b, properties(r) AS props"


def pull(driver: Driver, *, atlas: str = ATLAS, database: str | None = None) -> Graph:
    """Read the graph into NetworkX: the one that was loaded; raises DataError where there is none."""
    with driver.session(database=database) as session:
        nodes = sorted(pull_nodes(session, atlas), key=lambda n: n.id)
        if not nodes:
            raise DataError(f"the database has no atlas {atlas!r}{_others(session)}")
        edges = sorted(pull_edges(session, atlas), key=lambda e: (e.source, e.type, e.target, e.key))
    return to_networkx(nodes, edges)


def pull_nodes(session: Session, atlas: str) -> Iterator[Node]:
    """Read the nodes, a type after the other."""
    for label in load_model().nodes:
        for record in session.run(_NODES.format(label=label), atlas=atlas):
            props: dict[str, Any] = record["props"]
            del props["atlas"]
            yield Node(props.pop("id"), label, props.pop("name"), props)


def pull_edges(session: Session, atlas: str) -> Iterator[Edge]:
    """Read the edges, a type after the other."""
    known = {record[0] for record in session.run("CALL db.relationshipTypes()")}
    for name, edge in load_model().edges.items():
        if edge.neo4j not in known:
            continue
        for record in session.run(_EDGES.format(type=edge.neo4j), atlas=atlas):
            props: dict[str, Any] = record["props"]
            del props["atlas"]
            yield Edge(record["a"], name, record["b"], props.pop("key"), props)


def _others(session: Session) -> str:
    query = "MATCH (n:Paper) WHERE n.atlas IS NOT NULL RETURN DISTINCT n.atlas AS atlas ORDER BY atlas LIMIT 5"
    found = [record["atlas"] for record in session.run(query)]
    return f"; it has {', '.join(found)} (choose with --id)" if found else "; load one with: kg load ATLAS"
