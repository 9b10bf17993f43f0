"""Datasets that papers evaluate on together, set against chance that keeps how much each is used."""

from __future__ import annotations

from itertools import combinations
from math import sqrt
from random import Random

import numpy as np
import pandas as pd

from kg.analysis.frames import fewest, named, need, table, use_frame
from kg.graph import Graph

__all__ = ["coevaluation"]

Groups = list[set[int]]


def coevaluation(graph: Graph, *, min_papers: int | None = None, samples: int = 200, seed: int = 0) -> pd.DataFrame:
    """Give the pairs of datasets that papers evaluate on together: a, b, papers, expected, lift, z, p.

    The null keeps how many papers use each dataset and how many datasets each paper uses (curveball trades, Strona
    et al. 2014, doi:10.1038/ncomms5114); `expected` is its mean, `p` the share of `samples` at least as high, with
    one added to both. `z` takes the deviation to be no less than that of one hit in all samples.
    """
    uses = use_frame(graph, "Dataset", "Benchmark", edges=("evaluatedOn",))
    need(uses, "has no paper that evaluates on a dataset", "add papers with experiments")
    counts = uses["node"].value_counts()
    kept = uses[uses["node"].map(counts) >= fewest(graph, min_papers)]
    nodes = sorted(kept["node"].unique())
    papers = {paper: at for at, paper in enumerate(sorted(kept["paper"].unique()))}
    groups: Groups = [set() for _ in nodes]
    place = {node: at for at, node in enumerate(nodes)}
    for paper, node in zip(kept["paper"], kept["node"], strict=True):
        groups[place[node]].add(papers[paper])
    pairs = _pairs(groups)
    need(pairs, "has no two datasets that a paper evaluates on together", "add papers, or lower min_papers")
    return _frame(named(graph, nodes), pairs, groups, _null(groups, pairs, samples, Random(seed)))


def _pairs(groups: Groups) -> list[tuple[int, int]]:
    """List the pairs of datasets with a paper in common."""
    by_paper: dict[int, list[int]] = {}
    for at, papers in enumerate(groups):
        for paper in papers:
            by_paper.setdefault(paper, []).append(at)
    return sorted({pair for held in by_paper.values() for pair in combinations(sorted(held), 2)})


def _common(groups: Groups, pairs: list[tuple[int, int]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.fromiter((len(groups[a] & groups[b]) for a, b in pairs), dtype=np.int64, count=len(pairs))


def _null(groups: Groups, pairs: list[tuple[int, int]], samples: int, rng: Random) -> np.ndarray[
        tuple[int, int], np.dtype[np.int64]]:
    """Give how many papers each pair shares in each shuffled graph: samples × pairs."""
    shuffled = [set(papers) for papers in groups]
    _trade(shuffled, rng, 5 * len(groups))
    rows = np.empty((samples, len(pairs)), dtype=np.int64)
    for at in range(samples):
        _trade(shuffled, rng, 2 * len(groups))
        rows[at] = _common(shuffled, pairs)
    return rows


def _trade(groups: Groups, rng: Random, trades: int) -> None:
    """Let two datasets share out anew the papers that only one of them has, again and again."""
    for _ in range(trades):
        a, b = rng.randrange(len(groups)), rng.randrange(len(groups))
        mine, other = groups[a] - groups[b], groups[b] - groups[a]
        if not mine or not other:
            continue
        both = groups[a] & groups[b]
        pool = sorted(mine | other)
        rng.shuffle(pool)
        groups[a], groups[b] = both.union(pool[:len(mine)]), both.union(pool[len(mine):])


def _frame(names: list[str], pairs: list[tuple[int, int]], groups: Groups,
           null: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> pd.DataFrame:
    seen, samples = _common(groups, pairs), len(null)
    expected = null.mean(axis=0)
    deviation = np.maximum(null.std(axis=0), sqrt((samples - 1) / samples**2))
    frame = table(((names[a], names[b]) for a, b in pairs), ("a", "b"))
    frame["papers"] = seen
    frame["expected"] = expected.round(3)
    frame["lift"] = (seen / np.maximum(expected, 1 / samples)).round(2)
    frame["z"] = ((seen - expected) / deviation).round(2)
    frame["p"] = ((1 + (null >= seen).sum(axis=0)) / (1 + samples)).round(4)
    return frame.sort_values(["papers", "z", "a", "b"], ascending=[False, False, True, True], ignore_index=True)
