"""The embedded SPARQL store of an atlas: made once under `store/sparql`, opened at once ever after."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from kg.atlas import Atlas
from kg.errors import DataError
from kg.graph import Edge, Node
from kg.writers import BASE
from kg.writers.rdf import NONE, Replaced, write_ntriples

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["build_store", "ensure_store", "load_memory", "store_folder"]

_LAYOUT = 1  # raised when older stores do not answer as new ones would
_MARK = "sparql.json"  # written last: without it the store is unfinished


def store_folder(atlas: Atlas) -> Path:
    """Name the folder of an atlas's SPARQL store."""
    return atlas.path / "store" / "sparql"


def ensure_store(atlas: Atlas, *, rebuild: bool = False) -> Path:
    """Give the folder of the atlas's store; make it where there is none, it is unfinished, or on request."""
    folder = store_folder(atlas)
    if rebuild or not _finished(folder):
        build_store(atlas.nodes(), atlas.edges(), folder, base=atlas.manifest.get("base", BASE),
                    replaced=atlas.replaced())
    return folder


def _finished(folder: Path) -> bool:
    try:
        return bool(orjson.loads((folder.parent / _MARK).read_bytes())["layout"] == _LAYOUT)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def build_store(nodes: Iterable[Node], edges: Iterable[Edge], folder: Path, *, base: str = BASE,
                replaced: Replaced = NONE) -> None:
    """Write the graph as a store on disk; it takes the place of an older one when it is done."""
    import pyoxigraph as ox

    staging = folder.with_name(f".{folder.name}.part-{os.getpid()}")
    try:
        staging.mkdir(parents=True)
        lines = staging / "graph.nt"
        with lines.open("wb") as stream:
            write_ntriples(nodes, edges, stream, base=base, replaced=replaced)
        store = ox.Store(staging / "data")
        store.bulk_load(path=lines, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        store.optimize()
        store.flush()
        del store
        _swap(staging / "data", folder)
    except OSError as error:
        raise DataError(f"{folder}: the store cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _swap(new: Path, folder: Path) -> None:
    mark = folder.parent / _MARK
    mark.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)
    mark.write_bytes(orjson.dumps({"layout": _LAYOUT}))


def load_memory(nodes: Iterable[Node], edges: Iterable[Edge], *, base: str = BASE) -> ox.Store:
    """Load the graph in a store in memory."""
    import io

    import pyoxigraph as ox

    text = io.BytesIO()
    write_ntriples(nodes, edges, text, base=base)
    store = ox.Store()
    store.load(text.getvalue(), ox.RdfFormat.N_TRIPLES, lenient=True)
    return store
