"""The registry: which IRI a thing has, so that it keeps it when papers come and go.

A row is an IRI, the signature of the thing that bears it, the keys by which it is known again, and the IRI that
replaced it where it was merged. The signature is unique in one build; where a later build gives another, the keys
decide: a long form or a proposing paper counts for more than a short form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import DataError
from kg.identity.iris import slug
from kg.identity.things import Thing

__all__ = ["Claimant", "Entry", "Registry", "assign_iris", "read_entries", "read_registry", "write_registry"]

_HEADER = "iri\tsignature\tkeys\treplaced_by"


@dataclass(frozen=True, slots=True)
class Entry:
    """One IRI of the registry."""

    iri: str
    signature: str
    keys: frozenset[str] = frozenset()
    replaced_by: str = ""


Registry = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Claimant:
    """What a thing that needs an IRI is known by; a Thing says so itself."""

    signature: str
    type: str
    name: str
    keys: Collection[str]  # "=Class:long form", "~Class:short form", "@Class:proposing paper"
    papers: int
    first: str = ""  # of its papers, by id


Bearer = Claimant | Thing


def assign_iris(claimants: Iterable[Bearer], registry: Registry) -> tuple[dict[str, str], dict[str, Entry]]:
    """Give each signature its IRI, and the registry that says so from now on; the order does not matter."""
    held = list(claimants)
    entries = dict(registry)
    known = _by_signature(registry)
    iris = {c.signature: known[c.signature] for c in held if c.signature in known}
    waiting = sorted((c for c in held if c.signature not in iris), key=lambda c: (-c.papers, c.first, c.signature))
    _match_keys(waiting, entries, iris)
    numbers: dict[str, int] = {}
    for c in waiting:
        if c.signature not in iris:
            iris[c.signature] = iri = _fresh(c, entries, numbers)
            entries[iri] = Entry(iri, c.signature)
    for c in held:
        entry = entries[iris[c.signature]]
        if entry.signature != c.signature or entry.replaced_by or not entry.keys.issuperset(c.keys):
            entries[entry.iri] = Entry(entry.iri, c.signature, entry.keys.union(c.keys))
    return iris, _replaced(entries, iris, held)


def _by_signature(registry: Registry) -> dict[str, str]:
    """Give the IRI that bears each signature, the first by name."""
    known: dict[str, str] = {}
    for entry in registry.values():
        if not entry.replaced_by and known.setdefault(entry.signature, entry.iri) > entry.iri:
            known[entry.signature] = entry.iri
    return known


def _weigh(keys: Iterable[str]) -> int:
    """Weigh shared keys: a proposing paper 4, a long form 3, a short form 1."""
    return sum({"@": 4, "=": 3}.get(key[0], 1) for key in keys)


def _may_be(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether two sets of keys may be of one thing: they share a strong key, or one of them has none."""
    strong = [{k for k in keys if k[0] in "=@"} for keys in (one, other)]
    return not strong[0] or not strong[1] or bool(strong[0] & strong[1])


def _match_keys(waiting: Sequence[Bearer], entries: Mapping[str, Entry], iris: dict[str, str]) -> None:
    """Match things whose signature is new to free entries by their keys, the best match first."""
    if not waiting:
        return
    taken = set(iris.values())
    index: dict[str, list[str]] = defaultdict(list)
    for iri, entry in entries.items():
        if iri not in taken:
            for key in entry.keys:
                index[key].append(iri)
    scored = {(-_weigh(entries[iri].keys.intersection(c.keys)), at, iri)
              for at, c in enumerate(waiting) for key in c.keys for iri in index.get(key, ())
              if _may_be(c.keys, entries[iri].keys)}
    for _, at, iri in sorted(scored):
        if iri not in taken and waiting[at].signature not in iris:
            iris[waiting[at].signature] = iri
            taken.add(iri)


def _fresh(c: Bearer, entries: Mapping[str, Entry], numbers: dict[str, int]) -> str:
    """Make a new IRI; the second thing of a slug gets ~2."""
    stem = f"{c.type.lower()}/{slug(c.name)}"
    iri, number = stem, numbers.get(stem, 1)
    while iri in entries:
        number += 1
        iri = f"{stem}~{number}"
    numbers[stem] = number
    return iri


def _replaced(entries: dict[str, Entry], iris: Mapping[str, str], claimants: Iterable[Bearer]) -> dict[str, Entry]:
    """Say of every IRI that nothing bears any more what took its place, where its keys tell."""
    alive = set(iris.values())
    dead = [entry for iri, entry in entries.items() if iri not in alive]
    wanted = {key for entry in dead for key in entry.keys}
    owners: dict[str, list[Bearer]] = defaultdict(list)
    for c in claimants if wanted else ():
        for key in wanted.intersection(c.keys):
            owners[key].append(c)
    for entry in dead:
        heirs = {c.signature: _weigh(entry.keys.intersection(c.keys)) for key in entry.keys for c in owners[key]}
        sure = {s: w for s, w in heirs.items() if w >= 3 or len(heirs) == 1}
        heir = min(sure, key=lambda s: (-sure[s], s), default=None)
        entries[entry.iri] = replace(entry, replaced_by=iris[heir] if heir else "")
    return entries


def read_registry(path: Path) -> dict[str, Entry]:
    """Read a registry; empty where there is none. Raises DataError where a line is damaged."""
    return {entry.iri: entry for entry in read_entries(path)}


def read_entries(path: Path) -> Iterator[Entry]:
    """Read the entries of a registry one by one; none where there is no file. Raises DataError at a damaged line."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if number == 1 or cells == [""]:
                continue
            if len(cells) != 4:
                raise DataError(f"{path}:{number}: {len(cells)} cells instead of 4; restore the file from a copy")
            yield Entry(cells[0], cells[1], frozenset(filter(None, cells[2].split("|"))), cells[3])


def write_registry(registry: Registry, path: Path) -> None:
    """Write a registry, sorted by IRI."""
    rows = ((e.iri, e.signature, "|".join(sorted(e.keys)), e.replaced_by) for _, e in sorted(registry.items()))
    path.write_text("\n".join([_HEADER, *map("\t".join, rows)]) + "\n", encoding="utf-8")
