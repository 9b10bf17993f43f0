"""A graph with every type of node and edge of the schema, made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from kg.atlas import EDGES, LAYOUT, MANIFEST, NODES, write_lines
from kg.graph import Edge, Graph, Node, to_networkx
from kg.writers import BASE

__all__ = ["every_edge", "every_graph", "every_node", "write_every_atlas"]

_PAPER, _OTHER, _THIRD = "paper/arxiv-2403.00001", "paper/beta-9f8e7d6c", "paper/gamma-1a2b3c4d"
_ALPHA, _BETA, _GAMMA, _SELF = "method/alpha", "method/beta", "method/gamma", "method/contrastive-learning"
_IMAGENET, _COCO, _GLUE = "dataset/imagenet-1k", "dataset/coco", "benchmark/glue"
_TOP1, _FID, _TASK, _FINE = "metric/top-1-accuracy", "metric/fid", "task/image-classification", "task/fine-grained"
_REPO = "repo/github.com/ada/alpha"


def _spot(paper: str, start: int, exact: str) -> str:
    return f"text/{paper.removeprefix('paper/')}/0a1b2c3d#char={start},{start + len(exact)}"


def _mention(paper: str, start: int, exact: str) -> Node:
    props = {"start": start, "end": start + len(exact), "exact": exact, "rules": ["test:a", "test:b"],
             "sentence": f"Here {exact} stands."}
    return Node(_spot(paper, start, exact), "Mention", exact, props)


_MENTIONS = (_mention(_PAPER, 11, "Alpha"), _mention(_PAPER, 40, "ImageNet-1K"), _mention(_PAPER, 80, "87.8%"),
             _mention(_OTHER, 11, "Beta"), _mention(_OTHER, 30, "86.1%"), _mention(_OTHER, 60, "+2.3"),
             _mention(_OTHER, 90, "GLUE"), _mention(_THIRD, 11, "Gamma"))


@cache
def every_node() -> tuple[Node, ...]:
    """Give the nodes, sorted by id."""
    nodes = [
        Node(_PAPER, "Paper", 'Alpha: "C++" <and> 100% more', {
            "abstract": "Line one.\nLine \\two\\ \U0001f600.", "year": 2024, "date": "2024-03-01", "venue": "CVPR",
            "authors": ["Grace Hopper", "Ada Lovelace", "Ada Lovelace"], "url": "https://example.org/p?a=1&b=2",
            "arxiv": "2403.00001", "doi": "10.1000/182", "keywords": ["images", "vision"], "pages": ["p.txt (Aug 7)"]}),
        Node(_OTHER, "Paper", "Beta", {"abstract": "Beta extends Alpha.", "year": 2025}),
        Node(_THIRD, "Paper", "Gamma", {"abstract": "Gamma.", "year": 2025}),
        Node(_ALPHA, "Method", "Alpha", {"aliases": ["ALPHA", "α-Net"], "kind": "named", "sameAs": [
            "http://www.wikidata.org/entity/Q1"]}),
        Node(_BETA, "Method", "Beta", {"kind": "named"}),
        Node(_GAMMA, "Method", "Gamma", {"kind": "named", "scope": _OTHER}),
        Node(_SELF, "Method", "contrastive learning", {"kind": "term"}),
        Node(_IMAGENET, "Dataset", "ImageNet-1K", {"aliases": ["ILSVRC-2012"]}),
        Node(_COCO, "Dataset", "COCO"),
        Node(_GLUE, "Benchmark", "GLUE"),
        Node(_TOP1, "Metric", "top-1 accuracy", {"kind": "quality", "higherIsBetter": True}),
        Node(_FID, "Metric", "FID", {"kind": "quality", "higherIsBetter": False}),
        Node(_TASK, "Task", "image classification"), Node(_FINE, "Task", "fine-grained classification"),
        Node(_REPO, "Repository", "ada/alpha", {"url": "https://github.com/ada/alpha", "kind": "code"}),
        Node("run/5d41402abc4b2a76", "Run", "run", {"version": "0.1.0", "configuration": '{"a":"b"}'}),
        *_MENTIONS, *(node for node, _ in _results()),
    ]
    return tuple(sorted(nodes, key=lambda n: n.id))


def _result(name: str, paper: str, evidence: Node, ends: dict[str, str], **props: Any) -> tuple[Node, list[Edge]]:
    name = f"result/{paper.removeprefix('paper/')}/{name}"
    facts = {"form": "absolute", "role": "own", "confidence": 0.9, "rule": "test:result", **props}
    links = {"reportedIn": paper, "hasEvidence": evidence.id, **ends}
    node = Node(name, "Result", str(props["value"]), facts)
    return node, [Edge(name, kind, end, kind) for kind, end in links.items()]


def _results() -> list[tuple[Node, list[Edge]]]:
    on = {"onDataset": _IMAGENET, "hasMetric": _TOP1}
    return [
        _result("r1", _PAPER, _MENTIONS[2], {"ofMethod": _ALPHA, "forTask": _TASK, **on}, value="87.8%", number=87.8,
                normalized=0.878, unit="percent", split="val", setting="fine-tuned", higherIsBetter=True),
        _result("r2", _OTHER, _MENTIONS[4], {"ofMethod": _ALPHA, **on}, value="86.1%", number=86.1, normalized=0.861,
                unit="percent", split="val", setting="fine-tuned", role="cited"),
        _result("r3", _OTHER, _MENTIONS[4], {"ofMethod": _BETA, **on}, value="0.9", number=0.9, normalized=0.9),
        _result("r4", _OTHER, _MENTIONS[5], {"ofMethod": _BETA, "comparedTo": _ALPHA, "forTask": _TASK, **on},
                value="+2.3", number=2.3, form="gain", unit="points", relative=False),
        _result("r5", _OTHER, _MENTIONS[5], {"ofMethod": _BETA, "onDataset": _IMAGENET, "hasMetric": _FID},
                value="3.10", number=3.1),
        _result("r6", _PAPER, _MENTIONS[2], {"ofMethod": _ALPHA, "onDataset": _IMAGENET, "hasMetric": _FID},
                value="1e-7", number=1e-7),
        _result("r7", _THIRD, _MENTIONS[7], {"ofMethod": _GAMMA, **on}, value="0.9", number=0.9, normalized=0.9),
        _result("r8", _THIRD, _MENTIONS[7], {}, value="twice", form="ratio"),
    ]


def _claim(source: str, kind: str, target: str, evidence: Node | None = None, **extra: Any) -> Edge:
    said = [source] if source.startswith("paper/") else [_OTHER]
    props = {"papers": said if evidence else [], "support": 1 if evidence else 0, "confidence": 0.875,
             "evidence": [evidence.id] if evidence else [], "rules": [f"test:{kind}"]}
    key = f"claim/{kind}-{source.replace('/', '.')}-{target.replace('/', '.')}"
    return Edge(source, kind, target, key + ("-b" if extra.get("metric") == _FID else ""), {**props, **extra})


def _claims() -> Iterator[Edge]:
    alpha, data, value, beta, _, gain, glue, gamma = _MENTIONS
    yield from (
        _claim(_PAPER, "proposes", _ALPHA, alpha), _claim(_OTHER, "proposes", _BETA, beta),
        _claim(_OTHER, "introduces", _GLUE, glue), _claim(_OTHER, "introduces", _FINE, glue),
        _claim(_PAPER, "introduces", _IMAGENET, data), _claim(_PAPER, "introduces", _FID, data),
        _claim(_PAPER, "uses", _SELF, alpha, confidence=0.25), _claim(_OTHER, "uses", _SELF, beta),
        _claim(_OTHER, "comparesWith", _ALPHA, beta),
        _claim(_PAPER, "mentions", _GAMMA, alpha), _claim(_OTHER, "mentions", _COCO, beta),
        _claim(_PAPER, "evaluatedOn", _IMAGENET, data), _claim(_PAPER, "evaluatedOn", _COCO, data),
        _claim(_OTHER, "evaluatedOn", _IMAGENET, glue), _claim(_OTHER, "evaluatedOn", _COCO, glue),
        _claim(_OTHER, "evaluatedOn", _GLUE, glue), _claim(_ALPHA, "evaluatedOn", _IMAGENET, data),
        _claim(_PAPER, "trainedOn", _COCO, data), _claim(_BETA, "trainedOn", _IMAGENET, data),
        _claim(_PAPER, "addresses", _TASK, data), _claim(_OTHER, "addresses", _TASK, beta),
        _claim(_ALPHA, "addresses", _TASK, alpha), _claim(_PAPER, "reports", _TOP1, value),
        _claim(_BETA, "basedOn", _ALPHA, beta), _claim(_GAMMA, "basedOn", _BETA, beta),
        _claim(_SELF, "partOf", _ALPHA, alpha), _claim(_COCO, "partOf", _GLUE),
        _claim(_BETA, "outperforms", _ALPHA, gain, dataset=_IMAGENET, metric=_TOP1, delta="2.3 points", hedged=False),
        _claim(_BETA, "outperforms", _ALPHA, gain, metric=_FID, hedged=True),
        _claim(_ALPHA, "outperforms", _BETA, gain, dataset=_GLUE),
        _claim(_IMAGENET, "measuredBy", _TOP1, value), _claim(_GLUE, "measuredBy", _TOP1, value),
        _claim(_TASK, "measuredBy", _TOP1, value), _claim(_PAPER, "hasRepository", _REPO, alpha),
        _claim(_OTHER, "hasRepository", _REPO, beta), _claim(_THIRD, "evaluatedOn", _IMAGENET, gamma),
        _claim(_THIRD, "proposes", _GAMMA, gamma), _claim(_THIRD, "comparesWith", _ALPHA, gamma),
        _claim(_ALPHA, "hasRepository", _REPO, alpha), _claim(_BETA, "versionOf", _ALPHA),
        _claim(_FINE, "versionOf", _TASK), _claim(_GAMMA, "possiblySameAs", _SELF, beta, score=0.75),
    )


@cache
def every_edge() -> tuple[Edge, ...]:
    """Give the edges, sorted as an atlas sorts them."""
    places = [Edge(m.id, "inPaper", "paper/" + m.id.split("/")[1], "inPaper") for m in _MENTIONS]
    edges = [*_claims(), *places, *(edge for _, edges in _results() for edge in edges)]
    return tuple(sorted(edges, key=lambda e: (e.source, e.type, e.target, e.key)))


def every_graph() -> Graph:
    """Give the NetworkX graph."""
    return to_networkx(every_node(), every_edge())


def write_every_atlas(folder: Path) -> Path:
    """Write the graph with every type as an atlas folder."""
    write_lines(folder / NODES, every_node())
    write_lines(folder / EDGES, every_edge())
    manifest = {"layout": LAYOUT, "paperatlas": "0.1.0", "base": BASE, "formats": ["turtle"],
                "counts": {"papers": 3, "entries": 4}}
    (folder / MANIFEST).write_bytes(orjson.dumps(manifest))
    return folder
