"""Write and read GraphML, as streams: for Gephi, yEd, Cytoscape, igraph and NetworkX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from kg.graph import Edge, Node
from kg.writers.cells import join_list, split_list

__all__ = ["read_graphml", "write_graphml"]

_NS = "http://graphml.graphdrawing.org/xmlns"
_KINDS: dict[type, str] = {bool: "boolean", int: "long", float: "double", str: "string", list: "string"}
_LIST = "|list"  # ends the id of a key whose text is a list


def write_graphml(nodes: Iterable[Node], edges: Iterable[Edge], stream: BinaryIO, *, base: str) -> None:
    """Write the graph: every property is a key; lists are texts with `|` between their items."""
    keys = _keys("node", (_node_data(n) for n in nodes)) | _keys("edge", (_edge_data(e) for e in edges))
    put = _writer(stream)
    put(f"<?xml version='1.0' encoding='utf-8'?>\n<graphml xmlns={quoteattr(_NS)}>\n")
    put('  <key id="base" for="graph" attr.name="base" attr.type="string"/>\n')
    for (of, name, many), kind in sorted(keys.items()):
        put(f'  <key id="{_key(of, name, many)}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n')
    put(f'  <graph id="atlas" edgedefault="directed">\n    <data key="base">{escape(base)}</data>\n')
    for node in nodes:
        put(f"    <node id={quoteattr(node.id)}>{_data('node', _node_data(node))}</node>\n")
    for edge in edges:
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        put(f"    <edge id={quoteattr(edge.key)} {ends}>{_data('edge', _edge_data(edge))}</edge>\n")
    put("  </graph>\n</graphml>\n")


def _writer(stream: BinaryIO) -> Any:
    return lambda text: stream.write(text.encode())


def _node_data(node: Node) -> dict[str, Any]:
    return {"type": node.type, "name": node.name, **node.props}


def _edge_data(edge: Edge) -> dict[str, Any]:
    return {"type": edge.type, **edge.props}


def _keys(of: str, rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, bool], str]:
    """Find the properties and their GraphML types; whole numbers beside others are doubles."""
    kinds: dict[tuple[str, str, bool], str] = {}
    for row in rows:
        for name, value in row.items():
            key, kind = (of, name, isinstance(value, list)), _KINDS[type(value)]
            if kinds.setdefault(key, kind) != kind:
                kinds[key] = "double" if {kind, kinds[key]} == {"long", "double"} else "string"
    return kinds


def _key(of: str, name: str, many: bool) -> str:
    return f"{of}.{name}{_LIST if many else ''}"


def _data(of: str, row: Mapping[str, Any]) -> str:
    return "".join(f'<data key="{_key(of, name, isinstance(value, list))}">{escape(_clean(_text(value)))}</data>'
                   for name, value in row.items())


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return join_list(value) if isinstance(value, list) else str(value)


def _clean(text: str) -> str:
    """Put a blank for characters that XML 1.0 cannot hold, and a reference for a carriage return."""
    return "".join(c if c >= " " or c in "\t\n" else " " for c in text).replace("\ufffe", " ").replace("\uffff", " ")


def read_graphml(stream: BinaryIO) -> tuple[list[Node], list[Edge]]:
    """Read what `write_graphml` writes."""
    root = ElementTree.parse(stream).getroot()
    kinds = {k.get("id", ""): k.get("attr.type", "") for k in root.iter(f"{{{_NS}}}key")}
    nodes, edges = [], []
    for item in root.iter(f"{{{_NS}}}node"):
        props = dict(_props(item, kinds))
        nodes.append(Node(item.get("id", ""), props.pop("type"), props.pop("name"), props))
    for item in root.iter(f"{{{_NS}}}edge"):
        props = dict(_props(item, kinds))
        edges.append(Edge(item.get("source", ""), props.pop("type"), item.get("target", ""), item.get("id", ""), props))
    return nodes, edges


def _props(item: ElementTree.Element, kinds: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    casts: dict[str, Any] = {"boolean": lambda t: t == "true", "long": int, "double": float, "string": str}
    for data in item.iter(f"{{{_NS}}}data"):
        key, text = data.get("key", ""), data.text or ""
        name = key.partition(".")[2].removesuffix(_LIST)
        yield name, split_list(text) if key.endswith(_LIST) else casts[kinds[key]](text)
