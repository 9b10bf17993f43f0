"""The registry: which IRI a thing has, so that it keeps it when papers come and go.

A row is an IRI, the signature of the thing that bears it, the keys by which it is known again, and the IRI that
replaced it where it was merged. The signature is unique in one build; where a later build gives another, the keys
decide: a long form or a proposing paper counts for more than a short form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.records import ENTITY_TYPES
from kg.errors import DataError
from kg.identity.iris import slug
from kg.identity.things import Thing

__all__ = ["SPLIT", "Claimant", "Entry", "Registry", "assign_iris", "current", "entity_iri", "read_entries",
           "read_registry", "write_registry"]

SPLIT = "split|"  # begins the signature of what a decision split off
_HEADER = "iri\tsignature\tkeys\treplaced_by"
_IRI = re.compile(f"(?:{'|'.join(t.lower() for t in ENTITY_TYPES)})/[a-z0-9-]+(?:~[0-9]+)?")


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
    """Give the IRI that bears each signature, the first by name; one that was replaced, where no other bears it.

    So what a decision merged is told from its likes at every build, and is what it was when the decision goes.
    """
    known: dict[str, str] = {}
    for _, iri, signature in sorted((bool(e.replaced_by), e.iri, e.signature) for e in registry.values()):
        known.setdefault(signature, iri)
    return known


def _weigh(keys: Iterable[str]) -> int:
    """Weigh shared keys: a proposing paper 4, a long form 3, a short form 1."""
    return sum({"@": 4, "=": 3}.get(key[0], 1) for key in keys)


def _may_be(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether two sets of keys may be of one thing: they share a strong key, or one of them has none."""
    strong = [{k for k in keys if k[0] in "=@"} for keys in (one, other)]
    return not strong[0] or not strong[1] or bool(strong[0] & strong[1])


def _split(bearer: Bearer | Entry) -> bool:
    """Say whether a decision made it: its IRI is that line's, never another thing's, whatever the keys."""
    return bearer.signature.startswith(SPLIT)


def _match_keys(waiting: Sequence[Bearer], entries: Mapping[str, Entry], iris: dict[str, str]) -> None:
    """Match things whose signature is new to free entries by their keys, the best match first."""
    if not waiting:
        return
    taken = set(iris.values())
    index: dict[str, list[str]] = defaultdict(list)
    for iri, entry in entries.items():
        if iri not in taken and not _split(entry):
            for key in entry.keys:
                index[key].append(iri)
    scored = {(-_weigh(entries[iri].keys.intersection(c.keys)), at, iri)
              for at, c in enumerate(waiting) for key in c.keys for iri in index.get(key, ())
              if _may_be(c.keys, entries[iri].keys) and not _split(c)}
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


def entity_iri(text: str) -> bool:
    """Say whether a text has the form of the id of a method, data set, benchmark, metric or task."""
    return bool(_IRI.fullmatch(text))


def current(iri: str, replaced: Mapping[str, str]) -> str:
    """Follow an IRI to what took its place, and on; one that was not replaced is given back."""
    seen: set[str] = set()
    while iri in replaced and iri not in seen:
        seen.add(iri)
        iri = replaced[iri]
    return iri


def read_registry(path: Path) -> dict[str, Entry]:
    """Read a registry; empty where there is none. Raises DataError where a line is damaged."""
    return {entry.iri: entry for entry in read_entries(path)}


def read_entries(path: Path) -> Iterator[Entry]:
    """Read the entries of a registry one by one; none where there is no file. Raises DataError at a damaged line."""
    if not path.exists():
        return
    lines: dict[str, int] = {}
    for number, line in enumerate(_lines(path), 1):
        if number == 1 and line != _HEADER:
            raise DataError(f"{path}:1: not the header of a registry; restore the file from a copy")
        if number == 1 or not line:
            continue
        try:
            entry = _entry(line)
            if lines.setdefault(entry.iri, number) != number:
                raise ValueError(f"{entry.iri} stands in line {lines[entry.iri]} too")
        except ValueError as error:
            raise DataError(f"{path}:{number}: {error}; restore the file from a copy") from error
        yield entry


def _lines(path: Path) -> Iterator[str]:
    """Read the lines of a registry, whatever an editor did to their ends."""
    number = 0
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                yield line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}:{number}: not UTF-8; restore the file from a copy") from error


def _entry(line: str) -> Entry:
    """Read one line; ValueError says what is wrong with it."""
    cells = line.split("\t")
    if len(cells) != 4:
        raise ValueError(f"{len(cells)} cells instead of 4")
    iri, signature, keys, replaced_by = cells
    if bad := next((i for i in (iri, *filter(None, [replaced_by])) if not entity_iri(i)), None):
        raise ValueError(f"{bad!r} is no id of a method, data set, benchmark, metric or task")
    if iri == replaced_by:
        raise ValueError(f"{iri} is replaced by itself")
    found = frozenset(filter(None, keys.split("|")))
    if not signature or any(key[0] not in "@=~" for key in found):
        raise ValueError("no signature" if not signature else f"the keys {keys!r} have not the form of keys")
    return Entry(iri, signature, found, replaced_by)


def write_registry(registry: Registry, path: Path) -> None:
    """Write a registry, sorted by IRI."""
    rows = ((e.iri, e.signature, "|".join(sorted(e.keys)), e.replaced_by) for _, e in sorted(registry.items()))
    path.write_text("\n".join([_HEADER, *map("\t".join, rows)]) + "\n", encoding="utf-8")
