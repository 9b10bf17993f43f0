"""Writers of the graph: one file a family of formats, one line here.

A writer takes nodes and edges (which may be read more than once), a binary stream or, for formats of several files,
a folder, and the base that ids stand below.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from kg.graph import Edge, Node

__all__ = ["BASE", "WRITERS", "Writer", "write_graph"]

BASE = "https://w3id.org/paperatlas/"


@dataclass(frozen=True, slots=True)
class Writer:
    """How a format is written: the function (loaded when called) and what its file or folder is called."""

    call: str
    file: str
    folder: bool = False


WRITERS: dict[str, Writer] = {
    "graphml": Writer("kg.writers.graphml:write_graphml", "graph.graphml"),
    "parquet": Writer("kg.writers.tables:write_parquet", "parquet", folder=True),
    "csv": Writer("kg.writers.tables:write_csv", "csv", folder=True),
}


def write_graph(format: str, nodes: Iterable[Node], edges: Iterable[Edge], target: Path | BinaryIO, *,
                base: str = BASE) -> None:
    """Write nodes and edges in a format to a path (a file, or a folder where the format has several files)."""
    writer = WRITERS[format]
    module, name = writer.call.split(":")
    function = getattr(import_module(module), name)
    if not isinstance(target, Path):
        function(nodes, edges, target, base=base)
    elif writer.folder:
        target.mkdir(parents=True, exist_ok=True)
        function(nodes, edges, target, base=base)
    else:
        with target.open("wb") as stream:
            function(nodes, edges, stream, base=base)
