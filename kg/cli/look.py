"""kg stats, show, papers and claims: look at an atlas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

import click
import orjson

from extractors.records import ENTITY_TYPES
from kg.card import Card, card
from kg.cli.names import successor
from kg.cli.output import level_option, output_options, show_rows
from kg.find import find_nodes, find_one, sentences
from kg.graph import Graph, edge_items, node_items
from kg.levels import level_of, members_of

__all__ = ["claims_command", "papers_command", "show_command", "stats_command"]

_TOP = 5  # of each type, in stats
_SHOWN = 8  # lines of a section, on a card


def _graph(path: str) -> Graph:
    return _opened(path)[0]


def _opened(path: str) -> tuple[Graph, Callable[[str], str]]:
    """Give the graph of an atlas, and what follows an id that was replaced."""
    from kg.atlas import open_atlas

    atlas = open_atlas(path)
    graph = atlas.graph()
    return graph, partial(successor, atlas, graph)


@click.command("stats")
@click.argument("atlas", type=click.Path())
@output_options
def stats_command(atlas: str, output: str | None) -> None:
    """Count what an atlas holds: nodes and edges by type, and what most papers name."""
    show_rows(("group", "name", "count"), _stats(_graph(atlas)), output)


def _stats(graph: Graph) -> Iterator[tuple[str, str, int]]:
    nodes = Counter(props["type"] for _, props in node_items(graph))
    yield from (("nodes", name, count) for name, count in sorted(nodes.items()))
    edges = Counter(props["type"] for *_, props in edge_items(graph))
    yield from (("edges", name, count) for name, count in sorted(edges.items()))
    papers = _papers_by_node(graph)
    for kind in ENTITY_TYPES:
        ranked = sorted((-len(papers.get(i, ())), props["name"]) for i, props in node_items(graph)
                        if props["type"] == kind)
        yield from ((f"most papers: {kind}", name, -count) for count, name in ranked[:_TOP])


def _papers_by_node(graph: Graph) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for source, target, _, props in edge_items(graph):
        if graph.nodes[source]["type"] == "Paper" and "support" in props:
            found.setdefault(target, set()).add(source)
    return found


@click.command("show")
@click.argument("atlas", type=click.Path())
@click.argument("name")
@click.option("--type", "-t", "kind", help="Only nodes of this type: Method, Dataset, Paper, …")
@click.option("--all", "-a", "whole", is_flag=True, help=f"Show whole sections, not the first {_SHOWN} lines.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON: a list of cards.")
def show_command(atlas: str, name: str, kind: str | None, whole: bool, as_json: bool) -> None:
    """Show the card of what is called NAME: what it is, who says so, in which words."""
    graph, follow = _opened(atlas)
    cards = [card(graph, node) for node in find_nodes(graph, follow(name), types=(kind,) if kind else ())]
    if as_json:
        click.echo(orjson.dumps([asdict(c) for c in cards], option=orjson.OPT_INDENT_2).decode())
        return
    for at, one in enumerate(cards):
        click.echo(("\n" if at else "") + "\n".join(_card_lines(graph, one, None if whole else _SHOWN)))


def _card_lines(graph: Graph, one: Card, limit: int | None) -> Iterator[str]:
    yield click.style(f"{one.name}", bold=True) + f"  {one.type}  {one.id}"
    for name, value in one.facts.items():
        yield f"  {name}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
    for section in one.sections:
        yield click.style(f"{section.title} ({len(section.lines)})", bold=True)
        for line in section.lines[:limit]:
            yield f"  {line.name}" + (f"  [{line.papers} papers]" if line.papers > 1 else "")
            if line.sentence:
                yield click.style(f"    “{line.sentence}”", dim=True)
        yield from _more(len(section.lines), limit)
    if one.results:
        yield click.style(f"results ({len(one.results)})", bold=True)
        for row in one.results[:limit]:
            yield f"  {graph.nodes[row.id]['name']}  [{row.form}, {row.role}; {graph.nodes[row.paper]['name']}]"
            if row.sentence:
                yield click.style(f"    “{row.sentence}”", dim=True)
        yield from _more(len(one.results), limit)


def _more(count: int, limit: int | None) -> Iterator[str]:
    if limit is not None and count > limit:
        yield f"  … and {count - limit} more (--all)"


@click.command("papers")
@click.argument("atlas", type=click.Path())
@click.option("--about", "-a", multiple=True, help="Only papers tied to this method, dataset, task, … (repeatable).")
@level_option
@click.option("--year", type=int, help="Only papers of this year.")
@click.option("--venue", help="Only papers of this venue.")
@click.option("--with-code", is_flag=True, help="Only papers with a repository.")
@output_options
def papers_command(atlas: str, about: tuple[str, ...], level: str, year: int | None, venue: str | None,
                   with_code: bool, output: str | None) -> None:
    """List papers, each with what it proposes and where its code is."""
    graph, follow = _opened(atlas)
    stands = level_of(graph, level)
    wanted = [members_of(graph, find_one(graph, follow(name)), stands) for name in about]
    rows = []
    for node, props in node_items(graph):
        repos = _ends(graph, node, "hasRepository")
        if props["type"] == "Paper" and year in (None, props.get("year")) and venue in (None, props.get("venue")) \
                and (repos or not with_code) and all(w & set(graph[node]) for w in wanted):
            proposed = [*_ends(graph, node, "proposes"), *_ends(graph, node, "introduces")]
            rows.append((node, props["name"], props.get("year"), props.get("venue"), proposed, repos))
    show_rows(("id", "title", "year", "venue", "proposes", "code"), rows, output)


def _ends(graph: Graph, node: str, edge: str) -> list[str]:
    return sorted({graph.nodes[t]["name"] for _, t, props in graph.out_edges(node, data=True) if props["type"] == edge})


@click.command("claims")
@click.argument("atlas", type=click.Path())
@click.option("--about", "-a", help="Only claims about what is called so.")
@click.option("--edge", "-e", help="Only claims of this type: outperforms, evaluatedOn, …")
@click.option("--below", type=float, help="Only claims with less confidence than this.")
@click.option("--without-number", is_flag=True, help="Only improvements claimed by papers that give no result.")
@output_options
def claims_command(atlas: str, about: str | None, edge: str | None, below: float | None, without_number: bool,
                   output: str | None) -> None:
    """List what papers claim, the best supported first, with a sentence that says so."""
    graph, follow = _opened(atlas)
    nodes = set(find_nodes(graph, follow(about))) if about else set()
    measured = {paper for _, paper, _, props in edge_items(graph) if props["type"] == "reportedIn"}
    rows = [_claim(graph, source, target, props) for source, target, _, props in edge_items(graph)
            if "support" in props and edge in (None, props["type"])
            and (below is None or float(props["confidence"]) < below)
            and (not without_number or (props["type"] == "outperforms" and measured.isdisjoint(props["papers"])))
            and (not nodes or nodes & {source, target})]
    columns = ("subject", "claim", "object", "where", "hedged", "papers", "confidence", "sentence")
    show_rows(columns, sorted(rows, key=lambda r: (-r[5], r[:4])), output)


def _claim(graph: Graph, source: str, target: str, props: dict[str, Any]) -> tuple[Any, ...]:
    where = [graph.nodes[props[k]]["name"] if props[k] in graph else str(props[k])
             for k in ("dataset", "metric") if props.get(k)]
    if props.get("delta"):
        where.append(f"by {props['delta']}")
    return (graph.nodes[source]["name"], props["type"], graph.nodes[target]["name"], ", ".join(where),
            props.get("hedged"), props["support"], props["confidence"], next(iter(sentences(graph, props)), ""))
