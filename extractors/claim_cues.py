"""Recognise negation and hedges beside a relation, and where and by how much a win was won."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.clauses import View
from extractors.records import Entity, Result
from extractors.tables import read_tsv

__all__ = ["claim_flags", "win_details"]

_BEFORE = 60  # characters before a relation's text in which a negation or a hedge still governs it


@cache
def _cues(kind: str) -> re.Pattern[str]:
    rows = [row["pattern"] for row in read_tsv("frames/relations_cues.tsv") if row["kind"] == kind]
    return re.compile("|".join(rows), re.IGNORECASE)


def _sentence_of(view: View, at: int) -> tuple[int, int]:
    return next((span for span in view.sentences if span[0] <= at < span[1]), (at, at))


def claim_flags(view: View, rel: str, start: int, end: int) -> tuple[bool, bool]:
    """Say whether the text of a relation is negated, and whether it is hedged."""
    if rel != "outperforms":
        return False, False
    begin, stop = _sentence_of(view, start)
    text = view.text[max(begin, start - _BEFORE):min(end, stop) if stop > start else end]
    return bool(_cues("negated").search(text)), bool(_cues("hedged").search(text))


def win_details(view: View, results: Sequence[Result], head: Entity, tail: Entity, start: int, end: int) -> dict[
        str, str | None]:
    """Give dataset, metric and delta of a win from the gains of its sentence that name its sides."""
    begin, stop = _sentence_of(view, start)
    gains = [r for r in results if begin <= r.start < max(stop, end) and r.form != "absolute"
             and r.method in (None, head.name) and r.baseline in (None, tail.name)]
    sure = [r for r in gains if r.baseline == tail.name] or gains
    if not sure:
        return {}
    datasets, metrics = {r.dataset for r in sure}, {r.metric for r in sure}
    deltas = {r.value for r in sure}
    return {"dataset": datasets.pop() if len(datasets) == 1 else None,
            "metric": metrics.pop() if len(metrics) == 1 else None,
            "delta": deltas.pop() if len(deltas) == 1 else None}
