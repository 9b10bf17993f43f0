"""The embedded Cypher store of an atlas: made once as `store/cypher.lbug`, opened in milliseconds ever after.

A node table for each type of node and a relationship table for each type of edge, with the columns that the schema
lists; relationship types are Neo4j's names (EVALUATED_ON).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.atlas import Atlas
from kg.batches import batches
from kg.errors import DataError
from kg.graph import Edge, Node
from kg.model import Model, Slot, load_model

__all__ = ["TIMEOUT", "Rows", "Store", "ensure_store", "open_store", "store_file", "write_store"]

TIMEOUT = 60.0  # seconds that a query may take
_BATCHES = {"size": 100_000, "waiting": 200_000}  # rows that are copied at once, and that may wait for it
_COMMIT = 100_000  # rows of a transaction: a dozen copies in one broke the index of 418,000 rows
_POOL = 512 << 20  # bytes of the buffer pool of a reader; a writer needs more, the more the larger the graph
_SPACE = 1 << 38  # bytes of address space: more than any store needs, less than some systems refuse
_VERSION = 1  # in the file's name: raised when older stores do not answer as new ones would
_TYPES = {"integer": "INT64", "year": "INT64", "decimal": "DOUBLE", "boolean": "BOOL"}
_NOISE = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|//[^\n]*|/\*.*?\*/""", re.S)
_PARAMETER = re.compile(r"\$(\w+)")
_OUTSIDE = re.compile(r"(?:^|;|\bexplain|\bprofile)\s*(copy|install|uninstall|load|attach|export|import)\b"
                      r"|\b(load)\s+from\b", re.I)
Ends = tuple[str, str, str]  # edge type, class of the source, class of the target


@dataclass(frozen=True, slots=True)
class Rows:
    """What a query gave: the names of the columns and the rows, read once."""

    columns: list[str]
    rows: Iterator[list[Any]] = field(repr=False)


class Store:
    """An open store; ask it from one thread at a time."""

    def __init__(self, database: Any, *, read_only: bool = True, timeout: float = TIMEOUT) -> None:
        import ladybug

        self._database, self._read_only = database, read_only
        self._connection = ladybug.Connection(database)
        self._timeout = timeout
        self._connection.set_query_timeout(max(1, int(timeout * 1000)))

    def query(self, text: str, values: Mapping[str, Any] | None = None) -> Rows:
        """Ask in Cypher, with parameters; raises DataError where the query is wrong, too slow or would write."""
        if self._read_only and (found := _OUTSIDE.search(_NOISE.sub(" ", text))):
            word = (found[1] or found[2]).upper()
            raise DataError(f"query: {word} is refused: a read-only store touches no other files")
        if missing := set(_PARAMETER.findall(_NOISE.sub(" ", text))) - set(values or {}):
            name = min(missing)
            raise DataError(f"query: the parameter ${name} has no value; give it: --param {name}=VALUE")
        try:
            result = self._connection.execute(text, dict(values or {}))
        except RuntimeError as error:
            raise self._refusal(error) from error
        last = result[-1] if isinstance(result, list) else result
        return Rows(list(last.get_column_names()), self._read(last))

    def _read(self, result: Any) -> Iterator[list[Any]]:
        try:
            for row in result:
                yield [_value(cell) for cell in row]
        except RuntimeError as error:
            raise self._refusal(error) from error

    def _refusal(self, error: RuntimeError) -> DataError:
        """Say in one line what the engine says in several."""
        text = str(error)
        if "nterrupted" in text:
            return DataError(f"query: stopped after {self._timeout:g} s; narrow it, bound its paths or add a LIMIT")
        if "read-only" in text:
            return DataError("query: it would write, and the store is read-only; build the atlas anew to change it")
        if "Query is empty" in text:
            return DataError("query: empty; write one such as: MATCH (m:Method) RETURN m.name LIMIT 5")
        line = re.sub(r"^(Parser|Binder|Catalog|Runtime) exception: ", "", text.splitlines()[0] if text else "failed")
        if place := re.search(r"\(line: (\d+), offset: (\d+)\)", text):
            line = f"line {place[1]}, column {int(place[2]) + 1}: {line.replace(place[0], '').strip()}"
        return DataError(f"query: {line}")

    def close(self) -> None:
        """Close the store."""
        self._connection.close()
        self._database.close()

    def __enter__(self) -> Store:
        """Give the store."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()


def store_file(atlas: Atlas) -> Path:
    """Name the file of an atlas's Cypher store."""
    return atlas.path / "store" / f"cypher-{_VERSION}.lbug"


def ensure_store(atlas: Atlas, *, rebuild: bool = False) -> Path:
    """Give the file of the atlas's store; make it where there is none, or on request."""
    path = store_file(atlas)
    if rebuild or not path.is_file():
        write_store(atlas.nodes(), atlas.edges(), path)
    return path


def open_store(path: str | Path, *, read_only: bool = True, timeout: float = TIMEOUT) -> Store:
    """Open a store; any number of processes may read one. Raises DataError where it is missing or broken."""
    import ladybug

    file = Path(path)
    if not file.is_file():
        raise DataError(f"{file}: no such store; make it with: kg cypher ATLAS QUERY --rebuild")
    try:
        database = ladybug.Database(file, read_only=read_only, buffer_pool_size=_POOL, max_db_size=_SPACE)
        return Store(database, read_only=read_only, timeout=timeout)
    except RuntimeError as error:
        reason = " ".join(str(error).split())[:200]
        raise DataError(f"{file}: the store cannot be opened ({reason}); make it again with --rebuild") from error


def write_store(nodes: Iterable[Node], edges: Iterable[Edge], path: str | Path) -> None:
    """Write nodes and edges as a store; it takes the place of an older one when it is done.

    Raises DataError where the file cannot be written or a node or edge is none that the schema knows.
    """
    import ladybug

    target = Path(path)
    part = target.with_name(f".{target.name}.part-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        database = ladybug.Database(part, buffer_pool_size=max(_POOL, _memory() // 2), max_db_size=_SPACE)
        try:
            _fill(_Copier(database), nodes, edges, load_model())
        finally:
            database.close()
        part.replace(target)
    except (OSError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise DataError(f"{target}: the store cannot be written: {reason}") from error
    finally:
        for left in (part, part.with_name(part.name + ".wal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _memory() -> int:
    """Give the bytes of memory of this machine; 0 where it does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 0


class _Copier:
    """Copies tables of rows in few transactions: each waits for the disk; what is committed leaves the memory."""

    def __init__(self, database: Any) -> None:
        self._database, self._rows = database, 0
        self._connection = self._begin()

    def _begin(self) -> Any:
        import ladybug

        connection = ladybug.Connection(self._database)
        connection.execute("BEGIN TRANSACTION")
        return connection

    def run(self, statement: str, rows: Any = None) -> None:
        """Run a statement; `rows` is what it copies as $rows."""
        if rows is None:
            self._connection.execute(statement)
            return
        self._connection.execute(statement, {"rows": rows})
        self._rows += rows.num_rows
        if self._rows >= _COMMIT:
            self.commit()
            self._connection, self._rows = self._begin(), 0

    def commit(self) -> None:
        """Commit, and close the connection: it keeps the tables that it has copied."""
        self._connection.execute("COMMIT")
        self._connection.close()


def _fill(copier: _Copier, nodes: Iterable[Node], edges: Iterable[Edge], model: Model) -> None:
    for statement in _tables(model):
        copier.run(statement)
    for kind, rows in batches(((n.type, {"id": n.id, "name": n.name, **n.props}) for n in nodes), **_BATCHES):
        if kind not in model.nodes:
            raise DataError(f"{rows[0]['id']}: no type of node is called {kind!r}; see schema/model.yaml")
        fixed = {"id": "STRING", "name": "STRING"}
        copier.run(f"COPY `{kind}` FROM $rows", _arrow(rows, fixed | _columns(model.nodes[kind].slots), kind))
    for (name, source, target), rows in batches(_edge_rows(edges, model), **_BATCHES):
        fixed = {"from": "STRING", "to": "STRING", "key": "STRING"}
        copier.run(f"COPY `{model.edges[name].neo4j}` FROM $rows (from='{source}', to='{target}')",
                   _arrow(rows, fixed | _columns(model.edges[name].slots), name))
    copier.commit()


def _tables(model: Model) -> Iterator[str]:
    """Give the statements that make the tables."""
    for kind in model.nodes.values():
        columns = "".join(f", `{name}` {type_}" for name, type_ in _columns(kind.slots).items())
        yield f"CREATE NODE TABLE `{kind.name}`(`id` STRING PRIMARY KEY, `name` STRING{columns})"
    for edge in model.edges.values():
        ends = ", ".join(f"FROM `{a}` TO `{b}`" for a, targets in edge.ends.items() for b in targets)
        columns = "".join(f", `{name}` {type_}" for name, type_ in _columns(edge.slots).items())
        yield f"CREATE REL TABLE `{edge.neo4j}`({ends}, `key` STRING{columns})"


def _columns(slots: Mapping[str, Slot]) -> dict[str, str]:
    """Name the column type of each property."""
    return {name: "STRING[]" if slot.multivalued else _TYPES.get(slot.ranges[0], "STRING")
            for name, slot in slots.items()}


def _edge_rows(edges: Iterable[Edge], model: Model) -> Iterator[tuple[Ends, dict[str, Any]]]:
    classes = {kind.example.split("/")[0]: kind.name for kind in model.nodes.values()}
    for e in edges:
        source, target = (classes.get(end.split("/")[0], "") for end in (e.source, e.target))
        if e.type not in model.edges or target not in model.edges[e.type].ends.get(source, ()):
            raise DataError(f"{e.source} {e.type} {e.target}: no such edge is in schema/model.yaml")
        yield (e.type, source, target), {"from": e.source, "to": e.target, "key": e.key, **e.props}


def _arrow(rows: list[dict[str, Any]], columns: Mapping[str, str], table: str) -> Any:
    import pyarrow as pa

    kinds = {"STRING": pa.string(), "INT64": pa.int64(), "DOUBLE": pa.float64(), "BOOL": pa.bool_(),
             "STRING[]": pa.list_(pa.string())}
    if unknown := set().union(*rows) - columns.keys():
        raise DataError(f"{table}: no property is called {', '.join(sorted(unknown))}; see schema/model.yaml")
    schema = pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
    try:
        return pa.Table.from_pylist(rows, schema=schema)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise DataError(f"{table}: a property holds what the schema does not say: {error}") from error


def _value(value: Any) -> Any:
    """Give a value as plain data: a node or relationship as its type and properties, without the engine's ids."""
    if isinstance(value, dict):
        if "_LABEL" in value:
            plain = {k: v for k, v in value.items() if not k.startswith("_") and v is not None}
            return {"type": value["_LABEL"], **plain}
        return {k.removeprefix("_"): _value(v) for k, v in value.items()}
    if isinstance(value, Decimal):  # what sums of integers are
        return int(value) if value == value.to_integral_value() else float(value)
    return [_value(item) for item in value] if isinstance(value, list) else value
