"""Rise and fall: in how many papers of each year, or of each page date, something is named."""

from __future__ import annotations

from math import sqrt

import pandas as pd

from kg.analysis.frames import By, fewest, named, need, paper_frame, table, use_frame, wilson
from kg.errors import DataError
from kg.graph import Graph

__all__ = ["dated_papers", "full_periods", "movers", "trends"]


def dated_papers(graph: Graph, *, by: By = "auto") -> pd.DataFrame:
    """Give the papers that have a period; raises DataError where fewer than two periods are left."""
    papers = paper_frame(graph, by=by)
    dated = papers[papers["order"] >= 0]
    need(dated, "has no paper with a year or a page date", "give papers a year, or pages a date line such as Aug 7")
    if dated["order"].nunique() < 2:
        raise DataError(f"all dated papers are of {dated['period'].iloc[0]}: a trend needs two years or page dates; "
                        "add papers of another")
    return dated


def full_periods(dated: pd.DataFrame, *, least: int = 30) -> list[tuple[int, str]]:
    """Give order and name of the periods with `least` papers or more; all of them where fewer than two have as many.

    A share of a handful of papers jumps about and hides the others in a picture.
    """
    sizes = dated.groupby(["order", "period"], sort=True).size()
    full = sizes[sizes >= least]
    return [(int(order), str(period)) for order, period in (full if len(full) > 1 else sizes).index]


def trends(graph: Graph, what: str = "Method", *, by: By = "auto", min_papers: int | None = None,
           kind: str | None = None) -> pd.DataFrame:
    """Count papers by node and period, a row for each that has any: name, period, order, papers, total, share, node.

    `total` is the number of papers of the period, `share` papers over total. `kind` keeps methods of one kind.
    """
    dated = dated_papers(graph, by=by)
    uses = use_frame(graph, what).merge(dated[["paper", "period", "order"]], on="paper")
    if kind:
        uses = uses[[graph.nodes[node].get("kind") == kind for node in uses["node"]]]
    counts = uses["node"].value_counts()
    uses = uses[uses["node"].map(counts).astype(float) >= fewest(graph, min_papers)]
    need(uses, f"has no {what} in enough dated papers", "add papers, or lower min_papers")
    rows = uses.groupby(["node", "order", "period"], sort=True).size().rename("papers").reset_index()
    rows["total"] = rows["order"].map(dated.groupby("order").size())
    rows["share"] = (rows["papers"] / rows["total"]).round(5)
    names = dict(zip(rows["node"], named(graph, rows["node"]), strict=True))
    rows.insert(0, "name", rows["node"].map(names))
    return rows[["name", "period", "order", "papers", "total", "share", "node"]]


def movers(graph: Graph, what: str = "Method", *, by: By = "auto", min_papers: int | None = None,
           kind: str | None = None) -> pd.DataFrame:
    """Compare the earlier half of the papers with the later: name, papers, first, peak, last, early, late, change, z.

    The halves part at the period where half of the dated papers are reached. `early` and `late` are shares of
    papers, `change` their difference, `z` that of a two-proportion test; the fastest risers come first. `peak` is
    the period whose share has the highest lower bound (Wilson, 95 %), so that a year of few papers seldom is.
    """
    dated = dated_papers(graph, by=by)
    uses = trends(graph, what, by=by, min_papers=min_papers, kind=kind)
    sizes = dated.groupby("order").size()
    cut = _cut(sizes)
    totals = (int(sizes[sizes.index < cut].sum()), int(sizes[sizes.index >= cut].sum()))
    rows = (_mover(group, cut, totals) for _, group in uses.groupby("node", sort=True))
    frame = table(rows, ("name", "papers", "first", "peak", "last", "early", "late", "change", "z", "node"))
    return frame.sort_values(["z", "node"], ascending=[False, True], ignore_index=True)


def _cut(sizes: pd.Series[int]) -> int:
    """Find the first period of the later half; the earlier half is never empty."""
    reached = sizes.sort_index().cumsum()
    later = reached[reached > reached.iloc[-1] / 2].index[0]
    return int(max(later, sizes.index.min() + 1))


def _mover(group: pd.DataFrame, cut: int, totals: tuple[int, int]) -> tuple[object, ...]:
    group = group.sort_values("order")
    late = int(group.loc[group["order"] >= cut, "papers"].sum())
    early = int(group["papers"].sum()) - late
    shares = early / totals[0], late / totals[1]
    pooled = (early + late) / sum(totals)
    deviation = sqrt(pooled * (1 - pooled) * (1 / totals[0] + 1 / totals[1]))
    bounds = [wilson(hits, total)[0] for hits, total in zip(group["papers"], group["total"], strict=True)]
    peak = group["period"].iloc[bounds.index(max(bounds))]
    return (group["name"].iloc[0], early + late, group["period"].iloc[0], peak, group["period"].iloc[-1],
            round(shares[0], 5), round(shares[1], 5), round(shares[1] - shares[0], 5),
            round((shares[1] - shares[0]) / deviation, 2) if deviation else 0.0, group["node"].iloc[0])
