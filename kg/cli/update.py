"""kg add, remove, diff: bring an atlas up to date, and see what changed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import orjson

from kg.cli.build import own_options, read_own_options
from kg.cli.output import show_notes
from kg.diff import Changes, Diff
from kg.readers import READERS

__all__ = ["add_command", "diff_command", "remove_command"]


@click.command("add")
@click.argument("atlas", type=click.Path())
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option("--format", "-f", type=click.Choice(sorted(READERS)), help="Read every input in this format.")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, show_default="all cores", help="Worker processes.")
@own_options
def add_command(atlas: str, inputs: tuple[str, ...], format: str | None, jobs: int, config: str | None,
                lexicons: tuple[str, ...], induced: str | None) -> None:
    """Add papers to an atlas, or replace those that it has; without INPUT, assemble it anew (after decisions)."""
    from kg.atlas import open_atlas
    from kg.pool import cores, extract_ahead
    from kg.readers import read_papers
    from kg.runs import run_of_own
    from kg.update import update_atlas

    open_atlas(atlas)
    own = read_own_options(config, lexicons, induced)
    lines: Iterable[bytes] = ()
    if inputs:
        lines = extract_ahead(read_papers(*inputs, format=format), jobs=jobs or cores(), own=own)
    _, change = update_atlas(atlas, add=lines, run=run_of_own(own) if inputs else None)
    show_notes(change.notes)
    click.echo(f"{len(change.added)} added, {len(change.replaced)} replaced, {len(change.unchanged)} as they were; "
               f"`kg export {atlas}` writes the text formats anew")


@click.command("remove")
@click.argument("atlas", type=click.Path())
@click.argument("papers", nargs=-1, required=True)
def remove_command(atlas: str, papers: tuple[str, ...]) -> None:
    """Withdraw papers from an atlas, by the id of the input or of the node."""
    from kg.atlas import open_atlas
    from kg.identity.resolve import input_ids, paper_nodes
    from kg.update import update_atlas

    nodes = paper_nodes(r.paper for r in open_atlas(atlas).records())
    _, change = update_atlas(atlas, remove=input_ids(papers, nodes))
    show_notes(change.notes)
    click.echo(f"{len(change.removed)} removed; `kg export {atlas}` writes the text formats anew")


@click.command("diff")
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def diff_command(old: str, new: str, as_json: bool) -> None:
    """Say what changed from atlas OLD to atlas NEW: papers, nodes, results, edges, merges, by paper and by rule."""
    from kg.atlas import open_atlas
    from kg.diff import diff_graphs
    from kg.identity.files import REGISTRY
    from kg.identity.registry import read_registry

    sides = [open_atlas(path) for path in (old, new)]
    one, two = ((a.nodes(), a.edges()) for a in sides)
    before, after = (read_registry(Path(a.path) / REGISTRY) for a in sides)
    found = diff_graphs(one, two, registries=(before, after))
    if as_json:
        click.echo(orjson.dumps(found.to_json(), option=orjson.OPT_INDENT_2).decode())
    else:
        _show(found)


def _show(diff: Diff) -> None:
    """Write a difference for people."""
    for sort in ("papers", "nodes", "results", "edges", "merges"):
        changes: Changes = getattr(diff, sort)
        click.echo(f"{sort}: {len(changes.came)} came, {len(changes.went)} went, {len(changes.changed)} changed")
        for sign, what in (("+", "came"), ("-", "went"), ("~", "changed")):
            for item in getattr(changes, what):
                click.echo(f"  {sign} {_line(item)}")
    for title, counts in (("by paper", diff.by_paper), ("by rule", diff.by_rule)):
        click.echo(f"{title}:")
        for name, numbers in counts.items():
            click.echo(f"  {name}: {', '.join(f'{n} {what}' for what, n in numbers.items())}")


def _line(item: dict[str, Any]) -> str:
    """Write one change in a line."""
    head = item.get("id") or f"{item['source']} {item['edge']} {item['target']}"
    if "was" in item:
        return head + "".join(f"; {n}: {item['was'][n]} → {item['is'][n]}" for n in item["was"])
    return head + "".join(f"; {n}: {item[n]}" for n in ("name", "value", "into") if n in item)
