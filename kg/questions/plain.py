"""The same answers by plain walks over the NetworkX graph: slow, simple, and what the queries are tested against."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import networkx as nx

from kg.graph import Graph, edge_items
from kg.questions import get_question
from kg.questions.plain_results import best_on, best_per_year, conflicting, gains, metrics_of, without_code, yield_

__all__ = ["PLAIN", "plain_answer"]

Values = Mapping[str, Any]
Rows = list[tuple[Any, ...]]


def plain_answer(graph: Graph, name: str, values: Values) -> Rows:
    """Answer a question; `values` are ids of nodes, texts and numbers, optional ones may be missing."""
    given = {p.name: values.get(p.name) for p in get_question(name).parameters}
    return PLAIN[name](graph, given)


def _edges(graph: Graph, kind: str) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    every: Iterable[Any] = graph.edges(keys=True, data=True)
    return (edge for edge in every if edge[3]["type"] == kind)


def _pairs(graph: Graph, kind: str, *, source: str = "", target: str = "") -> set[tuple[str, str]]:
    """Give the ends of the edges of a type, each pair once; `source` and `target` are classes."""
    return {(s, t) for s, t, _, _ in _edges(graph, kind)
            if graph.nodes[s]["type"] in (source or graph.nodes[s]["type"])
            and graph.nodes[t]["type"] in (target or graph.nodes[t]["type"])}


def _name(graph: Graph, node: str | None) -> str | None:
    return None if node is None else str(graph.nodes[node]["name"])


def _ranked(counts: Mapping[Any, int], limit: int) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _counted(graph: Graph, nodes: Iterable[str], limit: int = 50) -> Rows:
    return [(_name(graph, node), count) for node, count in _ranked(Counter(nodes), limit)]


def _co_evaluated(graph: Graph, values: Values) -> Rows:
    sets = defaultdict(set)
    for paper, dataset in _pairs(graph, "evaluatedOn", source="Paper"):
        sets[paper].add(dataset)
    pairs = Counter((a, b) for held in sets.values() for a in held for b in held
                    if a < b and values["dataset"] in (None, a, b))
    return [(_name(graph, a), _name(graph, b), count) for (a, b), count in _ranked(pairs, 50)]


def _code_extending(graph: Graph, values: Values) -> Rows:
    based = nx.DiGraph(list(_pairs(graph, "basedOn")))
    method = values["method"]
    if method not in based:
        return []
    heirs = nx.ancestors(based, method) | ({method} if any(method in c for c in nx.simple_cycles(based)) else set())
    rows = [(m, paper, repo) for paper, m in _pairs(graph, "proposes") if m in heirs
            for p, repo in _pairs(graph, "hasRepository", source="Paper") if p == paper]
    return [(_name(graph, m), paper, graph.nodes[repo]["url"]) for m, paper, repo in sorted(rows)][:200]


def _evidence(graph: Graph, values: Values) -> Rows:
    found = []
    for source, target, key, props in edge_items(graph):
        if (source, target) == (values["source"], values["target"]) and "support" in props:
            for mention in props["evidence"]:
                paper = next(t for s, t, _, _ in _edges(graph, "inPaper") if s == mention)
                found.append((props["type"], key, mention, props["confidence"], paper))
    return [(kind, confidence, graph.nodes[mention]["sentence"], paper, mention)
            for kind, _, mention, confidence, paper in sorted(found)][:200]


def _beaten_by(graph: Graph, values: Values) -> Rows:
    wins = sorted((-p["support"], key, s, p) for s, t, key, p in _edges(graph, "outperforms") if t == values["method"])
    return [(_name(graph, winner), _name(graph, p.get("dataset")), _name(graph, p.get("metric")), p.get("delta"),
             p.get("hedged"), -support, key) for support, key, winner, p in wins][:200]


def _uptake(graph: Graph, values: Values) -> Rows:
    first: dict[str, int] = {}
    by = _pairs(graph, "introduces")
    for paper, thing in by:
        year = graph.nodes[paper].get("year")
        if year is not None and graph.nodes[thing]["type"] in ("Dataset", "Benchmark"):
            first[thing] = min(year, first.get(thing, year))
    users = _pairs(graph, "evaluatedOn", source="Paper") | _pairs(graph, "trainedOn", source="Paper")
    counts = {thing: len({p for p, t in users if t == thing and (p, t) not in by})
              for thing, year in first.items() if year >= int(values["year"])}
    return [(_name(graph, thing), first[thing], count) for thing, count in _ranked(counts, 50)]


def _lineage(graph: Graph, values: Values) -> Rows:
    links = {(s, kind, t) for kind in ("basedOn", "versionOf") for s, t in _pairs(graph, kind)}
    reached = {values["method"]}
    while more := {t for s, _, t in links if s in reached} - reached:
        reached |= more
    return [(_name(graph, s), kind, _name(graph, t)) for s, kind, t in sorted(links) if s in reached][:200]


def _components(graph: Graph, values: Values) -> Rows:
    kinds = {m: graph.nodes[m].get("kind") for _, m in _pairs(graph, "uses")}
    counts = Counter(m for _, m in _pairs(graph, "uses") if kinds[m] and values["which"] in (None, kinds[m]))
    return [(_name(graph, m), kinds[m], count) for m, count in _ranked(counts, 50)]


def _tasks_of(graph: Graph, values: Values) -> Rows:
    papers = {p for p, d in _pairs(graph, "evaluatedOn", source="Paper") if d == values["dataset"]}
    return _counted(graph, (t for p, t in _pairs(graph, "addresses") if p in papers))


def _baselines(graph: Graph, values: Values) -> Rows:
    on = {p for p, t in _pairs(graph, "addresses", source="Paper") if t == values["task"]}
    return _counted(graph, (m for p, m in _pairs(graph, "comparesWith") if values["task"] is None or p in on))


def _disputed(graph: Graph, _values: Values) -> Rows:
    wins = Counter((s, t) for s, t, _, _ in _edges(graph, "outperforms"))
    return [(_name(graph, a), _name(graph, b), wins[a, b], wins[b, a])
            for a, b in sorted(wins) if a < b and (b, a) in wins][:200]


def _low_confidence(graph: Graph, values: Values) -> Rows:
    found = [(p["confidence"], key, s, p["type"], t, p["support"]) for s, t, key, p in edge_items(graph)
             if "support" in p and p["confidence"] < float(values["below"])]
    return [(s, kind, t, round(confidence, 6), support, key)
            for confidence, key, s, kind, t, support in sorted(found)[:50]]


def _shared_repositories(graph: Graph, _values: Values) -> Rows:
    counts = Counter(repo for _, repo in _pairs(graph, "hasRepository", source="Paper"))
    shared = {repo: count for repo, count in counts.items() if count > 1}
    return [(graph.nodes[repo]["url"], count) for repo, count in _ranked(shared, 50)]


def _gaps(graph: Graph, values: Values) -> Rows:
    papers = {p for p, t in _pairs(graph, "addresses", source="Paper") if t == values["task"]}
    evaluated, method = _pairs(graph, "evaluatedOn"), values["method"]
    results = {r for r, m in _pairs(graph, "ofMethod") if m == method}
    proposers = {p for p, m in _pairs(graph, "proposes") if m == method}
    seen = {d for s, d in evaluated if s == method or s in proposers}
    seen |= {d for r, d in _pairs(graph, "onDataset") if r in results}
    return _counted(graph, (d for p, d in evaluated if p in papers and d not in seen))


PLAIN: dict[str, Callable[[Graph, Values], Rows]] = {
    "best-on": best_on, "best-per-year": best_per_year, "co-evaluated": _co_evaluated,
    "code-extending": _code_extending, "evidence": _evidence, "beaten-by": _beaten_by, "conflicting": conflicting,
    "metrics-of": metrics_of, "uptake": _uptake, "without-code": without_code, "lineage": _lineage,
    "components": _components, "tasks-of": _tasks_of, "baselines": _baselines, "disputed": _disputed,
    "low-confidence": _low_confidence, "yield": yield_, "shared-repositories": _shared_repositories, "gains": gains,
    "gaps": _gaps,
}
