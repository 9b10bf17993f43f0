"""Leaderboards and conflicts as frames; what compares with what is decided in `kg.leaderboard`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from kg.analysis.frames import name_of, need, table
from kg.errors import DataError
from kg.find import find_one
from kg.graph import Graph
from kg.leaderboard import Board, ResultRow, conflicts, leaderboards, result_rows

__all__ = ["all_boards", "board_overview", "conflict_frame", "fitting_boards", "leaderboard", "size"]

_WHERE = ("Dataset", "Benchmark")
_NO_RESULTS = "has no score that names a method, a dataset and a metric"
_MORE = "add papers that print such scores"


def size(row: ResultRow) -> float:
    """Give what a score is ranked by: its normalised value, else the number as printed."""
    value = row.normalized if row.normalized is not None else row.number
    assert value is not None  # rows of a board are numbers
    return float(value)


def all_boards(graph: Graph) -> list[Board]:
    """Give every board of the graph, the fullest first; raises DataError where there is none."""
    by_dataset: dict[str, list[ResultRow]] = defaultdict(list)
    for row in result_rows(graph):
        if row.dataset is not None:
            by_dataset[row.dataset].append(row)
    boards = [board for dataset, rows in sorted(by_dataset.items()) for board in leaderboards(rows, dataset=dataset)]
    need(boards, _NO_RESULTS, _MORE)
    return sorted(boards, key=lambda b: (-len({r.method for _, r in b.rows}), -len(b.rows), b.dataset, b.metric,
                                         b.split or "", b.setting or ""))


def board_overview(graph: Graph) -> pd.DataFrame:
    """Give a row a board, the fullest first: dataset, metric, split, setting, higher, methods, results, …"""
    rows = (_overview(graph, board) for board in all_boards(graph))
    return table(rows, ("dataset", "metric", "split", "setting", "higher", "methods", "results", "papers",
                        "best_method", "best_value"))


def _overview(graph: Graph, board: Board) -> tuple[object, ...]:
    ranked = board.higher is not None
    first = board.rows[0][1]
    return (graph.nodes[board.dataset]["name"], graph.nodes[board.metric]["name"], board.split, board.setting,
            board.higher, len({row.method for _, row in board.rows}), len(board.rows),
            len({row.paper for _, row in board.rows}),
            name_of(graph, first.method) if ranked else None, first.value if ranked else None)


def leaderboard(graph: Graph, dataset: str, metric: str | None = None, *, split: str | None = None,
                setting: str | None = None) -> pd.DataFrame:
    """Rank the scores on a dataset: metric, split, setting, rank, method, value, size, role, paper, year, sentence.

    Names and ids are both understood. Raises DataError where nothing is called so or nobody has a score there.
    """
    where = find_one(graph, dataset, types=_WHERE)
    what = find_one(graph, metric, types=("Metric",)) if metric else None
    boards = leaderboards(result_rows(graph), dataset=where, metric=what, split=split, setting=setting)
    if not boards:
        raise DataError(f"no score on {graph.nodes[where]['name']} names a method and a metric; "
                        "list what there is with kg.analysis.board_overview(graph)")
    rows = (row for board in boards for row in _ranked(graph, board))
    return table(rows, ("metric", "split", "setting", "rank", "method", "value", "size", "role", "paper", "year",
                        "sentence")).astype({"rank": "Int64", "year": "Int64"})


def _ranked(graph: Graph, board: Board) -> Iterator[tuple[object, ...]]:
    metric = graph.nodes[board.metric]["name"]
    for rank, row in board.rows:
        paper = graph.nodes[row.paper]
        yield (metric, board.split, board.setting, rank, name_of(graph, row.method), row.value, size(row),
               row.role, paper["name"], paper.get("year"), row.sentence)


def fitting_boards(graph: Graph, dataset: str | None = None, metric: str | None = None) -> list[Board]:
    """Give the boards that are ranked, the fullest first, of the dataset and metric where given; never none."""
    where = find_one(graph, dataset, types=_WHERE) if dataset else None
    what = find_one(graph, metric, types=("Metric",)) if metric else None
    fitting = [board for board in all_boards(graph) if board.higher is not None
               and where in (None, board.dataset) and what in (None, board.metric)]
    if not fitting:
        raise DataError("no board fits: the scores there name no method, or which way the metric is better is not "
                        "known; list the boards with kg.analysis.board_overview(graph)")
    return fitting


def conflict_frame(graph: Graph) -> pd.DataFrame:
    """List the scores that disagree, a row a score: conflict, method, dataset, metric, value, spread, role, paper.

    The frame is empty where papers agree; raises DataError only where there are no scores at all.
    """
    all_boards(graph)
    rows = ((number, name_of(graph, row.method), name_of(graph, row.dataset),
             name_of(graph, row.metric), row.split, row.setting, row.value, size(row), conflict.spread, row.role,
             graph.nodes[row.paper]["name"], row.sentence)
            for number, conflict in enumerate(conflicts(result_rows(graph)), 1) for row in conflict.rows)
    return table(rows, ("conflict", "method", "dataset", "metric", "split", "setting", "value", "size", "spread",
                        "role", "paper", "sentence"))
