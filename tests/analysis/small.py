"""Small graphs for the analyses, from a line a paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from kg.graph import Edge, Graph, Node, to_networkx

__all__ = ["field", "graph_of", "score"]

_TYPES = {"method": "Method", "dataset": "Dataset", "benchmark": "Benchmark", "metric": "Metric", "task": "Task",
          "repo": "Repository"}
_LOWER = ("fid", "rmse", "wer")


def _node(node: str) -> Node:
    kind, name = node.split("/", 1)
    props: dict[str, Any] = {"kind": "code"} if kind == "repo" else {"kind": "named"} if kind == "method" else {}
    if kind == "metric":
        props["higherIsBetter"] = name not in _LOWER
    return Node(node, _TYPES[kind], name, props)


def _claims(paper: str, said: dict[str, list[str]]) -> Iterator[Edge]:
    """Read `edge: [node, …]` as the paper's own claims and `edge: ["a > b", …]` as claims between nodes."""
    for edge, ends in said.items():
        for end in ends:
            source, _, target = end.rpartition(" > ")
            source = source or paper
            props = {"papers": [paper], "support": 1, "confidence": 0.9, "evidence": [], "rules": ["test:rule"]}
            yield Edge(source, edge, target, f"claim/{source}|{edge}|{target}", props)


def score(method: str, dataset: str, metric: str, value: float, **props: Any) -> dict[str, Any]:
    """Give a result for `graph_of`."""
    return {"ofMethod": f"method/{method}", "onDataset": f"dataset/{dataset}", "hasMetric": f"metric/{metric}",
            "number": value, **props}


def graph_of(*papers: dict[str, Any]) -> Graph:
    """Make the graph of papers: year, venue, pages are properties, `results` scores, all else claims by edge type."""
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    numbers = count(1)
    for at, given in enumerate(papers, 1):
        paper = f"paper/p{at}"
        props: dict[str, Any] = {key: given[key] for key in ("year", "venue", "pages") if key in given}
        nodes[paper] = Node(paper, "Paper", f"Paper {at}", props)
        for edge in _claims(paper, {k: v for k, v in given.items() if k not in (*props, "results")}):
            old = edges.get(edge.key)
            papers_of = sorted({*(old.props["papers"] if old else ()), paper})
            edges[edge.key] = Edge(edge.source, edge.type, edge.target, edge.key,
                                   {**edge.props, "papers": papers_of, "support": len(papers_of)})
        for result in given.get("results", ()):
            _add_result(nodes, edges, f"result/r{next(numbers)}", {"reportedIn": paper, **result})
    for edge in edges.values():
        for end in (edge.source, edge.target):
            if end not in nodes:
                nodes[end] = _node(end)
    return to_networkx([nodes[n] for n in sorted(nodes)], [edges[e] for e in sorted(edges)])


def _add_result(nodes: dict[str, Node], edges: dict[str, Edge], name: str, facts: dict[str, Any]) -> None:
    ends = {k: v for k, v in facts.items() if k in ("reportedIn", "ofMethod", "onDataset", "hasMetric")}
    props = {"form": "absolute", "role": "own", "value": str(facts["number"]), "confidence": 0.9, "rule": "test:rule",
             **{k: v for k, v in facts.items() if k not in ends}}
    nodes[name] = Node(name, "Result", props["value"], props)
    for edge, end in ends.items():
        edges[f"{name}|{edge}"] = Edge(name, edge, end, edge)


def field() -> Graph:
    """Give forty papers of two neighbourhoods over four years, with scores, baselines, code and lineage."""
    papers = []
    for at in range(40):
        year, side = 2020 + at // 10, "ab"[at % 2]
        method, base = f"method/{side}{at // 4}", f"method/{side}{max(0, at // 4 - 1)}"
        papers.append({
            "year": year, "venue": "VW"[at % 3 == 0], "proposes": [method], "comparesWith": [base, f"method/{side}0"],
            "evaluatedOn": [f"dataset/{side}x", f"dataset/{side}{'yz'[at % 4 < 2]}"], "addresses": [f"task/{side}"],
            "reports": ["metric/acc"], "results": [score(f"{side}{at // 4}", f"{side}x", "acc", 50.0 + at,
                                                         normalized=0.5 + at / 100, unit="percent")],
            **({"basedOn": [f"{method} > {base}"], "outperforms": [f"{method} > {base}"]} if method != base else {}),
            **({"hasRepository": [f"repo/github.com/o/p{at}"]} if at % 2 and year > 2020 else {}),
        })
    papers.append({"year": 2023, "outperforms": ["method/a0 > method/a1"], "uses": ["method/a0", "method/b0"]})
    return graph_of(*papers)
