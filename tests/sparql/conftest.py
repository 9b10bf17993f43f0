"""An atlas made by hand, with its store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.atlas import Atlas, open_atlas
from kg.stores.oxigraph import ensure_store
from kg.stores.sparql import Engine
from tests.graphs import write_every_atlas


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Give an atlas folder of the graph with every type."""
    return open_atlas(write_every_atlas(tmp_path_factory.mktemp("atlas")))


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
