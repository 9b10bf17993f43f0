"""Recognise negation, hedges and other people's claims beside a relation, and where and by how much a win was won."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.clauses import View
from extractors.records import Entity, Result
from extractors.tables import read_tsv

__all__ = ["claim_flags", "cues", "others_claim", "win_details"]

_BEFORE = 60  # characters before a relation's text in which a negation or a hedge still governs it
_WIDE = 200  # the same for words that say whose claim it is
_AFTER = 80  # characters after a name in which it is said to fail


@cache
def cues(kind: str) -> re.Pattern[str]:
    """Give what matches wherever a row of this kind does."""
    rows = [row["pattern"] for row in read_tsv("frames/relations_cues.tsv") if row["kind"] == kind]
    return re.compile("|".join(f"(?:{row})" for row in rows), re.IGNORECASE)


def _sentence_of(view: View, at: int) -> tuple[int, int]:
    return next((span for span in view.sentences if span[0] <= at < span[1]), (at, at))


def others_claim(lead: str, *, passive: bool) -> bool:
    """Say whether the words that lead to a claim make it other people's: "previous work reports that".

    `passive` lets "has been shown to" count, which does not say by whom, where no "we" stands beside it.
    """
    own = [m.end() for m in cues("own").finditer(lead)]
    last = own[-1] if own else 0
    return bool(cues("cited").search(lead, last)) or (passive and not own and bool(cues("passive").search(lead)))


def claim_flags(view: View, head: Entity, start: int, end: int) -> tuple[bool, bool]:
    """Say whether the text of a win of `head` takes it back or gives it to others, and whether it is hedged."""
    begin, stop = _sentence_of(view, start)
    end = min(end, stop) if stop > start else end
    text = view.text[max(begin, start - _BEFORE):end]
    denied = bool(cues("negated").search(text)) or _fails(view, head, start, end)
    others = others_claim(view.text[max(begin, start - _WIDE):end], passive=head.role != "proposed")
    return denied or others, bool(cues("hedged").search(text))


def _fails(view: View, head: Entity, start: int, end: int) -> bool:
    """Say whether the text between `start` and `end` says of an entity that it fails, struggles or is outperformed."""
    ends = [m.end for m in head.mentions if start <= m.start < end]
    return any(cues("weak").match(view.text[at:at + _AFTER]) for at in ends)


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
