"""Seeded faults are caught: before writing, and by the shapes, which say what pyshacl says."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

from kg.builder import build_atlas
from kg.errors import DataError
from kg.graph import Edge, Node
from kg.model import schema_file
from kg.pool import cores
from kg.readers import read_papers
from kg.shacl import read_shapes, run_shapes
from kg.stores.oxigraph import load_memory
from kg.validate import Problem, check, validate_store
from kg.writers import BASE
from kg.writers.rdf import write_ntriples
from tests.graphs import every_edge, every_node

_ALPHA, _PAPER, _RESULT = "method/alpha", "paper/arxiv-2403.00001", "result/arxiv-2403.00001/r1"
_PROPOSES = "claim/proposes-paper.arxiv-2403.00001-method.alpha"
_SPOT, _PLACE = "text/arxiv-2403.00001/0a1b2c3d#char=11,16", "text/arxiv-2403.00001/0a1b2c3d#char=40,51"
_BARE, _TRAINED = "result/gamma-1a2b3c4d/r8", "claim/trainedOn-method.beta-dataset.imagenet-1k"
_LINKED = "claim/hasRepository-paper.arxiv-2403.00001-repo.github.com.ada.alpha"
Graph = tuple[list[Node], list[Edge]]
Fault = Callable[[list[Node], list[Edge]], Graph]


def _with(node: str, **props: Any) -> Fault:
    def fault(nodes: list[Node], edges: list[Edge]) -> Graph:
        return [replace(n, props=_merged(n.props, props)) if n.id == node else n for n in nodes], edges

    return fault


def _edge_with(key: str, **props: Any) -> Fault:
    def fault(nodes: list[Node], edges: list[Edge]) -> Graph:
        return nodes, [replace(e, props=_merged(e.props, props)) if e.key == key else e for e in edges]

    return fault


def _merged(props: Any, more: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**props, **more}.items() if value is not None}


def _plus(*edges: Edge) -> Fault:
    return lambda nodes, had: (nodes, [*had, *edges])


def _less(kind: str, source: str) -> Fault:
    return lambda nodes, edges: (nodes, [e for e in edges if (e.type, e.source) != (kind, source)])


FAULTS: dict[str, tuple[Fault, tuple[str, str, str]]] = {
    "missing value": (_with(_RESULT, value=None), (_RESULT, "pa:value", "MinCount")),
    "missing rule": (_with(_SPOT, rules=None), (_SPOT, "pa:foundBy", "MinCount")),
    "unknown form": (_with(_RESULT, form="guess"), (_RESULT, "pa:form", "In")),
    "unknown kind": (_with(_ALPHA, kind="thing"), (_ALPHA, "pa:kind", "In")),
    "confidence above one": (_edge_with(_PROPOSES, confidence=1.5), (_PROPOSES, "pa:confidence", "MaxInclusive")),
    "negative start": (_with(_SPOT, start=-1), (_SPOT, "oa:start", "MinInclusive")),
    "end before start": (_with(_PLACE, end=3), (_PLACE, "oa:start", "LessThan")),
    "evidence that is no mention": (_edge_with(_PROPOSES, evidence=[_ALPHA]), (_PROPOSES, "pa:evidence", "Class")),
    "evidence that is nowhere": (_edge_with(_PROPOSES, evidence=["text/x"]), (_PROPOSES, "pa:evidence", "Class")),
    "no evidence": (_edge_with(_TRAINED, evidence=[]), (_TRAINED, "", "Or")),
    "a repository without evidence": (_edge_with(_LINKED, evidence=[]), (_LINKED, "", "Or")),
    "wrong target": (_plus(Edge(_BARE, "ofMethod", _PAPER, "ofMethod")), (_BARE, "pa:ofMethod", "Class")),
    "two methods": (_plus(Edge(_RESULT, "ofMethod", "method/beta", "ofMethod")), (_RESULT, "pa:ofMethod", "MaxCount")),
    "no paper": (_less("reportedIn", _RESULT), (_RESULT, "pa:reportedIn", "MinCount")),
    "mention of nowhere": (_less("inPaper", _SPOT), (_SPOT, "pa:inPaper", "MinCount")),
    "scope of no paper": (_with(_ALPHA, scope="method/beta"), (_ALPHA, "pa:scope", "Class")),
    "bad id": (lambda nodes, edges: ([*nodes, Node("method/a/b", "Method", "A")], edges),
               ("method/a/b", "", "Pattern")),
    "impossible date": (_with(_PAPER, date="last May"), (_PAPER, "dcterms:date", "Datatype")),
}
_PLAIN = {"oa:start": "start", "oa:end": "end", "pa:foundBy": "rules", "": "id", "dcterms:date": "date"}


@pytest.mark.parametrize("name", FAULTS)
def test_the_shapes_catch(name: str) -> None:
    fault, expected = FAULTS[name]
    found = validate_store(load_memory(*fault(list(every_node()), list(every_edge()))), base=BASE)
    assert expected in {(p.node, p.path, p.constraint) for p in found}


@pytest.mark.parametrize("name", FAULTS)
def test_the_check_before_writing_catches(name: str) -> None:
    fault, (node, path, constraint) = FAULTS[name]
    found = {(p.node, p.path, p.constraint) for p in check(*fault(list(every_node()), list(every_edge())))}
    plain = "evidence" if constraint == "Or" else _PLAIN.get(path, path.removeprefix("pa:"))
    assert found == {(node, plain, constraint)}


@pytest.mark.parametrize(("fault", "problem"), [
    (_with(_ALPHA, colour="red"), Problem(_ALPHA, "colour", "Closed", "red")),
    (_with(_PAPER, year="2024"), Problem(_PAPER, "year", "Datatype", "2024")),
    (_with(_PAPER, authors="Ann"), Problem(_PAPER, "authors", "Datatype", "Ann")),
    (_with(_RESULT, number=float("inf")), Problem(_RESULT, "number", "Datatype", float("inf"))),
    (_with(_ALPHA, sameAs=["Q1"]), Problem(_ALPHA, "sameAs", "NodeKind", "Q1")),
    (_plus(Edge("task/fine-grained", "proposes", _ALPHA, "claim/x", {
        "papers": [], "support": 0, "confidence": 1.0, "evidence": [], "rules": []})),
     Problem("task/fine-grained", "proposes", "Domain", "task/fine-grained")),
    (_plus(Edge(_PAPER, "invents", _ALPHA, "claim/x")), Problem(_PAPER, "invents", "Closed", _ALPHA)),
    (lambda nodes, edges: ([*nodes, nodes[0]], edges), Problem("benchmark/glue", "id", "Unique")),
    (lambda nodes, edges: (nodes, [*edges, edges[0]]), Problem("benchmark/glue", "", "")),
])
def test_the_check_before_writing_says(fault: Fault, problem: Problem) -> None:
    found = list(check(*fault(list(every_node()), list(every_edge()))))
    if problem.constraint:
        assert found == [problem]
    else:
        assert [(p.path, p.constraint) for p in found] == [("key", "Unique")]


def test_a_link_given_beside_the_text_needs_no_evidence() -> None:
    nodes, edges = _edge_with(_LINKED, evidence=[], rules=["repo:link"])(list(every_node()), list(every_edge()))
    assert [*check(nodes, edges), *validate_store(load_memory(nodes, edges), base=BASE)] == []


def test_the_graph_of_every_type_conforms() -> None:
    nodes, edges = every_node(), every_edge()
    assert [*check(nodes, edges), *validate_store(load_memory(nodes, edges), base=BASE)] == []


def _both_engines(turtle: bytes) -> tuple[set[Any], set[Any]]:
    """Give what this engine and pyshacl say of the same triples."""
    import pyshacl

    store = Store()
    store.load(turtle, RdfFormat.N_TRIPLES)
    text = schema_file("shapes.ttl").read_text(encoding="utf-8")
    ours = {(v.node, v.path, v.constraint, v.value) for v in run_shapes(store, read_shapes(text))}
    shapes = rdflib.Graph().parse(data=text, format="turtle")
    _, report, _ = pyshacl.validate(rdflib.Graph().parse(data=turtle, format="nt"), shacl_graph=shapes)
    space = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    top = {r for _, r in report.subject_objects(space.result)}
    theirs = {(str(report.value(r, space.focusNode)), _text(report.value(r, space.resultPath)),
               str(report.value(r, space.sourceConstraintComponent))[len(space):].removesuffix("ConstraintComponent"),
               _text(report.value(r, space.value))) for r in top}
    return ours, theirs


def _text(term: Any) -> str | None:
    return None if term is None else str(term)


def _bytes(graph: Graph) -> bytes:
    stream = io.BytesIO()
    write_ntriples(*graph, stream, base=BASE)
    return stream.getvalue()


def test_pyshacl_says_the_same_of_a_sound_graph() -> None:
    assert _both_engines(_bytes((list(every_node()), list(every_edge())))) == (set(), set())


@pytest.mark.filterwarnings("ignore")  # rdflib warns of the ill-typed literals that are seeded here
def test_pyshacl_says_the_same_of_all_faults_together() -> None:
    nodes, edges = list(every_node()), list(every_edge())
    for fault, _ in FAULTS.values():
        nodes, edges = fault(nodes, edges)
    stray = f'<{BASE}{_ALPHA}> <https://w3id.org/paperatlas/ns#colour> "red" .\n' \
            f'<{BASE}{_ALPHA}> <https://w3id.org/paperatlas/ns#ofMethod> <{BASE}{_PAPER}> .\n' \
            f'<{BASE}{_PAPER}> <http://purl.org/dc/terms/title> "another title" .\n' \
            f'<{BASE}{_PAPER}> <https://w3id.org/paperatlas/ns#proposes> "a literal" .\n'
    ours, theirs = _both_engines(_bytes((nodes, edges)) + stray.encode())
    assert ours == theirs
    assert {v[2] for v in ours} == {"MinCount", "MaxCount", "In", "MaxInclusive", "MinInclusive", "LessThan", "Class",
                                    "Pattern", "Datatype", "Closed", "Or"}


def test_a_shape_that_the_engine_does_not_know_is_an_error() -> None:
    turtle = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <x:> .
    x:S sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:uniqueLang true ] ."""
    with pytest.raises(DataError, match="sh:uniqueLang is not known to this engine; use pyshacl"):
        read_shapes(turtle)


@pytest.mark.slow
def test_the_pages_and_a_sample_of_the_corpus_conform(shared: Path, tmp_path: Path) -> None:
    pages = map(str, sorted((shared / "data" / "daily_papers").glob("*.txt")))
    [corpus] = (shared / "data" / "corpus").glob("*.jsonl.gz")
    papers = [*read_papers(*pages), *islice(read_papers(str(corpus)), 0, None, 40)]
    atlas, summary = build_atlas(papers, tmp_path / "atlas", formats=(), jobs=cores())
    assert summary.papers > 2000
    assert list(validate_store(load_memory(atlas.nodes(), atlas.edges()), base=BASE)) == []
