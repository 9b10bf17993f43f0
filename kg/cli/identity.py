"""kg resolve, merge, split, rename, review: ask who is who, and decide it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
import orjson

from extractors.records import ENTITY_TYPES
from kg.cli.output import output_options, show_notes, show_rows
from kg.errors import DataError
from kg.graph import Edge, Graph
from kg.identity.decisions import Decision, parse_decision, same_class

if TYPE_CHECKING:
    from kg.atlas import Atlas

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
    _, graph, (ones, others) = _called(atlas, [a, b])
    pairs = [(one, other) for one in ones for other in others if one != other and same_class(one, other)]
    if not pairs and ones[0] == others[0]:
        raise DataError(f"{atlas}: {a} and {b} are one node already ({ones[0]})")
    if not pairs:
        raise DataError(f"{atlas}: {ones[0]} and {others[0]} are of different types and cannot be one thing")
    one, other = min(pairs, key=lambda pair: graph.nodes[pair[0]]["type"] != graph.nodes[pair[1]]["type"])
    if not _papers_of(graph, other):
        raise DataError(f"{atlas}: no paper names {other} itself; it stands for what other nodes are versions or parts "
                        "of, and stays as long as they do")
    _decide(atlas, Decision("merge", one, (other,)))


@click.command("split")
@click.argument("atlas", type=click.Path())
@click.argument("a")
@click.argument("papers", nargs=-1, required=True)
def split_command(atlas: str, a: str, papers: tuple[str, ...]) -> None:
    """Decide that A is another thing in these PAPERS (ids of the input, or paper nodes)."""
    from kg.identity.resolve import input_ids, paper_nodes

    opened, graph, ((node, *_),) = _called(atlas, [a])
    nodes = paper_nodes(r.paper for r in opened.records())
    ids = input_ids(papers, nodes)
    if absent := [i for i in ids if i not in nodes]:
        raise DataError(f"{atlas}: no paper {', '.join(absent)}; `kg papers {atlas}` lists them")
    naming = _papers_of(graph, node)
    if silent := [i for i in ids if nodes[i] not in naming]:
        raise DataError(f"{atlas}: nothing in {', '.join(silent)} names {node}; `kg papers {atlas} --about {node}` "
                        "lists the papers that do")
    _decide(atlas, Decision("split", node, tuple(dict.fromkeys(ids))))


@click.command("rename")
@click.argument("atlas", type=click.Path())
@click.argument("a")
@click.argument("name")
def rename_command(atlas: str, a: str, name: str) -> None:
    """Decide that A goes by NAME; its IRI stays."""
    _, _, ((node, *_),) = _called(atlas, [a])
    _decide(atlas, parse_decision(f"rename {node} {name}"))


def _called(atlas: str, names: list[str]) -> tuple[Atlas, Graph, list[list[str]]]:
    """Open an atlas, and find the nodes that bear each of these names and can be decided on; the foremost first."""
    from kg.atlas import open_atlas
    from kg.cli.names import successor
    from kg.find import find_nodes

    opened = open_atlas(atlas)
    graph = opened.graph()
    for name in names:
        if name in graph and graph.nodes[name]["type"] not in ENTITY_TYPES:
            raise DataError(f"{atlas}: {name} is a {graph.nodes[name]['type']}; only methods, data sets, benchmarks, "
                            "metrics and tasks can be merged, split and renamed")
    return opened, graph, [find_nodes(graph, successor(opened, graph, name), types=ENTITY_TYPES) for name in names]


def _papers_of(graph: Graph, node: str) -> set[str]:
    """Give the nodes of the papers that name a thing."""
    return {paper for paper, _ in graph.in_edges(node) if graph.nodes[paper]["type"] == "Paper"}


def _decide(atlas: str, decision: Decision) -> None:
    """Assemble the atlas anew with one more decision, and keep it; where that fails nothing is changed."""
    from kg.identity.files import DECISIONS, add_decision, read_state
    from kg.update import update_atlas

    folder = Path(atlas)
    _, change = update_atlas(atlas, state=add_decision(folder, read_state(folder), decision))
    show_notes(change.notes)
    click.echo(f"{decision.line}\nkept in {folder / DECISIONS}; to undo it, delete the line and run: kg add {atlas}")


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
