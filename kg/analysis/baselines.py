"""Who beats whom, where, and the cycles in it; what everybody compares with."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import pandas as pd

from kg.analysis.frames import named, need, table, use_frame
from kg.graph import Graph, edge_items

__all__ = ["baselines", "cycles", "wins"]


def wins(graph: Graph) -> pd.DataFrame:
    """List who is said to beat whom: winner, loser, dataset, metric, delta, hedged, papers, confidence, and both ids.

    Raises DataError where no paper says so of any two methods.
    """
    held = [(source, target, props) for source, target, _, props in edge_items(graph)
            if props["type"] == "outperforms" and source != target]
    need(held, "has no method that is said to outperform another", "add papers that compare with baselines")
    name = dict(zip(nodes := sorted({n for s, t, _ in held for n in (s, t)}), named(graph, nodes), strict=True))
    rows = ((name[source], name[target], _name(graph, props.get("dataset")), _name(graph, props.get("metric")),
             props.get("delta"), bool(props.get("hedged")), int(props["support"]), props["confidence"], source, target)
            for source, target, props in held)
    frame = table(rows, ("winner", "loser", "dataset", "metric", "delta", "hedged", "papers", "confidence",
                         "winner_node", "loser_node"))
    return frame.sort_values(["papers", "winner", "loser", "dataset", "metric"], ignore_index=True,
                             ascending=[False, True, True, True, True])


def _name(graph: Graph, node: object) -> str | None:
    return str(graph.nodes[node]["name"]) if isinstance(node, str) and node in graph else None


def baselines(graph: Graph) -> pd.DataFrame:
    """Rank methods by the papers that compare with them: method, compared, beaten_by, beats, node.

    `compared` counts papers that compare with the method or say that another beats it; `beaten_by` and `beats`
    count methods.
    """
    compared = use_frame(graph, "Method", edges=("comparesWith",))
    pairs = [(s, t, props) for s, t, _, props in edge_items(graph) if props["type"] == "outperforms" and s != t]
    need([*compared["node"], *pairs], "has no paper that compares methods", "add papers with baselines")
    papers: dict[str, set[str]] = {}
    for paper, node in zip(compared["paper"], compared["node"], strict=True):
        papers.setdefault(node, set()).add(paper)
    above: dict[str, set[str]] = {}
    below: dict[str, set[str]] = {}
    for winner, loser, props in pairs:
        papers.setdefault(loser, set()).update(props["papers"])
        above.setdefault(loser, set()).add(winner)
        below.setdefault(winner, set()).add(loser)
    nodes = sorted({*papers, *above, *below})
    rows = ((name, len(papers.get(n, ())), len(above.get(n, ())), len(below.get(n, ())), n)
            for n, name in zip(nodes, named(graph, nodes), strict=True))
    frame = table(rows, ("method", "compared", "beaten_by", "beats", "node"))
    return frame.sort_values(["compared", "beaten_by", "node"], ascending=[False, False, True], ignore_index=True)


def cycles(graph: Graph, *, longest: int = 3) -> pd.DataFrame:
    """List rings of methods each of which is said to beat the next: length, methods, papers, datasets.

    The frame is empty where there is no such ring. `longest` bounds the length, as rings multiply with it.
    """
    found = wins(graph)
    beats: nx.DiGraph[str] = nx.DiGraph()
    beats.add_edges_from(sorted(set(zip(found["winner_node"], found["loser_node"], strict=True))))
    rings = sorted((_turned(ring) for ring in nx.simple_cycles(beats, length_bound=longest)),
                   key=lambda ring: (len(ring), ring))
    by_pair: dict[object, pd.DataFrame] = dict(iter(found.groupby(["winner_node", "loser_node"])))
    return table((_ring(graph, ring, by_pair) for ring in rings), ("length", "methods", "papers", "datasets"))


def _turned(ring: list[str]) -> list[str]:
    """Let a ring begin at its first id."""
    at = ring.index(min(ring))
    return ring[at:] + ring[:at]


def _ring(graph: Graph, ring: list[str], by_pair: dict[object, pd.DataFrame]) -> tuple[object, ...]:
    steps = [by_pair[pair] for pair in zip(ring, [*ring[1:], ring[0]], strict=True)]
    return (len(ring), " > ".join(_names(graph, ring)), sum(int(rows["papers"].max()) for rows in steps),
            " | ".join(", ".join(sorted(set(rows["dataset"].dropna()))) or "not said" for rows in steps))


def _names(graph: Graph, ring: list[str]) -> Iterator[str]:
    yield from named(graph, [*ring, ring[0]])
