"""Check the graph against the schema: nodes and edges before they are written, and a store by its SHACL shapes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.graph import Edge, Node
from kg.model import EdgeType, Slot, load_model, schema_file

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Problem", "check", "validate_store"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One breach: the node, edge or claim, the property or edge type, what was broken, and the bad value."""

    node: str
    path: str
    constraint: str
    value: Any = None

    def __str__(self) -> str:
        """Say it in one line."""
        value = "" if self.value is None else f": {self.value!r}"
        return f"{self.node} {self.path}: {self.constraint}{value}"


def validate_store(store: ox.Store, *, base: str) -> Iterator[Problem]:
    """Run `schema/shapes.ttl` over a store."""
    from kg.shacl import read_shapes, run_shapes

    model = load_model()
    for found in run_shapes(store, read_shapes(schema_file("shapes.ttl").read_text(encoding="utf-8"))):
        path = "" if found.path is None else model.curie(found.path)
        yield Problem(found.node.removeprefix(base), path, found.constraint, found.value)


def check(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[Problem]:
    """Give what breaks the schema, in plain Python; nodes and edges are read once, edges last."""
    types: dict[str, str] = {}
    references: list[tuple[str, str, tuple[str, ...], str]] = []
    for node in nodes:
        if node.id in types:
            yield Problem(node.id, "id", "Unique")
        types[node.id] = node.type
        yield from _node(node, references)
    counts: Counter[tuple[str, str]] = Counter()
    keys: set[str] = set()
    for edge in edges:
        counts[edge.source, edge.type] += 1
        yield from _edge(edge, types, keys, references)
    for holder, name, kinds, target in references:
        if types.get(target) not in kinds:
            yield Problem(holder, name, "Class", target)
    yield from _missing(types, counts)


def _node(node: Node, references: list[tuple[str, str, tuple[str, ...], str]]) -> Iterator[Problem]:
    kind = load_model().nodes.get(node.type)
    if kind is None:
        yield Problem(node.id, "type", "Class", node.type)
        return
    if not re.fullmatch(kind.id, node.id):
        yield Problem(node.id, "id", "Pattern", node.id)
    if not isinstance(node.name, str):
        yield Problem(node.id, "name", "Datatype", node.name)
    yield from _props(node.id, node.props, kind.slots, references)
    if node.type == "Mention" and node.props.get("exact") != node.name:
        yield Problem(node.id, "exact", "MaxCount", node.name)
    start, end = node.props.get("start", 0), node.props.get("end", 1)
    if node.type == "Mention" and isinstance(start, int) and isinstance(end, int) and start >= end:
        yield Problem(node.id, "start", "LessThan", start)


def _props(holder: str, props: Mapping[str, Any], slots: Mapping[str, Slot],
           references: list[tuple[str, str, tuple[str, ...], str]]) -> Iterator[Problem]:
    for name in props.keys() - slots.keys():
        yield Problem(holder, name, "Closed", props[name])
    for name, slot in slots.items():
        value = props.get(name)
        if slot.multivalued and not isinstance(value, list | None):
            yield Problem(holder, name, "Datatype", value)
            continue
        values = [] if value is None else value if slot.multivalued else [value]
        if len(values) < slot.minimum:
            yield Problem(holder, name, "MinCount")
        for item in values:
            yield from _value(holder, slot, item)
            if slot.refers and isinstance(item, str):
                references.append((holder, name, slot.ranges, item))


_PYTHON: dict[str, Callable[[Any], bool]] = {
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "year": lambda v: isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= 9999,
    "decimal": lambda v: isinstance(v, int | float) and not isinstance(v, bool) and abs(v) < float("inf"),
    "boolean": lambda v: isinstance(v, bool),
    "date": lambda v: isinstance(v, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", v) is not None,
    "iri": lambda v: isinstance(v, str) and re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", v) is not None,
}


def _value(holder: str, slot: Slot, value: Any) -> Iterator[Problem]:
    if not _PYTHON.get(slot.ranges[0], lambda v: isinstance(v, str))(value):
        yield Problem(holder, slot.name, "NodeKind" if slot.ranges[0] == "iri" else "Datatype", value)
        return
    least, most = slot.bounds
    if slot.values and value not in slot.values:
        yield Problem(holder, slot.name, "In", value)
    if least is not None and value < least:
        yield Problem(holder, slot.name, "MinInclusive", value)
    if most is not None and value > most:
        yield Problem(holder, slot.name, "MaxInclusive", value)


def _edge(edge: Edge, types: Mapping[str, str], keys: set[str],
          references: list[tuple[str, str, tuple[str, ...], str]]) -> Iterator[Problem]:
    kind = load_model().edges.get(edge.type)
    if kind is None:
        yield Problem(edge.source, edge.type, "Closed", edge.target)
        return
    if types.get(edge.source) not in kind.ends:
        yield Problem(edge.source, edge.type, "Domain", edge.source)
    elif types.get(edge.target) not in kind.ends[types[edge.source]]:
        yield Problem(edge.source, edge.type, "Class", edge.target)
    if kind.claim:
        yield from _claim(edge, kind, keys, references)
    elif edge.key != edge.type or edge.props:
        yield Problem(edge.source, edge.type, "Closed", edge.key)


def _claim(edge: Edge, kind: EdgeType, keys: set[str],
           references: list[tuple[str, str, tuple[str, ...], str]]) -> Iterator[Problem]:
    if edge.key in keys:
        yield Problem(edge.key, "key", "Unique")
    keys.add(edge.key)
    if not re.fullmatch(load_model().source["claim"]["id"], edge.key):
        yield Problem(edge.key, "key", "Pattern", edge.key)
    yield from _props(edge.key, edge.props, kind.slots, references)
    rules = set(edge.props.get("rules") or ())
    if edge.props.get("papers") and not edge.props.get("evidence") and not (rules and rules <= set(kind.inferred)):
        yield Problem(edge.key, "evidence", "Or")


def _missing(types: Mapping[str, str], counts: Counter[tuple[str, str]]) -> Iterator[Problem]:
    """Compare how many edges nodes have with how many they may have."""
    limited = [edge for edge in load_model().edges.values() if edge.minimum or edge.maximum is not None]
    for node, kind in types.items():
        for edge in limited:
            if kind in edge.ends:
                if counts[node, edge.name] < edge.minimum:
                    yield Problem(node, edge.name, "MinCount")
                if edge.maximum is not None and counts[node, edge.name] > edge.maximum:
                    yield Problem(node, edge.name, "MaxCount")
