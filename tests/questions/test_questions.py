"""Twenty questions, each answered by SPARQL as by a plain walk over the NetworkX graph."""

from __future__ import annotations

from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from kg.errors import DataError
from kg.graph import Graph
from kg.questions import fill, get_question, questions, read_question, table
from kg.questions.cypher import answer_store
from kg.questions.plain import PLAIN, plain_answer
from kg.stores.ladybug import ensure_store, open_store
from kg.stores.oxigraph import load_memory
from kg.writers import BASE
from tests.graphs import every_edge, every_graph, every_node

VALUES: dict[str, list[Any]] = {
    "dataset": ["dataset/imagenet-1k", "dataset/coco", "benchmark/glue"],
    "metric": ["metric/top-1-accuracy", "metric/fid"],
    "method": ["method/alpha", "method/beta", "method/gamma"],
    "task": ["task/image-classification", "task/fine-grained"],
    "source": ["paper/arxiv-2403.00001", "method/beta"],
    "target": ["dataset/imagenet-1k", "method/alpha"],
    "year": [1999, 2024, "2025", 2026], "below": [0.1, "0.5", 1], "which": ["named", "term"],
}
CASES = [(name, dict(zip([p.name for p in question.parameters], chosen, strict=True)))
         for name, question in questions().items()
         for chosen in product(*([*([None] if p.optional else []), *VALUES[p.name]] for p in question.parameters))]
TITLES = [  # MODEL's order
    "best-on", "best-per-year", "co-evaluated", "code-extending", "evidence", "beaten-by", "conflicting", "metrics-of",
    "uptake", "without-code", "lineage", "components", "tasks-of", "baselines", "disputed", "low-confidence", "yield",
    "shared-repositories", "gains", "gaps",
]


@pytest.fixture(scope="module")
def store() -> Store:
    return load_memory(every_node(), every_edge())


def _answer(store: Store, name: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    question = get_question(name)
    solutions: Any = store.query(fill(question, values, base=BASE))
    assert [v.value for v in solutions.variables] == list(question.columns)
    return table(solutions, question.columns, base=BASE)


@pytest.mark.parametrize(("name", "values"), CASES, ids=[f"{n}-{'-'.join(map(str, c.values()))}" for n, c in CASES])
def test_sparql_and_plain_answers_are_equal(name: str, values: dict[str, Any], store: Store) -> None:
    assert _answer(store, name, values) == plain_answer(every_graph(), name, values)


def test_every_question_has_an_answer_somewhere(store: Store) -> None:
    rows = Counter[str]()
    for name, values in CASES:
        rows[name] += len(_answer(store, name, values))
    assert [name for name in questions() if not rows[name]] == []


def test_there_are_twenty() -> None:
    assert list(questions()) == TITLES == list(PLAIN)
    assert [q.number for q in questions().values()] == list(range(1, 21))
    assert all(q.words.endswith("?") for q in questions().values())


@pytest.mark.parametrize(("name", "values", "rows"), [
    ("best-on", {"dataset": "dataset/imagenet-1k", "metric": "metric/fid"}, [
        ("FID", "number", "Alpha", "1e-7", 0.0, None, None, "own", "paper/arxiv-2403.00001",
         "result/arxiv-2403.00001/r6"),
        ("FID", "number", "Beta", "3.10", 3.1, None, None, "own", "paper/beta-9f8e7d6c", "result/beta-9f8e7d6c/r5")]),
    ("co-evaluated", {}, [("COCO", "ImageNet-1K", 2), ("GLUE", "COCO", 1), ("GLUE", "ImageNet-1K", 1)]),
    ("conflicting", {}, [("Alpha", "ImageNet-1K", "top-1 accuracy", "val", "fine-tuned", 0.861, 0.878, 0.017, 2)]),
    ("disputed", {}, [("Alpha", "Beta", 1, 2)]),
    ("lineage", {"method": "method/gamma"}, [
        ("Beta", "basedOn", "Alpha"), ("Beta", "versionOf", "Alpha"), ("Gamma", "basedOn", "Beta")]),
    ("gaps", {"method": "method/alpha", "task": "task/image-classification"}, [("GLUE", 1)]),
])
def test_whole_answers(name: str, values: dict[str, Any], rows: list[tuple[Any, ...]], store: Store) -> None:
    assert _answer(store, name, values) == rows


@pytest.mark.parametrize(("name", "values", "says"), [
    ("best-on", {}, "best-on: give --dataset"),
    ("best-on", {"dataset": "dataset/x", "colour": "red"}, "best-on: no parameter colour; it has: dataset, metric"),
    ("uptake", {"year": "soon"}, "--year soon: not an integer; for example 2023"),
    ("low-confidence", {"below": "little"}, "--below little: not a decimal; for example 0.5"),
])
def test_bad_values_are_said_to_be_so(name: str, values: dict[str, Any], says: str) -> None:
    with pytest.raises(DataError, match=says):
        fill(get_question(name), values, base=BASE)


@pytest.mark.parametrize("value", ['x> } ; DROP ALL #', '"', "\\", "a\nb", "'''", "é"])
def test_values_cannot_break_out_of_their_place(value: str, store: Store) -> None:
    assert _answer(store, "best-on", {"dataset": value}) == []
    assert _answer(store, "components", {"which": value}) == []


@pytest.mark.parametrize(("text", "says"), [
    ("SELECT ?x WHERE {}", "x.rq: needs a first line"),
    ("# 1. A\n# question: B?\n# parameter c\nSELECT ?x WHERE {}", "x.rq: 'parameter c' is not 'parameter NAME: KIND"),
])
def test_files_that_are_no_questions(text: str, says: str) -> None:
    with pytest.raises(DataError, match=says):
        read_question(text, "x")


def test_no_such_question() -> None:
    with pytest.raises(DataError, match="no question called 'best'; there are: best-on, "):
        get_question("best")


@pytest.mark.slow
def test_the_pages(shared: Path, tmp_path: Path) -> None:
    """Compare all answers on real pages, for the nodes that most edges point to."""
    from kg.builder import build_atlas
    from kg.readers import read_papers

    pages = [str(path) for path in sorted((shared / "data" / "daily_papers").glob("*.txt"))]
    atlas, _ = build_atlas(read_papers(*pages), tmp_path / "atlas", formats=())
    graph, store = atlas.graph(), load_memory(atlas.nodes(), atlas.edges())
    wanted = {name: _most(graph, name) for name in ("dataset", "method", "task", "metric")}
    fixed: dict[str, list[Any]] = {"year": [2000], "below": [0.6], "which": ["named"], "source": wanted["method"],
                                   "target": wanted["dataset"]}
    with open_store(ensure_store(atlas)) as opened:
        for name, question in questions().items():
            for chosen in product(*((wanted | fixed)[p.name] for p in question.parameters)):
                values = dict(zip([p.name for p in question.parameters], chosen, strict=True))
                plain = plain_answer(graph, name, values)
                assert _answer(store, name, values) == plain, (name, values)
                assert answer_store(opened, name, values) == plain, (name, values)


def _most(graph: Graph, parameter: str) -> list[str]:
    kinds = {"dataset": ("Dataset", "Benchmark"), "method": ("Method",), "task": ("Task",), "metric": ("Metric",)}
    counts = Counter({node: graph.in_degree(node) for node, props in graph.nodes(data=True)
                      if props["type"] in kinds[parameter]})
    return [node for node, _ in counts.most_common(2)]
