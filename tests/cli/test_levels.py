"""Versions count as themselves, with the version they belong to, or with their whole family."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.atlas import EDGES, MANIFEST, NODES, new_atlas, write_lines
from kg.graph import Edge, Graph, Node, to_networkx
from kg.leaderboard import leaderboards, result_rows
from kg.levels import level_of, members_of
from tests.cli.conftest import Kg

NET, ONE_K, LONG_TAIL, CORRUPT = (f"dataset/imagenet{tail}" for tail in ("", "-1k", "-lt", "-c"))
NAMES = {NET: "ImageNet", ONE_K: "ImageNet-1K", LONG_TAIL: "ImageNet-LT", CORRUPT: "ImageNet-C", "dataset/coco": "COCO"}
VERSIONS = ((ONE_K, NET), (LONG_TAIL, ONE_K), (CORRUPT, NET))
SCORES = {NET: 0.91, ONE_K: 0.85, LONG_TAIL: 0.55, CORRUPT: 0.6, "dataset/coco": 0.5}


def versions_graph() -> tuple[list[Node], list[Edge]]:
    """Give a graph of one paper with a score on each of five data sets, four of them one family."""
    claim = {"papers": [], "support": 0, "confidence": 1.0, "evidence": [], "rules": ["version:x"]}
    nodes = [Node("paper/p", "Paper", "P"), Node("method/m", "Method", "M"),
             Node("metric/a", "Metric", "accuracy", {"higherIsBetter": True}),
             *(Node(i, "Dataset", name) for i, name in NAMES.items())]
    edges = [Edge(a, "versionOf", b, f"claim/{a}", claim) for a, b in VERSIONS]
    edges.append(Edge("paper/p", "evaluatedOn", CORRUPT, "claim/p", {**claim, "papers": ["paper/p"], "support": 1}))
    for at, (dataset, number) in enumerate(SCORES.items()):
        nodes.append(Node(f"result/{at}", "Result", str(number), {
            "value": str(number), "number": number, "normalized": number, "form": "absolute", "role": "own",
            "confidence": 1.0, "rule": "r"}))
        ends = {"reportedIn": "paper/p", "ofMethod": "method/m", "onDataset": dataset, "hasMetric": "metric/a"}
        edges += [Edge(f"result/{at}", kind, end, kind) for kind, end in ends.items()]
    return sorted(nodes, key=lambda n: n.id), sorted(edges, key=lambda e: (e.source, e.type, e.target, e.key))


@pytest.fixture
def graph() -> Graph:
    """Give it as NetworkX."""
    return to_networkx(*versions_graph())


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    """Give it as an atlas."""
    nodes, edges = versions_graph()
    with new_atlas(tmp_path / "atlas") as folder:
        write_lines(folder / NODES, nodes)
        write_lines(folder / EDGES, edges)
        (folder / MANIFEST).write_text(json.dumps({"layout": 1}), encoding="utf-8")
    return tmp_path / "atlas"


@pytest.mark.parametrize(("level", "heads"), [
    ("exact", {i: i for i in NAMES}),
    ("version", {NET: NET, ONE_K: ONE_K, LONG_TAIL: ONE_K, CORRUPT: CORRUPT, "dataset/coco": "dataset/coco"}),
    ("family", {NET: NET, ONE_K: NET, LONG_TAIL: NET, CORRUPT: NET, "dataset/coco": "dataset/coco"}),
])
def test_what_stands_for_what(graph: Graph, level: str, heads: dict[str, str]) -> None:
    stands = level_of(graph, level)
    assert {i: stands(i) for i in NAMES} == heads
    assert members_of(graph, LONG_TAIL, stands) == {i for i, head in heads.items() if head == heads[LONG_TAIL]}


@pytest.mark.parametrize(("level", "dataset", "head", "of"), [
    ("exact", NET, NET, [NET]),
    ("version", LONG_TAIL, ONE_K, [ONE_K, LONG_TAIL]),
    ("version", NET, NET, [NET]),
    ("family", CORRUPT, NET, [NET, ONE_K, CORRUPT, LONG_TAIL]),
    ("family", "dataset/coco", "dataset/coco", ["dataset/coco"]),
])
def test_boards_at_each_level(graph: Graph, level: str, dataset: str, head: str, of: list[str]) -> None:
    board, = leaderboards(result_rows(graph), dataset=dataset, level=level_of(graph, level))
    assert (board.dataset, [row.dataset for _, row in board.rows]) == (head, of)


def test_the_leaderboard_of_a_family_says_which_version(kg: Kg, atlas: Path) -> None:
    rows = json.loads(kg("leaderboard", atlas, "-d", "ImageNet-C", "--level", "family", "--json").out)
    assert [(r["family"], r["rank"], r["dataset"], r["value"]) for r in rows] == [
        ("ImageNet", 1, "ImageNet", "0.91"), ("ImageNet", 2, "ImageNet-1K", "0.85"),
        ("ImageNet", 3, "ImageNet-C", "0.6"), ("ImageNet", 4, "ImageNet-LT", "0.55")]
    assert kg("leaderboard", atlas, "-d", "ImageNet", "--level", "family").out.startswith(
        "ImageNet and its versions: accuracy (higher is better)")


@pytest.mark.parametrize(("level", "count"), [("exact", 0), ("version", 0), ("family", 1)])
def test_papers_about_a_family(kg: Kg, atlas: Path, level: str, count: int) -> None:
    assert len(json.loads(kg("papers", atlas, "-a", "ImageNet-1K", "--level", level, "--json").out)) == count
