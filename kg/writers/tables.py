"""Write and read the graph as tables, Parquet or CSV: `Paper`, `Method`, … a type of node, and `edges`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.batches import batches
from kg.graph import Edge, Node
from kg.writers.cells import join_list

__all__ = ["EDGES", "read_tables", "write_csv", "write_parquet"]

EDGES = "edges"
_NODE, _EDGE = ("id", "name"), ("source", "type", "target", "key")
_BATCH = 50_000  # rows of a Parquet row group
Columns = dict[str, type]


def write_parquet(nodes: Iterable[Node], edges: Iterable[Edge], folder: Path, *, base: str) -> None:
    """Write a Parquet file for each type of node and one for edges; `base` stands in their metadata."""
    import pyarrow.parquet as pq

    schemas = {name: _schema(columns, base) for name, columns in _tables(nodes, edges).items()}
    writers = {name: pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
               for name, schema in schemas.items()}
    try:
        for name, rows in batches(_rows(nodes, edges), size=_BATCH):
            writers[name].write_table(_arrow(rows, schemas[name]))
    finally:
        for writer in writers.values():
            writer.close()


def write_csv(nodes: Iterable[Node], edges: Iterable[Edge], folder: Path, *, base: str) -> None:  # noqa: ARG001
    """Write a CSV file for each type of node and one for edges; lists are texts with `|` between their items."""
    tables = _tables(nodes, edges)
    files = {name: (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in tables}
    try:
        writers = {name: csv.writer(file, lineterminator="\n") for name, file in files.items()}
        for name, columns in tables.items():
            writers[name].writerow(columns)
        for name, row in _rows(nodes, edges):
            writers[name].writerow([_cell(row.get(column)) for column in tables[name]])
    finally:
        for file in files.values():
            file.close()


def _rows(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[tuple[str, dict[str, Any]]]:
    for n in nodes:
        yield n.type, {"id": n.id, "name": n.name, **n.props}
    for e in edges:
        yield EDGES, {"source": e.source, "type": e.type, "target": e.target, "key": e.key, **e.props}


def _tables(nodes: Iterable[Node], edges: Iterable[Edge]) -> dict[str, Columns]:
    """Find the tables and their columns: the fixed ones, then the properties by name."""
    tables: dict[str, Columns] = {}
    for name, row in _rows(nodes, edges):
        columns = tables.setdefault(name, {})
        for column, value in row.items():
            kind = columns.setdefault(column, type(value))
            if kind is not type(value):
                columns[column] = float if {kind, type(value)} == {int, float} else str
    tables.setdefault(EDGES, dict.fromkeys(_EDGE, str))
    return {name: _ordered(columns, _EDGE if name == EDGES else _NODE) for name, columns in sorted(tables.items())}


def _ordered(columns: Columns, first: tuple[str, ...]) -> Columns:
    return {name: columns[name] for name in (*first, *sorted(columns.keys() - set(first)))}


def _schema(columns: Columns, base: str) -> Any:
    import pyarrow as pa

    kinds: dict[type, Any] = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64(),
                              list: pa.list_(pa.string())}
    return pa.schema([(name, kinds[kind]) for name, kind in columns.items()], metadata={"base": base})


def _arrow(rows: list[dict[str, Any]], schema: Any) -> Any:
    import pyarrow as pa

    texts = [field.name for field in schema if field.type == pa.string()]
    plain = [{**row, **{n: str(row[n]) for n in texts if n in row and not isinstance(row[n], str)}} for row in rows]
    return pa.Table.from_pylist(plain, schema=schema)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return join_list(value) if isinstance(value, list) else value


def read_tables(folder: Path) -> tuple[list[Node], list[Edge]]:
    """Read what `write_parquet` writes, in the order of the atlas."""
    import pyarrow.parquet as pq

    nodes, edges = [], []
    for path in sorted(folder.glob("*.parquet")):
        for row in pq.read_table(path).to_pylist():
            fixed = _EDGE if path.stem == EDGES else _NODE
            props: Mapping[str, Any] = {k: v for k, v in row.items() if v is not None and k not in fixed}
            if path.stem == EDGES:
                edges.append(Edge(row["source"], row["type"], row["target"], row["key"], props))
            else:
                nodes.append(Node(row["id"], path.stem, row["name"], props))
    return sorted(nodes, key=lambda n: n.id), edges
