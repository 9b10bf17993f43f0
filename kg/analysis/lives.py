"""The life of a benchmark: first use, peak, the best score over time, and saturation."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from kg.analysis.frames import By, name_of, need, nodes_of, table
from kg.analysis.leaderboards import all_boards, fitting_boards, size
from kg.analysis.trends import dated_papers, movers
from kg.errors import DataError
from kg.graph import Graph
from kg.leaderboard import Board, ResultRow

__all__ = ["dataset_lives", "progress", "saturation"]

Periods = dict[str, tuple[int, str]]


def dataset_lives(graph: Graph, *, by: By = "auto", min_papers: int | None = None) -> pd.DataFrame:
    """Give a row a dataset, the most used first: name, papers, introduced_by, first, peak, last, change, z."""
    found = [movers(graph, kind, by=by, min_papers=min_papers) for kind in ("Dataset", "Benchmark")
             if nodes_of(graph, kind)]
    need(found, "has no datasets", "add papers with experiments")
    frame = pd.concat(found, ignore_index=True)
    frame.insert(2, "introduced_by", [_introduced(graph, node) for node in frame["node"]])
    return frame.sort_values(["papers", "node"], ascending=[False, True], ignore_index=True)


def _introduced(graph: Graph, node: str) -> str | None:
    papers = sorted((graph.nodes[p].get("year", 9999), graph.nodes[p]["name"])
                    for p, _, props in graph.in_edges(node, data=True) if props["type"] == "introduces")
    return papers[0][1] if papers else None


def _periods(graph: Graph, by: By) -> Periods:
    dated = dated_papers(graph, by=by)
    return {paper: (order, period)
            for paper, order, period in zip(dated["paper"], dated["order"], dated["period"], strict=True)}


def progress(graph: Graph, dataset: str | None = None, metric: str | None = None, *, by: By = "auto") -> pd.DataFrame:
    """Follow the best score of a board over time: period, order, method, value, size, record, paper.

    A row a score of a dated paper, in time; `record` says that it was the best until then. It is the board of most
    periods (of the dataset and metric, where given); raises DataError where none has two. `attrs` holds dataset,
    metric and higher. Cited scores count when they were cited.
    """
    periods = _periods(graph, by)
    board = max(fitting_boards(graph, dataset, metric), key=lambda b: len(_orders(b, periods)))
    if len(_orders(board, periods)) < 2:
        raise DataError("no board that fits has scores of two years or page dates; add papers, or give them a year")
    rows = list(_dated(graph, board, periods))
    frame = table(rows, ("period", "order", "method", "value", "size", "record", "paper"))
    frame.attrs.update(dataset=graph.nodes[board.dataset]["name"], metric=graph.nodes[board.metric]["name"],
                       higher=bool(board.higher), split=board.split, setting=board.setting)
    return frame


def _orders(board: Board, periods: Periods) -> set[int]:
    return {periods[row.paper][0] for _, row in board.rows if row.paper in periods}


def _dated(graph: Graph, board: Board, periods: Periods) -> Iterator[tuple[object, ...]]:
    sign = 1 if board.higher else -1
    scores = sorted(((*periods[row.paper], row) for _, row in board.rows if row.paper in periods),
                    key=lambda s: (s[0], sign * size(s[2]), s[2].id))
    best = float("-inf")
    for order, period, row in scores:
        record = sign * size(row) > best
        best = max(best, sign * size(row))
        yield (period, order, name_of(graph, row.method), row.value, size(row), record,
               graph.nodes[row.paper]["name"])


def saturation(graph: Graph, *, by: By = "auto", min_results: int = 3) -> pd.DataFrame:
    """Say of each board how near its end it is: results, best, headroom, last_record, tries_since.

    `headroom` is what is left to 1 (or to 0 where lower is better) of normalised scores, None for others.
    `tries_since` counts the scores of later periods than the last record; a board is saturated when it has three of
    them, or when no more than 2 % are left.
    """
    periods = _periods(graph, by)
    boards = [board for board in all_boards(graph) if board.higher is not None]
    rows = [row for board in boards if (row := _end(graph, board, periods, min_results))]
    need(rows, f"has no board with {min_results} scores of dated papers", "add papers, or lower min_results")
    frame = table(rows, ("dataset", "metric", "split", "setting", "results", "first", "last", "best_method", "best",
                         "headroom", "last_record", "tries_since", "saturated"))
    return frame.sort_values(["results", "dataset", "metric"], ascending=[False, True, True], ignore_index=True)


def _end(graph: Graph, board: Board, periods: Periods, least: int) -> tuple[object, ...] | None:
    rows = [row for _, row in board.rows if row.paper in periods]
    if len(rows) < least:
        return None
    first = min(rows, key=lambda r: (-size(r) if board.higher else size(r), periods[r.paper], r.id))
    orders = sorted(periods[row.paper] for row in rows)
    record = periods[first.paper]
    tries = sum(at > record for at in orders)
    left = _headroom(first, bool(board.higher))
    return (graph.nodes[board.dataset]["name"], graph.nodes[board.metric]["name"], board.split, board.setting,
            len(rows), orders[0][1], orders[-1][1], name_of(graph, first.method), first.value, left, record[1],
            tries, tries >= 3 or (left is not None and left <= 0.02))


def _headroom(row: ResultRow, higher: bool) -> float | None:
    if row.normalized is None or not 0 <= row.normalized <= 1:
        return None
    return round(1 - row.normalized if higher else row.normalized, 4)
