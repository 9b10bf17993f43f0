"""What goes wrong between us and a server is one line that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import DataError
from kg.graph import Node
from kg.stores.neo4j import check_version, connect, in_one_line
from kg.stores.neo4j_load import load
from kg.stores.neo4j_pull import pull
from tests.graphs import every_edge, every_node

if TYPE_CHECKING:
    from neo4j import Driver

    from tests.neo4j.running import Running

_TWINS = [Node("method/a", "Method", "Twin"), Node("method/b", "Method", "Twin")]


@contextmanager
def _schema(driver: Driver, make: str, undo: str) -> Iterator[None]:
    statements: list[Any] = [make, undo]
    driver.execute_query(statements[0])
    try:
        yield
    finally:
        driver.execute_query(statements[1])


def _load(server: Running, nodes: list[Node], **options: Any) -> None:
    with connect(server.uri, user=server.user, password=server.password) as driver:
        load(driver, nodes, [], **options)


def test_a_wrong_password(server: Running) -> None:
    with pytest.raises(DataError, match="wrong user or password; set NEO4J_USERNAME"), \
            connect(server.uri, user=server.user, password="not this"):
        pass


def test_a_first_password(server: Running, driver: Driver) -> None:
    make = "CREATE USER newcomer SET PASSWORD 'changeme1' CHANGE REQUIRED"
    with _schema(driver, make, "DROP USER newcomer"), \
            pytest.raises(DataError, match="first password must be changed"), \
            connect(server.uri, user="newcomer", password="changeme1") as newcomer:
        load(newcomer, _TWINS, [])


def test_no_server() -> None:
    with pytest.raises(DataError, match="no Neo4j answers there; start one"), \
            connect("bolt://localhost:1", user="neo4j", password="x"):
        pass


@pytest.mark.parametrize("uri", ["localhost:7687", "foo://localhost", "bolt://[::1"])
def test_no_address(uri: str) -> None:
    with pytest.raises(DataError, match=r"not an address of a Neo4j server .*bolt://localhost:7687"), \
            connect(uri, user="neo4j", password="x"):
        pass


def test_no_database(server: Running) -> None:
    with pytest.raises(DataError, match="no such database"):
        _load(server, _TWINS, database="nosuch")


def test_a_constraint_that_the_graph_breaks(server: Running, driver: Driver) -> None:
    load(driver, [], [])
    make = "CREATE CONSTRAINT theirs FOR (n:Method) REQUIRE n.name IS UNIQUE"
    undo = "DROP CONSTRAINT theirs"
    with _schema(driver, "DROP INDEX method_name", "RETURN 1"), _schema(driver, make, undo), \
            pytest.raises(DataError, match=r"a constraint of the database forbids it .*Twin.*SHOW CONSTRAINTS"):
        _load(server, _TWINS)
    load(driver, _TWINS, [])
    assert sorted(pull(driver)) == ["method/a", "method/b"]


def test_duplicates_where_a_constraint_must_be(server: Running, driver: Driver) -> None:
    load(driver, [], [])
    driver.execute_query("DROP CONSTRAINT run_id")
    driver.execute_query("CREATE (:Run {id: 'x', test: true}), (:Run {id: 'x', test: true})")
    with pytest.raises(DataError, match=r"a constraint that the graph needs cannot be made .*remove the duplicates"):
        _load(server, _TWINS)
    driver.execute_query("MATCH (n:Run {id: 'x'}) DELETE n")
    assert load(driver, _TWINS, []).changes["constraints_added"] == 1


def test_an_index_where_a_constraint_must_be(server: Running, driver: Driver) -> None:
    load(driver, [], [])
    driver.execute_query("DROP CONSTRAINT run_id")
    with _schema(driver, "CREATE INDEX theirs FOR (n:Run) ON (n.id)", "DROP INDEX theirs"), \
            pytest.raises(DataError, match="an index stands where the graph needs a constraint"):
        _load(server, _TWINS)
    assert load(driver, _TWINS, []).changes["constraints_added"] == 1


def test_a_read_only_database_and_user() -> None:
    """Community has neither roles nor a switch at run time: what such servers answer is hydrated as the driver does."""
    from neo4j.exceptions import Neo4jError

    for code, said in (("General.ForbiddenOnReadOnlyDatabase", "the database is read-only"),
                       ("Security.Forbidden", "this user may not do that .Write operations are not allowed")):
        error = Neo4jError._hydrate_neo4j(code=f"Neo.ClientError.{code}", message="Write operations are not allowed")
        with pytest.raises(DataError, match=said), in_one_line("bolt://x"):
            raise error


@pytest.mark.parametrize("version", ["3.5.35", "4.4.40", "5.12.0"])
def test_an_old_server(version: str) -> None:
    with pytest.raises(DataError, match=f"Neo4j {version} is too old; use 5.13 or newer"):
        check_version(version, "bolt://x")


@pytest.mark.parametrize("version", ["5.13.0", "5.26.12", "2025.10.1"])
def test_a_new_server(version: str) -> None:
    check_version(version, "bolt://x")
    assert version


def test_what_failed_is_mended_by_a_second_run(driver: Driver) -> None:
    load(driver, every_node(), [])
    load(driver, every_node(), every_edge())
    assert pull(driver).number_of_edges() == len(every_edge())
