"""Add, replace and remove the papers of an atlas: the result is what a build of the same papers would give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import starmap
from pathlib import Path
from typing import NamedTuple

from extractors.collection import no_collection
from kg.atlas import RECORDS, Atlas, new_atlas, open_atlas
from kg.builder import About, Summary, finish_atlas, write_manifest
from kg.errors import DataError
from kg.graph import Node
from kg.identity.files import State, read_state
from kg.identity.iris import paper_iri
from kg.identity.rows import lexicon_rows
from kg.identity.works import venues_agree, version_of, work_iri
from kg.memory import Memory, read_memory
from kg.revise import paper_of, revise
from kg.runs import same_run
from kg.splice import SortedLines, exactly, first_value, splice
from kg.stores.neo4j import ATLAS

__all__ = ["Change", "update_atlas"]


class Change(NamedTuple):
    """What an update did to the papers, by id; and notes on the user's decisions."""

    added: list[str]
    replaced: list[str]
    removed: list[str]
    unchanged: list[str]
    notes: Sequence[str] = ()


def update_atlas(path: str | Path, *, add: Iterable[bytes] = (), remove: Iterable[str] = (),
                 state: State | None = None, run: Node | None = None) -> tuple[Atlas, Change]:
    """Bring an atlas up to date: `add` are record lines, `remove` ids of papers; text exports are left to `kg export`,
    the stores to the first query. `run` is what read the lines, the atlas's own run unless given.

    Raises DataError, and changes nothing, where a paper to remove is not there or another run read the atlas.
    """
    with no_collection():
        return _update(path, add, remove, state, run)


def _update(path: str | Path, add: Iterable[bytes], remove: Iterable[str], state: State | None,
            run: Node | None) -> tuple[Atlas, Change]:
    old = open_atlas(path)
    about = About(same_run(old, run), old.manifest["base"], old.manifest.get("id", ATLAS))
    state, memory, held = state or read_state(old.path), read_memory(old.path), SortedLines(old.path / RECORDS)
    lexicon_rows()  # is read once, now, while others may be at work on the lines
    given = {first_value(line): line for line in add}
    earlier = _earlier(given, _works(old, memory), held)
    late = {i for i, other in earlier.items() if _version(given[i]) < _version(held.get(other))}
    change, gone = _change(held, {i: line for i, line in given.items() if i not in late}, sorted(set(remove)),
                           {i: other for i, other in earlier.items() if i not in late}, where=str(path))
    with new_atlas(path) as folder:
        other = {i: [given[i]] for i in (*change.added, *change.replaced)}
        splice(old.path / RECORDS, folder / RECORDS, starmap(exactly, (other | {i: [] for i in gone}).items()))
        if not (folder / RECORDS).stat().st_size:
            raise DataError(f"{path}: no paper would be left; delete the folder instead")
        if memory is None:
            papers = (folder / RECORDS).read_bytes().count(b"\n")
            summary = Summary(entries=papers, papers=papers)
            finish_atlas(folder, summary, about, state=state)
        else:
            summary = Summary.of_counts(old.manifest["counts"])
            write_manifest(folder, revise(old.path, folder, memory, other, gone, state, about.run, summary), about)
    unchanged = sorted({*change.unchanged, *late})  # an older version of what there is changes nothing
    return open_atlas(path), change._replace(unchanged=unchanged, notes=summary.notes)


def _works(old: Atlas, memory: Memory | None) -> dict[str, str]:
    """Give the paper of each node id that a paper asks for."""
    if memory is None:
        return {paper_iri(r.paper): r.paper.id for r in old.records()}
    return {one.address: one.paper for one in memory.papers.values()}


def _earlier(given: Mapping[str, bytes], works: Mapping[str, str], held: SortedLines) -> dict[str, str]:
    """Give the paper that an atlas holds of the same work under another id, by the id of the one that is given."""
    out = {}
    for paper, line in given.items():
        new = paper_of(line)
        other = works.get(work_iri(new) or "", paper)
        if other not in given and venues_agree(new.venue, paper_of(held.get(other)).venue):
            out[paper] = other
    return out


def _version(line: bytes | None) -> int:
    return version_of(paper_of(line))


def _change(held: SortedLines, given: Mapping[str, bytes], remove: list[str], earlier: Mapping[str, str], *,
            where: str) -> tuple[Change, list[str]]:
    """Say what changes, and which papers are no more; what is both removed and given is replaced."""
    before = {i: held.get(i) for i in (*given, *remove, *earlier.values())}
    if absent := [i for i in remove if before[i] is None]:
        raise DataError(f"{where}: no paper {', '.join(absent)}; `kg papers {where}` lists the ids")
    same = sorted(i for i, line in given.items() if before[i] == line)
    added = sorted(i for i in given if before[i] is None and i not in earlier)
    replaced = sorted(given.keys() - set(same) - set(added))
    gone = {*(i for i in remove if i not in given), *earlier.values()}
    return Change(added, replaced, [i for i in remove if i not in earlier.values()], same), sorted(gone)
