"""Add, replace and remove the papers of an atlas: the result is what a build of the same papers would give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import orjson

from kg.atlas import RECORDS, Atlas, new_atlas, open_atlas
from kg.builder import About, Summary, finish_atlas, write_manifest
from kg.errors import DataError
from kg.graph import Node
from kg.identity.files import State, read_state
from kg.memory import read_memory
from kg.revise import revise
from kg.runs import check_run, run_of_manifest
from kg.stores.neo4j import ATLAS

__all__ = ["Change", "merge_lines", "update_atlas"]


class Change(NamedTuple):
    """What an update did to the papers, by id."""

    added: list[str]
    replaced: list[str]
    removed: list[str]
    unchanged: list[str]


def update_atlas(path: str | Path, *, add: Iterable[bytes] = (), remove: Iterable[str] = (),
                 state: State | None = None, run: Node | None = None) -> tuple[Atlas, Change]:
    """Bring an atlas up to date: `add` are record lines, `remove` ids of papers; text exports are left to `kg export`,
    the stores to the first query. `run` is what read the lines, the atlas's own run unless given.

    Raises DataError, and changes nothing, where a paper to remove is not there or another run read the atlas.
    """
    old = open_atlas(path)
    about = About(_same_run(old, run), old.manifest["base"], old.manifest.get("id", ATLAS))
    state = state or read_state(old.path)
    kept = read_memory(old.path)
    ids = [seen.paper for seen, _, _ in kept] if kept is not None else map(_id, _lines(old.path / RECORDS))
    lines, change = merge_lines(dict(zip(ids, _lines(old.path / RECORDS), strict=True)), add, remove, where=str(path))
    with new_atlas(path) as folder:
        with (folder / RECORDS).open("wb") as file:
            file.writelines(lines.values())
        if kept is None:
            finish_atlas(folder, Summary(entries=len(lines), papers=len(lines)), about, state=state)
        else:
            summary = revise(old.path, folder, kept, lines, [*change.added, *change.replaced], state, about.run)
            write_manifest(folder, summary, about)
    return open_atlas(path), change


def _same_run(atlas: Atlas, run: Node | None) -> Node:
    """Give the run of an atlas; refuse another one than that."""
    held = atlas.manifest.get("run")
    if held is None:
        raise DataError(f"{atlas.path}: made by an older paperatlas, which kept no run; build it again")
    if run is not None:
        check_run(held, run, where=str(atlas.path))
    return run_of_manifest(held)


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def merge_lines(held: Mapping[str, bytes], add: Iterable[bytes], remove: Iterable[str], *,
                where: str = "atlas") -> tuple[dict[str, bytes], Change]:
    """Give the record lines after an update by id, in order, and what changed."""
    given = {_id(line): line for line in add}
    gone = sorted(set(remove))
    absent = [i for i in gone if i not in held]
    if absent:
        raise DataError(f"{where}: no paper {', '.join(absent)}; `kg papers {where}` lists the ids")
    same = sorted(i for i, line in given.items() if held.get(i) == line)
    change = Change(sorted(given.keys() - held.keys()), sorted((given.keys() & held.keys()) - set(same)), gone, same)
    left = set(gone) - given.keys()
    after = {i: line for i, line in {**held, **given}.items() if i not in left}
    if not after:
        raise DataError(f"{where}: no paper would be left; delete the folder instead")
    return {i: after[i] for i in sorted(after)}, change


def _id(line: bytes) -> str:
    return str(orjson.loads(line)["id"])
