"""kg load, pull and neo4j: a Neo4j database with the graph of an atlas, and a server of one's own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from kg.cli.output import show_table, tracker
from kg.errors import DataError
from kg.stores.neo4j import ATLAS, connect
from kg.writers import BASE, WRITERS, write_graph

if TYPE_CHECKING:
    from neo4j import Driver

    from kg.stores.local_neo4j import Server

__all__ = ["load_command", "neo4j_group", "open_server", "pull_command", "server_options"]

_LOCAL = "bolt://localhost:7687"
_port = click.IntRange(0, 65535)


def server_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what says where a Neo4j server is and how to log in; they come as `user`, `password` and `database`."""
    for decorate in (
        click.option("--database", envvar="NEO4J_DATABASE", show_envvar=True, help="Database. [default: the user's]"),
        click.option("--password", envvar="NEO4J_PASSWORD", show_envvar=True,
                     help="Password; better in the variable, or left out to be asked."),
        click.option("--user", envvar="NEO4J_USERNAME", show_envvar=True, default="neo4j", show_default=True,
                     help="User."),
    ):
        command = decorate(command)
    return command


_uri = click.argument("uri", required=False, envvar="NEO4J_URI")
_id = click.option("--id", "atlas_id", help="Id of the atlas in the database. [default: the one in atlas.json]")
_home = click.option("--home", type=click.Path(path_type=Path), help="Folder of the server. [default: in the cache]")


@contextmanager
def open_server(uri: str | None, user: str, password: str | None) -> Iterator[Driver]:
    """Open a driver; a server that `kg neo4j up` started needs no password."""
    from kg.stores.local_neo4j import find_server, password_of

    server = find_server()
    address = uri or (server.uri if server else _LOCAL)
    if password is None and server and user == "neo4j" and _is_at(server, address):
        password = password_of(server)
    if password is None:
        password = click.prompt(f"Password of {user} at {address}", hide_input=True, err=True)
    with connect(address, user=user, password=password) as driver:
        yield driver


def _is_at(server: Server, uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        return parts.hostname in ("localhost", "127.0.0.1") and (parts.port or 7687) == server.bolt
    except ValueError:
        return False


@click.command("load")
@click.argument("atlas", type=click.Path())
@_uri
@server_options
@_id
def load_command(atlas: str, uri: str | None, user: str, password: str | None, database: str | None,
                 atlas_id: str | None) -> None:
    """Bring a Neo4j database to exactly the graph of an atlas; other data in it stays as it is.

    URI is bolt://… or neo4j://…; without one, NEO4J_URI, or the server that `kg neo4j up` started.
    """
    from kg.atlas import open_atlas
    from kg.stores.neo4j_load import load

    opened, began = open_atlas(atlas), time.monotonic()
    counts = opened.manifest.get("counts", {})
    totals = [sum(counts.get(name, {}).values()) or None for name in ("nodes", "edges")]
    with open_server(uri, user, password) as driver, tracker() as track:
        loaded = load(driver, track(opened.nodes(), "nodes", totals[0]), track(opened.edges(), "edges", totals[1]),
                      atlas=atlas_id or opened.manifest.get("id", ATLAS), database=database)
    rows = [("nodes", loaded.nodes), ("relationships", loaded.edges),
            *((name.replace("_", " "), count) for name, count in sorted(loaded.changes.items()))]
    show_table(("", "count"), rows, title=atlas, err=True)
    changed = "" if loaded.changes else "nothing to change; "
    click.echo(f"{changed}{time.monotonic() - began:.1f} s", err=True)


@click.command("pull")
@_uri
@server_options
@click.option("--id", "atlas_id", default=ATLAS, show_default=True, help="Id of the atlas in the database.")
@click.option("--format", "-f", type=click.Choice(sorted(WRITERS)), default="graphml", show_default=True,
              help="Format of --output.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File or folder to write the graph to.")
@click.option("--base", default=BASE, show_default=True, help="IRI that node ids stand below, for RDF.")
def pull_command(uri: str | None, user: str, password: str | None, database: str | None, atlas_id: str, format: str,
                 output: Path | None, base: str) -> None:
    """Read an atlas's graph back from a Neo4j database; print its size and its canonical hash."""
    from kg.canonical import graph_hash
    from kg.graph import read_graph
    from kg.stores.neo4j_pull import pull

    with open_server(uri, user, password) as driver:
        graph = pull(driver, atlas=atlas_id, database=database)
    if output:
        nodes, edges = read_graph(graph)
        try:
            write_graph(format, list(nodes), list(edges), output, base=base)
        except OSError as error:
            raise DataError(f"{output}: cannot be written: {error.strerror}; choose another with -o") from error
    click.echo(f"{graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} relationships, {graph_hash(graph)}")


@click.group("neo4j")
def neo4j_group() -> None:
    """Run a Neo4j of your own without Docker: on this machine alone, with Java and jars from Python's packages."""


@neo4j_group.command("up")
@_home
@click.option("--bolt-port", type=_port, default=7687, show_default=True, help="Port for drivers; 0: any free one.")
@click.option("--http-port", type=_port, default=7474, show_default=True, help="Port of the Browser; 0: any free one.")
@click.option("--memory", default="1g", show_default=True, help="Heap of the server.")
def up_command(home: Path | None, bolt_port: int, http_port: int, memory: str) -> None:
    """Start the server, fetched on first use; say where it is."""
    from kg.stores.local_neo4j import find_server, start

    running = find_server(home)
    server = running or start(home, bolt=bolt_port, http=http_port, heap=memory,
                              say=lambda text: click.echo(text, err=True))
    _show(server, "runs already" if running else "runs")


@neo4j_group.command("down")
@_home
def down_command(home: Path | None) -> None:
    """Stop the server; its data stay."""
    from kg.stores.local_neo4j import stop

    click.echo("stopped" if stop(home) else "not running")


@neo4j_group.command("status")
@_home
def status_command(home: Path | None) -> None:
    """Say whether the server runs, and where."""
    from kg.stores.local_neo4j import find_server

    server = find_server(home)
    if server is None:
        raise DataError("the server is not running; start it with: kg neo4j up")
    _show(server, "runs")


@neo4j_group.command("style")
def style_command() -> None:
    """Print the line that gives the Browser our colours and sizes: paste it there."""
    from kg.model import schema_file

    click.echo(":style " + " ".join(schema_file("browser.grass").read_text(encoding="utf-8").split()))


def _show(server: Server, state: str) -> None:
    click.echo(f"Neo4j {state} (process {server.pid})\n"
               f"Browser   {server.browser}\n"
               f"login     neo4j, password in {server.password_file}\n"
               f"load      kg load ATLAS {server.uri}")
