"""What every analysis starts from: papers, periods and namings as frames; and how to say what is missing."""

from __future__ import annotations

import re
from calendar import month_abbr
from collections.abc import Callable, Collection, Iterable, Iterator, Sized
from importlib.util import find_spec
from math import sqrt
from typing import Literal, ParamSpec, TypeVar

import pandas as pd

from kg.errors import DataError
from kg.graph import Graph

__all__ = ["Backend", "By", "attempt", "backend_for", "fewest", "name_of", "named", "need", "nodes_of", "paper_frame",
           "table", "use_frame", "wilson"]

By = Literal["auto", "year", "page"]
Backend = Literal["auto", "igraph", "networkx"]
Given = ParamSpec("Given")
T = TypeVar("T")
_MONTHS = {month.lower(): at for at, month in enumerate(month_abbr) if month}


def need(found: Sized, missing: str, remedy: str) -> None:
    """Raise DataError saying what is missing and what to do, where nothing was found."""
    if not len(found):
        raise DataError(f"this atlas {missing}; {remedy}")


def attempt(function: Callable[Given, T], *args: Given.args, **options: Given.kwargs) -> T | None:
    """Call an analysis; where the atlas has too little for it, print what is missing and give None."""
    try:
        return function(*args, **options)
    except DataError as missing:
        print(f"{getattr(function, '__name__', 'this')}: {missing}")
        return None


def backend_for(choice: Backend) -> Literal["igraph", "networkx"]:
    """Choose igraph where it is installed, else NetworkX; raises DataError where the one asked for is absent."""
    modules = {"igraph": "igraph", "networkx": "scipy"}  # NetworkX itself is always there, its matrices need SciPy
    order: tuple[Literal["igraph", "networkx"], ...] = ("igraph", "networkx") if choice == "auto" else (choice,)
    for name in order:
        if find_spec(modules[name]):
            return name
    raise DataError(f"{modules[order[0]]} is not installed; run: pip install 'paperatlas[notebooks]'")


def nodes_of(graph: Graph, *types: str) -> list[str]:
    """List the nodes of the types, sorted."""
    return sorted(node for node, props in graph.nodes(data=True) if props["type"] in types)


def named(graph: Graph, nodes: Iterable[str]) -> list[str]:
    """Give the names of nodes; of several nodes of one name, all but the first by id have the id's tail with it."""
    held = list(nodes)
    first: dict[str, str] = {}
    for node in sorted(set(held), key=lambda n: (len(n), n)):
        first.setdefault(str(graph.nodes[node]["name"]), node)
    return [name if first[name := str(graph.nodes[node]["name"])] == node else f"{name} [{_tail(node)}]"
            for node in held]


def _tail(node: str) -> str:
    return node[node.rfind("~"):] if "~" in node else node


def name_of(graph: Graph, node: str | None) -> str | None:
    """Give the name of a node, None for none."""
    return None if node is None else str(graph.nodes[node]["name"])


def table(rows: Iterable[tuple[object, ...]], columns: Collection[str]) -> pd.DataFrame:
    """Make a frame of rows; an empty one keeps its columns."""
    return pd.DataFrame.from_records(list(rows), columns=list(columns))


def paper_frame(graph: Graph, *, by: By = "auto") -> pd.DataFrame:
    """Give a row a paper: paper, title, year, venue, period, order.

    `period` is the year as text, or the date of the page where the paper was first seen ("Nov 3"); `order` counts
    the periods from 0. By "auto" it is the year where any paper has one. Papers without a period have None and -1.
    """
    nodes = nodes_of(graph, "Paper")
    need(nodes, "has no papers", "build one with: kg build INPUT -o atlas/")
    found = [graph.nodes[node] for node in nodes]
    years = any("year" in props for props in found)
    use_year = by == "year" or (by == "auto" and years)
    keys = [((props["year"],) if "year" in props else None) if use_year else _page_key(props) for props in found]
    order = {key: at for at, key in enumerate(sorted({key for key in keys if key}))}
    rows = ((node, props["name"], props.get("year"), props.get("venue"), _period(key), order[key] if key else -1)
            for node, props, key in zip(nodes, found, keys, strict=True))
    frame = table(rows, ("paper", "title", "year", "venue", "period", "order"))
    return frame.astype({"year": "Int64"})


def _page_key(props: dict[str, object]) -> tuple[int, ...] | None:
    """Give the earliest page date as (year or 0, month, day)."""
    pages = props.get("pages", [])
    assert isinstance(pages, list)
    return min((key for page in pages for key in _dates(page)), default=None)


def _dates(page: str) -> Iterator[tuple[int, ...]]:
    inside = re.search(r"\(([^()]*)\)$", page)
    text = inside[1].lower() if inside else ""
    year = int(found[0]) if (found := re.search(r"\b(?:19|20)\d\d\b", text)) else 0
    if iso := re.search(r"\b(\d{4})-(\d\d)-(\d\d)\b", text):
        yield int(iso[1]), int(iso[2]), int(iso[3])
    elif match := re.search(r"\b([a-z]{3})[a-z]*\.? (\d{1,2})\b|\b(\d{1,2}) ([a-z]{3})", text):
        month = _MONTHS.get(match[1] or match[4])
        if month:
            yield year, month, int(match[2] or match[3])


def _period(key: tuple[int, ...] | None) -> str | None:
    if key is None or len(key) == 1:
        return str(key[0]) if key else None
    year, month, day = key
    name = list(_MONTHS)[month - 1].title()
    return f"{name} {day}" + (f", {year}" if year else "")


def use_frame(graph: Graph, *types: str, edges: Collection[str] = ()) -> pd.DataFrame:
    """Give a row for each paper and each node of the types that it claims something of: paper, node.

    Only `edges` count where some are given. Nodes private to one paper (with a `scope`) are left out.
    """
    rows = {(source, node) for node in nodes_of(graph, *types) if "scope" not in graph.nodes[node]
            for source, _, props in graph.in_edges(node, data=True)
            if "support" in props and (not edges or props["type"] in edges)
            and graph.nodes[source]["type"] == "Paper"}
    return table(sorted(rows), ("paper", "node"))


def fewest(graph: Graph, asked: int | None = None) -> int:
    """Say in how many papers a node must be to count: `asked`, else 1, 2 (from 500 papers on) or 3 (from 5,000 on)."""
    if asked is not None:
        return asked
    papers = len(nodes_of(graph, "Paper"))
    return 1 + (papers >= 500) + (papers >= 5000)


def wilson(hits: float, total: float, *, z: float = 1.96) -> tuple[float, float]:
    """Give the Wilson score interval of a share (95 % for z = 1.96)."""
    if not total:
        return 0.0, 1.0
    share, spread = hits / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / total + spread / (4 * total))
    return max(0.0, middle - half), min(1.0, middle + half)
