"""Which method will be tried on which dataset: link prediction, tested on papers held out, beside popularity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

import numpy as np
import pandas as pd

from kg.analysis.frames import named, need, paper_frame, table
from kg.analysis.gaps import cells
from kg.errors import DataError
from kg.graph import Graph

__all__ = ["auc", "held_out_auc", "likely_gaps"]

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Link = tuple[str, str]
Cell = tuple[int, int]
Hold = Literal["random", "latest"]


@dataclass(frozen=True, slots=True)
class _Known:
    """The method × dataset matrix of training papers; its properties score every cell."""

    methods: list[str]
    datasets: list[str]
    filled: Matrix

    @property
    def popularity(self) -> Matrix:
        product: Matrix = np.outer(self.filled.sum(axis=1), self.filled.sum(axis=0))
        return product

    @property
    def blend(self) -> Matrix:
        """Add to the paths the links that chance would give: popularity over the number of links."""
        return self.paths + self.popularity / max(1.0, float(self.filled.sum()))

    @property
    def paths(self) -> Matrix:
        """Count the paths of three steps to a cell, each over the root of the degrees inside it.

        Only empty cells are compared: those of filled ones count the cell's own link too. After Kovács et al. 2019,
        doi:10.1038/s41467-019-09177-y.
        """
        rows, columns = (1 / np.sqrt(np.maximum(1, self.filled.sum(axis=axis))) for axis in (1, 0))
        step = self.filled * columns
        scores: Matrix = (step @ (self.filled.T * rows)) @ self.filled
        return scores


def _known(links: Sequence[Link], most: int) -> _Known:
    """Make the matrix of the `most` best-linked methods and datasets."""
    counts = [Counter(link[at] for link in set(links)) for at in (0, 1)]
    methods, datasets = ([n for n, _ in sorted(c.items(), key=lambda i: (-i[1], i[0]))[:most]] for c in counts)
    row, column = ({n: at for at, n in enumerate(nodes)} for nodes in (methods, datasets))
    filled = np.zeros((len(methods), len(datasets)))
    for method, dataset in set(links):
        if method in row and dataset in column:
            filled[row[method], column[dataset]] = 1
    return _Known(methods, datasets, filled)


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Give the chance that a positive scores above a negative, ties counting half."""
    ordered = np.sort(np.asarray(negative, dtype=float))
    below = np.searchsorted(ordered, positive, side="left")
    ties = np.searchsorted(ordered, positive, side="right") - below
    return float((below + ties / 2).sum() / (len(positive) * len(negative)))


def held_out_auc(graph: Graph, *, share: float = 0.2, hold: Hold = "random", seed: int = 0,
                 most: int = 2000) -> pd.DataFrame:
    """Hold out papers, predict the cells that they alone fill, and give the AUC: negatives, scorer, auc, links, papers.

    Whole papers are held out (a `share` of them, at random or the latest), since a paper fills several cells at once.
    Scorers are `popularity` (product of degrees), `paths` (degree-normalised paths of three steps) and `blend`, which
    falls back on popularity where no path leads. Negatives are cells that no paper
    fills: `any` of them, or `matched`, with the same method as the positive and a dataset as popular, where
    popularity alone knows nothing. Only the `most` best-linked methods and datasets of the training papers count.
    """
    tried = cells(graph)
    later = _held(graph, tried, share, hold, seed)
    known, taken, new = _split(tried, later, most)
    if len(new) < 5:
        raise DataError(f"only {len(new)} new links of known methods and datasets in the papers held out: too few to "
                        "test a prediction (5 are needed); add papers")
    samples = {"any": _any(known, taken, len(new), Random(seed)), "matched": _matched(known, taken, new)}
    scores = {"popularity": known.popularity, "paths": known.paths, "blend": known.blend}
    rows = ((kind, name, _score(matrix, new, sample), len(new), len(later))
            for kind, sample in samples.items() for name, matrix in scores.items())
    return table(rows, ("negatives", "scorer", "auc", "links", "papers"))


def _split(tried: pd.DataFrame, later: set[str], most: int) -> tuple[_Known, set[Cell], list[Cell]]:
    """Give the matrix of the training papers, the cells that any paper fills, and those that only later ones do."""
    links = list(zip(tried["method"], tried["dataset"], tried["paper"].isin(later), strict=True))
    known = _known(sorted({(m, d) for m, d, out in links if not out}), most)
    row, column = ({n: at for at, n in enumerate(nodes)} for nodes in (known.methods, known.datasets))
    placed = [((row[m], column[d]), out) for m, d, out in links if m in row and d in column]
    taken = {cell for cell, _ in placed}
    return known, taken, sorted(taken - {cell for cell, out in placed if not out})


def _score(matrix: Matrix, new: list[Cell], sample: list[Cell]) -> float | None:
    if not sample:
        return None
    return round(auc([float(matrix[cell]) for cell in new], [float(matrix[cell]) for cell in sample]), 4)


def _held(graph: Graph, tried: pd.DataFrame, share: float, hold: Hold, seed: int) -> set[str]:
    papers = sorted(set(tried["paper"]))
    if hold == "latest":
        frame = paper_frame(graph)
        order = dict(zip(frame["paper"], frame["order"], strict=True))
        papers.sort(key=lambda p: (order[p], p))
    else:
        Random(seed).shuffle(papers)
    count = round(share * len(papers))
    need(papers[:count], "has too few papers to hold some out", "add papers")
    return set(papers[-count:])


def _any(known: _Known, taken: set[Cell], count: int, rng: Random) -> list[Cell]:
    """Draw empty cells at random, as many as there are positives or as the matrix has."""
    rows, columns = known.filled.shape
    found: dict[Cell, None] = {}
    for _ in range(50 * count):
        cell = rng.randrange(rows), rng.randrange(columns)
        if cell not in taken:
            found[cell] = None
        if len(found) == count:
            break
    return list(found)


def _matched(known: _Known, taken: set[Cell], new: list[Cell]) -> list[Cell]:
    """For each positive, take the empty cell of its method whose dataset is nearest in popularity."""
    degrees = known.filled.sum(axis=0)
    found = []
    for method, dataset in new:
        gaps = np.abs(degrees - degrees[dataset])
        gaps[[d for d in range(len(degrees)) if (method, d) in taken]] = np.inf
        if np.isfinite(gaps).any():
            found.append((method, int(gaps.argmin())))
    return found


def likely_gaps(graph: Graph, *, top: int = 30, most: int = 2000) -> pd.DataFrame:
    """List the empty cells that the blend scores highest: method, dataset, score, method_datasets, dataset_methods."""
    tried = cells(graph)
    known = _known(sorted(set(zip(tried["method"], tried["dataset"], strict=True))), most)
    scores = np.where(known.filled > 0, -np.inf, known.blend)
    order = np.argsort(-scores, axis=None, kind="stable")[:top]
    places = [divmod(int(at), scores.shape[1]) for at in order]
    places = [(m, d) for m, d in places if scores[m, d] > 0]
    methods, datasets = (named(graph, nodes) for nodes in (known.methods, known.datasets))
    links = known.filled.sum(axis=1), known.filled.sum(axis=0)
    rows = ((methods[m], datasets[d], round(float(scores[m, d]), 4), int(links[0][m]), int(links[1][d]))
            for m, d in places)
    return table(rows, ("method", "dataset", "score", "method_datasets", "dataset_methods"))
