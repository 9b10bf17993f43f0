"""The ledger: every merge of names, every split of one name, and every doubt, with its reason.

Columns: what (merge, split, doubt), node, other (the name that was merged in, or the other node), reason, papers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.errors import DataError
from kg.identity.identify import Identity
from kg.identity.longforms import top
from kg.identity.normal import key_of
from kg.identity.rows import Row
from kg.identity.sightings import Sighting
from kg.identity.things import Thing

__all__ = ["LedgerRow", "ledger_rows", "of_blocks", "read_ledger", "write_ledger"]

_HEADER = ("what", "node", "other", "reason", "papers")
_DECISION = "decision"  # of a row that says only that there is one; its papers are 0


class LedgerRow(NamedTuple):
    """One line of the ledger."""

    what: str
    node: str
    other: str
    reason: str
    papers: int


def ledger_rows(identity: Identity, seen: Iterable[Sighting]) -> list[LedgerRow]:
    """Say of every settled thing which names were joined in it and why, of every name which things it was parted into,
    and which things may be one."""
    rows = [*_merges(identity, seen), *_splits(identity), *_doubts(identity)]
    return rows + [LedgerRow("merge", new, old, _DECISION, 0) for old, new in identity.decided.items()]


def of_blocks(row: LedgerRow) -> bool:
    """Say whether a row rests on the blocks of its things alone."""
    return row.what != "doubt" and (row.reason, row.papers) != (_DECISION, 0)


def _merges(identity: Identity, seen: Iterable[Sighting]) -> Iterator[LedgerRow]:
    """Give a row for each name of a thing that is not the one it goes by."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for s in seen:
        iri, reason = identity.iri_of[s.paper, s.place], identity.reasons[s.paper, s.place]
        for name in {s.name, *s.surfaces}:
            counts[iri, name][reason if name == s.name else "same paper"] += 1
    for (iri, name), reasons in counts.items():
        if name != identity.things[iri].name:
            why = _reason(identity.things[iri], identity.clusters[iri].row, name, reasons)
            yield LedgerRow("merge", iri, _cell(name), _cell(why), sum(reasons.values()))


def _cell(text: str) -> str:
    return " ".join(text.split())


def _reason(thing: Thing, row: Row | None, name: str, reasons: Counter[str]) -> str:
    """Say why a name belongs to a thing."""
    decided = next((r for r in sorted(reasons) if r.startswith("decision")), None)
    if decided:
        return decided
    key = key_of(name, thing.cls)
    if key == key_of(thing.name, thing.cls):
        return "spelling"
    if row and key in {key_of(n, row.cls) for n in (row.name, *row.aliases)}:
        return f"lexicon:{row.file}"
    return top(reasons)


def _splits(identity: Identity) -> Iterator[LedgerRow]:
    """Give a row for each pair of things that share a short form: the commonest against each other one."""
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for iri, cluster in identity.clusters.items():
        for short in cluster.shorts:
            bearers[cluster.cls, short].add(iri)
    for iris in bearers.values():
        ranked = sorted(iris, key=lambda i: (-len(identity.clusters[i].papers), i))
        for other in ranked[1:]:
            one, two = identity.clusters[ranked[0]], identity.clusters[other]
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


def read_ledger(path: Path) -> list[LedgerRow]:
    """Read the rows of a ledger file; raises DataError where it is damaged, as all of it can be made again."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")[1:-1]
    except (OSError, UnicodeDecodeError) as error:
        what = getattr(error, "strerror", None) or "not UTF-8"
        raise DataError(f"{path}: cannot be read: {what}; build the atlas again") from error
    return [_row(line, f"{path}:{number}") for number, line in enumerate(lines, 2)]


def _row(line: str, where: str) -> LedgerRow:
    try:
        what, node, other, reason, papers = line.split("\t")
        return LedgerRow(what, node, other, reason, int(papers))
    except ValueError as error:
        raise DataError(f"{where}: no row of a ledger; build the atlas again") from error


def write_ledger(rows: Iterable[LedgerRow], path: Path) -> None:
    """Write the rows of a ledger, sorted."""
    lines = ("\t".join((*row[:-1], str(row.papers))) for row in sorted(rows))
    path.write_text("\n".join(["\t".join(_HEADER), *lines]) + "\n", encoding="utf-8")
