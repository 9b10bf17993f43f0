"""kg sparql, ask, validate and describe, from the outside."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import orjson
import pytest
import rdflib

from kg.atlas import NODES
from kg.cli import main
from kg.questions import questions
from kg.writers import BASE
from kg.writers.rdf import write_ntriples
from tests.graphs import every_edge, every_node, write_every_atlas


class Said(NamedTuple):
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an atlas folder of the graph with every type."""
    return write_every_atlas(tmp_path_factory.mktemp("atlas"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        return Said(code if isinstance(code, int) else 0, *capfd.readouterr())

    return run


def test_ask_list_names_all(run: Run) -> None:
    said = run("ask", "--list", "--json")
    assert [row["question"] for row in orjson.loads(said.out)] == list(questions())


@pytest.mark.parametrize("called", ["ImageNet-1K", "ILSVRC-2012", "imagenet 1k", "\\textsc{ImageNet}-1K",
                                    "dataset/imagenet-1k"])
def test_ask_finds_things_by_what_they_are_called(called: str, run: Run, atlas: Path) -> None:
    said = run("ask", atlas, "metrics-of", "--dataset", called, "--json")
    assert orjson.loads(said.out) == [{"metric": "top-1 accuracy", "results": 5, "papers": 3},
                                      {"metric": "FID", "results": 2, "papers": 2}]


@pytest.mark.parametrize(("arguments", "code", "says"), [
    (["best-on", "--dataset", "ImageNet-2K"], 1,
     "kg: no Dataset or Benchmark called 'ImageNet-2K' in this atlas; near: ImageNet-1K"),
    (["best-on", "--colour", "red"], 2,
     "kg: best-on: '--colour' is none of its parameters; it has --dataset, --metric"),
    (["best-on", "--dataset"], 2, "kg: best-on: --dataset needs a value"),
    (["best-on"], 1, "kg: best-on: give --dataset"),
    (["nothing"], 1, "kg: no question called 'nothing'; there are: best-on"),
    ([], 2, "kg: give an atlas and a question; kg ask --list names them"),
])
def test_ask_says_what_is_wrong(arguments: list[str], code: int, says: str, run: Run, atlas: Path) -> None:
    said = run("ask", atlas, *arguments)
    assert (said.code, said.out) == (code, "")
    assert said.err.startswith(says)


@pytest.mark.parametrize(("arguments", "out"), [
    (["SELECT ?n { ?b a pa:Benchmark ; rdfs:label ?n }", "--format", "csv"], "n\r\nGLUE\r\n"),
    (["ASK { ?s a pa:Benchmark }"], "yes\n"),
    (["CONSTRUCT { ?b rdfs:label ?n } { ?b a pa:Benchmark ; rdfs:label ?n }", "--format", "ntriples"],
     f'<{BASE}benchmark/glue> <http://www.w3.org/2000/01/rdf-schema#label> "GLUE" .\n'),
])
def test_sparql(arguments: list[str], out: str, run: Run, atlas: Path) -> None:
    assert run("sparql", atlas, *arguments) == Said(0, out, "")


def test_sparql_shows_ids_in_tables(run: Run, atlas: Path) -> None:
    said = run("sparql", atlas, "SELECT ?b ?t { ?b a ?t FILTER(?t = pa:Benchmark) }")
    assert said.out.split()[-2:] == ["benchmark/glue", "pa:Benchmark"]


@pytest.mark.parametrize(("arguments", "code", "says"), [
    (["SELECT * {\n ?s ?p }"], 1, "kg: query: line 2, column 8: unexpected '}'"),
    (["DROP ALL"], 1, "kg: refused: DROP is an update, and the store is read-only"),
    (["SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "--timeout", "0.5"], 1,
     "kg: stopped: the query took longer than 0.5 s"),
    ([], 2, "kg: give a query, or a file with one by --file"),
    (["--file", "nowhere.rq"], 1, "kg: nowhere.rq: cannot be read: No such file or directory"),
])
def test_sparql_says_what_is_wrong(arguments: list[str], code: int, says: str, run: Run, atlas: Path) -> None:
    said = run("sparql", atlas, *arguments)
    assert (said.code, said.out) == (code, "")
    assert said.err.startswith(says)


def test_a_broken_store_is_made_again_on_request(run: Run, atlas: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(atlas, tmp_path / "copy")
    assert run("sparql", copy, "ASK {}").out == "yes\n"
    for path in (copy / "store" / "sparql").glob("MANIFEST-*"):
        path.write_bytes(b"damaged")
    said = run("sparql", copy, "ASK {}")
    assert (said.code, said.err.endswith("; make it again with --rebuild\n")) == (1, True)
    assert run("sparql", copy, "ASK {}", "--rebuild") == Said(0, "yes\n", "")


def test_validate(run: Run, atlas: Path, tmp_path: Path) -> None:
    said = run("validate", atlas)
    assert said == Said(0, "", f"{atlas} conforms to the schema and its shapes\n")
    copy = shutil.copytree(atlas, tmp_path / "copy", ignore=shutil.ignore_patterns("store"))
    lines = (copy / NODES).read_text(encoding="utf-8").replace('"kind":"term"', '"kind":"idea"')
    (copy / NODES).write_text(lines, encoding="utf-8")
    said = run("validate", copy, "--csv")
    assert said.out.splitlines() == ["node,path,constraint,value", "method/contrastive-learning,kind,In,idea",
                                     "method/contrastive-learning,pa:kind,In,idea"]
    assert (said.code, said.err) == (1, f"kg: {copy}: 2 breaches of the schema\n")


def test_describe(run: Run, atlas: Path) -> None:
    said = run("describe", atlas)
    graph = rdflib.Graph().parse(data=said.out, format="turtle")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    counts = {str(graph.value(part, void["class"])): int(str(graph.value(part, void.entities)))
              for part in graph.objects(rdflib.URIRef(BASE), void.classPartition)}
    nodes = every_node()
    space = "https://w3id.org/paperatlas/ns#"
    assert counts == {space + t: sum(n.type == t for n in nodes) for t in {n.type for n in nodes}}
    data = rdflib.Graph()
    assert int(str(graph.value(rdflib.URIRef(BASE), void.triples))) == len(data.parse(data=_ntriples(), format="nt"))
    made = rdflib.URIRef("http://www.w3.org/ns/prov#wasGeneratedBy")
    assert graph.value(rdflib.URIRef(BASE), made) == rdflib.URIRef(f"{BASE}run/5d41402abc4b2a76")


def _ntriples() -> bytes:
    stream = io.BytesIO()
    write_ntriples(every_node(), every_edge(), stream, base=BASE)
    return stream.getvalue()
