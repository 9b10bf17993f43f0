"""kg sparql, ask, serve, validate and describe: query an atlas and say what it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.names import successor
from kg.cli.output import output_options, show_rows
from kg.errors import DataError

if TYPE_CHECKING:
    from kg.stores.sparql import Engine

__all__ = ["ask_command", "describe_command", "serve_command", "sparql_command", "validate_command"]

_FORMATS = ("table", "json", "xml", "csv", "tsv", "turtle", "ntriples", "rdfxml")
_GRAPHS = {"turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf"}
_timeout = click.option("--timeout", type=click.FloatRange(min=0.01), default=30.0, show_default=True,
                        help="Seconds after which a query is stopped.")
_rebuild = click.option("--rebuild", is_flag=True, help="Make the store again from the atlas first.")


@contextmanager
def _engine(atlas: str, timeout: float, rebuild: bool) -> Iterator[tuple[Engine, str]]:
    """Open the store of an atlas, made first where there is none."""
    from kg.atlas import open_atlas
    from kg.stores.oxigraph import ensure_store
    from kg.stores.sparql import Engine
    from kg.writers import BASE

    opened = open_atlas(atlas)
    folder = ensure_store(opened, rebuild=rebuild)
    with closing(Engine(folder, timeout=timeout)) as engine:
        yield engine, opened.manifest.get("base", BASE)


@click.command("sparql")
@click.argument("atlas", type=click.Path())
@click.argument("query", required=False)
@click.option("--file", "-f", "path", type=click.Path(), help="Read the query from a file; - is standard input.")
@click.option("--format", type=click.Choice(_FORMATS), default="table", show_default=True,
              help="How to write the answer; turtle, ntriples and rdfxml are for CONSTRUCT and DESCRIBE.")
@_timeout
@_rebuild
def sparql_command(atlas: str, query: str | None, path: str | None, format: str, timeout: float,
                   rebuild: bool) -> None:
    """Answer a SPARQL query over an atlas. The prefixes of the schema (pa:, mls:, rdfs:, …) are known."""
    from kg.model import load_model
    from kg.stores.sparql import Asked

    text = _query(query, path)
    rows = format if format in ("json", "xml", "csv", "tsv") else "json"
    asked = Asked(text, rows=rows, triples=_GRAPHS.get(format, "ttl"), prefixes=load_model().prefixes)
    with _engine(atlas, timeout, rebuild) as (engine, base):
        answer = engine.ask(asked)
        if answer.kind != "graph" and format == "table":
            _show_answer(b"".join(answer.parts), base)
            return
        for part in answer.parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()


def _query(query: str | None, path: str | None) -> str:
    if (query is None) == (path is None):
        raise click.UsageError("give a query, or a file with one by --file")
    if path is None:
        return query or ""
    try:
        return sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _show_answer(data: bytes, base: str) -> None:
    import pyoxigraph as ox

    from kg.questions import table

    found = ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        click.echo("yes" if found else "no")
        return
    columns = [variable.value for variable in found.variables]
    show_rows(columns, table(found, columns, base=base))


@click.command("ask", context_settings={"ignore_unknown_options": True})
@click.argument("atlas", type=click.Path(), required=False)
@click.argument("question", required=False)
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[--NAME VALUE]...")
@click.option("--list", "listed", is_flag=True, help="List the questions with their parameters.")
@output_options
@_timeout
@_rebuild
def ask_command(atlas: str | None, question: str | None, values: tuple[str, ...], listed: bool, output: str | None,
                timeout: float, rebuild: bool) -> None:
    """Answer one of the ready questions: kg ask ATLAS best-on --dataset ImageNet-1K."""
    from kg.ask import ask
    from kg.atlas import open_atlas
    from kg.questions import get_question

    if listed:
        show_rows(("question", "asks", "parameters"), _questions(), output)
        return
    if atlas is None or question is None:
        raise click.UsageError("give an atlas and a question; kg ask --list names them")
    asked = get_question(question)
    given = _values(values, {p.name for p in asked.parameters}, question)
    opened = open_atlas(atlas)
    given |= {p.name: successor(opened, (), given[p.name]) for p in asked.parameters if p.is_node and p.name in given}
    with _engine(atlas, timeout, rebuild) as (engine, base):
        show_rows(asked.columns, ask(engine, asked, given, base=base), output)


def _questions() -> Iterator[tuple[str, str, str]]:
    from kg.questions import questions

    for name, question in questions().items():
        words = [f"--{p.name} {p.example!r}" for p in question.parameters]
        optional = [f"[{w}]" if p.optional else w for w, p in zip(words, question.parameters, strict=True)]
        yield name, question.words, " ".join(optional)


def _values(words: tuple[str, ...], names: set[str], question: str) -> dict[str, Any]:
    """Read `--name value` and `--name=value`."""
    values: dict[str, Any] = {}
    rest = list(words)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if not name.startswith("--") or name[2:] not in names:
            there = ", ".join(f"--{n}" for n in sorted(names)) or "no parameters"
            raise click.UsageError(f"{question}: {name!r} is none of its parameters; it has {there}")
        if not equals and not rest:
            raise click.UsageError(f"{question}: {name} needs a value")
        values[name[2:]] = value if equals else rest.pop(0)
    return values


@click.command("serve")
@click.argument("atlas", type=click.Path())
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 for any free port.")
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True, help="Queries at a time.")
@_timeout
@_rebuild
def serve_command(atlas: str, host: str, port: int, workers: int, timeout: float, rebuild: bool) -> None:
    """Serve an atlas by the SPARQL 1.1 Protocol, for reading only, until interrupted."""
    from kg.atlas import open_atlas
    from kg.serve import make_server
    from kg.stores.oxigraph import ensure_store

    folder = ensure_store(open_atlas(atlas), rebuild=rebuild)
    with make_server(folder, host=host, port=port, workers=workers, timeout=timeout) as server:
        click.echo(f"http://{host}:{server.server_port}/sparql answers; Ctrl-C ends it", err=True)
        server.serve_forever()


@click.command("validate")
@click.argument("atlas", type=click.Path())
@output_options
@_rebuild
def validate_command(atlas: str, output: str | None, rebuild: bool) -> None:
    """Check an atlas against the shapes of the schema; exit code 1 where something does not conform."""
    from kg.atlas import open_atlas
    from kg.stores.oxigraph import ensure_store
    from kg.stores.sparql import broken, open_store
    from kg.validate import check, validate_store
    from kg.writers import BASE

    opened = open_atlas(atlas)
    problems = list(check(opened.nodes(), opened.edges()))
    folder = ensure_store(opened, rebuild=rebuild)
    with broken(folder):
        problems += validate_store(open_store(folder), base=opened.manifest.get("base", BASE))
    if problems or output:
        show_rows(("node", "path", "constraint", "value"),
                  ((p.node, p.path, p.constraint, p.value) for p in problems), output)
    if problems:
        raise DataError(f"{atlas}: {len(problems)} breaches of the schema")
    click.echo(f"{atlas} conforms to the schema and its shapes", err=True)


@click.command("describe")
@click.argument("atlas", type=click.Path())
def describe_command(atlas: str) -> None:
    """Write a description of an atlas as a data set (VoID, DCAT, PROV-O) in Turtle."""
    from kg.atlas import open_atlas
    from kg.describe import describe

    sys.stdout.buffer.write(describe(open_atlas(atlas)))
    sys.stdout.buffer.flush()
