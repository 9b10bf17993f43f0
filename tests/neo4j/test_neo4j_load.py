"""Loading into a real server: nothing twice, nothing stale, nothing of others touched, whole after a kill."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.canonical import canonical_hash, graph_hash
from kg.errors import DataError
from kg.graph import Edge, Node, edge_items, node_items, to_networkx
from kg.stores.neo4j_load import load
from kg.stores.neo4j_pull import pull
from tests.graphs import every_edge, every_graph, every_node

if TYPE_CHECKING:
    from neo4j import Driver

    from tests.neo4j.running import Running

_COUNT = "MATCH (n) WHERE n.atlas = 'paperatlas' RETURN count(n)"


def _ask(driver: Driver, query: str, **values: Any) -> list[tuple[Any, ...]]:
    text: Any = query
    return [tuple(record.values()) for record in driver.execute_query(text, parameters_=values).records]


def test_the_graph_comes_back_as_it_was(driver: Driver) -> None:
    load(driver, every_node(), every_edge())
    back = pull(driver)
    assert node_items(back) == node_items(every_graph())
    assert edge_items(back) == edge_items(every_graph())


def test_a_second_load_changes_nothing(driver: Driver) -> None:
    first = load(driver, every_node(), every_edge())
    again = load(driver, every_node(), every_edge())
    assert (first.changes["nodes_created"], first.changes["relationships_created"]) == (
        len(every_node()), len(every_edge()))
    assert (again.nodes, again.edges, dict(again.changes)) == (len(every_node()), len(every_edge()), {})


def test_labels_types_and_properties_are_those_of_the_model(driver: Driver) -> None:
    load(driver, every_node(), every_edge())
    found = _ask(driver, "MATCH (p:Paper {year: 2024})-[r:EVALUATED_ON]->(d:Dataset) "
                         "RETURN d.name, r.support, r.papers, r.confidence, r.atlas ORDER BY d.name")
    assert found == [(name, 1, ["paper/arxiv-2403.00001"], 0.875, "paperatlas") for name in ("COCO", "ImageNet-1K")]


def _smaller() -> tuple[list[Node], list[Edge]]:
    """Give the graph without one paper, and with another title."""
    gone = "beta-9f8e7d6c"
    nodes = [n for n in every_node() if gone not in n.id]
    nodes = [Node(n.id, n.type, "New title", {"year": 2020}) if n.id == "paper/arxiv-2403.00001" else n for n in nodes]
    return nodes, [e for e in every_edge() if gone not in e.source + e.target]


def test_a_later_load_removes_what_is_stale_and_nothing_else(driver: Driver) -> None:
    load(driver, every_node(), every_edge())
    driver.execute_query("MATCH (m:Method {id: 'method/alpha'}), (o:Method {id: 'method/beta'}) "
                         "CREATE (:Note {text: 'mine', test: true})-[:ABOUT]->(m), (m)-[:BASED_ON {mine: true}]->(o), "
                         "(:Paper {id: 'my/paper', test: true})")
    nodes, edges = _smaller()
    load(driver, nodes, edges)
    assert graph_hash(pull(driver)) == canonical_hash(nodes, edges)
    assert _ask(driver, "MATCH (n:Note)-[:ABOUT]->(m) RETURN n.text, m.id") == [("mine", "method/alpha")]
    assert _ask(driver, "MATCH ()-[r:BASED_ON]->() WHERE r.mine RETURN count(r)") == [(1,)]
    mine = _ask(driver, "MATCH (p:Paper {id: 'my/paper'}) RETURN properties(p)")
    assert mine == [({"id": "my/paper", "test": True},)]
    assert not load(driver, nodes, edges).changes


def test_a_node_of_another_atlas_is_not_taken(driver: Driver) -> None:
    load(driver, every_node(), every_edge(), atlas="theirs")
    with pytest.raises(DataError, match="Benchmark benchmark/glue: the database has this node from the atlas 'theirs'"):
        load(driver, every_node(), every_edge())
    assert graph_hash(pull(driver, atlas="theirs")) == graph_hash(every_graph())


_KILLED = """
import os, signal, sys
from kg.stores import neo4j_load
from kg.stores.neo4j import connect
from tests.graphs import every_edge, every_node

def until(items, last):
    for at, item in enumerate(items):
        if at == last:
            os.kill(os.getpid(), signal.SIGKILL)
        yield item

uri, user, password, nodes, edges = sys.argv[1:]
neo4j_load._NODES = neo4j_load._EDGES = 6
with connect(uri, user=user, password=password) as driver:
    neo4j_load.load(driver, until(every_node(), int(nodes)), until(every_edge(), int(edges)))
"""


@pytest.mark.parametrize(("nodes", "edges"), [(20, 0), (99, 60)])
def test_a_load_that_was_killed_ends_right_when_run_again(server: Running, driver: Driver, root: Path, nodes: int,
                                                         edges: int) -> None:
    command = [sys.executable, "-c", _KILLED, server.uri, server.user, server.password, str(nodes), str(edges)]
    assert subprocess.run(command, cwd=root, check=False).returncode == -signal.SIGKILL
    assert 0 < _ask(driver, _COUNT)[0][0] <= len(every_node())
    assert graph_hash(pull(driver)) != graph_hash(every_graph())
    load(driver, every_node(), every_edge())
    assert graph_hash(pull(driver)) == graph_hash(every_graph())


_NAMES = ["`tick`", "it's \"quoted\"", "{brace} $rows ${x}", "MATCH (n) DETACH DELETE n", "a\\b\n\tc",
          "`}) SET n:Hacked //",
          "名前 \U0001f600 ß", "", "nul \x00 \ud800 end", "'; DROP"]


def test_names_are_data(driver: Driver) -> None:
    nodes = [Node(f"method/n{at}", "Method", name, {"aliases": [name, "x"], "kind": "named"})
             for at, name in enumerate(_NAMES)]
    nodes.append(Node("repo/h/`}) DETACH DELETE n //", "Repository", "odd", {"url": "https://h/`'\"{}"}))
    load(driver, nodes, [])
    assert graph_hash(pull(driver)) == graph_hash(to_networkx(nodes, []))
    assert not load(driver, nodes, []).changes


def test_an_edge_to_nowhere_is_named(driver: Driver) -> None:
    edge = Edge("paper/x", "proposes", "method/none", "claim/1", {"support": 1})
    with pytest.raises(DataError, match="1 edges proposes join nodes that are not in the atlas"):
        load(driver, [Node("paper/x", "Paper", "X")], [edge])


@pytest.mark.parametrize(("node", "edge", "message"), [
    (Node("method/a", "Model", "A"), None, "no type of node is called 'Model'"),
    (None, Edge("method/a", "proposes", "paper/b", "k"), "no such edge is in schema/model.yaml"),
])
def test_what_the_schema_does_not_know_is_refused(driver: Driver, node: Node | None, edge: Edge | None,
                                                  message: str) -> None:
    nodes: Sequence[Node] = [node] if node else []
    with pytest.raises(DataError, match=message):
        load(driver, nodes, [edge] if edge else [])


def test_an_atlas_that_is_not_there_is_named_with_those_that_are(driver: Driver) -> None:
    load(driver, every_node(), every_edge(), atlas="theirs")
    with pytest.raises(DataError, match="no atlas 'mine'; it has theirs"):
        pull(driver, atlas="mine")


def test_the_bulk_import_gives_the_same_graph(server: Running) -> None:
    if server.bulk is None:
        pytest.skip("the importer needs a server of our own, and NEO4J_URI is set")
    assert (server.bulk.number_of_nodes(), server.bulk.number_of_edges()) == (len(every_node()), len(every_edge()))
    assert graph_hash(server.bulk) == graph_hash(every_graph())


def test_a_title_may_be_long(driver: Driver) -> None:
    nodes = [Node("paper/x", "Paper", "long " * 20_000, {"abstract": "word " * 200_000})]
    load(driver, nodes, [])
    assert graph_hash(pull(driver)) == canonical_hash(nodes, [])
