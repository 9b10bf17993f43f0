"""Results as rows, ranked where they can be compared, and set against each other where they disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.graph import Graph, node_items
from kg.levels import Level

__all__ = ["Board", "Conflict", "ResultRow", "conflicts", "leaderboards", "result_rows"]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result with what it is tied to; ids are node ids, None where the text ties it to nothing."""

    id: str
    paper: str
    value: str
    form: str
    method: str | None = None
    dataset: str | None = None
    task: str | None = None
    metric: str | None = None
    baseline: str | None = None
    number: float | None = None
    normalized: float | None = None
    unit: str | None = None
    split: str | None = None
    setting: str | None = None
    relative: bool | None = None
    higher: bool | None = None
    role: str = "own"
    confidence: float = 1.0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """Scores that can be ranked together: one dataset, split, metric, setting and scale."""

    dataset: str  # or the family, or the version, that stands for those of the rows
    metric: str
    split: str | None
    setting: str | None
    higher: bool | None  # None: nobody knows which way is better, so nothing is ranked
    rows: tuple[tuple[int | None, ResultRow], ...]  # rank (equal values share it), result


@dataclass(frozen=True, slots=True)
class Conflict:
    """One method, dataset, metric, split and setting for which papers print different values."""

    rows: tuple[ResultRow, ...]
    spread: float  # largest less smallest, in the scale of the values


_SLOTS = {"reportedIn": "paper", "ofMethod": "method", "onDataset": "dataset", "forTask": "task", "hasMetric": "metric",
          "comparedTo": "baseline"}
_PROPS = {"value": "value", "form": "form", "number": "number", "normalized": "normalized", "unit": "unit",
          "split": "split", "setting": "setting", "relative": "relative", "role": "role", "confidence": "confidence"}


def result_rows(graph: Graph) -> Iterator[ResultRow]:
    """Give every result of the graph, in the order of ids."""
    for node, props in node_items(graph):
        if props["type"] == "Result":
            yield _row(graph, node, props)


def _row(graph: Graph, node: str, props: dict[str, Any]) -> ResultRow:
    facts: dict[str, Any] = {mine: props[name] for name, mine in _PROPS.items() if name in props}
    for _, target, edge in graph.out_edges(node, data=True):
        if edge["type"] in _SLOTS:
            facts[_SLOTS[edge["type"]]] = target
        elif edge["type"] == "hasEvidence":
            facts["sentence"] = graph.nodes[target].get("sentence", "")
    facts["higher"] = props.get("higherIsBetter", graph.nodes[facts["metric"]].get("higherIsBetter")
                                if "metric" in facts else None)
    return ResultRow(id=node, **facts)


def leaderboards(rows: Iterable[ResultRow], *, dataset: str, metric: str | None = None, split: str | None = None,
                 setting: str | None = None, level: Level = str) -> list[Board]:
    """Rank the scores on a dataset, a board for each metric, split, setting and scale; the fullest boards first.

    At another `level` than exact the datasets that one node stands for (see `kg.levels`) share their boards.

    Gains, reductions and ratios are no scores and are left out, as are results without a method or a metric.
    """
    groups: dict[tuple[Any, ...], list[ResultRow]] = defaultdict(list)
    head = level(dataset)
    for row in rows:
        if row.dataset and level(row.dataset) == head and row.method and _is_score(row) \
                and metric in (None, row.metric) and split in (None, row.split) and setting in (None, row.setting):
            groups[row.metric, row.split, row.setting, _scale(row)].append(row)
    boards = [_board(head, group) for group in groups.values()]
    return sorted(boards, key=lambda b: (-len(b.rows), b.metric, b.split or "", b.setting or "", b.rows[0][1].id))


def _is_score(row: ResultRow) -> bool:
    return row.form == "absolute" and row.metric is not None and row.dataset is not None and row.number is not None


def _scale(row: ResultRow) -> str:
    """Name what a value counts in: all normalised values share one scale, others only with their own unit."""
    return "fraction" if row.normalized is not None else row.unit or "number"


def _size(row: ResultRow) -> float:
    size = row.normalized if row.normalized is not None else row.number
    assert size is not None  # _is_score has looked
    return size


def _board(dataset: str, rows: list[ResultRow]) -> Board:
    higher = _agreed(row.higher for row in rows)
    sign = -1 if higher in (True, None) else 1
    ordered = sorted(rows, key=lambda r: (sign * _size(r), r.role != "own", r.id))
    sizes = [_size(r) for r in ordered]
    ranks: list[int | None] = [None if higher is None else 1 + sizes.index(size) for size in sizes]
    first = ordered[0]
    assert first.metric is not None
    return Board(dataset, first.metric, first.split, first.setting, higher,
                 tuple(zip(ranks, ordered, strict=True)))


def _agreed(votes: Iterable[bool | None]) -> bool | None:
    known = {vote for vote in votes if vote is not None}
    return known.pop() if len(known) == 1 else None


def conflicts(rows: Iterable[ResultRow]) -> list[Conflict]:
    """Find the scores that differ though method, dataset, metric, split, setting and scale are the same.

    The widest relative spread comes first. Two values of one paper are no conflict unless another paper joins in.
    """
    groups: dict[Hashable, list[ResultRow]] = defaultdict(list)
    for row in rows:
        if row.method and _is_score(row):
            groups[row.method, row.dataset, row.metric, row.split, row.setting, _scale(row)].append(row)
    found = []
    for group in groups.values():
        sizes = [_size(row) for row in group]
        if len(set(sizes)) > 1 and len({row.paper for row in group}) > 1:
            found.append((_relative(sizes), Conflict(tuple(sorted(group, key=lambda r: r.id)),
                                                     round(max(sizes) - min(sizes), 6))))
    return [c for _, c in sorted(found, key=lambda f: (-f[0], f[1].rows[0].id))]


def _relative(sizes: list[float]) -> float:
    return (max(sizes) - min(sizes)) / (max(map(abs, sizes)) or 1.0)
