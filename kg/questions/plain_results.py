"""Plain answers to the questions about results."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from kg.graph import Graph, edge_items, node_items

__all__ = ["best_on", "best_per_year", "conflicting", "gains", "metrics_of", "without_code", "yield_"]

Values = Mapping[str, Any]
Rows = list[tuple[Any, ...]]
_ENDS = ("reportedIn", "ofMethod", "onDataset", "forTask", "hasMetric", "comparedTo")


def _results(graph: Graph) -> Iterator[dict[str, Any]]:
    """Give each result as one dict: its properties, its id, and the nodes at its ends by edge type."""
    for node, props in node_items(graph):
        if props["type"] == "Result":
            ends = {kind["type"]: target for _, target, kind in graph.out_edges(node, data=True)}
            yield {**props, "id": node, **{kind: ends.get(kind) for kind in _ENDS}}


def _scores(graph: Graph, values: Values) -> Iterator[dict[str, Any]]:
    """Give the absolute values with method, dataset and metric, with their score, scale and direction."""
    for r in _results(graph):
        score = r.get("normalized", r.get("number"))
        tied = r["ofMethod"] and r["onDataset"] and r["hasMetric"]
        if r["form"] == "absolute" and tied and score is not None \
                and values.get("dataset") in (None, r["onDataset"]) and values.get("metric") in (None, r["hasMetric"]):
            scale = "fraction" if "normalized" in r else r.get("unit", "number")
            higher = graph.nodes[r["hasMetric"]].get("higherIsBetter", True)
            yield {**r, "score": score, "scale": scale, "size": score if higher else -score}


def _name(graph: Graph, node: str | None) -> str | None:
    return None if node is None else str(graph.nodes[node]["name"])


def best_on(graph: Graph, values: Values) -> Rows:
    """Rank the scores on a dataset, metric by metric."""
    ranked = sorted(_scores(graph, values), key=lambda r: (r["hasMetric"], r["scale"], -r["size"], r["id"]))
    return [(_name(graph, r["hasMetric"]), r["scale"], _name(graph, r["ofMethod"]), r["value"], round(r["score"], 6),
             r.get("split"), r.get("setting"), r["role"], r["reportedIn"], r["id"]) for r in ranked[:200]]


def best_per_year(graph: Graph, values: Values) -> Rows:
    """Give the best scores of each year, metric and scale."""
    groups = defaultdict(list)
    for r in _scores(graph, values):
        if (year := graph.nodes[r["reportedIn"]].get("year")) is not None:
            groups[year, r["hasMetric"], r["scale"]].append(r)
    best = [(key, r) for key, group in groups.items() for r in group if r["size"] == max(g["size"] for g in group)]
    return [(year, _name(graph, metric), scale, _name(graph, r["ofMethod"]), r["value"], round(r["score"], 6),
             r["reportedIn"], r["id"])
            for (year, metric, scale), r in sorted(best, key=lambda b: (b[0], b[1]["id"]))[:200]]


def conflicting(graph: Graph, values: Values) -> Rows:
    """Find the groups of scores that should be one value and are not."""
    groups = defaultdict(list)
    for r in _scores(graph, values):
        groups[r["ofMethod"], r["onDataset"], r["hasMetric"], r.get("split", ""), r.get("setting", ""),
               r["scale"]].append(r)
    found = []
    for key, group in groups.items():
        low, high = min(r["score"] for r in group), max(r["score"] for r in group)
        papers = len({r["reportedIn"] for r in group})
        if papers > 1 and low < high:
            found.append((-round(high - low, 6), key, round(low, 6), round(high, 6), papers))
    return [(_name(graph, method), _name(graph, dataset), _name(graph, metric), split, setting, low, high, -spread,
             papers) for spread, (method, dataset, metric, split, setting, _), low, high, papers in sorted(found)[:200]]


def metrics_of(graph: Graph, values: Values) -> Rows:
    """Count the results on a dataset by metric."""
    on = [r for r in _results(graph) if r["onDataset"] == values["dataset"] and r["hasMetric"]]
    counts = Counter(r["hasMetric"] for r in on)
    return [(_name(graph, metric), count, len({r["reportedIn"] for r in on if r["hasMetric"] == metric}))
            for metric, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:200]]


def without_code(graph: Graph, values: Values) -> Rows:
    """List the own results on a dataset of papers without repository."""
    coded = {s for s, _, p in graph.edges(data=True) if p["type"] == "hasRepository"}
    found = [r for r in _results(graph) if r["onDataset"] == values["dataset"] and r["role"] == "own"
             and r["reportedIn"] not in coded]
    return [(_name(graph, r["ofMethod"]), _name(graph, r["hasMetric"]), r["value"], r["reportedIn"], r["id"])
            for r in sorted(found, key=lambda r: (r["reportedIn"], r["id"]))[:200]]


def yield_(graph: Graph, _values: Values) -> Rows:
    """Count the claims and results of each rule."""
    claims = Counter(rule for *_, p in edge_items(graph) if "support" in p for rule in set(p["rules"]))
    results = Counter(r["rule"] for r in _results(graph))
    rules = sorted(claims.keys() | results.keys(), key=lambda rule: (-claims[rule] - results[rule], rule))
    return [(rule, claims[rule], results[rule]) for rule in rules[:200]]


def gains(graph: Graph, values: Values) -> Rows:
    """Rank the gains that papers on a task report."""
    papers = {s for s, t, p in graph.edges(data=True) if p["type"] == "addresses" and t == values["task"]}
    found = [r for r in _results(graph) if r["form"] == "gain" and "number" in r
             and (r["forTask"] == values["task"] or r["reportedIn"] in papers)]
    found.sort(key=lambda r: (r.get("unit", ""), r.get("relative", False), -r["number"], r["id"]))
    return [(r.get("unit", ""), r.get("relative", False), round(r["number"], 6), r["value"],
             _name(graph, r["ofMethod"]),
             _name(graph, r["comparedTo"]), _name(graph, r["onDataset"]), _name(graph, r["hasMetric"]),
             r["reportedIn"], r["id"]) for r in found[:200]]
