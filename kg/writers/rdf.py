"""Write the graph as RDF: N-Triples and N-Quads line by line, Turtle and RDF/XML through pyoxigraph.

A node is its types, its name and its properties; an edge is one triple, and a claim is an rdf:Statement with what
supports it (or, as an option, an RDF 1.2 reifier of the triple). No blank nodes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO, NoReturn

from kg.errors import DataError
from kg.graph import Edge, Node
from kg.model import EdgeType, Model, NodeType, Slot, load_model
from kg.writers.terms import XSD, agent, literal, objects, reference

__all__ = ["NONE", "Replaced", "rdf_lines", "run_of", "write_nquads", "write_ntriples", "write_rdfxml", "write_turtle"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE = f" <{_RDF}type> "
_HEAD = 16384  # bytes that hold all prefixes
_BATCH = 2000  # nodes or edges between two writes
Emit = Callable[[str, Any], str]
Replaced = Mapping[str, str]  # id -> the id that took its place
NONE: Replaced = MappingProxyType({})


def write_ntriples(nodes: Iterable[Node], edges: Iterable[Edge], stream: BinaryIO, *, base: str,
                   reifiers: bool = False, replaced: Replaced = NONE) -> None:
    """Write N-Triples, in memory that does not grow with the graph."""
    for text in rdf_lines(nodes, edges, base=base, reifiers=reifiers, replaced=replaced):
        stream.write(text)


def write_nquads(nodes: Iterable[Node], edges: Iterable[Edge], stream: BinaryIO, *, base: str,
                 reifiers: bool = False, replaced: Replaced = NONE) -> None:
    """Write N-Quads: all in the graph named by the run, in the default graph where there is no run."""
    run = run_of(nodes)
    for text in rdf_lines(nodes, edges, base=base, reifiers=reifiers, graph=run, replaced=replaced):
        stream.write(text)


def run_of(nodes: Iterable[Node]) -> str | None:
    """Name the run that made the graph: the first of them by id; None where there is none."""
    return min((node.id for node in nodes if node.type == "Run"), default=None)


def write_turtle(nodes: Iterable[Node], edges: Iterable[Edge], stream: BinaryIO, *, base: str,
                 reifiers: bool = False, replaced: Replaced = NONE) -> None:
    """Write Turtle."""
    _convert(rdf_lines(nodes, edges, base=base, reifiers=reifiers, replaced=replaced), stream, "TURTLE")


def write_rdfxml(nodes: Iterable[Node], edges: Iterable[Edge], stream: BinaryIO, *, base: str,
                 replaced: Replaced = NONE) -> None:
    """Write RDF/XML."""
    _convert(rdf_lines(nodes, edges, base=base, replaced=replaced), stream, "RDF_XML")


def _convert(lines: Iterable[bytes], stream: BinaryIO, format: str) -> None:
    import pyoxigraph as ox

    source: Any = io.BufferedReader(_Lines(lines), 1 << 16)
    triples = (quad.triple for quad in ox.parse(source, ox.RdfFormat.N_TRIPLES, lenient=True))
    ordered: Any = _Mended(stream, xml=format == "RDF_XML")
    ox.serialize(triples, ordered, getattr(ox.RdfFormat, format), prefixes=_prefixes())
    ordered.end()


def _prefixes() -> dict[str, str]:
    unused = {"cito", "dcat", "fair4ml", "lpwc", "owl", "sh", "void"}
    return {name: space for name, space in load_model().prefixes.items() if name not in unused}


class _Lines(io.RawIOBase):
    """A stream to read from, made of chunks."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._rest = iter(chunks), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


class _Mended:
    """A stream that mends what the serialiser leaves: prefixes come sorted, and XML keeps its carriage returns."""

    def __init__(self, stream: BinaryIO, *, xml: bool) -> None:
        self._stream, self._head, self._xml = stream, bytearray(), xml
        self._done = False

    def write(self, data: bytes) -> int:
        size = len(data)
        data = data.replace(b"\r", b"&#xD;") if self._xml else data
        if self._done:
            self._stream.write(data)
        else:
            self._head += data
            if len(self._head) > _HEAD:
                self.end()
        return size

    def flush(self) -> None:
        """Leave the flushing to who opened the stream."""

    def end(self) -> None:
        """Write what is held."""
        if not self._done:
            self._done = True
            self._stream.write(_ordered(bytes(self._head)))


def _ordered(head: bytes) -> bytes:
    found = re.search(rb'(?:@prefix [^\n]+\n){2,}|(?: xmlns:\w+="[^"]*"){2,}', head)
    if found is None:
        return head
    parts = re.findall(rb'@prefix [^\n]+\n| xmlns:\w+="[^"]*"', found[0])
    return head[:found.start()] + b"".join(sorted(parts)) + head[found.end():]


def rdf_lines(nodes: Iterable[Node], edges: Iterable[Edge], *, base: str, reifiers: bool = False,
              graph: str | None = None, replaced: Replaced = NONE) -> Iterator[bytes]:
    """Give N-Triples (N-Quads where a `graph` is named) in chunks of whole lines.

    `replaced` are ids that a merge did away with, each with the one that took it in: dcterms:isReplacedBy.
    Raises DataError for a type or a property that the schema lacks.
    """
    model, ref = load_model(), reference(base)
    end = f" {ref(graph)} .\n" if graph else " .\n"
    yield from _chunks(nodes, _node_writer(model, ref, end))
    yield from _chunks(edges, _edge_writer(model, ref, end, reifiers))
    verb = f" <{model.iri('dcterms:isReplacedBy')}> "
    yield from _chunks(sorted(replaced.items()), lambda pair: f"{ref(pair[0])}{verb}{ref(pair[1])}{end}")


def _chunks(items: Iterable[Any], text: Callable[[Any], str]) -> Iterator[bytes]:
    held: list[str] = []
    for item in items:
        held.append(text(item))
        if len(held) == _BATCH:
            yield "".join(held).encode()
            held.clear()
    yield "".join(held).encode()


def _node_writer(model: Model, ref: Callable[[str], str], end: str) -> Callable[[Node], str]:
    shapes = {name: (_head(kind, end), f" <{kind.name_term}> ", _emitters(model, kind, ref, end))
              for name, kind in model.nodes.items()}

    def text(node: Node) -> str:
        if node.type not in shapes:
            raise DataError(f"{node.id}: unknown type {node.type!r}; add it to schema/model.yaml")
        head, name, emitters = shapes[node.type]
        subject = ref(node.id)
        parts = [head.replace("\0", subject), subject, name, literal(node.name), end]
        props = node.props
        given = [emit(subject, props[key]) for key, emit in emitters if key in props]
        if len(given) < len(props):
            _refuse(node.id, set(props) - {key for key, _ in emitters})
        return "".join(parts + given)

    return text


def _refuse(where: str, names: set[str]) -> NoReturn:
    raise DataError(f"{where}: unknown property {', '.join(sorted(names))}; add it to schema/model.yaml")


def _head(kind: NodeType, end: str) -> str:
    return "".join(f"\0{_TYPE}<{term}>{end}" for term in (kind.term, *kind.also))


def _emitters(model: Model, kind: NodeType, ref: Callable[[str], str], end: str) -> list[tuple[str, Emit]]:
    """List the writers of a class's properties; one that the name's term holds already writes nothing."""
    emitters: list[tuple[str, Emit]] = []
    for name, slot in kind.slots.items():
        if slot.term == kind.name_term:
            emitters.append((name, lambda _subject, _value: ""))
        elif slot.ordered:
            emitters.append((name, _agents(model, slot, end)))
        else:
            emitters.append((name, _emitter(model, slot, ref, end)))
    return emitters


def _emitter(model: Model, slot: Slot, ref: Callable[[str], str], end: str) -> Emit:
    verb, write = f" <{slot.term}> ", objects(slot, ref)
    if slot.multivalued:
        return lambda subject, values: "".join([f"{subject}{verb}{write(v)}{end}" for v in sorted(set(values))])
    if slot.name == "unit":
        qudt, units = f" <{model.iri('qudt:unit')}> ", model.units
        return lambda subject, value: f"{subject}{verb}{write(value)}{end}" + (
            f"{subject}{qudt}<{units[value]}>{end}" if value in units else "")
    return lambda subject, value: f"{subject}{verb}{write(value)}{end}"


def _agents(model: Model, slot: Slot, end: str) -> Emit:
    """Write a list whose order counts: a node for each item, with its text and its place."""
    label, place, kind = (model.iri(c) for c in ("rdfs:label", "schema:position", "dcterms:Agent"))

    def text(subject: str, values: list[str]) -> str:
        parts = []
        for at, value in enumerate(values, 1):
            item = f"<{agent(subject[1:-1], slot.name, at)}>"
            parts.append(f"{subject} <{slot.term}> {item}{end}{item}{_TYPE}<{kind}>{end}"
                         f"{item} <{label}> {literal(value)}{end}{item} <{place}> \"{at}\"^^<{XSD}integer>{end}")
        return "".join(parts)

    return text


def _edge_writer(model: Model, ref: Callable[[str], str], end: str, reifiers: bool) -> Callable[[Edge], str]:
    emitters = {name: [(key, _emitter(model, slot, ref, end)) for key, slot in kind.slots.items()]
                for name, kind in model.edges.items()}
    last = ""

    def text(edge: Edge) -> str:
        nonlocal last
        kind = model.edges.get(edge.type)
        if kind is None:
            raise DataError(f"{edge.source}: unknown edge {edge.type!r}; add it to schema/model.yaml")
        source, verb, target = ref(edge.source), f" <{kind.term}> ", ref(edge.target)
        triple = f"{source}{verb}{target}"
        plain = "" if triple == last else triple + end
        last = triple
        if not kind.claim:
            if edge.props:
                _refuse(edge.source, set(edge.props))
            return plain
        claim, props = ref(edge.key), edge.props
        given = [emit(claim, props[key]) for key, emit in emitters[edge.type] if key in props]
        if len(given) < len(props):
            _refuse(edge.key, set(props) - kind.slots.keys())
        return plain + _statement(claim, source, kind, target, end, reifiers) + "".join(given)

    return text


def _statement(claim: str, source: str, kind: EdgeType, target: str, end: str, reifiers: bool) -> str:
    if reifiers:
        return f"{claim} <{_RDF}reifies> <<( {source} <{kind.term}> {target} )>>{end}"
    return (f"{claim}{_TYPE}<{_RDF}Statement>{end}{claim} <{_RDF}subject> {source}{end}"
            f"{claim} <{_RDF}predicate> <{kind.term}>{end}{claim} <{_RDF}object> {target}{end}")
