"""Questions, search and commands on a real server give what the embedded store gives."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.atlas import Atlas, open_atlas
from kg.canonical import graph_hash
from kg.cli.cypher import search_command
from kg.cli.neo4j import load_command, pull_command
from kg.questions import questions
from kg.questions.cypher import answer_neo4j
from kg.questions.plain import plain_answer
from kg.stores.ladybug import ensure_store, open_store
from kg.stores.neo4j_load import load
from kg.stores.search import search_neo4j, search_store
from tests.cypher.given import givens
from tests.graphs import every_edge, every_graph, every_node

if TYPE_CHECKING:
    from neo4j import Driver

    from tests.neo4j.running import Running


def test_the_twenty_questions(driver: Driver) -> None:
    load(driver, every_node(), every_edge())
    graph = every_graph()
    asked = [(name, given) for name in questions() for given in givens(graph, name, most=5)]
    assert {name for name, _ in asked} == set(questions())
    assert [(name, given, answer_neo4j(driver, name, given)) for name, given in asked] == [
        (name, given, plain_answer(graph, name, given)) for name, given in asked]


def test_the_twenty_questions_on_the_sample(driver: Driver, sample_atlas: Path) -> None:
    atlas = open_atlas(sample_atlas)
    load(driver, atlas.nodes(), atlas.edges())
    graph = atlas.graph()
    for name in questions():
        for given in givens(graph, name, most=2):
            assert (name, given, answer_neo4j(driver, name, given)) == (name, given, plain_answer(graph, name, given))


@pytest.fixture
def loaded(driver: Driver, sample_atlas: Path) -> Atlas:
    """Give the atlas of the sample page, loaded."""
    atlas = open_atlas(sample_atlas)
    load(driver, atlas.nodes(), atlas.edges())
    return atlas


@pytest.mark.parametrize("text", ["image", "masked", "ternary attention", "ImageNet-1k", "clip", "c++", "zzz"])
def test_search(loaded: Atlas, driver: Driver, text: str) -> None:
    with open_store(ensure_store(loaded)) as store:
        assert search_neo4j(driver, text, limit=100) == search_store(store, text, limit=100)


@pytest.mark.usefixtures("driver")
def test_the_commands(server: Running, sample_atlas: Path, tmp_path: Path) -> None:
    runner = CliRunner(env={"NEO4J_URI": server.uri, "NEO4J_USERNAME": server.user, "NEO4J_PASSWORD": server.password})
    graph = open_atlas(sample_atlas).graph()
    first = runner.invoke(load_command, [str(sample_atlas)])
    again = runner.invoke(load_command, [str(sample_atlas)])
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "nodes created" in first.stderr and re.search(r"nothing to change; \d", again.stderr)
    pulled = runner.invoke(pull_command, ["-o", str(tmp_path / "graph.graphml")])
    assert pulled.output.strip() == (f"{graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} relationships, "
                                     f"{graph_hash(graph)}")
    assert (tmp_path / "graph.graphml").stat().st_size > 10_000
    found = runner.invoke(search_command, [server.uri, "ternary attention", "--csv"])
    assert found.output == runner.invoke(search_command, [str(sample_atlas), "ternary attention", "--csv"]).output
    assert found.output.startswith("type,name,alias,papers,id\n")
