"""An atlas made by hand, with its store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from kg.atlas import EDGES, LAYOUT, MANIFEST, NODES, Atlas, open_atlas, write_lines
from kg.stores.oxigraph import ensure_store
from kg.stores.sparql import Engine
from kg.writers import BASE
from tests.graphs import every_edge, every_node


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Give an atlas folder of the graph with every type."""
    folder = tmp_path_factory.mktemp("atlas")
    write_lines(folder / NODES, every_node())
    write_lines(folder / EDGES, every_edge())
    manifest = {"layout": LAYOUT, "paperatlas": "0.1.0", "base": BASE, "formats": ["turtle"],
                "counts": {"papers": 3, "entries": 4}}
    (folder / MANIFEST).write_bytes(orjson.dumps(manifest))
    return open_atlas(folder)


@pytest.fixture(scope="session")
def store(atlas: Atlas) -> Path:
    """Give the folder of its store."""
    return ensure_store(atlas)


@pytest.fixture
def engine(store: Path) -> Iterator[Engine]:
    """Give an engine that stops after two seconds."""
    engine = Engine(store, timeout=2)
    yield engine
    engine.close()
