"""Papers, periods and namings, and what is said where something is missing."""

from __future__ import annotations

import pytest

from kg.analysis.frames import fewest, named, need, paper_frame, use_frame, wilson
from kg.errors import DataError
from tests.analysis.small import graph_of


def test_periods_are_years_where_any_paper_has_one() -> None:
    graph = graph_of({"year": 2021, "pages": ["p.txt (Nov 3)"]}, {"year": 2019}, {"pages": ["p.txt (Nov 4)"]})
    frame = paper_frame(graph)
    assert frame["period"].tolist() == ["2021", "2019", None] or frame["period"].isna().tolist() == [False, False, True]
    assert frame["order"].tolist() == [1, 0, -1]
    assert paper_frame(graph, by="page")["order"].tolist() == [0, -1, 1]


@pytest.mark.parametrize(("pages", "period"), [
    (["p.txt (Nov 3)"], "Nov 3"),
    (["p.txt (3 Nov)"], "Nov 3"),
    (["p.txt (Nov 3, 2024)"], "Nov 3, 2024"),
    (["p.txt (2024-11-03)"], "Nov 3, 2024"),
    (["b.txt (Nov 4)", "a.txt (Nov 3)"], "Nov 3"),
    (["p.txt"], None),
    (["p.txt (draft)"], None),
])
def test_page_dates_are_read_and_the_earliest_kept(pages: list[str], period: str | None) -> None:
    found = paper_frame(graph_of({"pages": pages}))["period"]
    assert found.isna().tolist() == [period is None]
    assert found.dropna().tolist() == [period] * (period is not None)


def test_a_paper_names_a_node_once_however_many_edges() -> None:
    graph = graph_of({"uses": ["method/a"], "mentions": ["method/a"]}, {"uses": ["method/b"]})
    assert use_frame(graph, "Method").values.tolist() == [["paper/p1", "method/a"], ["paper/p2", "method/b"]]
    assert use_frame(graph, "Method", edges=("mentions",)).values.tolist() == [["paper/p1", "method/a"]]


def test_nodes_private_to_a_paper_are_left_out() -> None:
    graph = graph_of({"uses": ["method/a", "method/b"]})
    graph.nodes["method/a"]["scope"] = "paper/p1"
    assert use_frame(graph, "Method")["node"].tolist() == ["method/b"]


def test_nodes_of_one_name_are_told_apart() -> None:
    graph = graph_of({"uses": ["method/spd", "method/spd~2", "method/x"]})
    graph.nodes["method/spd~2"]["name"] = "spd"
    assert named(graph, ["method/spd~2", "method/x", "method/spd"]) == ["spd [~2]", "x", "spd"]


@pytest.mark.parametrize(("papers", "expected"), [(1, 1), (499, 1), (500, 2), (5000, 3)])
def test_the_bar_rises_with_the_atlas(papers: int, expected: int) -> None:
    assert fewest(graph_of(*({} for _ in range(papers)))) == expected
    assert fewest(graph_of({}), 7) == 7


@pytest.mark.parametrize(("hits", "total", "low", "high"), [
    (0, 0, 0.0, 1.0), (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)])
def test_wilson(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=1e-4)


def test_need_says_what_is_missing_and_what_to_do() -> None:
    with pytest.raises(DataError, match=r"^this atlas has no papers; add some$"):
        need([], "has no papers", "add some")
    need([1], "has no papers", "add some")
