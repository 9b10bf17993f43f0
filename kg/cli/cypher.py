"""kg cypher and search: ask an atlas's embedded store in Cypher; search names and titles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import orjson

from kg.cli.neo4j import open_server, server_options
from kg.cli.output import output_options, show_rows
from kg.errors import DataError
from kg.stores.neo4j import ATLAS

__all__ = ["cypher_command", "search_command"]


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


@click.command("search")
@click.argument("where", metavar="ATLAS|URI")
@click.argument("text")
@click.option("--limit", "-n", type=click.IntRange(min=1), default=20, show_default=True, help="Most hits to show.")
@click.option("--id", "atlas_id", help="Of a server: the id of the atlas. [default: paperatlas]")
@server_options
@output_options
def search_command(where: str, text: str, limit: int, atlas_id: str | None, user: str, password: str | None,
                   database: str | None, output: str | None) -> None:
    """Search names, aliases and titles for words, in an atlas or (bolt://…) in a Neo4j server.

    \b
    kg search atlas/ "masked image"
    """
    from kg.atlas import open_atlas
    from kg.stores.ladybug import ensure_store, open_store
    from kg.stores.search import search_neo4j, search_store

    if "://" in where:
        with open_server(where, user, password) as driver:
            hits = search_neo4j(driver, text, atlas=atlas_id or ATLAS, database=database, limit=limit)
    else:
        with open_store(ensure_store(open_atlas(where))) as store:
            hits = search_store(store, text, limit=limit)
    rows = [(h.type, h.name, h.matched if h.matched != h.name else None, h.papers, h.id) for h in hits]
    show_rows(("type", "name", "alias", "papers", "id"), rows, output)
