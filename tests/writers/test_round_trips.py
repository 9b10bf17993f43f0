"""GraphML and tables give back the graph that they were made of."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import Edge, Node
from kg.writers import BASE, write_graph
from kg.writers.cells import join_list, split_list
from kg.writers.graphml import read_graphml
from kg.writers.tables import read_tables

Parts = tuple[list[Node], list[Edge]]


@given(st.lists(st.text()).filter(lambda items: items != [""]))
def test_cells_give_back_their_lists(items: list[str]) -> None:
    assert split_list(join_list(items)) == items


def _graphml(parts: Parts) -> bytes:
    stream = io.BytesIO()
    write_graph("graphml", *parts, stream)
    return stream.getvalue()


def test_graphml_gives_back_the_graph(nodes_and_edges: Parts) -> None:
    assert read_graphml(io.BytesIO(_graphml(nodes_and_edges))) == nodes_and_edges


def test_networkx_reads_our_graphml(nodes_and_edges: Parts) -> None:
    graph = nx.read_graphml(io.BytesIO(_graphml(nodes_and_edges)), force_multigraph=True)
    nodes, edges = nodes_and_edges
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(nodes), len(edges))
    assert graph.graph["base"] == BASE
    assert graph.nodes["paper/one"]["authors"] == "Ann\\|Lee|Bo \\\\ Q"
    assert graph.nodes["paper/one"]["year"] == 2024
    assert graph.nodes["metric/fid"]["higherIsBetter"] is False


def test_parquet_gives_back_the_graph(nodes_and_edges: Parts, tmp_path: Path) -> None:
    write_graph("parquet", *nodes_and_edges, tmp_path)
    names = ["Dataset", "Mention", "Method", "Metric", "Paper", "Repository", "Result", "edges"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"{name}.parquet" for name in names]
    assert read_tables(tmp_path) == nodes_and_edges


def test_csv_has_a_row_for_each_node_and_edge(nodes_and_edges: Parts, tmp_path: Path) -> None:
    write_graph("csv", *nodes_and_edges, tmp_path)
    tables = {p.stem: list(csv.DictReader(io.StringIO(p.read_bytes().decode()))) for p in tmp_path.iterdir()}
    nodes, edges = nodes_and_edges
    assert sum(len(rows) for rows in tables.values()) == len(nodes) + len(edges)
    assert tables["Paper"][0] == {"id": "paper/one", "name": 'Alpha: A, "B" & C', "abstract": "We propose Alpha.",
                                  "authors": "Ann\\|Lee|Bo \\\\ Q", "pages": "p.txt (Aug 7)", "venue": "V",
                                  "year": "2024"}
    assert list(tables["edges"][0])[:4] == ["source", "type", "target", "key"]


@pytest.mark.parametrize("format", ["graphml", "parquet", "csv"])
def test_the_same_graph_gives_the_same_bytes(nodes_and_edges: Parts, tmp_path: Path, format: str) -> None:
    for name in ("one", "two"):
        write_graph(format, *nodes_and_edges, tmp_path / name)
    files = [p if p.is_file() else sorted(p.iterdir()) for p in (tmp_path / "one", tmp_path / "two")]
    one, two = ([f] if isinstance(f, Path) else f for f in files)
    assert one
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]
