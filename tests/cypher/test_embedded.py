"""The embedded store: the whole graph in it, read-only, clear about what is wrong, and the same answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from kg.atlas import open_atlas
from kg.canonical import graph_hash
from kg.cli.cypher import cypher_command, search_command
from kg.errors import DataError
from kg.graph import Edge, Node, edge_items, to_networkx
from kg.model import load_model
from kg.questions import questions
from kg.questions.cypher import answer_store, cypher_text
from kg.questions.plain import plain_answer
from kg.stores.ladybug import Store, ensure_store, open_store, write_store
from kg.stores.search import search_store
from tests.cypher.given import givens
from tests.graphs import every_edge, every_graph, every_node


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a store with every type of node and edge."""
    path = tmp_path_factory.mktemp("store") / "cypher.lbug"
    write_store(every_node(), every_edge(), path)
    return path


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """Give that store, open."""
    with open_store(file) as opened:
        yield opened


def test_the_store_holds_the_whole_graph(store: Store) -> None:
    nodes = [row[0] for row in store.query("MATCH (n) RETURN n").rows]
    edges = list(store.query("MATCH (a)-[r]->(b) RETURN a.id, r, b.id").rows)
    types = {edge.neo4j: name for name, edge in load_model().edges.items()}
    back = to_networkx(
        (Node(n.pop("id"), n.pop("type"), n.pop("name"), n) for n in nodes),
        (Edge(a, types[r.pop("type")], b, r.pop("key"), r) for a, r, b in edges))
    assert edge_items(back) == edge_items(every_graph())
    assert graph_hash(back) == graph_hash(every_graph())


def test_it_opens_in_well_under_a_second(file: Path) -> None:
    began = time.perf_counter()
    with open_store(file) as opened:
        rows = list(opened.query("MATCH (p:Paper {id: $id}) RETURN p.year", {"id": "paper/beta-9f8e7d6c"}).rows)
    assert rows == [[2025]]
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(("query", "message"), [
    ("CREATE (:Task {id: 'task/x'})", "it would write, and the store is read-only"),
    ("MATCH (n:Paper) DETACH DELETE n", "it would write, and the store is read-only"),
    ("DROP TABLE USES", "it would write, and the store is read-only"),
    ("COPY (MATCH (n:Paper) RETURN n.id) TO '/tmp/x.csv'", "COPY is refused"),
    ("RETURN 1; load from '/etc/passwd' RETURN *", "LOAD is refused"),
    ("MATCH (n) RETURN n.id UNION LOAD FROM 'x.csv' RETURN *", "LOAD is refused"),
    ("INSTALL fts", "INSTALL is refused"),
    ("MATCH (n:Papr) RETURN n", "Table Papr does not exist"),
    ("MATCH (n:Paper) RETURN n.colour", "Cannot find property colour for n"),
    ("MATCH (n:Paper\nRETURN n", "line 2, column 1: "),
    ("", "empty; write one such as"),
    ("MATCH (n:Paper {id: $id}) RETURN n", "the parameter $id has no value; give it: --param id=VALUE"),
])
def test_what_is_wrong_is_one_line(store: Store, query: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        list(store.query(query).rows)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_words_in_texts_are_no_commands(store: Store) -> None:
    query = "MATCH (n:Task) WHERE n.name = '; COPY LOAD FROM' RETURN count(n) // ; INSTALL x"
    assert list(store.query(query).rows) == [[0]]


def test_a_query_is_stopped_at_its_limit(file: Path) -> None:
    with open_store(file, timeout=0.2) as opened, pytest.raises(DataError, match=r"stopped after 0\.2 s"):
        list(opened.query("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)").rows)


def test_a_write_can_be_allowed(tmp_path: Path) -> None:
    write_store(every_node(), every_edge(), tmp_path / "s.lbug")
    with open_store(tmp_path / "s.lbug", read_only=False) as opened:
        opened.query("CREATE (:Task {id: 'task/x', name: 'x'})")
        assert list(opened.query("MATCH (t:Task) RETURN count(t)").rows) == [[3]]


def test_no_store_and_a_broken_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such store; make it with"):
        open_store(tmp_path / "none.lbug")
    (tmp_path / "broken.lbug").write_bytes(b"not a store" * 1000)
    with pytest.raises(DataError, match=r"cannot be opened .* make it again with --rebuild"):
        open_store(tmp_path / "broken.lbug")


@pytest.mark.parametrize(("node", "edge", "message"), [
    (Node("method/a", "Model", "A"), None, "no type of node is called 'Model'"),
    (Node("method/a", "Method", "A", {"colour": "red"}), None, "Method: no property is called colour"),
    (Node("paper/a", "Paper", "A", {"year": "soon"}), None, "Paper: a property holds what the schema does not say"),
    (None, Edge("method/a", "proposes", "paper/b", "k"), "no such edge is in schema/model.yaml"),
])
def test_what_the_schema_does_not_know_is_refused(tmp_path: Path, node: Node | None, edge: Edge | None,
                                                  message: str) -> None:
    with pytest.raises(DataError, match=message):
        write_store([node] if node else [], [edge] if edge else [], tmp_path / "s.lbug")
    assert list(tmp_path.iterdir()) == []


_NAMES = ["`tick`", "it's \"quoted\"", "{brace} $rows", "MATCH (n) DETACH DELETE n", "a\\b\n\tc", "名前 \U0001f600", ""]


def test_names_are_data(tmp_path: Path) -> None:
    nodes = [Node(f"method/n{at}", "Method", name, {"aliases": [name]}) for at, name in enumerate(_NAMES)]
    write_store(nodes, [], tmp_path / "s.lbug")
    with open_store(tmp_path / "s.lbug") as opened:
        rows = list(opened.query("MATCH (m:Method) RETURN m.name, m.aliases ORDER BY m.id").rows)
    assert rows == [[name, [name]] for name in _NAMES]


@pytest.mark.parametrize("name", list(questions()))
def test_questions(store: Store, name: str) -> None:
    graph = every_graph()
    given = givens(graph, name)
    assert [answer_store(store, name, values) for values in given] == [
        plain_answer(graph, name, values) for values in given]


@pytest.mark.parametrize("name", list(questions()))
def test_questions_on_the_sample(sample_atlas: Path, name: str) -> None:
    atlas = open_atlas(sample_atlas)
    graph = atlas.graph()
    with open_store(ensure_store(atlas)) as opened:
        for values in givens(graph, name):
            assert (values, answer_store(opened, name, values)) == (values, plain_answer(graph, name, values))


@pytest.mark.parametrize("name", list(questions()))
def test_each_question_has_its_columns_in_cypher(store: Store, name: str) -> None:
    values = {parameter.name: None for parameter in questions()[name].parameters}
    assert tuple(store.query(cypher_text(name, embedded=True), values).columns) == questions()[name].columns
    returned = cypher_text(name).rsplit("RETURN ", 1)[1].split("\nORDER BY")[0]
    assert all(column in returned for column in questions()[name].columns)


def test_ancestors_in_a_circle_are_found_once(tmp_path: Path) -> None:
    nodes = [*(Node(f"method/{m}", "Method", m) for m in "abcd"), Node("paper/p", "Paper", "p"),
             Node("repo/h/r", "Repository", "r", {"url": "https://h/r"})]
    support = {"papers": [], "support": 0, "confidence": 1.0, "evidence": [], "rules": []}
    edges = [Edge(f"method/{a}", "basedOn", f"method/{b}", f"claim/{a}{b}", support)
             for a, b in ("ab", "bc", "ca", "dd")]
    edges += [Edge("paper/p", "proposes", f"method/{m}", f"claim/p{m}", support) for m in "abcd"]
    edges += [Edge("paper/p", "hasRepository", "repo/h/r", "claim/r", support)]
    write_store(nodes, edges, tmp_path / "s.lbug")
    with open_store(tmp_path / "s.lbug") as opened:
        found = {(name, m): [row[0] for row in answer_store(opened, name, {"method": f"method/{m}"})]
                 for name in ("lineage", "code-extending") for m in "ad"}
    assert found == {("lineage", "a"): ["a", "b", "c"], ("lineage", "d"): ["d"],
                     ("code-extending", "a"): ["a", "b", "c"], ("code-extending", "d"): ["d"]}


def test_search_ranks_names_that_are_the_query_first(store: Store) -> None:
    assert [(hit.type, hit.matched) for hit in search_store(store, "alpha")] == [
        ("Method", "Alpha"), ("Paper", 'Alpha: "C++" <and> 100% more')]
    assert [(hit.name, hit.matched) for hit in search_store(store, "ilsvrc 2012")] == [("ImageNet-1K", "ILSVRC-2012")]
    assert [hit.name for hit in search_store(store, "clas")] == ["image classification", "fine-grained classification"]
    assert search_store(store, "nothing here") == []


def test_search_wants_a_word(store: Store) -> None:
    with pytest.raises(DataError, match="no word to search for"):
        search_store(store, "++ --")


def test_the_commands(sample_atlas: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    query = "MATCH (p:Paper)-[:PROPOSES]->(m:Method {name: $name}) RETURN m.name AS name, count(p) > 0 AS proposed"
    found = run(cypher_command, [str(sample_atlas), query, "-p", "name=TernaFormer", "--json"])
    assert orjson.loads(found.output) == [{"name": "TernaFormer", "proposed": True}]
    (tmp_path / "q.cypher").write_text("RETURN $a + 1 AS b, $c AS c")
    file = str(tmp_path / "q.cypher")
    found = run(cypher_command, [str(sample_atlas), "--file", file, "-p", "a=1", "-p", "c=x", "--csv"])
    assert found.output == "b,c\n2,x\n"
    assert run(cypher_command, [str(sample_atlas)]).exit_code == 2
    assert run(cypher_command, [str(sample_atlas), "RETURN 1", "-p", "oops"]).exit_code == 2
    found = run(search_command, [str(sample_atlas), "ternary attention", "--json"])
    first = orjson.loads(found.output)[0]
    assert "ternary attention" in f"{first['name']} {first['alias']}".lower()
