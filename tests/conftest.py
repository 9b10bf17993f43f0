"""What several tests need: the shared data where it is there, and a small graph made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.builder import build_atlas
from kg.graph import Edge, Graph, Node, to_networkx
from kg.readers import read_papers

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real data beside the checkout; skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared")
    return folder


@pytest.fixture(scope="session")
def sample() -> Path:
    """Give the page of invented papers that ships with the package."""
    return ROOT / "kg" / "sample" / "daily_papers.txt"


def _claim(source: str, type_: str, target: str, sentence: str, **extra: object) -> Edge:
    papers = [source] if source.startswith("paper/") else ["paper/one"]
    props = {"papers": papers, "support": 1, "confidence": 0.9, "evidence": [sentence], "rules": ["test:rule"]}
    return Edge(source, type_, target, f"claim/{source}|{type_}|{target}", {**props, **extra})


def _result(name: str, paper: str, method: str, dataset: str, metric: str, **props: object) -> tuple[Node, list[Edge]]:
    node = f"result/{name}"
    ends = {"reportedIn": paper, "ofMethod": method, "onDataset": dataset, "hasMetric": metric,
            "hasEvidence": f"text/{name}"}
    facts = {"form": "absolute", "role": "own", "confidence": 0.9, "rule": "test:rule", **props}
    return (Node(node, "Result", f"{facts['value']} on {dataset}", facts),
            [Edge(node, edge, end, edge) for edge, end in ends.items()])


@pytest.fixture
def nodes_and_edges() -> tuple[list[Node], list[Edge]]:
    """Give a graph of two papers that disagree on Alpha, with awkward texts in it."""
    alpha, beta, imagenet = "method/alpha", "method/beta", "dataset/imagenet-1k"
    top1, fid = "metric/top-1-accuracy", "metric/fid"
    results = [
        _result("r1", "paper/one", alpha, imagenet, top1, value="85.2%", number=85.2, normalized=0.852),
        _result("r2", "paper/two", alpha, imagenet, top1, value="84.7%", number=84.7, normalized=0.847, role="cited"),
        _result("r3", "paper/two", beta, imagenet, top1, value="0.86", number=0.86, normalized=0.86),
        _result("r4", "paper/two", beta, imagenet, top1, value="+2.3", number=2.3, form="gain"),
        _result("r5", "paper/one", alpha, imagenet, fid, value="3.12", number=3.12),
        _result("r6", "paper/two", beta, imagenet, fid, value="2.45", number=2.45),
        _result("r7", "paper/two", beta, imagenet, top1, value="70.8%", number=70.8, normalized=0.708,
                setting="zero-shot"),
    ]
    mentions = [Node(f"text/r{n}", "Mention", "85.2%", {"start": 10, "end": 15, "exact": "85.2%",
                     "sentence": f"Sentence {n} <b>&\t“é” | \\ 'x'.", "rules": ["test:rule"]}) for n in range(1, 8)]
    nodes = [
        Node("paper/one", "Paper", "Alpha: A, \"B\" & C", {"abstract": "We propose Alpha.", "year": 2024, "venue": "V",
             "authors": ["Ann|Lee", "Bo \\ Q"], "pages": ["p.txt (Aug 7)"]}),
        Node("paper/two", "Paper", "Beta\nbeats Alpha", {"abstract": "Beta is based on Alpha.", "year": 2025}),
        Node(alpha, "Method", "Alpha", {"aliases": ["ALPHA-Net", "α"], "kind": "named"}),
        Node(beta, "Method", "Beta", {"kind": "named"}),
        Node(imagenet, "Dataset", "ImageNet-1K", {"aliases": ["ILSVRC-2012"]}),
        Node(top1, "Metric", "top-1 accuracy", {"kind": "quality", "higherIsBetter": True}),
        Node(fid, "Metric", "FID", {"kind": "quality", "higherIsBetter": False}),
        Node("repo/github.com/a/alpha", "Repository", "a/alpha", {"url": "https://github.com/a/alpha", "kind": "code"}),
        *mentions, *(node for node, _ in results),
    ]
    edges = [
        _claim("paper/one", "proposes", alpha, "text/r1"), _claim("paper/two", "proposes", beta, "text/r3"),
        _claim("paper/one", "evaluatedOn", imagenet, "text/r1"),
        _claim("paper/two", "evaluatedOn", imagenet, "text/r2"),
        _claim("paper/one", "hasRepository", "repo/github.com/a/alpha", "text/r1"),
        _claim(beta, "basedOn", alpha, "text/r2"),
        _claim(beta, "outperforms", alpha, "text/r3", dataset=imagenet, metric=top1, delta="0.8 points", hedged=False),
        *(edge for _, ends in results for edge in ends),
    ]
    return (sorted(nodes, key=lambda n: n.id), sorted(edges, key=lambda e: (e.source, e.type, e.target, e.key)))


@pytest.fixture
def graph(nodes_and_edges: tuple[list[Node], list[Edge]]) -> Graph:
    """Give that graph as NetworkX."""
    return to_networkx(*nodes_and_edges)


@pytest.fixture(scope="session")
def sample_atlas(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the atlas of the sample page, built once; tests read it only."""
    folder = tmp_path_factory.mktemp("sample") / "atlas"
    build_atlas(read_papers(str(sample)), folder)
    return folder
