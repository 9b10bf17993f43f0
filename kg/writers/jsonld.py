"""Write the graph as JSON-LD, an object a line; the names are those of `schema/context.jsonld`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO

import orjson

from kg.errors import DataError
from kg.graph import Edge, Node
from kg.model import Model, Slot, load_model
from kg.writers.rdf import NONE, Replaced
from kg.writers.terms import agent, clean, datatype, external, lexical, local

__all__ = ["jsonld_context", "write_jsonld"]

_CLAIM = {"subject": "rdf:subject", "predicate": "rdf:predicate", "object": "rdf:object"}
Put = Callable[[dict[str, Any], Any], None]


def jsonld_context(model: Model) -> dict[str, Any]:
    """Make the JSON-LD context: prefixes, classes, and every term by its local name with its datatype."""
    context: dict[str, Any] = {"id": "@id", "type": "@type", **dict(sorted(model.prefixes.items()))}
    context |= {name: model.curie(kind.term) for name, kind in model.nodes.items()}
    holders = [*(kind.slots for kind in model.nodes.values()), *(kind.slots for kind in model.edges.values())]
    slots = [slot for held in holders for slot in held.values()]
    terms = {_key(slot.term): _coercion(model, slot) for slot in slots}
    terms |= {_key(kind.name_term): {"@id": model.curie(kind.name_term)} for kind in model.nodes.values()}
    edges = {_key(kind.term): {"@id": model.curie(kind.term), "@type": "@id"} for kind in model.edges.values()}
    extra = {name: {"@id": term, "@type": "@id"} for name, term in _CLAIM.items()}
    extra |= {"creator": {"@id": "dcterms:creator"}, "position": {"@id": "schema:position", "@type": "xsd:integer"},
              "qudtUnit": {"@id": "qudt:unit", "@type": "@id"}}
    return context | dict(sorted((terms | edges | extra).items()))


def _key(term: str) -> str:
    return term.replace("#", "/").rpartition("/")[2]


def _coercion(model: Model, slot: Slot) -> dict[str, str]:
    kind = "@id" if slot.refers or slot.ranges[0] == "iri" else datatype(slot)
    typed = {} if kind is None else {"@type": kind if kind == "@id" else f"xsd:{kind}"}
    return {"@id": model.curie(slot.term), **typed}


def write_jsonld(nodes: Iterable[Node], edges: Iterable[Edge], stream: BinaryIO, *, base: str,
                 replaced: Replaced = NONE) -> None:
    """Write JSON-LD with its context in it: an object for each node, edge and claim."""
    model = load_model()
    stream.write(b'{"@context":' + orjson.dumps(jsonld_context(model)) + b',\n"@graph":[')
    between = b"\n"
    heirs = ({"id": base + local(old), "dcterms:isReplacedBy": {"id": base + local(new)}}
             for old, new in sorted(replaced.items()))
    for value in chain(_objects(model, nodes, edges, base), heirs):
        stream.write(between + orjson.dumps(value))
        between = b",\n"
    stream.write(b"\n]}\n")


def _objects(model: Model, nodes: Iterable[Node], edges: Iterable[Edge], base: str) -> Iterator[dict[str, Any]]:
    node_puts = {name: {key: _put(model, slot, base) for key, slot in kind.slots.items()}
                 for name, kind in model.nodes.items()}
    edge_puts = {name: {key: _put(model, slot, base) for key, slot in kind.slots.items()}
                 for name, kind in model.edges.items()}
    try:
        for node in nodes:
            kind = model.nodes[node.type]
            value = {"id": base + local(node.id), "type": [node.type, *map(model.curie, kind.also)],
                     _key(kind.name_term): clean(node.name)}
            _fill(value, node_puts[node.type], node.props)
            yield value
        for edge in edges:
            yield from _edge_objects(model, edge, edge_puts[edge.type], base)
    except KeyError as error:
        raise DataError(f"unknown type or property {error}; add it to schema/model.yaml") from error


def _fill(value: dict[str, Any], puts: dict[str, Put], props: Mapping[str, Any]) -> None:
    """Put the properties in an object, in the order of the schema; raises KeyError for one that it lacks."""
    for name in sorted(props, key=list(puts).index if props.keys() <= puts.keys() else None):
        puts[name](value, props[name])


def _edge_objects(model: Model, edge: Edge, puts: dict[str, Put], base: str) -> Iterator[dict[str, Any]]:
    kind, source, target = model.edges[edge.type], base + local(edge.source), base + local(edge.target)
    yield {"id": source, _key(kind.term): target}
    if kind.claim:
        claim = {"id": base + local(edge.key), "type": "rdf:Statement", "subject": source,
                 "predicate": kind.term, "object": target}
        _fill(claim, puts, edge.props)
        yield claim


def _put(model: Model, slot: Slot, base: str) -> Put:
    """Give the function that puts a property's value in an object."""
    key, write = _key(slot.term), _writer(slot, base)
    if slot.ordered:
        return lambda value, given: value.update({key: [_agent(value["id"], slot.name, at, text)
                                                        for at, text in enumerate(given, 1)]})
    if slot.multivalued:
        return lambda value, given: value.update({key: [write(item) for item in sorted(set(given))]})
    if slot.name == "unit":
        return lambda value, given: value.update(
            {key: write(given)} | ({"qudtUnit": model.units[given]} if given in model.units else {}))
    return lambda value, given: value.update({key: write(given)})


def _writer(slot: Slot, base: str) -> Callable[[Any], str]:
    if slot.refers:
        return lambda value: base + local(value)
    return external if slot.ranges[0] == "iri" else lexical(slot)


def _agent(paper: str, slot: str, place: int, text: str) -> dict[str, Any]:
    return {"id": agent(paper, slot, place), "type": "dcterms:Agent", "label": clean(text), "position": str(place)}
