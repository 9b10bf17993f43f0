"""The atlas folder: open one, write one beside and rename it into place.

The records and the graph's nodes and edges are always there, as JSON Lines; everything else is made from them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import orjson

from extractors.records import Record, record_from_json
from kg.errors import DataError
from kg.graph import Edge, Graph, Node, to_networkx

__all__ = ["EDGES", "LAYOUT", "MANIFEST", "NODES", "RECORDS", "Atlas", "Lines", "new_atlas", "open_atlas",
           "write_lines"]

MANIFEST, RECORDS, NODES, EDGES = "atlas.json", "records.jsonl", "nodes.jsonl", "edges.jsonl"
LAYOUT = 1  # of the folder; raised when an older kg could not read a newer folder
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lines(Generic[T]):
    """The things of a JSON Lines file; read anew at each turn, never held."""

    path: Path
    make: Callable[[Any], T]

    def __iter__(self) -> Iterator[T]:
        try:
            with self.path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    yield self._made(line, number)
        except OSError as error:
            raise DataError(f"{self.path}: cannot be read: {error.strerror}; build the atlas again") from error

    def _made(self, line: bytes, number: int) -> T:
        try:
            return self.make(orjson.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f"{self.path}: line {number}: damaged ({error!r}); build the atlas again") from error


@dataclass(frozen=True, slots=True)
class Atlas:
    """An atlas folder that has been opened."""

    path: Path
    manifest: dict[str, Any]

    def records(self) -> Iterable[Record]:
        """Read what each paper says, in the order of ids."""
        return Lines(self.path / RECORDS, record_from_json)

    def nodes(self) -> Iterable[Node]:
        """Read the nodes in the order of ids."""
        return Lines(self.path / NODES, lambda value: Node(**value))

    def edges(self) -> Iterable[Edge]:
        """Read the edges in the order of source, type, target."""
        return Lines(self.path / EDGES, lambda value: Edge(**value))

    def replaced(self) -> dict[str, str]:
        """Read the ids that merges did away with, each with the one that took it in."""
        from kg.identity.files import REGISTRY
        from kg.identity.registry import read_entries

        entries = read_entries(self.path / REGISTRY)
        return {entry.iri: entry.replaced_by for entry in entries if entry.replaced_by}

    def graph(self) -> Graph:
        """Load the NetworkX graph."""
        return to_networkx(self.nodes(), self.edges())


def open_atlas(path: str | Path) -> Atlas:
    """Open an atlas folder; raises DataError where there is none or a newer one than this version reads."""
    folder = Path(path)
    file = folder / MANIFEST
    if not file.is_file():
        reason = "no such folder" if not folder.exists() else f"not an atlas (it has no {MANIFEST})"
        raise DataError(f"{folder}: {reason}; make one with: kg build INPUT -o {folder}")
    try:
        manifest = orjson.loads(file.read_bytes())
        layout = int(manifest["layout"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{file}: damaged ({error!r}); build the atlas again") from error
    if layout > LAYOUT:
        raise DataError(f"{folder}: made by a newer paperatlas (layout {layout}, this one reads {LAYOUT}); upgrade it")
    return Atlas(folder, manifest)


def write_lines(path: Path, values: Iterable[Any]) -> None:
    """Write values as JSON Lines."""
    with path.open("wb") as file:
        file.writelines(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE) for value in values)


@contextmanager
def new_atlas(path: str | Path) -> Iterator[Path]:
    """Give an empty folder beside `path` to write in; rename it into place at the end, remove it on any error.

    What was at `path` stays as it is until then. Raises DataError where `path` holds something else than an atlas
    or cannot be written.
    """
    target = Path(path).absolute()
    _check_target(target, str(path))
    staging = target.with_name(f".{target.name}.part-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        staging.mkdir()
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror}; choose another folder") from error
    try:
        yield staging
        _swap(staging, target)
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _check_target(target: Path, shown: str) -> None:
    if target.is_file() or (target.is_dir() and any(target.iterdir()) and not (target / MANIFEST).is_file()):
        what = "a file" if target.is_file() else f"a folder with something else in it (no {MANIFEST})"
        raise DataError(f"{shown}: {what}; choose another folder for the atlas")
    if blocked := next((p for p in target.parents if p.is_file()), None):
        raise DataError(f"{shown}: cannot be written: {blocked} is a file; choose another folder")


def _swap(staging: Path, target: Path) -> None:
    """Put the new folder in the old one's place; where that fails, put the old one back."""
    old = target.with_name(f".{target.name}.old-{os.getpid()}")
    had = target.exists()
    if had:
        target.rename(old)
    try:
        staging.rename(target)
    except OSError:
        if had:
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sweep(target: Path) -> None:
    """Remove what builds left behind that were killed; put back an old folder whose swap was cut in two."""
    for left in target.parent.glob(f".{target.name}.*-*"):
        kind, _, pid = left.name.removeprefix(f".{target.name}.").partition("-")
        if kind not in ("part", "old") or not pid.isdigit() or _alive(int(pid)):
            continue
        if kind == "old" and not target.exists():
            left.rename(target)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
