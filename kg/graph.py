"""Nodes and edges, and the NetworkX graph that they make.

An id is the node's IRI below the base: `method/vpd`, `paper/arxiv-2303.02153`. Edge types are the names of
`schema/model.yaml` in camel case: `evaluatedOn`. An edge's key is its claim's id (`claim/…`) where it carries
support, else its type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Edge", "Graph", "Node", "edge_items", "node_items", "read_graph", "to_networkx"]

Graph: TypeAlias = "nx.MultiDiGraph[str]"


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph; `props` holds what the schema lists for its type, never None."""

    id: str
    type: str
    name: str
    props: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of the graph; a claim's `props` hold papers, support, confidence, evidence and rules."""

    source: str
    type: str
    target: str
    key: str
    props: Mapping[str, Any] = field(default_factory=dict)


def to_networkx(nodes: Iterable[Node], edges: Iterable[Edge]) -> Graph:
    """Make the MultiDiGraph of nodes and edges, in the order given."""
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    graph.add_nodes_from((n.id, {"type": n.type, "name": n.name, **n.props}) for n in nodes)
    for e in edges:
        graph.add_edge(e.source, e.target, e.key, **{"type": e.type, **e.props})
    return graph


def read_graph(graph: Graph) -> tuple[Iterator[Node], Iterator[Edge]]:
    """Give back the nodes and edges of a graph: the inverse of `to_networkx`, sorted."""
    nodes = (Node(i, a["type"], a["name"], {k: v for k, v in a.items() if k not in ("type", "name")})
             for i, a in node_items(graph))
    edges = (Edge(s, a["type"], t, k, {x: v for x, v in a.items() if x != "type"})
             for s, t, k, a in edge_items(graph))
    return nodes, edges


def node_items(graph: Graph) -> list[tuple[str, dict[str, Any]]]:
    """List ids and properties, sorted by id."""
    named: Iterable[Any] = graph.nodes(data=True)
    return sorted(named, key=lambda n: str(n[0]))


def edge_items(graph: Graph) -> list[tuple[str, str, str, dict[str, Any]]]:
    """List sources, targets, keys and properties, sorted."""
    keyed: Iterable[Any] = graph.edges(keys=True, data=True)
    return sorted(keyed, key=lambda e: tuple(map(str, e[:3])))
