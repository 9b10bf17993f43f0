"""How many papers come with code, by venue and year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from kg.analysis.frames import By, need, paper_frame, table, wilson
from kg.errors import DataError
from kg.graph import Graph

__all__ = ["code_share", "papers_with_code"]


def papers_with_code(graph: Graph, *, kinds: Sequence[str] = ("code",), by: By = "auto") -> pd.DataFrame:
    """Give a row a paper: paper, title, year, venue, period, order, code. `kinds`: code, model, dataset, project."""
    frame = paper_frame(graph, by=by)
    frame["code"] = [any(props["type"] == "hasRepository" and graph.nodes[repo].get("kind") in kinds
                         for _, repo, props in graph.out_edges(paper, data=True)) for paper in frame["paper"]]
    return frame


def code_share(graph: Graph, by: Sequence[Literal["venue", "period"]] = ("period",), *, min_papers: int = 1,
               kinds: Sequence[str] = ("code",)) -> pd.DataFrame:
    """Give the share of papers that link to code, by venue, by year or page date, or both.

    Columns: the groups, papers, with_code, share, low, high (the 95 % Wilson interval). A link in the abstract or
    beside it counts; code that only the full text names does not. Raises DataError where no paper has what is
    grouped by, or none has code.
    """
    frame = papers_with_code(graph, kinds=kinds)
    for column in by:
        what = "venue" if column == "venue" else "year or page date"
        need(frame[column].dropna(), f"has no paper with a {what}", "give papers one, or group by something else")
    if not frame["code"].any():
        raise DataError(f"no paper of this atlas links to {' or '.join(kinds)}; add papers that do")
    keys = [*(["order"] if "period" in by else []), *by]
    rows = []
    for key, group in frame.dropna(subset=list(by)).groupby(keys, sort=True):
        total, hits = len(group), int(group["code"].sum())
        if total >= min_papers:
            low, high = wilson(hits, total)
            labels = key[1:] if "period" in by else key
            rows.append((*labels, total, hits, round(hits / total, 4), round(low, 4), round(high, 4)))
    need(rows, f"has no group of {min_papers} papers", "lower min_papers")
    return table(rows, (*by, "papers", "with_code", "share", "low", "high"))
