"""Cells of task × dataset × method that no paper has filled, the most expected first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pandas as pd

from kg.analysis.frames import fewest, named, need, nodes_of, table
from kg.errors import DataError
from kg.find import find_one
from kg.graph import Graph

__all__ = ["cells", "gap_table", "gaps"]

_TRIES = frozenset({"proposes", "uses", "comparesWith"})


def cells(graph: Graph) -> pd.DataFrame:
    """List what papers try where: paper, task, dataset, method (node ids), each combination that a paper has.

    A paper tries the named methods that it proposes, uses or compares with, on the datasets that it evaluates on,
    for the tasks that it addresses; task is None where it names none.
    """
    rows = (row for paper in nodes_of(graph, "Paper") for row in _tried(graph, paper))
    frame = table(rows, ("paper", "task", "dataset", "method"))
    need(frame, "has no paper that tries a named method on a dataset", "add papers with experiments")
    return frame


def _tried(graph: Graph, paper: str) -> Iterator[tuple[object, ...]]:
    ends: dict[str, set[str]] = {"addresses": set(), "evaluatedOn": set(), "tries": set()}
    for _, node, props in graph.out_edges(paper, data=True):
        kind = "tries" if props["type"] in _TRIES else props["type"]
        if kind in ends and "scope" not in graph.nodes[node]:
            ends[kind].add(node)
    methods = sorted(m for m in ends["tries"]
                     if graph.nodes[m]["type"] == "Method" and graph.nodes[m].get("kind") != "term")
    tasks: list[str | None] = [*sorted(ends["addresses"])] or [None]
    for task, dataset, method in product(tasks, sorted(ends["evaluatedOn"]), methods):
        yield paper, task, dataset, method


def gap_table(graph: Graph, task: str | None = None, *, methods: int = 12, datasets: int = 12) -> pd.DataFrame:
    """Count papers by dataset (columns, the most used first) and method (rows, the most used on them); 0 is a gap.

    Only papers that address `task` count where one is given.
    """
    tried = _of_task(graph, task).drop_duplicates(["paper", "method", "dataset"])
    columns = _most(tried, "dataset", datasets)
    rows = _most(tried[tried["dataset"].isin(columns)], "method", methods)
    counts = tried.groupby(["method", "dataset"]).size().unstack(fill_value=0)
    shown = counts.reindex(index=rows, columns=columns, fill_value=0)
    shown.index = pd.Index(named(graph, rows), name="method")
    shown.columns = pd.Index(named(graph, columns), name="dataset")
    return shown


def _most(tried: pd.DataFrame, column: str, top: int) -> list[str]:
    papers = tried.groupby(column)["paper"].nunique()
    return sorted(map(str, papers.index), key=lambda node: (-papers[node], node))[:top]


def _of_task(graph: Graph, task: str | None) -> pd.DataFrame:
    tried = cells(graph)
    if task is None:
        return tried
    node = find_one(graph, task, types=("Task",))
    tried = tried[tried["task"] == node]
    if tried.empty:
        raise DataError(f"no paper on {graph.nodes[node]['name']} tries a named method on a dataset; "
                        "try a broader task, or task=None for all")
    return tried


def gaps(graph: Graph, task: str | None = None, *, min_papers: int | None = None, top: int = 50) -> pd.DataFrame:
    """List the cells that nobody filled: task, method, dataset, expected, method_papers, dataset_papers.

    A cell needs a method and a dataset that papers on the task use, each in `min_papers` or more (default: `fewest`).
    `expected` is the number of papers that chance would put there: the product of both counts over the papers of
    the task. Without `task`, the cells of every task.
    """
    tried = _of_task(graph, task).dropna(subset=["task"])
    need(tried, "has no paper that names its task, a method and a dataset", "add papers that name their task")
    least = fewest(graph, min_papers)
    papers = tried.groupby("task")["paper"].nunique()
    tried = tried[tried["task"].isin(papers[papers >= least].index)]
    rows = [row for node, group in tried.groupby("task", sort=True) for row in _empty(group, str(node), least)]
    rows = sorted(rows, key=lambda r: (-r[3], r[:3]))[:top]
    names = [named(graph, column) for column in list(zip(*rows, strict=True))[:3]] if rows else [[], [], []]
    return table(((*labels, *row[3:]) for *labels, row in zip(*names, rows, strict=True)),
                 ("task", "method", "dataset", "expected", "method_papers", "dataset_papers"))


def _empty(group: pd.DataFrame, task: str, least: int) -> Iterator[tuple[str, str, str, float, int, int]]:
    methods, datasets = (group.groupby(column)["paper"].nunique() for column in ("method", "dataset"))
    filled = set(zip(group["method"], group["dataset"], strict=True))
    papers = group["paper"].nunique()
    for (method, m), (dataset, d) in product(methods[methods >= least].items(), datasets[datasets >= least].items()):
        if (method, dataset) not in filled:
            yield task, str(method), str(dataset), round(m * d / papers, 3), int(m), int(d)
