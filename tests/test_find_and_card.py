"""Nodes are found by what people call them; a card says what the graph says of one."""

from __future__ import annotations

import pytest

from kg.card import Line, Section, card
from kg.errors import DataError
from kg.find import find_nodes, find_one
from kg.graph import Graph


@pytest.mark.parametrize(("text", "found"), [
    ("method/alpha", "method/alpha"), ("Alpha", "method/alpha"), ("alpha", "method/alpha"),
    ("ALPHA-Net", "method/alpha"), ("alphanet", "method/alpha"), ("imagenet 1k", "dataset/imagenet-1k"),
    ("ILSVRC-2012", "dataset/imagenet-1k"), ("$Alpha$ Net", "method/alpha"), ("beta beats alpha", "paper/two"),
])
def test_names_aliases_and_spellings(graph: Graph, text: str, found: str) -> None:
    assert find_nodes(graph, text) == [found]


def test_a_type_narrows(graph: Graph) -> None:
    graph.add_node("dataset/alpha", type="Dataset", name="Alpha")
    assert find_nodes(graph, "Alpha") == ["method/alpha", "dataset/alpha"]
    assert find_nodes(graph, "Alpha", types=("Dataset",)) == ["dataset/alpha"]
    assert find_one(graph, "Alpha") == "method/alpha"


def test_what_is_not_there_is_named_with_what_is_near(graph: Graph) -> None:
    with pytest.raises(DataError) as error:
        find_nodes(graph, "Alpa")
    assert str(error.value) == "no node called 'Alpa' in this atlas; near: Alpha"
    with pytest.raises(DataError) as error:
        find_nodes(graph, "ImageNet-1K", types=("Metric",))
    assert str(error.value) == "no Metric called 'ImageNet-1K' in this atlas"


def test_the_card_of_a_method(graph: Graph) -> None:
    one, two = ("Sentence 1 <b>&\t“é” | \\ 'x'.", "Sentence 2 <b>&\t“é” | \\ 'x'.")
    found = card(graph, "method/alpha")
    assert (found.name, found.type) == ("Alpha", "Method")
    assert found.facts == {"kind": "named", "aliases": ["ALPHA-Net", "α"]}
    assert found.sections == (
        Section("proposed by", (Line("paper/one", 'Alpha: A, "B" & C', 1, one),)),
        Section("extended by", (Line("method/beta", "Beta", 1, two),)),
        Section("outperformed by", (Line("method/beta", "Beta", 1, two.replace("2", "3")),)),
        Section("code of the papers that propose it", (Line("repo/github.com/a/alpha", "a/alpha", 1, one),)),
    )
    assert [row.id for row in found.results] == ["result/r1", "result/r2", "result/r5"]
