"""Neighbourhoods of the field: what papers name together, grouped, named, and laid out for a map."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import sqrt
from random import Random
from typing import Any

import networkx as nx
import pandas as pd

from kg.analysis.frames import Backend, backend_for, fewest, named, need, table, use_frame
from kg.graph import Graph

__all__ = ["communities", "company_graph", "members", "positions"]

TYPES = ("Method", "Dataset", "Benchmark", "Task")


def company_graph(graph: Graph, *, types: tuple[str, ...] = TYPES, min_papers: int | None = None) -> nx.Graph[str]:
    """Give the graph of what papers name together: nodes with `papers`, edges with `papers` and `weight`.

    `weight` is the cosine: shared papers over the root of the product of both. An edge needs as many shared papers
    as a node needs papers, but never more than 2 (see `fewest`).
    """
    least = fewest(graph, min_papers)
    uses = use_frame(graph, *types)
    counts = Counter(uses["node"])
    kept = uses[uses["node"].map(counts).astype(float) >= least] if len(uses) else uses
    need(kept, f"names nothing in {least} papers or more", "add papers, or lower min_papers")
    pairs = Counter(pair for _, nodes in kept.groupby("paper", sort=True)["node"]
                    for pair in combinations(sorted(nodes), 2))
    company: nx.Graph[str] = nx.Graph()
    company.add_nodes_from((node, {"papers": counts[node]}) for node in sorted(set(kept["node"])))
    company.add_edges_from((a, b, {"papers": n, "weight": n / sqrt(counts[a] * counts[b])})
                           for (a, b), n in sorted(pairs.items()) if n >= min(least, 2))
    company.remove_nodes_from([node for node in list(company) if not company.degree(node)])
    need(company, "has no paper that names two things", "add papers, or lower min_papers")
    return company


def members(graph: Graph, *, min_papers: int | None = None, resolution: float = 1.0, seed: int = 0,
            backend: Backend = "auto") -> pd.DataFrame:
    """Give a row a node: community (0 is the largest), name, type, papers, inside, typical, node.

    Communities are found by Leiden (igraph) or Louvain (NetworkX), seeded, on `company_graph`. `inside` is the
    share of a node's company that is of its own community; `typical` is papers × inside. `attrs["modularity"]`
    holds the modularity of the partition.
    """
    company = company_graph(graph, min_papers=min_papers)
    find = _leiden if backend_for(backend) == "igraph" else _louvain
    groups = sorted(find(company, resolution, seed), key=lambda g: (-len(g), min(g)))
    nodes = [node for group in groups for node in sorted(group)]
    home = {node: at for at, group in enumerate(groups) for node in group}
    papers = [company.nodes[node]["papers"] for node in nodes]
    inside = [_inside(company, home, node) for node in nodes]
    frame = pd.DataFrame({"community": [home[n] for n in nodes], "name": named(graph, nodes),
                          "type": [graph.nodes[n]["type"] for n in nodes], "papers": papers,
                          "inside": [round(share, 3) for share in inside],
                          "typical": [round(n * share, 2) for n, share in zip(papers, inside, strict=True)],
                          "node": nodes})
    frame = frame.sort_values(["community", "typical", "node"], ascending=[True, False, True], ignore_index=True)
    frame.attrs["modularity"] = round(nx.community.modularity(company, groups, resolution=resolution), 4)
    return frame


def _inside(company: nx.Graph[str], home: dict[str, int], node: str) -> float:
    weights = [(props["papers"], home[other] == home[node]) for other, props in company[node].items()]
    return float(sum(n for n, same in weights if same) / sum(n for n, _ in weights))


def _louvain(company: nx.Graph[str], resolution: float, seed: int) -> list[set[str]]:
    return [set(group) for group in nx.community.louvain_communities(company, resolution=resolution, seed=seed)]


def _leiden(company: nx.Graph[str], resolution: float, seed: int) -> list[set[str]]:
    fast, nodes = _to_igraph(company, seed)
    parts = fast.community_leiden(objective_function="modularity", weights="weight", resolution=resolution,
                                  n_iterations=10)
    return [{nodes[at] for at in part} for part in parts]


def _to_igraph(company: nx.Graph[str], seed: int) -> tuple[Any, list[str]]:
    import igraph

    igraph.set_random_number_generator(Random(seed))
    nodes = sorted(company)
    place = {node: at for at, node in enumerate(nodes)}
    edges = sorted((min(place[a], place[b]), max(place[a], place[b]), props["weight"])
                   for a, b, props in company.edges(data=True))
    fast = igraph.Graph(len(nodes), [(a, b) for a, b, _ in edges])
    fast.es["weight"] = [weight for *_, weight in edges]
    return fast, nodes


def communities(found: pd.DataFrame, *, terms: int = 3) -> pd.DataFrame:
    """Name the communities of `members` by their most typical terms: community, name, size, then terms by type."""
    rows = []
    for number, group in found.groupby("community", sort=True):
        first = {kind: list(group.loc[group["type"] == kind, "name"].head(terms)) for kind in TYPES}
        rows.append((number, ", ".join(group["name"].head(terms)), len(group),
                     *(", ".join(first[kind]) for kind in ("Method", "Dataset", "Task"))))
    return pd.DataFrame.from_records(rows, columns=["community", "name", "size", "methods", "datasets", "tasks"])


def positions(graph: Graph, found: pd.DataFrame, *, top: int = 150, min_papers: int | None = None, seed: int = 0,
              backend: Backend = "auto") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lay out the most typical members for a map: nodes with x and y between 0 and 1, and edges (a, b, papers).

    Edges are each node's three closest among them (a node with none is left out); a force-directed layout, seeded,
    in which edges within a community pull four times as hard.
    """
    company = company_graph(graph, min_papers=min_papers)
    shown = found.sort_values(["typical", "node"], ascending=[False, True]).head(top)
    home = dict(zip(shown["node"], shown["community"], strict=True))
    drawn: nx.Graph[str] = nx.Graph()
    drawn.add_nodes_from(sorted(home))
    for node in sorted(home):
        near = sorted((-props["weight"], other) for other, props in company[node].items() if other in home)[:3]
        for _, other in near:
            pull = company[node][other]["weight"] * (4 if home[node] == home[other] else 1)
            drawn.add_edge(node, other, weight=pull, papers=company[node][other]["papers"])
    drawn.remove_nodes_from(list(nx.isolates(drawn)))
    shown = shown[shown["node"].isin(list(drawn))]
    places = _layout(drawn, seed, backend_for(backend))
    nodes = shown.assign(**{axis: [places[n][at] for n in shown["node"]] for at, axis in enumerate("xy")})
    edges = table(((a, b, props["papers"]) for a, b, props in sorted(drawn.edges(data=True), key=_ends)),
                  ("a", "b", "papers"))
    return nodes.reset_index(drop=True), edges


def _ends(edge: tuple[str, str, dict[str, Any]]) -> tuple[str, str]:
    return edge[0], edge[1]


def _layout(drawn: nx.Graph[str], seed: int, backend: str) -> dict[str, tuple[float, float]]:
    """Place nodes in the unit square; parts that hang together by nothing are packed side by side."""
    if backend == "igraph":
        fast, nodes = _to_igraph(drawn, seed)
        rng = Random(seed)
        start = [(rng.random(), rng.random()) for _ in nodes]
        raw = dict(zip(nodes, fast.layout_fruchterman_reingold(weights="weight", niter=1000, seed=start, grid=False),
                       strict=True))
    else:
        raw = {n: tuple(xy) for n, xy in nx.spring_layout(drawn, seed=seed, iterations=200, weight="weight").items()}
    return {node: (x, y) for node, x, y in zip(raw, *(_ranked([xy[at] for xy in raw.values()]) for at in (0, 1)),
                                               strict=True)}


def _ranked(values: list[float]) -> list[float]:
    """Spread values over 0 to 1: half by size, half by rank, so that no far-off part leaves the rest in a knot."""
    order = sorted(range(len(values)), key=lambda at: (values[at], at))
    rank = {at: place / max(1, len(values) - 1) for place, at in enumerate(order)}
    low, high = min(values), max(values)
    return [round((rank[at] + (value - low) / ((high - low) or 1)) / 2, 4) for at, value in enumerate(values)]
