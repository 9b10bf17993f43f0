"""kg leaderboard and conflicts: scores ranked where they compare, and where they disagree."""

from __future__ import annotations

from typing import Any

import click

from kg.cli.names import successor
from kg.cli.output import level_option, output_options, show_rows, show_table
from kg.find import find_one
from kg.graph import Graph
from kg.leaderboard import Board, conflicts, leaderboards, result_rows
from kg.levels import level_of

__all__ = ["conflicts_command", "leaderboard_command"]

_WHERE = ("Dataset", "Benchmark")
_COLUMNS = ("rank", "method", "value", "role", "paper", "year", "sentence")


@click.command("leaderboard")
@click.argument("atlas", type=click.Path())
@click.option("--dataset", "-d", required=True, help="Dataset or benchmark.")
@click.option("--metric", "-m", help="Only this metric.")
@click.option("--split", help="Only this split.")
@click.option("--setting", help="Only this setting: zero-shot, 5-shot, …")
@level_option
@click.option("--top", type=click.IntRange(min=1), help="Only the first rows of each board.")
@output_options
def leaderboard_command(atlas: str, dataset: str, metric: str | None, split: str | None, setting: str | None,
                        level: str, top: int | None, output: str | None) -> None:
    """Rank methods on a dataset: one board for each metric, split and setting; gains are no scores."""
    from kg.atlas import open_atlas

    opened = open_atlas(atlas)
    graph = opened.graph()
    where = find_one(graph, successor(opened, graph, dataset), types=_WHERE)
    what = find_one(graph, successor(opened, graph, metric), types=("Metric",)) if metric else None
    boards = leaderboards(result_rows(graph), dataset=where, metric=what, split=split, setting=setting,
                          level=level_of(graph, level))
    mixed = level != "exact"
    columns = (*_COLUMNS, "dataset") if mixed else _COLUMNS
    if output:
        flat = [(*_head(graph, board), *_row(graph, rank, row, mixed)) for board in boards
                for rank, row in board.rows[:top]]
        show_rows((level if mixed else "dataset", "metric", "split", "setting", "unit", *columns), flat, output)
        return
    for board in boards:
        shown = [_row(graph, rank, row, mixed) for rank, row in board.rows[:top]]
        show_table(columns, shown, title=_title(graph, board, mixed))
        click.echo()
    if not boards:
        click.echo(f"no scores on {dataset} that name a method and a metric", err=True)


def _head(graph: Graph, board: Board) -> tuple[Any, ...]:
    """Give what tells a board from others; shares of one have no unit, however they are printed."""
    first = board.rows[0][1]
    return (graph.nodes[board.dataset]["name"], graph.nodes[board.metric]["name"], board.split, board.setting,
            first.unit if first.normalized is None else None)


def _title(graph: Graph, board: Board, mixed: bool) -> str:
    order = {True: "higher is better", False: "lower is better", None: "not ranked: which way is better is not known"}
    dataset, metric, *rest = _head(graph, board)
    what = f"{dataset} and its versions" if mixed else dataset
    return f"{what}: {', '.join(filter(None, (metric, *rest)))} ({order[board.higher]})"


def _row(graph: Graph, rank: int | None, row: Any, mixed: bool) -> tuple[Any, ...]:
    paper = graph.nodes[row.paper]
    of = (graph.nodes[row.dataset]["name"],) if mixed else ()
    return (rank, graph.nodes[row.method]["name"], row.value, row.role, paper["name"], paper.get("year"),
            row.sentence, *of)


@click.command("conflicts")
@click.argument("atlas", type=click.Path())
@output_options
def conflicts_command(atlas: str, output: str | None) -> None:
    """List scores that differ though method, dataset, metric, split and setting are the same."""
    from kg.atlas import open_atlas

    graph = open_atlas(atlas).graph()
    rows = [(graph.nodes[row.method]["name"], graph.nodes[row.dataset]["name"], graph.nodes[row.metric]["name"],
             row.split, row.setting, row.value, row.role, graph.nodes[row.paper]["name"], row.sentence)
            for conflict in conflicts(result_rows(graph)) for row in conflict.rows
            if row.method and row.dataset and row.metric]
    show_rows(("method", "dataset", "metric", "split", "setting", "value", "role", "paper", "sentence"), rows, output)
