"""Pictures of pairs, as grids: datasets evaluated on together, and methods by datasets with their gaps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from kg.analysis.coevaluation import coevaluation
from kg.analysis.gaps import gap_table
from kg.analysis.pictures import GREY, INK, Picture, blank, short
from kg.graph import Graph

__all__ = ["plot_coevaluation", "plot_gaps"]


def plot_coevaluation(graph: Graph, *, top: int = 14, samples: int = 200, seed: int = 0) -> Picture:
    """Draw which of the most used datasets are evaluated on together, and how far above chance."""
    pairs = coevaluation(graph, samples=samples, seed=seed)
    ends = [*zip(pairs["a"], pairs["papers"], strict=True), *zip(pairs["b"], pairs["papers"], strict=True)]
    weight: dict[str, int] = {}
    for name, papers in ends:
        weight[name] = weight.get(name, 0) + papers
    names = sorted(weight, key=lambda n: (-weight[n], n))[:top]
    inside = pairs[pairs["a"].isin(names) & pairs["b"].isin(names)]
    names = [name for name in names if name in {*inside["a"], *inside["b"]}]
    lift, shared = np.full((len(names), len(names)), np.nan), np.zeros((len(names), len(names)), dtype=int)
    for a, b, papers, times in zip(*(pairs[column] for column in ("a", "b", "papers", "lift")), strict=True):
        if a in names and b in names:
            for row, column in ((names.index(a), names.index(b)), (names.index(b), names.index(a))):
                lift[row, column], shared[row, column] = np.log2(max(times, 1 / 16)), papers
    picture, axes = blank(8.5, 7.5, title="Datasets evaluated on together: number of papers, colour against chance")
    image = axes.imshow(lift, cmap="PuOr_r", vmin=-5, vmax=5)
    _write_cells(axes, shared, np.abs(np.nan_to_num(lift)) > 3)
    _name_sides(axes, names, names)
    axes.set_xlabel("dataset")
    axes.set_ylabel("dataset")
    picture.colorbar(image, ax=axes, shrink=0.7, label="lift over the null, as a power of two (0: as by chance)")
    return picture


def plot_gaps(graph: Graph, task: str | None = None, *, top: int = 14) -> Picture:
    """Draw the papers by method and dataset; a dot marks a cell that nobody filled."""
    counts = gap_table(graph, task, methods=top, datasets=top)
    values = counts.to_numpy()
    picture, axes = blank(8.5, 7, title=short(f"Papers by method and dataset{f': {task}' if task else ''}", 90))
    shown = np.where(values > 0, values, np.nan).astype(float)
    image = axes.imshow(shown, cmap="YlGnBu", vmin=0, vmax=max(2, values.max()), aspect="auto")
    _write_cells(axes, values, values > max(2, values.max()) * 0.6)
    rows, columns = np.nonzero(values == 0)
    axes.scatter(columns, rows, s=6, color=GREY)
    _name_sides(axes, list(counts.index), list(counts.columns))
    axes.set_xlabel("dataset")
    axes.set_ylabel("method")
    picture.colorbar(image, ax=axes, shrink=0.7, label="papers (dot: none)", ticks=MaxNLocator(integer=True))
    return picture


def _write_cells(axes: Axes, counts: np.ndarray[tuple[int, int], np.dtype[np.int64]],
                 dark: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> None:
    for row, column in np.argwhere(counts > 0):
        axes.text(column, row, str(counts[row, column]), ha="center", va="center", fontsize=8,
                  color="white" if dark[row, column] else INK)


def _name_sides(axes: Axes, rows: Sequence[object], columns: Sequence[object]) -> None:
    axes.set_yticks(range(len(rows)), [short(name, 24) for name in rows])
    axes.set_xticks(range(len(columns)), [short(name, 24) for name in columns], rotation=55, ha="right",
                    rotation_mode="anchor")
