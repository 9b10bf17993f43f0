"""Pictures of the analyses: each takes the graph, asks one question and draws the answer.

Where there is nothing to draw they raise the analysis's own DataError, so no axis stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kg.analysis.frames import name_of, need
from kg.analysis.influence import influence
from kg.analysis.leaderboards import conflict_frame, fitting_boards, size
from kg.analysis.lives import progress
from kg.analysis.pictures import COLOURS, GREY, INK, MARKERS, Picture, blank, label_periods, short
from kg.analysis.reproducibility import code_share
from kg.analysis.trends import dated_papers, full_periods, movers, trends
from kg.errors import DataError
from kg.find import find_nodes
from kg.graph import Graph

__all__ = ["plot_code", "plot_conflicts", "plot_influence", "plot_leaderboard", "plot_movers", "plot_progress",
           "plot_trends"]


def plot_trends(graph: Graph, what: str = "Method", *, names: Sequence[str] = (), top: int = 6,
                kind: str | None = None) -> Picture:
    """Draw the share of papers that name each of the `top` nodes (or `names`) by period (see `full_periods`)."""
    orders, periods = zip(*full_periods(dated_papers(graph)), strict=True)
    found = trends(graph, what, min_papers=1 if names else None, kind=kind)
    wanted = [node for name in names for node in find_nodes(graph, name, types=(what,))]
    wanted = wanted or _most_used(found, min(top, len(COLOURS)))
    picture, axes = blank(9, 4.5, title=f"{_plural(what)} by share of papers")
    for at, node in enumerate(wanted[:len(COLOURS)]):
        shares = found[found["node"] == node].set_index("order")["share"].reindex(orders, fill_value=0)
        _draw_shares(axes, list(shares * 100), at, len(wanted), short(graph.nodes[node]["name"]))
    label_periods(axes, periods)
    axes.set_ylabel("papers that name it (%)")
    axes.set_ylim(bottom=0)
    picture.legend(loc="outside right upper", fontsize=9, frameon=False)
    return picture


def _draw_shares(axes: Axes, shares: list[float], at: int, count: int, label: str) -> None:
    """Draw lines, or bars side by side where so few periods would lay lines over each other."""
    if len(shares) >= 5:
        axes.plot(range(len(shares)), shares, color=COLOURS[at], marker=MARKERS[at], markersize=5, linewidth=1.8,
                  label=label)
        return
    width = 0.8 / count
    places = [period - 0.4 + width * (at + 0.5) for period in range(len(shares))]
    axes.bar(places, shares, width=width * 0.9, color=COLOURS[at], label=label)


def _most_used(found: pd.DataFrame, top: int) -> list[str]:
    papers = found.groupby("node")["papers"].sum()
    return sorted(map(str, papers.index), key=lambda node: (-papers[node], node))[:top]


def _plural(what: str) -> str:
    return f"{what}es" if what.endswith("s") else f"{what}s"


def plot_movers(graph: Graph, what: str = "Method", *, top: int = 10, kind: str | None = None) -> Picture:
    """Draw what rose and what fell most between the earlier and the later half of the papers."""
    found = movers(graph, what, kind=kind)
    shown = pd.concat([found[found["z"] > 0].head(top), found[found["z"] < 0].tail(top)]).iloc[::-1]
    rows = list(zip(shown["name"], shown["early"] * 100, shown["late"] * 100, strict=True))
    need(rows, f"has no {what} that rose or fell", "add papers of other years")
    picture, axes = blank(8, 1.2 + 0.26 * len(rows), title=f"{_plural(what)} that rose and fell")
    for at, (_, early, late) in enumerate(rows):
        colour, marker = (COLOURS[0], ">") if late > early else (COLOURS[1], "<")
        axes.plot([early, late], [at, at], color=colour, linewidth=2)
        axes.plot(late, at, color=colour, marker=marker, markersize=7)
    axes.set_yticks(range(len(rows)), [short(name) for name, *_ in rows])
    axes.set_xlabel("papers that name it (%): from the earlier half of the papers to the later (arrow head)")
    axes.set_ylabel(what.lower())
    axes.grid(axis="x", color="#E5E5E5")
    return picture


def plot_leaderboard(graph: Graph, dataset: str | None = None, metric: str | None = None, *, top: int = 15) -> Picture:
    """Draw the ranked scores of a board, the best on top; without a dataset, the board with the most methods."""
    board = fitting_boards(graph, dataset, metric)[0]
    rows = [row for _, row in board.rows[:top]]
    head = [name_of(graph, board.dataset), name_of(graph, board.metric), board.split, board.setting]
    picture, axes = blank(8, 1.4 + 0.3 * len(rows), title=short(", ".join(str(h) for h in head if h), 90))
    for role, colour, face in (("own", COLOURS[0], COLOURS[0]), ("cited", COLOURS[1], "white")):
        held = [(size(row), at) for at, row in enumerate(rows) if (row.role == "own") == (role == "own")]
        if held:
            axes.scatter([x for x, _ in held], [y for _, y in held], s=45, color=colour, facecolor=face, zorder=3,
                         marker="o" if role == "own" else "s",
                         label="the paper's own result" if role == "own" else "cited by another paper")
    for at, row in enumerate(rows):
        axes.annotate(short(row.value), (size(row), at), xytext=(7, 0), textcoords="offset points", fontsize=8,
                      va="center", color=INK)
    axes.set_yticks(range(len(rows)), [short(name_of(graph, row.method)) for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.margins(x=0.12)
    axes.set_xlabel(f"{head[1]} ({'higher' if board.higher else 'lower'} is better)")
    axes.set_ylabel("method")
    axes.grid(axis="both", color="#E5E5E5")
    picture.legend(loc="outside lower center", ncols=2, fontsize=9, frameon=False)
    return picture


def plot_progress(graph: Graph, dataset: str | None = None, metric: str | None = None) -> Picture:
    """Draw the scores of a board over time, with the line of the best so far."""
    found = progress(graph, dataset, metric)
    about = found.attrs
    dated = dated_papers(graph).sort_values("order").drop_duplicates("order")
    first = int(found["order"].min())
    periods = dated.loc[dated["order"] >= first, "period"].tolist()
    picture, axes = blank(9, 4.5, title=short(f"{about['metric']} on {about['dataset']} over time", 90))
    at = found["order"] - first
    axes.scatter(at, found["size"], s=30, color=GREY, label="a score", zorder=2)
    records = found[found["record"]]
    ends = [*(records["order"] - first), len(periods) - 1]
    axes.step(ends, [*records["size"], records["size"].iloc[-1]], where="post", color=COLOURS[0], linewidth=2,
              label="best so far", zorder=3)
    last = records.drop_duplicates("order", keep="last")
    for order, value, method in zip(last["order"], last["size"], last["method"], strict=True):
        axes.annotate(short(method, 22), (order - first, value), xytext=(5, 6 if about["higher"] else -12),
                      textcoords="offset points", fontsize=8, color=INK)
    label_periods(axes, periods)
    axes.margins(x=0.08, y=0.12)
    axes.set_ylabel(f"{about['metric']} ({'higher' if about['higher'] else 'lower'} is better)")
    axes.legend(fontsize=9, frameon=False)
    return picture


def plot_conflicts(graph: Graph, *, top: int = 12) -> Picture:
    """Draw scores of one method, dataset and metric that differ between papers, the widest spread on top."""
    found = conflict_frame(graph)
    need(found, "has no conflicting scores", "there is nothing to draw: papers agree, or no two give the same score")
    shown = found[found["conflict"] <= top]
    labels = []
    picture, axes = blank(9, 1.6 + 0.35 * shown["conflict"].nunique(), title="Scores that differ between papers")
    for at, (_, group) in enumerate(shown.groupby("conflict", sort=True)):
        relative = group["size"] / group["size"].abs().max() * 100
        axes.plot(relative, [at] * len(group), color=GREY, linewidth=2, zorder=2)
        axes.scatter(relative, [at] * len(group), color=COLOURS[0], s=36, zorder=3)
        first, ordered = group.iloc[0], group.sort_values("size")["value"]
        low, high = ordered.iloc[0], ordered.iloc[-1]
        labels.append(short(f"{first['method']}, {first['metric']}, {first['dataset']}: {low} … {high}", 62))
    axes.set_yticks(range(len(labels)), labels)
    axes.invert_yaxis()
    axes.set_xlabel("score, in percent of the largest printed")
    axes.set_ylabel("conflict")
    axes.margins(y=0.3 / len(labels) + 0.05)
    axes.grid(axis="x", color="#E5E5E5")
    return picture


def plot_influence(graph: Graph, *, top: int = 15) -> Picture:
    """Draw the methods that most is built on, by PageRank, with how many methods build on each."""
    found = influence(graph).head(top)
    picture, axes = blank(8, 1.4 + 0.28 * len(found), title="What methods build on")
    axes.barh(range(len(found)), found["pagerank"] * 100, color=COLOURS[0])
    for at, (rank, direct, reach) in enumerate(zip(found["pagerank"], found["direct"], found["reach"], strict=True)):
        axes.annotate(f"{direct} directly, {reach} in all", (rank * 100, at), xytext=(4, 0),
                      textcoords="offset points", fontsize=8, va="center", color=INK)
    axes.set_yticks(range(len(found)), [short(name) for name in found["method"]])
    axes.invert_yaxis()
    axes.margins(x=0.25)
    axes.set_xlabel("PageRank on basedOn (%)")
    axes.set_ylabel("method")
    return picture


def plot_code(graph: Graph, by: str = "period", *, min_papers: int = 1, top: int = 20) -> Picture:
    """Draw the share of papers that link to code, by venue or by year or page date, with 95 % intervals."""
    if by not in ("venue", "period"):
        raise DataError(f"papers are grouped by venue or period, not by {by}")
    found = code_share(graph, ("venue",) if by == "venue" else ("period",), min_papers=min_papers)
    if by == "period":
        found = found[found["period"].isin([name for _, name in full_periods(dated_papers(graph))])]
    if by == "venue":
        found = found.sort_values(["papers", "venue"], ascending=[False, True]).head(top)
        found = found.sort_values(["share", "venue"], ascending=[False, True])
    picture, axes = blank(9, 4.5, title="Papers that link to code in or beside the abstract")
    middle = found["share"] * 100
    spread = np.maximum(0, np.vstack([middle - found["low"] * 100, found["high"] * 100 - middle]))
    axes.errorbar(range(len(found)), middle, yerr=spread, fmt="o", color=COLOURS[0], ecolor=GREY, capsize=3)
    labels = [short(name, 14) for name in found[by]]
    if by == "venue":
        axes.set_xticks(range(len(found)), labels, rotation=45, ha="right")
        axes.set_xlabel("venue")
    else:
        label_periods(axes, labels)
    axes.set_ylabel("papers with code (%), 95 % interval")
    axes.set_ylim(bottom=0)
    return picture
