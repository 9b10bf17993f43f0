"""What methods build on: rank, betweenness and lineage on the basedOn edges."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import pandas as pd

from kg.analysis.frames import Backend, backend_for, named, need, table
from kg.find import find_one
from kg.graph import Graph, edge_items

__all__ = ["building_graph", "influence", "lineage", "lineage_lines"]


def building_graph(graph: Graph) -> nx.DiGraph[str]:
    """Give the graph of what is based on what, from a method to its base; `weight` is the number of papers."""
    building: nx.DiGraph[str] = nx.DiGraph()
    for source, target, _, props in edge_items(graph):
        if props["type"] == "basedOn" and source != target:
            before = building.get_edge_data(source, target, {"weight": 0})["weight"]
            building.add_edge(source, target, weight=before + max(1, props.get("support", 1)))
    need(building, "has no method that is based on another", "add papers that say what they build on")
    return building


def influence(graph: Graph, *, backend: Backend = "auto") -> pd.DataFrame:
    """Rank methods by what is built on them: method, kind, pagerank, betweenness, direct, reach, papers, node.

    `direct` counts the methods based on it, `reach` those based on it through any number of steps, `papers` the
    papers that say so. PageRank runs from a method to its base (damping 0.85, weighted by papers); betweenness is
    the number of shortest paths through a method.
    """
    building = building_graph(graph)
    nodes = sorted(building)
    measure = _by_igraph if backend_for(backend) == "igraph" else _by_networkx
    pagerank, between = measure(building, nodes)
    frame = pd.DataFrame({"method": named(graph, nodes), "kind": [graph.nodes[n].get("kind") for n in nodes],
                          "pagerank": pagerank, "betweenness": between,
                          "direct": [building.in_degree(n) for n in nodes],
                          "reach": [len(nx.ancestors(building, n)) if building.in_degree(n) else 0 for n in nodes],
                          "papers": [int(building.in_degree(n, weight="weight")) for n in nodes], "node": nodes})
    frame = frame.round({"pagerank": 6, "betweenness": 3})
    return frame.sort_values(["pagerank", "node"], ascending=[False, True], ignore_index=True)


def _by_networkx(building: nx.DiGraph[str], nodes: list[str]) -> tuple[list[float], list[float]]:
    ranks = nx.pagerank(building, alpha=0.85, tol=1e-12, max_iter=1000, weight="weight")
    between = nx.betweenness_centrality(building, normalized=False)
    return [ranks[n] for n in nodes], [between[n] for n in nodes]


def _by_igraph(building: nx.DiGraph[str], nodes: list[str]) -> tuple[list[float], list[float]]:
    import igraph

    place = {node: at for at, node in enumerate(nodes)}
    edges = sorted((a, b, props["weight"]) for a, b, props in building.edges(data=True))
    fast = igraph.Graph(len(nodes), [(place[a], place[b]) for a, b, _ in edges], directed=True)
    weights = [weight for *_, weight in edges]
    return fast.pagerank(damping=0.85, weights=weights), fast.betweenness(directed=True)


def lineage(graph: Graph, method: str, *, descendants: bool = False, depth: int = 6) -> pd.DataFrame:
    """Follow what a method is based on, or what is based on it: depth, method, via, papers, node.

    A row a node, at its least depth; `via` names the neighbour one step nearer. The method itself is at depth 0.
    """
    start = find_one(graph, method, types=("Method",))
    rows = list(_walk(graph, start, descendants, depth))
    nodes = [row[1] for row in rows]
    frame = table(((level, name, graph.nodes[via]["name"] if via else None, papers, node)
                   for (level, node, via, papers), name in zip(rows, named(graph, nodes), strict=True)),
                  ("depth", "method", "via", "papers", "node"))
    return frame.astype({"papers": "Int64"})


def _walk(graph: Graph, start: str, descendants: bool, depth: int) -> Iterator[tuple[int, str, str | None, int | None]]:
    yield 0, start, None, None
    seen, level = {start}, [start]
    for at in range(1, depth + 1):
        found = [(other, node, papers) for node in level for other, papers in _steps(graph, node, descendants)]
        level = []
        for other, via, papers in found:
            if other not in seen:
                seen.add(other)
                level.append(other)
                yield at, other, via, papers


def _steps(graph: Graph, node: str, descendants: bool) -> list[tuple[str, int]]:
    """Give the neighbours one step on, with the papers that say so, best supported first."""
    ends = graph.in_edges(node, data=True) if descendants else graph.out_edges(node, data=True)
    found = {(a if descendants else b): int(props.get("support", 0)) for a, b, props in ends
             if props["type"] == "basedOn"}
    return sorted(found.items(), key=lambda f: (-f[1], f[0]))


def lineage_lines(graph: Graph, method: str, *, descendants: bool = False, depth: int = 6) -> list[str]:
    """Draw a lineage as lines of text, each method below the one that it was reached from, with its papers."""
    start = find_one(graph, method, types=("Method",))
    below: dict[str | None, list[str]] = {}
    papers: dict[str, int | None] = {}
    for _, node, via, count in _walk(graph, start, descendants, depth):
        below.setdefault(via, []).append(node)
        papers[node] = count
    names = dict(zip(papers, named(graph, papers), strict=True))
    labels = {node: f"{names[node]} ({count})" for node, count in papers.items()}
    return [names[start], *_tree(below, start, labels, "")]


def _tree(below: dict[str | None, list[str]], node: str, labels: dict[str, str], indent: str) -> Iterator[str]:
    children = below.get(node, [])
    for child in children:
        last = child == children[-1]
        yield f"{indent}{'└─ ' if last else '├─ '}{labels[child]}"
        yield from _tree(below, child, labels, indent + ("   " if last else "│  "))
