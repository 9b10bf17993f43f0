"""One hash for one graph: equal for graphs that say the same, whatever the order they came in or the form they took.

Lists whose order means nothing count as sets, empty lists of nodes as absent, and texts as RDF writes them (see
`kg.writers.terms.clean`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from kg.graph import Edge, Graph, Node, read_graph
from kg.model import Slot, load_model
from kg.writers.terms import clean

__all__ = ["canonical_hash", "canonical_lines", "graph_hash"]


def graph_hash(graph: Graph) -> str:
    """Give the canonical hash of a NetworkX graph."""
    return canonical_hash(*read_graph(graph))


def canonical_hash(nodes: Iterable[Node], edges: Iterable[Edge]) -> str:
    """Give the canonical hash of nodes and edges: SHA-256 over the sorted lines, in hex."""
    digest = hashlib.sha256()
    for line in sorted(canonical_lines(nodes, edges)):
        digest.update(line + b"\n")
    return digest.hexdigest()


def canonical_lines(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterable[bytes]:
    """Give a line of JSON for each node and edge."""
    model = load_model()
    node_slots = {name: kind.slots for name, kind in model.nodes.items()}
    edge_slots = {name: kind.slots for name, kind in model.edges.items()}
    for node in nodes:
        yield _line(["node", node.id, node.type, clean(node.name)], node.props, node_slots.get(node.type, {}))
    for edge in edges:
        yield _line(["edge", edge.source, edge.type, edge.target, edge.key], edge.props, edge_slots.get(edge.type, {}))


def _line(head: list[str], props: Mapping[str, Any], slots: Mapping[str, Slot]) -> bytes:
    values = {name: _value(value, slots.get(name)) for name, value in props.items() if value not in ([], None)}
    return orjson.dumps([*head, values], option=orjson.OPT_SORT_KEYS)


def _value(value: Any, slot: Slot | None) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        texts = [clean(item) for item in value]
        return texts if slot and slot.ordered else sorted(set(texts))
    if slot and slot.ranges[0] == "decimal":
        return float(value) + 0.0  # one zero
    return value
