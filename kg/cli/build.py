"""kg extract, build and export: from papers to records, the atlas folder and other formats."""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kg.cli.output import show_notes, show_table, tracker
from kg.cli.target import whole_file
from kg.errors import DataError, OnBad, stop
from kg.readers import READERS, read_papers
from kg.stores.neo4j import ATLAS
from kg.writers import BASE, DEFAULT, WRITERS, Option, write_graph

if TYPE_CHECKING:
    from extractors.own import Own
    from kg.atlas import Atlas

__all__ = ["build_command", "export_command", "extract_command", "own_options", "read_own_options"]


def own_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--config`, `--lexicon` and `--induced`, which name what a user adds to extraction."""
    command = click.option("--induced", type=click.Path(), help="Folder of `kg learn`, in place of what is shipped.")(
        command)
    command = click.option("--lexicon", "lexicons", multiple=True, type=click.Path(), help="Rows of your own (TSV).")(
        command)
    return click.option("--config", type=click.Path(), help="TOML with lexicons and components of your own.")(command)


def read_own_options(config: str | None, lexicons: tuple[str, ...], induced: str | None) -> Own:
    """Read what `--config` names, add the lexicons of `--lexicon`, and take the folder of `--induced` for its own."""
    from extractors.own import Own, read_own

    if induced == "":
        raise click.UsageError("--induced is empty; give the folder that `kg learn` wrote, or leave it out")
    try:
        own = read_own(Path(config)) if config else Own()
    except ValueError as error:
        raise DataError(str(error)) from error
    return replace(own, lexicons=(*own.lexicons, *lexicons), induced=induced or own.induced)


def _input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the inputs and the options that `extract` and `build` share."""
    for decorate in (
        click.option("--skip-bad", is_flag=True, help="Go on past bad input and count what was skipped."),
        click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, show_default="all cores",
                     help="Worker processes."),
        click.option("--format", "-f", type=click.Choice(sorted(READERS)), help="Read every input in this format."),
        own_options,
        click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
    ):
        command = decorate(command)
    return command


class _Skipped(list[str]):
    """The messages of bad input that was passed over."""

    def report(self, error: DataError) -> None:
        """Say and keep one."""
        click.echo(f"kg: skipped: {error}", err=True)
        self.append(str(error))


@contextmanager
def _interruptible(after: str = "") -> Iterator[None]:
    """Let SIGTERM end a command as Ctrl-C does, with everything put in order and one line said."""
    def end(_signal: int, _frame: Any) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"kg: interrupted{after}", err=True)
        raise click.exceptions.Exit(130) from None
    finally:
        signal.signal(signal.SIGTERM, before)


@click.command("extract")
@_input_options
@click.option("--output", "-o", default="-", show_default=True, help="File to write; - is standard output.")
def extract_command(inputs: tuple[str, ...], format: str | None, jobs: int, skip_bad: bool, config: str | None,
                    lexicons: tuple[str, ...], induced: str | None, output: str) -> None:
    """Write what each paper says, one JSON record a line (docs/record.md), to standard output.

    INPUT is a file, a glob, a folder or - for standard input: pages of abstracts or JSON Lines, plain, .gz or .zst.
    """
    from kg.pool import cores, extract_lines

    own, skipped = read_own_options(config, lexicons, induced), _Skipped()
    on_bad: OnBad = skipped.report if skip_bad else stop
    with _interruptible(), tracker() as track, _target(output) as stream:
        papers = read_papers(*inputs, format=format, on_bad=on_bad)
        for line in track(extract_lines(papers, jobs=jobs or cores(), own=own, on_bad=on_bad), "extract",
                          papers.papers):
            stream.write(line)
    if skipped:
        click.echo(f"kg: skipped {len(skipped)} bad inputs", err=True)


@contextmanager
def _target(output: str) -> Iterator[Any]:
    if output == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with whole_file(output) as path, path.open("wb") as stream:
        yield stream


def _formats(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    if names == ("none",):
        return ()
    if unknown := [name for name in names if name not in WRITERS]:
        raise click.BadParameter(f"unknown: {', '.join(unknown)}; choose from {', '.join(WRITERS)} or none")
    return names


def _base(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#]", value):
        raise click.BadParameter(f"{value!r} is not an absolute IRI that ends in / or #")
    return value


@click.command("build")
@_input_options
@click.option("--output", "-o", required=True, type=click.Path(), help="Folder to write the atlas to.")
@click.option("--formats", default=",".join(DEFAULT), show_default=True, callback=_formats,
              help="Formats to write, with commas; none for the records and the stores alone.")
@click.option("--base", default=BASE, show_default=True, callback=_base, help="IRI that node ids stand below.")
@click.option("--id", "atlas_id", default=ATLAS, show_default=True, help="What tells this atlas from others in Neo4j.")
def build_command(inputs: tuple[str, ...], format: str | None, jobs: int, skip_bad: bool, config: str | None,
                  lexicons: tuple[str, ...], induced: str | None, output: str, formats: tuple[str, ...], base: str,
                  atlas_id: str) -> None:
    """Build an atlas: one folder with the records, the graph in several formats, and stores to query.

    INPUT is a file, a glob, a folder or - for standard input: pages of abstracts or JSON Lines, plain, .gz or .zst.
    """
    from kg.builder import build_atlas
    from kg.pool import cores

    began, own, skipped = time.monotonic(), read_own_options(config, lexicons, induced), _Skipped()
    on_bad: OnBad = skipped.report if skip_bad else stop
    with _interruptible(f"; nothing half-written is left in {output}"), tracker() as track:
        papers = read_papers(*inputs, format=format, on_bad=on_bad)
        _, summary = build_atlas(papers, output, jobs=jobs or cores(), formats=formats, base=base, atlas_id=atlas_id,
                                 own=own, on_bad=on_bad, track=track)
    show_notes(summary.notes)
    _show_summary(summary, len(skipped), time.monotonic() - began, output)


def _show_summary(summary: Any, skipped: int, seconds: float, output: str) -> None:
    rows: list[tuple[str, Any, Any]] = [
        ("papers", summary.papers, None),
        ("duplicates", summary.duplicates, None),
        *([("skipped", skipped, None)] if skipped else []),
        ("papers that gave nothing", summary.silent, None),
        *((f"{name} nodes", count, summary.mentions.get(name)) for name, count in sorted(summary.nodes.items())),
        ("edges", summary.edges.total(), None),
        ("results", summary.results, None),
        ("repository links", summary.repos, None),
    ]
    show_table(("", "count", "mentions"), rows, title=f"{output}", err=True)
    click.echo(f"{summary.papers:,} papers in {seconds:.1f} s", err=True)


@click.command("export")
@click.argument("atlas", type=click.Path())
@click.option("--format", "-f", type=click.Choice(sorted(WRITERS)), help="Format to write. [default: as a build does]")
@click.option("--output", "-o", help="File (.gz packs) or folder; - is standard output. [default: in the atlas]")
@click.option("--reifiers", is_flag=True, help="Turtle, N-Triples, N-Quads: claims as RDF 1.2 reifiers.")
def export_command(atlas: str, format: str | None, output: str | None, reifiers: bool) -> None:
    """Write an atlas in one more format, or anew in those that a build writes."""
    from kg.atlas import open_atlas

    opened = open_atlas(atlas)
    if format is None and (output or reifiers):
        raise click.UsageError("-o and --reifiers are for one format; name it with --format")
    for name in (format,) if format else DEFAULT:
        _export(opened, name, output, _export_options(opened, name, reifiers=reifiers))


def _export_options(opened: Atlas, format: str, *, reifiers: bool) -> dict[str, Option]:
    """Give what a format needs to know beside nodes and edges."""
    options: dict[str, Option] = {"base": opened.manifest.get("base", BASE)}
    if format == "neo4j-csv":
        options["atlas"] = str(opened.manifest.get("id", ATLAS))
    if WRITERS[format].rdf:
        options["replaced"] = opened.replaced()
    if reifiers:
        if format not in ("turtle", "ntriples", "nquads"):
            raise click.UsageError(f"{format} has no reifiers; use turtle, ntriples or nquads")
        options["reifiers"] = True
    return options


def _export(opened: Atlas, format: str, output: str | None, options: Mapping[str, Any]) -> None:
    """Write an atlas in a format to a file or folder, or to standard output."""
    writer = WRITERS[format]
    if output == "-":
        if writer.folder:
            raise click.UsageError(f"{format} is a folder of files: give -o FOLDER")
        write_graph(format, opened.nodes(), opened.edges(), sys.stdout.buffer, **options)
        return
    target = Path(output) if output else opened.path / writer.file
    try:
        with nullcontext(target) if writer.folder else whole_file(target) as path:
            write_graph(format, opened.nodes(), opened.edges(), path, **options)
    except OSError as error:
        raise DataError(f"{target}: cannot be written: {error.strerror}") from error
    click.echo(f"{target}", err=True)
