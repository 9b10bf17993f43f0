"""Read the graph back from RDF, and give it to rdflib."""

from __future__ import annotations

import gzip
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.errors import DataError
from kg.graph import Edge, Graph, Node, read_graph, to_networkx
from kg.model import EdgeType, Model, Slot, load_model
from kg.writers import BASE
from kg.writers.rdf import write_ntriples
from kg.writers.terms import id_of, value_of

if TYPE_CHECKING:
    import rdflib

__all__ = ["FORMATS", "from_rdflib", "parse_rdf", "read_rdf", "to_rdflib"]

FORMATS = {".ttl": "TURTLE", ".nt": "N_TRIPLES", ".nq": "N_QUADS", ".jsonld": "JSON_LD", ".rdf": "RDF_XML"}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
Facts = Mapping[str, list[str]]  # term -> texts or IRIs
Subjects = dict[str, dict[str, list[str]]]


def read_rdf(path: str | Path, *, base: str = BASE) -> Graph:
    """Read an RDF file that `kg export` wrote, packed or not, as NetworkX.

    Raises DataError where it cannot be read, is not RDF, or holds another graph than the schema tells.
    """
    file = Path(path)
    plain = file.with_suffix("") if file.suffix == ".gz" else file
    if plain.suffix not in FORMATS:
        raise DataError(f"{path}: unknown format; the name must end in {', '.join(FORMATS)}, with or without .gz")
    try:
        with (gzip.open(file) if file.suffix == ".gz" else file.open("rb")) as stream:
            nodes, edges = parse_rdf(stream, FORMATS[plain.suffix], base=base)
    except SyntaxError as error:
        raise DataError(f"{path}: not {plain.suffix[1:]}: {' '.join(str(error).split())}") from error
    except (OSError, EOFError) as error:
        raise DataError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return to_networkx(nodes, edges)


def parse_rdf(stream: Any, format: str, *, base: str = BASE) -> tuple[list[Node], list[Edge]]:
    """Read nodes and edges, sorted, from RDF in a format of pyoxigraph's RdfFormat."""
    import pyoxigraph as ox

    subjects: Subjects = defaultdict(lambda: defaultdict(list))
    triples: set[tuple[str, str, str]] = set()
    for quad in ox.parse(stream, getattr(ox.RdfFormat, format), lenient=True):
        if isinstance(quad.object, ox.Triple):  # an RDF 1.2 reifier: the same as a Statement
            parts = zip(("subject", "predicate", "object"), quad.object, strict=True)
            for part, term in parts:
                subjects[quad.subject.value][_RDF + part].append(term.value)
            subjects[quad.subject.value][f"{_RDF}type"].append(f"{_RDF}Statement")
        else:
            triples.add((quad.subject.value, quad.predicate.value, quad.object.value))
    for subject, predicate, value in triples:
        subjects[subject][predicate].append(value)
    return _graph(load_model(), subjects, base)


def _graph(model: Model, subjects: Subjects, base: str) -> tuple[list[Node], list[Edge]]:
    classes = {kind.term: kind for kind in model.nodes.values()}
    verbs = {kind.term: kind for kind in model.edges.values() if kind.claim}
    plain = {kind.term: kind.name for kind in model.edges.values() if not kind.claim}
    nodes: list[Node] = []
    edges: list[Edge] = []
    for iri, facts in subjects.items():
        types = facts.get(f"{_RDF}type", [])
        if f"{_RDF}Statement" in types:
            edges.append(_claim(model, verbs, iri, facts, base))
        elif kind := next((classes[t] for t in types if t in classes), None):
            props = dict(_props(kind.slots, facts, subjects, base))
            nodes.append(Node(id_of(iri, base), kind.name, _one(iri, facts, kind.name_term), props))
            edges += _plain_edges(plain, iri, facts, base)
    return sorted(nodes, key=lambda n: n.id), sorted(edges, key=lambda e: (e.source, e.type, e.target, e.key))


def _one(iri: str, facts: Facts, term: str) -> str:
    if len(found := facts.get(term, [])) != 1:
        raise DataError(f"<{iri}>: needs one <{term}>, has {len(found)}")
    return found[0]


def _props(slots: Mapping[str, Slot], facts: Facts, subjects: Subjects, base: str) -> Iterator[tuple[str, Any]]:
    for name, slot in slots.items():
        values = facts.get(slot.term, [])
        if slot.ordered and values:
            yield name, _in_order(values, subjects)
        elif slot.multivalued and values:
            yield name, sorted(id_of(v, base) if slot.refers else v for v in values)
        elif len(values) > 1:
            raise DataError(f"more than one <{slot.term}>: {', '.join(sorted(values))}")
        elif values:
            yield name, id_of(values[0], base) if slot.refers else value_of(values[0], slot)


def _in_order(items: Iterable[str], subjects: Subjects) -> list[str]:
    model = load_model()
    label, place = model.iri("rdfs:label"), model.iri("schema:position")
    return [subjects[i][label][0] for i in sorted(items, key=lambda i: int(subjects[i][place][0]))]


def _claim(model: Model, verbs: Mapping[str, EdgeType], iri: str, facts: Facts, base: str) -> Edge:
    source, verb, target = (_one(iri, facts, _RDF + part) for part in ("subject", "predicate", "object"))
    kind = verbs.get(verb)
    if kind is None:
        raise DataError(f"<{iri}>: claims <{verb}>, which is no edge of the schema")
    props: dict[str, Any] = {slot.name: [] for slot in model.claim.values() if slot.multivalued}
    return Edge(id_of(source, base), kind.name, id_of(target, base), id_of(iri, base),
                {**props, **dict(_props(kind.slots, facts, {}, base))})


def _plain_edges(verbs: Mapping[str, str], iri: str, facts: Facts, base: str) -> Iterator[Edge]:
    for verb in verbs.keys() & facts.keys():
        yield from (Edge(id_of(iri, base), verbs[verb], id_of(target, base), verbs[verb]) for target in facts[verb])


def to_rdflib(graph: Graph, *, base: str = BASE) -> rdflib.Graph:
    """Give a NetworkX graph as an rdflib graph with the prefixes of the schema."""
    import rdflib

    stream = io.BytesIO()
    write_ntriples(*read_graph(graph), stream, base=base)
    made = rdflib.Graph(bind_namespaces="none")
    for prefix, space in load_model().prefixes.items():
        made.bind(prefix, space)
    return made.parse(data=stream.getvalue(), format="nt")


def from_rdflib(graph: rdflib.Graph, *, base: str = BASE) -> Graph:
    """Give an rdflib graph as NetworkX: the inverse of `to_rdflib`."""
    stream: BinaryIO = io.BytesIO(graph.serialize(format="nt", encoding="utf-8"))
    return to_networkx(*parse_rdf(stream, "N_TRIPLES", base=base))
