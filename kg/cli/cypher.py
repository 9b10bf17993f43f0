"""kg cypher: ask an atlas's embedded store in Cypher."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import orjson

from kg.cli.output import output_options, show_rows
from kg.errors import DataError

__all__ = ["cypher_command"]


def _values(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, Any]:
    """Read `name=value`: JSON where it is JSON (numbers, true, lists), else a text."""
    values: dict[str, Any] = {}
    for pair in given:
        name, mark, text = pair.partition("=")
        if not mark or not name.isidentifier():
            raise click.BadParameter(f"{pair!r} is not NAME=VALUE")
        try:
            values[name] = orjson.loads(text)
        except orjson.JSONDecodeError:
            values[name] = text
    return values


@click.command("cypher")
@click.argument("atlas", type=click.Path())
@click.argument("query", required=False)
@click.option("--file", "-f", type=click.Path(), help="Read the query from a file; - is standard input.")
@click.option("--param", "-p", "values", multiple=True, metavar="NAME=VALUE", callback=_values,
              help="Value of a parameter $NAME (repeatable).")
@click.option("--timeout", default=60.0, show_default=True, help="Seconds that the query may take.")
@click.option("--write", is_flag=True, help="Let the query change the store (a new build makes it again).")
@click.option("--rebuild", is_flag=True, help="Make the store again first.")
@output_options
def cypher_command(atlas: str, query: str | None, file: str | None, values: dict[str, Any], timeout: float,
                   write: bool, rebuild: bool, output: str | None) -> None:
    """Ask an atlas in Cypher, read-only.

    QUERY is Cypher; node types are labels (Paper, Method, Dataset, …), edges are types such as EVALUATED_ON.

    \b
    kg cypher atlas/ "MATCH (p:Paper)-[:PROPOSES]->(m) RETURN m.name, p.name LIMIT 5"
    """
    from kg.atlas import open_atlas
    from kg.stores.ladybug import ensure_store, open_store

    if (query is None) == (file is None):
        raise click.UsageError("give a QUERY or --file FILE, one of the two")
    text = query if file is None else _read(file)
    store_path = ensure_store(open_atlas(atlas), rebuild=rebuild)
    with open_store(store_path, read_only=not write, timeout=timeout) as store:
        found = store.query(text or "", values)
        show_rows(found.columns, found.rows, output)


def _read(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: cannot be read: {error}") from error
