"""kg plot: draw a question to the whole atlas as a picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.names import successor
from kg.errors import DataError

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["QUESTIONS", "plot_command"]

# question: the function of kg.analysis.plots, grids or maps, and the options that it takes
QUESTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "trends": ("plots:plot_trends", ("what", "names", "kind", "top")),
    "movers": ("plots:plot_movers", ("what", "kind", "top")),
    "map": ("maps:plot_map", ("top", "seed")),
    "leaderboard": ("plots:plot_leaderboard", ("dataset", "metric", "top")),
    "progress": ("plots:plot_progress", ("dataset", "metric")),
    "conflicts": ("plots:plot_conflicts", ("top",)),
    "coevaluation": ("grids:plot_coevaluation", ("top", "seed")),
    "influence": ("plots:plot_influence", ("top",)),
    "gaps": ("grids:plot_gaps", ("task", "top")),
    "code": ("plots:plot_code", ("by",)),
}


@click.command("plot")
@click.argument("atlas", type=click.Path())
@click.argument("question", type=click.Choice(list(QUESTIONS)))
@click.option("--output", "-o", required=True, help="File to write: .png, .svg or .html.")
@click.option("--type", "-t", "what", type=click.Choice(["Method", "Dataset", "Benchmark", "Metric", "Task"]),
              help="trends, movers: what to follow. [default: Method]")
@click.option("--kind", type=click.Choice(["named", "term"]), help="trends, movers: only methods of this kind.")
@click.option("--name", "-n", "names", multiple=True, help="trends: draw this one (repeatable).")
@click.option("--dataset", "-d", help="leaderboard, progress: dataset or benchmark. [default: the fullest board]")
@click.option("--metric", "-m", help="leaderboard, progress: only this metric.")
@click.option("--task", help="gaps: only papers on this task.")
@click.option("--by", type=click.Choice(["period", "venue"]), help="code: group papers by this. [default: period]")
@click.option("--top", type=click.IntRange(min=1), help="How many to draw.")
@click.option("--seed", type=int, help="map, coevaluation: seed of what is random. [default: 0]")
def plot_command(atlas: str, question: str, output: str, **options: Any) -> None:
    """Draw the answer to QUESTION as a picture; a map written as .html can be moved about in."""
    function, taken = QUESTIONS[question]
    given = {name: value for name, value in options.items() if value not in (None, ())}
    if extra := sorted(given.keys() - set(taken)):
        named = ", ".join("--" + {"what": "type", "names": "name"}.get(name, name) for name in extra)
        raise click.UsageError(f"{question} takes no {named}")
    if Path(output).suffix.lower() not in (".png", ".svg", ".html"):
        raise click.UsageError(f"{output}: a picture is .png, .svg or .html")
    _check_installed()
    from kg.atlas import open_atlas

    opened = open_atlas(atlas)
    graph = opened.graph()
    follow = partial(successor, opened, graph)
    for name in {"dataset", "metric", "task"} & given.keys():
        given[name] = follow(given[name])
    if "names" in given:
        given["names"] = tuple(map(follow, given["names"]))
    _draw(graph, question, function, output, given)
    click.echo(output, err=True)


def _check_installed() -> None:
    if not find_spec("matplotlib"):
        raise DataError("matplotlib is not installed; run: pip install 'paperatlas[notebooks]'")


def _draw(graph: Graph, question: str, function: str, output: str, given: dict[str, Any]) -> None:
    from importlib import import_module

    from kg.analysis.maps import write_map
    from kg.analysis.pictures import write_picture

    if question == "map" and Path(output).suffix.lower() == ".html":
        write_map(graph, output, **given)
        return
    module, name = function.split(":")
    draw: Callable[..., Any] = getattr(import_module(f"kg.analysis.{module}"), name)
    write_picture(draw(graph, **given), output)
