"""Show rows as a table, JSON or CSV; show messages and progress on standard error."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click
import orjson

from kg.writers.cells import join_list

__all__ = ["level_option", "output_options", "show_notes", "show_rows", "show_table", "tracker"]

T = TypeVar("T")
Rows = Iterable[Sequence[Any]]


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--json` and `--csv` to a command, which gets them as `output`: table, json or csv."""
    for name, text in (("csv", "Write CSV."), ("json", "Write JSON: a list of objects.")):
        command = click.option(f"--{name}", "output", flag_value=name, help=text)(command)
    return command


def level_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--level`, which says whether versions count as themselves, as their version or as their family."""
    from kg.levels import LEVELS

    text = "Count versions as themselves, with the version they belong to, or with their whole family."
    return click.option("--level", type=click.Choice(LEVELS), default="exact", show_default=True, help=text)(command)


def show_notes(notes: Iterable[str]) -> None:
    """Write what people should know of their decisions to standard error, a line each."""
    for note in notes:
        click.echo(f"kg: {note}", err=True)


def show_rows(columns: Sequence[str], rows: Rows, output: str | None = None) -> None:
    """Write rows to standard output as `output` says: a table (None), json or csv."""
    if output == "json":
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(orjson.dumps(objects, option=orjson.OPT_INDENT_2, default=str).decode())
    elif output == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
    else:
        show_table(columns, rows)


def show_table(columns: Sequence[str], rows: Rows, *, title: str | None = None, err: bool = False) -> None:
    """Write a table for people: numbers to the right, wide cells folded on a terminal, whole in a pipe."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    held = [list(row) for row in rows]
    console = Console(stderr=err)
    if not console.is_terminal:
        console = Console(stderr=err, width=_full_width(columns, held), color_system=None)
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False, show_edge=False)
    for at, name in enumerate(columns):
        numeric = bool(held) and all(isinstance(row[at], int | float) or row[at] is None for row in held)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in held:
        table.add_row(*(Text(_plain(value)) for value in row))
    console.print(table)


def _full_width(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    widths = [max([len(name), *(len(_plain(row[at])) for row in rows)]) for at, name in enumerate(columns)]
    return sum(widths) + 3 * len(widths) + 10


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return join_list(map(str, value)) if isinstance(value, list | tuple) else value


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    return f"{value:,}" if isinstance(value, int) and abs(value) >= 10_000 else str(value)


@contextmanager
def tracker() -> Iterator[Callable[..., Iterable[Any]]]:
    """Give a function that shows progress, rate and remaining time, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda items, label, total=None: items  # noqa: ARG005
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(),
               TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield lambda items, label, total=None: _tracked(progress, items, label, total)


def _tracked(progress: Any, items: Iterable[T], label: str, total: int | None) -> Iterator[T]:
    task = progress.add_task(label, total=total, rate="")
    for item in items:
        yield item
        progress.advance(task)
        speed = next(t.speed for t in progress.tasks if t.id == task)  # tasks is a list; ended ones have left it
        progress.update(task, rate=f"{speed:,.0f}/s" if speed else "")
    progress.remove_task(task)
