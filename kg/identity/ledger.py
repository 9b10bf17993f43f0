"""The ledger: every merge of names, every split of one name, and every doubt, with its reason.

Columns: what (merge, split, doubt), node, other (the name that was merged in, or the other node), reason, papers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.identity.clusters import Cluster
from kg.identity.identify import Identity
from kg.identity.longforms import top
from kg.identity.normal import class_of, key_of
from kg.identity.sightings import Sighting

__all__ = ["HEADER", "LedgerRow", "ledger_rows"]

HEADER = ("what", "node", "other", "reason", "papers")


class LedgerRow(NamedTuple):
    """One line of the ledger."""

    what: str
    node: str
    other: str
    reason: str
    papers: int


def ledger_rows(identity: Identity, seen: Iterable[Sighting]) -> list[LedgerRow]:
    """Say of every thing which names were joined in it and why, and of every name which things it was parted into."""
    rows = [*_merges(identity, seen), *_splits(identity), *_doubts(identity)]
    rows += (LedgerRow("merge", new, old, "decision", 0) for old, new in identity.decided.items())
    return sorted(rows)


def _merges(identity: Identity, seen: Iterable[Sighting]) -> Iterator[LedgerRow]:
    """Give a row for each name of a thing that is not the one it goes by."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for s in seen:
        iri, reason = identity.iri_of[s.paper, s.place], identity.reasons[s.paper, s.place]
        for name in {s.name, *s.surfaces}:
            counts[iri, name][reason if name == s.name else "same paper"] += 1
    for (iri, name), reasons in counts.items():
        thing = identity.things[iri]
        if name != thing.name:
            yield LedgerRow("merge", iri, name, _reason(thing, name, reasons), sum(reasons.values()))


def _reason(thing: Cluster, name: str, reasons: Counter[str]) -> str:
    """Say why a name belongs to a thing."""
    decided = next((r for r in sorted(reasons) if r.startswith("decision")), None)
    if decided:
        return decided
    key = key_of(name, thing.cls)
    if key == key_of(thing.name, thing.cls):
        return "spelling"
    if thing.row and key in {key_of(n, class_of(thing.type)) for n in (thing.row.name, *thing.row.aliases)}:
        return f"lexicon:{thing.row.file}"
    return top(reasons)


def _splits(identity: Identity) -> Iterator[LedgerRow]:
    """Give a row for each pair of things that share a short form: the commonest against each other one."""
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for iri, thing in identity.things.items():
        for short in thing.shorts:
            bearers[thing.cls, short].add(iri)
    for iris in bearers.values():
        ranked = sorted(iris, key=lambda i: (-len(identity.things[i].papers), i))
        for other in ranked[1:]:
            one, two = identity.things[ranked[0]], identity.things[other]
            both = one.longs and two.longs
            reason = "different long forms" if both else "different proposals" if two.proposers else "different things"
            yield LedgerRow("split", ranked[0], other, reason, len(two.papers))


def _doubts(identity: Identity) -> Iterator[LedgerRow]:
    """Give a row for each pair of things that may be one."""
    papers: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for doubt in identity.doubts:
        one, other = sorted((doubt.one, doubt.other))
        if one != other:
            papers[one, other, doubt.reason].update(doubt.papers)
    return (LedgerRow("doubt", one, other, reason, len(who)) for (one, other, reason), who in papers.items())
