"""The levels of the lattice of versions: a thing itself, the version it belongs to, or its whole family.

GPT-4V is a version of GPT-4, which is a version of GPT: at level `family` all three are GPT, at level `version`
(one step below the family) the first two are GPT-4, at level `exact` each is itself.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.graph import Edge, Graph, edge_items
from kg.identity.resolve import chain_of, lattice_of

__all__ = ["LEVELS", "Level", "level_of", "members_of"]

LEVELS = ("exact", "version", "family")
Level = Callable[[str], str]  # from a node to the one that stands for it


def level_of(graph: Graph, level: str) -> Level:
    """Give the function that tells which node stands for a node at a level, one of LEVELS."""
    if level == "exact":
        return str
    lattice = lattice_of(Edge(s, a["type"], t, k) for s, t, k, a in edge_items(graph) if a["type"] == "versionOf")
    up = 1 if level == "family" else 2
    return lambda node: (chain := chain_of(node, lattice))[-min(up, len(chain))]


def members_of(graph: Graph, node: str, level: Level) -> set[str]:
    """Give the nodes for which the same node stands as for `node`, itself among them."""
    head = level(node)
    return {str(other) for other in graph if level(str(other)) == head}
