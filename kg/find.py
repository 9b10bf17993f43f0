"""Find nodes by what people call them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from kg.errors import DataError
from kg.graph import Graph, node_items
from kg.identity.normal import loose

__all__ = ["find_nodes", "find_one", "neighbours", "sentences"]

_HIDDEN = frozenset({"Mention", "Run", "Result"})  # nodes without a name of their own


def find_nodes(graph: Graph, text: str, *, types: Collection[str] = ()) -> list[str]:
    """Find the nodes called `text`: by id, then by name or alias, then by either but for case, blanks and hyphens.

    Of several the one comes first that most edges point to. Raises DataError with the nearest names where nothing
    is called so.
    """
    if text in graph and (not types or graph.nodes[text]["type"] in types):
        return [text]
    named = [(i, [a["name"], *a.get("aliases", ())]) for i, a in node_items(graph)
             if (a["type"] in types if types else a["type"] not in _HIDDEN)]
    tests = (
        [i for i, names in named if text in names],
        [i for i, names in named if loose(text) in map(loose, names)],
    )
    if found := next((ids for ids in tests if ids), None):
        return sorted(found, key=lambda i: (-graph.in_degree(i), i))
    what = " or ".join(sorted(types)) or "node"
    near = get_close_matches(text, sorted({n for _, names in named for n in names}), n=3, cutoff=0.6)
    hint = f"; near: {', '.join(near)}" if near else ""
    raise DataError(f"no {what} called {text!r} in this atlas{hint}")


def find_one(graph: Graph, text: str, *, types: Collection[str] = ()) -> str:
    """Find the one node called `text`; of several, the one that most edges point to."""
    return find_nodes(graph, text, types=types)[0]


def neighbours(graph: Graph, node: str, edge: str, *, inward: bool = False) -> Iterator[tuple[str, dict[str, object]]]:
    """Give the nodes at the other end of the edges of a type, with the edges' properties, best supported first."""
    ends: Iterable[tuple[str, str, dict[str, object]]]
    ends = graph.in_edges(node, data=True) if inward else graph.out_edges(node, data=True)
    found = [(a if inward else b, props) for a, b, props in ends if props["type"] == edge]
    yield from sorted(found, key=lambda f: (-_number(f[1].get("support")), graph.nodes[f[0]]["name"], f[0]))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def sentences(graph: Graph, props: dict[str, object]) -> list[str]:
    """Give the sentences behind a claim, each once."""
    evidence = props.get("evidence", ())
    ids = evidence if isinstance(evidence, list) else []
    return list(dict.fromkeys(graph.nodes[i]["sentence"] for i in ids if "sentence" in graph.nodes.get(i, {})))
