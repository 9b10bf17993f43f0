"""Write nodes or edges anew from an older file: what was made takes the place of what fell away, the rest is copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import orjson

from kg.graph import Edge, Node
from kg.splice import Range, SortedLines, exactly, splice, under

__all__ = ["Place", "edge_place", "node_place", "rewrite"]

_COMMON = ("benchmark/", "dataset/", "method/", "metric/", "repo/", "run/", "task/")  # what ids of no one paper start
Place = tuple[bytes, ...]  # what lines are sorted by


def node_place(line: bytes) -> Place:
    """Give the place of a node among those of no one paper: its id."""
    return (line.split(b'"', 4)[3],)


def edge_place(line: bytes) -> Place:
    """Give the place of an edge from such a node: its source, type, target and key."""
    cells = line.split(b'"', 16)
    return cells[3], cells[7], cells[11], cells[15]


def rewrite(old: Path, new: Path, papers: Iterable[str], own: Iterable[Node | Edge], common: Iterable[Node | Edge],
            keep: Callable[[Place], bool], place: Callable[[bytes], Place]) -> Counter[str]:
    """Write `new` as `old`, and say how many there are more of each type of what is no one paper's own.

    Of `papers`, ids of nodes, all that was their own falls away, and of the rest what `keep` does not want; `own`,
    in order, and `common` come in.
    """
    given: dict[str, list[bytes]] = {home: [] for paper in papers for home in _homes(paper)}
    for part in own:
        given.setdefault(_home(part.id if isinstance(part, Node) else part.source), []).append(_line(part))
    more = Counter(part.type for part in common)
    fresh = sorted((place(line), line) for line in map(_line, common))
    for prefix, lines in _kept(SortedLines(old), keep, place, more):
        head = prefix.encode()
        added = (item for item in fresh if item[0][0].startswith(head))
        given[prefix] = [line for _, line in sorted(chain(lines, added))]
    splice(old, new, (_range(home, lines) for home, lines in given.items()))
    return more


def _kept(old: SortedLines, keep: Callable[[Place], bool], place: Callable[[bytes], Place],
          more: Counter[str]) -> Iterator[tuple[str, list[tuple[Place, bytes]]]]:
    """Give the lines of each common range that stay, with their places; take the others off the count."""
    for prefix in _COMMON:
        lines = []
        for line in old.under(prefix):
            at = place(line)
            if keep(at):
                lines.append((at, line))
            else:
                more[orjson.loads(line)["type"]] -= 1
        yield prefix, lines


def _line(value: Node | Edge) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _homes(paper: str) -> tuple[str, str, str]:
    """Give the id of a paper and what the ids of its results and mentions begin with."""
    slug = paper.removeprefix("paper/")
    return paper, f"result/{slug}/", f"text/{slug}/"


def _home(node: str) -> str:
    """Give the range that an id belongs to: its first part, with the paper's where it is a paper's own."""
    kind, _, rest = node.partition("/")
    if kind == "paper":
        return node
    return f"{kind}/{rest.partition('/')[0]}/" if kind in ("result", "text") else f"{kind}/"


def _range(home: str, lines: list[bytes]) -> Range:
    return (under if home.endswith("/") else exactly)(home, lines)
