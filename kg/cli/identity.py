"""kg resolve, merge, split, rename, review: ask who is who, and decide it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

import click
import orjson

from kg.cli.output import output_options, show_rows
from kg.errors import DataError
from kg.graph import Edge

__all__ = ["merge_command", "rename_command", "resolve_command", "review_command", "split_command"]


@click.command("resolve")
@click.argument("atlas", type=click.Path())
@click.argument("queries", type=click.File(encoding="utf-8"), default="-")
def resolve_command(atlas: str, queries: TextIO) -> None:
    """Answer what node each name of a paper is: JSON Lines in (paper, name, type), JSON Lines out."""
    from kg.atlas import open_atlas
    from kg.identity.resolve import resolve

    opened = open_atlas(atlas)
    asked = [_query(line, f"{queries.name}:{number}") for number, line in enumerate(queries, 1) if line.strip()]
    for answer in resolve(asked, opened.records(), opened.nodes(), opened.edges()):
        sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")


def _query(line: str, where: str) -> dict[str, object]:
    """Read one query; raises DataError where it is none."""
    try:
        query = orjson.loads(line)
        if isinstance(query["paper"], str) and isinstance(query["name"], str):
            return dict(query)
    except (ValueError, KeyError, TypeError):
        pass
    raise DataError(f'{where}: no query; write {{"paper": …, "name": …, "type": …}}, one a line')


@click.command("merge")
@click.argument("atlas", type=click.Path())
@click.argument("a")
@click.argument("b")
def merge_command(atlas: str, a: str, b: str) -> None:
    """Decide that B is A: every later build has one node, and B's IRI points to A's."""
    nodes = _nodes(atlas, [a, b])
    if nodes[0] == nodes[1]:
        raise DataError(f"{atlas}: {a} and {b} are one node already ({nodes[0]})")
    if _class(nodes[0]) != _class(nodes[1]):
        raise DataError(f"{atlas}: {nodes[0]} and {nodes[1]} are of different types and cannot be one thing")
    _decide(atlas, f"merge {nodes[0]} {nodes[1]}")


@click.command("split")
@click.argument("atlas", type=click.Path())
@click.argument("a")
@click.argument("papers", nargs=-1, required=True)
def split_command(atlas: str, a: str, papers: tuple[str, ...]) -> None:
    """Decide that A is another thing in these PAPERS (ids of the input, or paper nodes)."""
    from kg.atlas import open_atlas
    from kg.identity.iris import paper_iri

    known = {r.paper.id: r.paper for r in open_atlas(atlas).records()}
    by_node = {paper_iri(p): i for i, p in known.items()}
    ids = [by_node.get(p, p) for p in papers]
    absent = [i for i in ids if i not in known]
    if absent:
        raise DataError(f"{atlas}: no paper {', '.join(absent)}; `kg papers {atlas}` lists them")
    _decide(atlas, f"split {_nodes(atlas, [a])[0]} {' '.join(ids)}")


@click.command("rename")
@click.argument("atlas", type=click.Path())
@click.argument("a")
@click.argument("name")
def rename_command(atlas: str, a: str, name: str) -> None:
    """Decide that A goes by NAME; its IRI stays."""
    _decide(atlas, f"rename {_nodes(atlas, [a])[0]} {name}")


def _class(node: str) -> str:
    head = node.partition("/")[0]
    return "data" if head in ("dataset", "benchmark") else head


def _nodes(atlas: str, names: list[str]) -> list[str]:
    """Find nodes by id or name."""
    from kg.atlas import open_atlas
    from kg.find import find_one

    graph = open_atlas(atlas).graph()
    return [find_one(graph, name) for name in names]


def _decide(atlas: str, line: str) -> None:
    """Keep a decision and assemble the atlas anew with it."""
    from kg.identity.files import add_decision
    from kg.update import update_atlas

    decision = add_decision(Path(atlas), line)
    update_atlas(atlas)
    file = Path(atlas) / "decisions.txt"
    click.echo(f"{decision.line}\nkept in {file}; to undo it, delete the line and run: kg add {atlas}")


@click.command("review")
@click.argument("atlas", type=click.Path())
@click.option("--top", type=click.IntRange(min=1), help="Only the first pairs.")
@output_options
def review_command(atlas: str, top: int | None, output: str | None) -> None:
    """List the pairs of nodes that may be one thing, those that touch most papers first."""
    from kg.atlas import open_atlas

    opened = open_atlas(atlas)
    pairs: list[Edge] = []
    touched: dict[str, set[str]] = {}
    for edge in opened.edges():
        if edge.type == "possiblySameAs":
            pairs.append(edge)
        elif edge.source.startswith("paper/"):
            touched.setdefault(edge.target, set()).add(edge.source)
    names = {n.id: n.name for n in opened.nodes()} if pairs else {}
    rows = [(len(touched.get(e.source, set()) | touched.get(e.target, set())), e.props["score"], e.source,
             names[e.source], e.target, names[e.target]) for e in pairs]
    rows.sort(key=lambda r: (-r[0], -r[1], r[2], r[4]))
    show_rows(("papers", "score", "a", "a name", "b", "b name"), rows[:top], output)
