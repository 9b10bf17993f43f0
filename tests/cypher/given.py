"""Values to ask the questions with: nodes that have much to tell, some that have little, and none."""

from __future__ import annotations

from itertools import product
from typing import Any

from kg.graph import Graph, edge_items
from kg.questions import Parameter, get_question

__all__ = ["givens"]


def givens(graph: Graph, name: str, *, most: int = 12) -> list[dict[str, Any]]:
    """Give values for the parameters of a question, at most `most` sets of them."""
    if name == "evidence":
        claims = [(s, t) for s, t, _, props in edge_items(graph) if "support" in props]
        return [{"source": s, "target": t} for s, t in claims[::max(1, len(claims) // most)]][:most]
    parameters = get_question(name).parameters
    sets = product(*(_values(graph, parameter) for parameter in parameters))
    return [{p.name: value for p, value in zip(parameters, held, strict=True) if value is not None}
            for held in sets][:most]


def _values(graph: Graph, parameter: Parameter) -> list[Any]:
    if parameter.is_node:
        nodes = sorted((-graph.degree(n), n) for n, props in graph.nodes(data=True) if props["type"] in parameter.kinds)
        found: list[Any] = [node for _, node in [*nodes[:4], *nodes[-1:]]]
    else:
        read = {"integer": int, "decimal": float, "text": str}[parameter.kinds[0]]
        found = [read(parameter.example)]
    return [*found, None] if parameter.optional else found
