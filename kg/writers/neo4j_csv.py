"""Write what `neo4j-admin database import full` reads: a header and a data file for each label and relationship type.

Texts are quoted, so that an empty text is no missing one; the items of a list stand apart by U+001F, which no text
holds (see `kg.writers.terms.clean`). `import.sh` beside them has the command.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from kg.errors import DataError
from kg.graph import Edge, Node
from kg.model import Model, Slot, load_model
from kg.stores.neo4j import ATLAS, schema_statements
from kg.writers.terms import clean

__all__ = ["import_arguments", "write_neo4j_csv"]

_KINDS = {"integer": "long", "year": "long", "decimal": "double", "boolean": "boolean"}
_ITEMS = "\x1f"
_SCRIPT = """#!/bin/sh
# Run this where Neo4j 5 is installed, with the server stopped: it makes the database anew from the files beside it.
# Then start the server and make the constraints and indexes: cypher-shell -f schema.cypher
cd "$(dirname "$0")" || exit 1
exec neo4j-admin {arguments}
"""
Columns = dict[str, str]  # property -> how the header writes it


def write_neo4j_csv(nodes: Iterable[Node], edges: Iterable[Edge], folder: Path, *, base: str,  # noqa: ARG001
                    atlas: str = ATLAS) -> None:
    """Write the files; every node and relationship carries the id of the atlas, as `kg load` gives it."""
    model = load_model()
    files: dict[str, TextIO] = {}
    with ExitStack() as stack:
        for name, columns, row in _rows(nodes, edges, model, atlas):
            if name not in files:
                (folder / f"{name}-header.csv").write_text(",".join(columns.values()) + "\n", encoding="utf-8")
                path = folder / f"{name}.csv"
                files[name] = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            if unknown := row.keys() - columns.keys():
                raise DataError(f"{name}: no property is called {', '.join(sorted(unknown))}; see schema/model.yaml")
            files[name].write(",".join(_cell(row.get(column)) for column in columns) + "\n")
    arguments = " ".join(map(shlex.quote, import_arguments(files, model)))
    (folder / "import.sh").write_text(_SCRIPT.format(arguments=arguments), encoding="utf-8")
    (folder / "import.sh").chmod(0o755)
    (folder / "schema.cypher").write_text("".join(f"{s};\n" for s in schema_statements()), encoding="utf-8")


def import_arguments(names: Iterable[str], model: Model, folder: Path | None = None) -> list[str]:
    """Give the arguments of neo4j-admin that import the files of these labels and types into the database neo4j."""
    start = f"{folder}/" if folder else ""
    arguments = ["database", "import", "full", "neo4j", "--overwrite-destination=true", "--multiline-fields=true",
                 "--array-delimiter=U+001F", "--bad-tolerance=0"]
    for name in sorted(names):
        what = "nodes" if name in model.nodes else "relationships"
        arguments.append(f"--{what}={name}={start}{name}-header.csv,{start}{name}.csv")
    return arguments


def _rows(nodes: Iterable[Node], edges: Iterable[Edge], model: Model,
          atlas: str) -> Iterator[tuple[str, Columns, dict[str, Any]]]:
    """Give the file, its columns and the values of each node and edge."""
    labels = {name: {"id": "id:ID", "name": "name", "atlas": "atlas", **_columns(kind.slots)}
              for name, kind in model.nodes.items()}
    types = {name: {"source": ":START_ID", "target": ":END_ID", "key": "key", "atlas": "atlas",
                    **_columns(edge.slots)} for name, edge in model.edges.items()}
    for n in nodes:
        yield n.type, labels[n.type], {"id": n.id, "name": n.name, "atlas": atlas, **n.props}
    for e in edges:
        row = {"source": e.source, "target": e.target, "key": e.key, "atlas": atlas, **e.props}
        yield model.edges[e.type].neo4j, types[e.type], row


def _columns(slots: Mapping[str, Slot]) -> Columns:
    return {name: f"{name}:string[]" if slot.multivalued else f"{name}:{_KINDS.get(slot.ranges[0], 'string')}"
            for name, slot in slots.items()}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    parts = value if isinstance(value, list) else [value]
    return '"' + _ITEMS.join(map(clean, parts)).replace('"', '""') + '"'
