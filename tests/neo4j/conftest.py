"""A real Neo4j server: the one at NEO4J_URI, else one of our own that is started once and stopped at the end.

Before its first start our own server gets the small graph by its bulk importer, under the atlas id `bulk`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import DataError
from kg.model import load_model
from kg.stores.local_neo4j import admin, fetch, password_of, start, stop
from kg.stores.neo4j import connect, server_version
from kg.stores.neo4j_pull import pull
from kg.writers.neo4j_csv import import_arguments, write_neo4j_csv
from tests.graphs import every_edge, every_node
from tests.neo4j.running import Running

if TYPE_CHECKING:
    from neo4j import Driver


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the server."""
    for item in items:
        if "server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.neo4j)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Give a running server; skip with the reason where there can be none."""
    if uri := os.environ.get("NEO4J_URI"):
        user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
        with connect(uri, user=user, password=password) as driver:
            print(f"Neo4j {server_version(driver)} at {uri}")
            yield Running(uri, user, password, driver, None, None)
        return
    try:
        fetch()
    except DataError as error:
        pytest.skip(f"no Neo4j server: {error}")
    os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # quick to start
    home = tmp_path_factory.mktemp("neo4j")
    _import(home, tmp_path_factory.mktemp("csv"))
    own = start(home, bolt=0, http=0, heap="768m", cache="128m", settings=["dbms.cypher.min_replan_interval=1h"])
    try:
        with connect(own.uri, user="neo4j", password=password_of(own)) as driver:
            print(f"Neo4j {server_version(driver)}, our own")
            bulk = pull(driver, atlas="bulk")
            yield Running(own.uri, "neo4j", password_of(own), driver, own, bulk)
    finally:
        stop(home)


def _import(home: Path, folder: Path) -> None:
    write_neo4j_csv(every_node(), every_edge(), folder, base="", atlas="bulk")
    names = {path.stem for path in folder.glob("*.csv") if not path.stem.endswith("-header")}
    done = admin(home, *import_arguments(names, load_model(), folder))
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.fixture
def driver(server: Running) -> Iterator[Driver]:
    """Give the driver of a database without atlases; what a test leaves is removed."""
    _clear(server.driver)
    yield server.driver
    _clear(server.driver)


def _clear(driver: Driver) -> None:
    labels = [*load_model().nodes, "Note"]
    driver.execute_query(f"MATCH (n:{'|'.join(labels)}) WHERE n.atlas IS NOT NULL OR n.test DETACH DELETE n")

