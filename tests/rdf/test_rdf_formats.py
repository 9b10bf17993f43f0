"""Every format holds the same graph, whichever library reads it, whatever the names are."""

from __future__ import annotations

import gzip
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, parse
from rdflib.compare import to_isomorphic

from kg.canonical import canonical_hash, canonical_lines, graph_hash
from kg.errors import DataError
from kg.graph import Edge, Node, read_graph, to_networkx
from kg.rdf_graph import from_rdflib, parse_rdf, read_rdf, to_rdflib
from kg.writers import BASE, write_graph
from kg.writers.rdf import rdf_lines
from kg.writers.terms import clean, decimal, external, id_of, local
from tests.graphs import every_edge, every_graph, every_node

# rdflib's own parsers use what rdflib has deprecated
pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning")
FORMATS = {"turtle": ("turtle", RdfFormat.TURTLE), "ntriples": ("nt", RdfFormat.N_TRIPLES),
           "nquads": ("nquads", RdfFormat.N_QUADS), "jsonld": ("json-ld", RdfFormat.JSON_LD),
           "rdfxml": ("xml", RdfFormat.RDF_XML)}
AWKWARD = ['"', "\\", "\n", "\r", "\r\n", "\t", "<>", "<b>&amp;", "\U0001f600", "C++", "100%", "%41", "é", "\x00",
           "\x0b", "[", "##", "\x7f", "\x85", "\u2028", "\ufffe", "\ud800", "{}", "`", "^", "|", " ",
           "a b ", "]]>", "'''", '"""', "𝛼"]
words = st.text(st.one_of(st.characters(), st.sampled_from("\"\\\n\r\t<>&%'")), max_size=12) | st.sampled_from(AWKWARD)


def _written(format: str, nodes: list[Node], edges: list[Edge], **options: bool) -> bytes:
    stream = io.BytesIO()
    write_graph(format, nodes, edges, stream, base=BASE, **options)
    return stream.getvalue()


def _by_rdflib(format: str, data: bytes) -> rdflib.Graph:
    if format == "nquads":
        dataset = rdflib.Dataset().parse(data=data, format="nquads")
        graph = rdflib.Graph()
        for s, p, o, _ in dataset.quads():
            graph.add((s, p, o))
        return graph
    return rdflib.Graph().parse(data=data, format=FORMATS[format][0])


def _terms_of_rdflib(graph: rdflib.Graph) -> set[tuple[str, ...]]:
    return {(str(s), str(p), str(o), str(getattr(o, "datatype", None) or "")) for s, p, o in graph}


def _terms_of_oxigraph(format: str, data: bytes) -> set[tuple[str, ...]]:
    found = set()
    for quad in parse(data, FORMATS[format][1]):
        assert isinstance(quad, Quad)
        parts: list[Any] = [quad.subject, quad.predicate, quad.object]
        kind: Any = getattr(quad.object, "datatype", None)
        plain = kind is None or kind.value.endswith("#string")
        found.add((*(part.value for part in parts), "" if plain else kind.value))
    return found


def _awkward(texts: list[str]) -> tuple[list[Node], list[Edge]]:
    """Put texts wherever the graph has texts, and in ids."""
    one, two, three = texts
    nodes = [
        Node(f"paper/{two}", "Paper", one, {"abstract": two, "authors": [three, one], "pages": [two, three],
                                            "url": f"http://e.org/{three}", "year": 7}),
        Node(f"method/{one}", "Method", two, {"aliases": [one, three], "sameAs": [f"http://e.org/{two}"]}),
    ]
    props = {"papers": [f"paper/{two}"], "support": 1, "confidence": 0.1, "evidence": [], "rules": [three]}
    return nodes, [Edge(f"paper/{two}", "proposes", f"method/{one}", f"claim/{three}", props)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(words, min_size=3, max_size=3))
def test_all_formats_and_both_libraries_agree(texts: list[str]) -> None:
    nodes, edges = _awkward(texts)
    data = {format: _written(format, nodes, edges) for format in FORMATS}
    wanted = _terms_of_oxigraph("ntriples", data["ntriples"])
    for format in FORMATS:
        assert _terms_of_oxigraph(format, data[format]) == wanted, format
        assert _terms_of_rdflib(_by_rdflib(format, data[format])) == wanted, format


@settings(max_examples=60, deadline=None)
@given(st.lists(words, min_size=3, max_size=3))
def test_awkward_texts_come_back(texts: list[str]) -> None:
    nodes, edges = _awkward(texts)
    for format in FORMATS:
        back = parse_rdf(io.BytesIO(_written(format, nodes, edges)), _NAMES[format])
        cleaned = [replace(n, props={**n.props, **_external(n)}) for n in nodes]
        if all(clean(t) == t for t in texts):  # ids hold no character that RDF cannot carry
            assert sorted(canonical_lines(*back)) == sorted(canonical_lines(cleaned, edges)), format


_NAMES = {"turtle": "TURTLE", "ntriples": "N_TRIPLES", "nquads": "N_QUADS", "jsonld": "JSON_LD", "rdfxml": "RDF_XML"}


def _external(node: Node) -> dict[str, list[str]]:
    return {"sameAs": [external(iri) for iri in node.props["sameAs"]]} if "sameAs" in node.props else {}


@pytest.mark.parametrize("format", FORMATS)
def test_the_formats_of_the_whole_graph_are_isomorphic(format: str) -> None:
    nodes, edges = list(every_node()), list(every_edge())
    found = to_isomorphic(_by_rdflib(format, _written(format, nodes, edges)))
    assert found == to_isomorphic(to_rdflib(every_graph()))


@pytest.mark.parametrize("name", ["g.ttl", "g.nt", "g.nq", "g.jsonld", "g.rdf", "g.ttl.gz", "g.nt.gz"])
def test_what_is_written_reads_back_as_the_same_graph(name: str, tmp_path: Path) -> None:
    formats = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "jsonld": "jsonld", "rdf": "rdfxml"}
    write_graph(formats[name.split(".")[1]], every_node(), every_edge(), tmp_path / name)
    back = read_rdf(tmp_path / name)
    assert (back.number_of_nodes(), back.number_of_edges()) == (len(every_node()), len(every_edge()))
    assert graph_hash(back) == graph_hash(every_graph())
    assert back.nodes["paper/arxiv-2403.00001"] == every_graph().nodes["paper/arxiv-2403.00001"]


@pytest.mark.parametrize("format", ["turtle", "ntriples", "nquads"])
def test_reifiers_hold_the_same_graph(format: str) -> None:
    data = _written(format, list(every_node()), list(every_edge()), reifiers=True)
    assert b"reifies" in data
    assert b"#Statement" not in data
    assert canonical_hash(*parse_rdf(io.BytesIO(data), _NAMES[format])) == graph_hash(every_graph())


def test_nquads_name_the_run() -> None:
    quads = list(parse(_written("nquads", list(every_node()), list(every_edge())), RdfFormat.N_QUADS))
    assert {str(quad.graph_name) for quad in quads} == {f"<{BASE}run/5d41402abc4b2a76>"}


def test_another_base_is_kept(tmp_path: Path) -> None:
    write_graph("turtle", every_node(), every_edge(), tmp_path / "g.ttl", base="https://e.org/x/")
    assert graph_hash(read_rdf(tmp_path / "g.ttl", base="https://e.org/x/")) == graph_hash(every_graph())
    with pytest.raises(DataError, match="not below the base https://w3id"):
        read_rdf(tmp_path / "g.ttl")


def test_a_base_that_is_no_iri_is_refused() -> None:
    for base in ("atlas/", "https://e.org/x#", "https://e.org/a b/", ""):
        with pytest.raises(DataError, match=f"^{base}: not a base for ids"):
            write_graph("ntriples", every_node(), every_edge(), io.BytesIO(), base=base)


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_graph_gives_the_same_bytes(format: str, tmp_path: Path) -> None:
    turned = [[*part] for part in read_graph(to_networkx(reversed(every_node()), reversed(every_edge())))]
    straight = [[*part] for part in read_graph(every_graph())]
    assert _written(format, *turned) == _written(format, *straight)
    for name in ("one.gz", "two.gz"):
        write_graph(format, every_node(), every_edge(), tmp_path / name)
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()
    plain = _written(format, list(every_node()), list(every_edge()))
    assert gzip.decompress((tmp_path / "one.gz").read_bytes()) == plain


def test_rdflib_and_back() -> None:
    assert graph_hash(from_rdflib(to_rdflib(every_graph()))) == graph_hash(every_graph())


def test_no_blank_nodes() -> None:
    assert not any(isinstance(t, rdflib.BNode) for triple in to_rdflib(every_graph()) for t in triple)


def test_lines_stream() -> None:
    """Memory does not grow with the graph: the first lines are there before the last nodes are asked for."""
    seen = []

    def nodes() -> Any:
        for n in range(10_000):
            seen.append(n)
            yield Node(f"method/m{n}", "Method", f"M{n}")

    next(rdf_lines(nodes(), [], base=BASE))
    assert len(seen) < 5000


@settings(max_examples=300)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back_exactly(value: float) -> None:
    assert float(decimal(value)) == value
    assert "e" not in decimal(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_are_none_are_refused(value: float) -> None:
    with pytest.raises(DataError, match="no number that RDF decimals can hold"):
        decimal(value)


@settings(max_examples=300)
@given(words.filter(lambda text: clean(text) == text))
def test_ids_come_back(text: str) -> None:
    iri = BASE + local(text)
    assert id_of(iri, BASE) == text
    rdflib.URIRef(iri).n3()
    assert iri.isascii()


@pytest.mark.parametrize(("text", "iri"), [
    ("text/p/1a#char=4,9", "text/p/1a#char=4,9"), ("repo/github.com/o/c++", "repo/github.com/o/c++"),
    ("repo/x/50%", "repo/x/50%25"), ("a b", "a%20b"), ("é", "%C3%A9"), ("a#b#c", "a#b%23c"),
    ('"<>\\^`{|}', "%22%3C%3E%5C%5E%60%7B%7C%7D"),
])
def test_ids_as_iris(text: str, iri: str) -> None:
    assert local(text) == iri


@pytest.mark.parametrize(("name", "data", "says"), [
    ("g.ttl", b"<a> <b> .", "g.ttl: not ttl: "), ("g.xyz", b"", "g.xyz: unknown format"),
    ("g.nt.gz", b"plain", "g.nt.gz: cannot be read: Not a gzipped file"),
])
def test_bad_files_are_said_to_be_so(name: str, data: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError, match=says):
        read_rdf(tmp_path / name)


@pytest.mark.parametrize(("nodes", "edges", "says"), [
    ([Node("x/1", "Thing", "A")], [], "unknown type 'Thing'"),
    ([Node("method/a", "Method", "A", {"colour": "red"})], [], "unknown property colour"),
    ([], [Edge("method/a", "likes", "method/b", "claim/1")], "unknown edge 'likes'"),
    ([], [Edge("method/a", "basedOn", "method/b", "claim/1", {"colour": "red"})], "unknown property colour"),
])
def test_what_the_schema_lacks_is_refused(nodes: list[Node], edges: list[Edge], says: str) -> None:
    with pytest.raises(DataError, match=says):
        _written("ntriples", nodes, edges)


def test_the_hash_forgets_order_and_nothing_else() -> None:
    nodes, edges = every_node(), every_edge()
    assert canonical_hash(reversed(nodes), reversed(edges)) == canonical_hash(nodes, edges)
    changed = [replace(n, props={**n.props, "kind": "term"}) if n.id == "method/alpha" else n for n in nodes]
    assert canonical_hash(changed, edges) != canonical_hash(nodes, edges)
    swapped = [replace(n, props={**n.props, "authors": sorted(n.props["authors"])}) if "authors" in n.props else n
               for n in nodes]
    assert canonical_hash(swapped, edges) != canonical_hash(nodes, edges)
