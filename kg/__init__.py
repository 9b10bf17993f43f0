"""PaperAtlas: machine-learning abstracts as a knowledge graph, with evidence for every edge.

The names below load what they need when first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractors.records import Paper, Record
    from kg.atlas import Atlas, open_atlas
    from kg.builder import build, build_atlas
    from kg.errors import DataError
    from kg.graph import Edge, Graph, Node, read_graph, to_networkx
    from kg.readers import read_papers

__all__ = ["Atlas", "DataError", "Edge", "Graph", "Node", "Paper", "Record", "build", "build_atlas", "load",
           "open_atlas", "read_graph", "read_papers", "to_networkx"]

_HOMES = {
    "extractors.records": ("Paper", "Record"),
    "kg.atlas": ("Atlas", "open_atlas"),
    "kg.builder": ("build", "build_atlas"),
    "kg.errors": ("DataError",),
    "kg.graph": ("Edge", "Graph", "Node", "read_graph", "to_networkx"),
    "kg.readers": ("read_papers",),
}


def load(path: str) -> Graph:
    """Load the NetworkX graph of an atlas folder."""
    from kg.atlas import open_atlas

    return open_atlas(path).graph()


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
