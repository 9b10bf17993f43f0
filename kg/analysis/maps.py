"""The map of a graph: communities, drawn as a picture or as a page to move about in."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from math import sqrt
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from kg.analysis.communities import communities, members, positions
from kg.analysis.pictures import COLOURS, GREY, INK, Picture, blank, page, short
from kg.errors import DataError
from kg.graph import Graph

__all__ = ["map_page", "plot_map", "write_map"]

_NAMED = 8  # communities with a colour of their own; the others are grey
_SIZE = 1000  # side of the page's drawing, in its own units


def _mapped(graph: Graph, top: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame, dict[int, str]]:
    """Give the nodes and edges to draw, and the names of the communities to colour: those of most weight."""
    found = members(graph, seed=seed)
    nodes, edges = positions(graph, found, top=top, seed=seed)
    names = dict(zip(*(communities(found)[column] for column in ("community", "name")), strict=True))
    drawn = nodes.groupby("community")["typical"].sum()
    biggest = sorted(drawn.index, key=lambda c: (-drawn[c], c))[:_NAMED]
    return nodes, edges, {int(c): names[c] for c in biggest}


def _colour(community: int, named: dict[int, str]) -> str:
    return COLOURS[list(named).index(community)] if community in named else GREY


def plot_map(graph: Graph, *, top: int = 120, labels: int = 45, seed: int = 0) -> Picture:
    """Draw the `top` most typical nodes of the communities, near where they are named together."""
    nodes, edges, named = _mapped(graph, top, seed)
    picture, axes = blank(11, 8.5, title="What papers name together")
    place = {node: (x, y) for node, x, y in zip(nodes["node"], nodes["x"], nodes["y"], strict=True)}
    for a, b in zip(edges["a"], edges["b"], strict=True):
        axes.plot(*zip(place[a], place[b], strict=True), color="#DDDDDD", linewidth=0.8, zorder=1)
    for community, name in [*named.items(), (None, "others")]:
        held = nodes[nodes["community"] == community] if community is not None \
            else nodes[~nodes["community"].isin(named)]
        if len(held):
            axes.scatter(held["x"], held["y"], s=_radii(held["papers"], nodes["papers"].max()) ** 2 * 3.2, zorder=2,
                         color=_colour(community if community is not None else -1, named), alpha=0.9,
                         edgecolor="white", linewidth=0.6, label=short(name, 52))
    _label(axes, nodes, labels)
    axes.set_axis_off()
    picture.legend(loc="outside lower center", ncols=2, fontsize=9, frameon=False, markerscale=0.7)
    return picture


def _radii(papers: pd.Series[int], most: int) -> pd.Series[float]:
    return 2 + 6 * (papers / most) ** 0.5


def _label(axes: Axes, nodes: pd.DataFrame, labels: int) -> None:
    """Name the most named nodes that keep clear of the names before them."""
    boxes: list[tuple[float, float, float]] = []
    for name, x, y in _by_papers(nodes):
        text = short(name, 24)
        half = 0.0045 * len(text)
        if len(boxes) < labels and all(abs(y - b) > 0.022 or abs(x - a) > half + other for a, b, other in boxes):
            boxes.append((x, y, half))
            axes.annotate(text, (x, y), xytext=(0, 6), textcoords="offset points", fontsize=8, ha="center",
                          color=INK, zorder=4)


def _by_papers(nodes: pd.DataFrame) -> list[tuple[str, float, float]]:
    ordered = nodes.sort_values(["papers", "node"], ascending=[False, True])
    return list(zip(ordered["name"], ordered["x"], ordered["y"], strict=True))


def write_map(graph: Graph, path: str | Path, *, top: int = 300, seed: int = 0) -> None:
    """Write the map as a page; raises DataError where the path cannot be written."""
    try:
        Path(path).write_text(map_page(graph, top=top, seed=seed), encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror}") from error


def map_page(graph: Graph, *, top: int = 300, seed: int = 0) -> str:
    """Give the map as one HTML page that needs nothing else: wheel to zoom, drag to move, point at a node."""
    nodes, edges, named = _mapped(graph, top, seed)
    place = {node: (x * _SIZE, (1 - y) * _SIZE) for node, x, y in zip(nodes["node"], nodes["x"], nodes["y"],
                                                                      strict=True)}
    number = {node: at for at, node in enumerate(nodes["node"])}
    lines = (f'<line data-a="{number[a]}" data-b="{number[b]}" x1="{place[a][0]:.1f}" y1="{place[a][1]:.1f}" '
             f'x2="{place[b][0]:.1f}" y2="{place[b][1]:.1f}" stroke-width="{min(4, 0.6 * sqrt(n)):.1f}"/>'
             for a, b, n in zip(edges["a"], edges["b"], edges["papers"], strict=True))
    radii = _radii(nodes["papers"], nodes["papers"].max())
    columns = (nodes[column] for column in ("node", "name", "type", "papers", "community"))
    dots = (_dot(at, place[node], radius * 1.2, _colour(community, named), (name, kind.lower(), papers))
            for at, (node, name, kind, papers, community, radius) in enumerate(zip(*columns, radii, strict=True)))
    legend = "".join(f'<li><i style="background:{_colour(c, named)}"></i>{escape(name)}</li>'
                     for c, name in named.items())
    data = files("kg.analysis")
    svg = (f'<svg viewBox="-40 -40 {_SIZE + 80} {_SIZE + 80}"><g id="lines">{"".join(lines)}</g>'
           f'<g id="dots">{"".join(dots)}</g></svg><input id="find" type="search" placeholder="find a name" '
           f'aria-label="find a name"><ul>{legend}<li><i style="background:{GREY}"></i>others</li></ul>'
           f'<script>{data.joinpath("map.js").read_text(encoding="utf-8")}</script>')
    return page(svg, title="PaperAtlas: what papers name together",
                style=data.joinpath("map.css").read_text(encoding="utf-8"))


def _dot(at: int, place: tuple[float, float], radius: float, colour: str, about: tuple[str, str, int]) -> str:
    name, kind, papers = about
    x, y = place
    return (f'<g data-n="{at}" data-name="{escape(name.lower())}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" '
            f'fill="{colour}"><title>{escape(name)}: {kind}, {papers} papers</title></circle>'
            f'<text x="{x:.1f}" y="{y - radius - 2:.1f}">{escape(name)}</text></g>')
