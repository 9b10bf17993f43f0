"""Writers of the graph: one file a family of formats, one line here.

A writer takes nodes and edges (which may be read more than once), a binary stream or, for formats of several files,
a folder, and the base that ids stand below.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from kg.graph import Edge, Node

Option: TypeAlias = "bool | str | Mapping[str, str]"
__all__ = ["BASE", "DEFAULT", "WRITERS", "Option", "Writer", "write_graph"]

BASE = "https://w3id.org/paperatlas/"
DEFAULT = ("turtle", "ntriples", "jsonld", "graphml", "parquet", "csv")  # what kg build writes


@dataclass(frozen=True, slots=True)
class Writer:
    """How a format is written: the function (loaded when called) and what its file or folder is called."""

    call: str
    file: str
    folder: bool = False
    rdf: bool = False


WRITERS: dict[str, Writer] = {
    "graphml": Writer("kg.writers.graphml:write_graphml", "graph.graphml"),
    "parquet": Writer("kg.writers.tables:write_parquet", "parquet", folder=True),
    "csv": Writer("kg.writers.tables:write_csv", "csv", folder=True),
    "turtle": Writer("kg.writers.rdf:write_turtle", "graph.ttl", rdf=True),
    "ntriples": Writer("kg.writers.rdf:write_ntriples", "graph.nt", rdf=True),
    "nquads": Writer("kg.writers.rdf:write_nquads", "graph.nq", rdf=True),
    "jsonld": Writer("kg.writers.jsonld:write_jsonld", "graph.jsonld", rdf=True),
    "rdfxml": Writer("kg.writers.rdf:write_rdfxml", "graph.rdf", rdf=True),
    "neo4j-csv": Writer("kg.writers.neo4j_csv:write_neo4j_csv", "neo4j-csv", folder=True),
}


def write_graph(format: str, nodes: Iterable[Node], edges: Iterable[Edge], target: Path | BinaryIO, *,
                base: str = BASE, **options: Option) -> None:
    """Write nodes and edges in a format to a path (a file, or a folder where the format has several files).

    A file whose name ends in .gz is packed, always to the same bytes. `options` go to the writer: `reifiers=True` makes
    Turtle, N-Triples and N-Quads hold claims as RDF 1.2 reifiers; `atlas` is the id of the atlas in neo4j-csv;
    `replaced` are the ids that merges did away with, for the RDF formats.
    """
    writer = WRITERS[format]
    module, name = writer.call.split(":")
    function = getattr(import_module(module), name)
    if not isinstance(target, Path):
        function(nodes, edges, target, base=base, **options)
    elif writer.folder:
        target.mkdir(parents=True, exist_ok=True)
        function(nodes, edges, target, base=base, **options)
    else:
        with _open(target) as stream:
            function(nodes, edges, stream, base=base, **options)


@contextmanager
def _open(path: Path) -> Iterator[BinaryIO]:
    with path.open("wb") as file:
        if path.suffix != ".gz":
            yield file
            return
        with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
            yield cast(BinaryIO, packed)
