"""What each analysis says of an atlas that lacks what it needs: one line, no empty frame, no empty axis."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg import analysis
from kg.analysis import grids, maps, plots
from kg.errors import DataError
from kg.graph import Graph
from tests.analysis.small import graph_of, score


def _one() -> Graph:
    return graph_of({})


def _dated() -> Graph:
    """Two papers of two years that name nothing."""
    return graph_of({"year": 2020}, {"year": 2021})


def _undated() -> Graph:
    return graph_of({"uses": ["method/a"], "evaluatedOn": ["dataset/x"], "results": [score("a", "x", "acc", 1.0)]}, {})


def _members(graph: Graph) -> object:
    return analysis.members(graph)


CASES: list[tuple[Callable[[Graph], object], Callable[[], Graph], str]] = [
    (analysis.board_overview, _one, "this atlas has no score that names a method, a dataset and a metric"),
    (analysis.conflict_frame, _one, "this atlas has no score that names a method, a dataset and a metric"),
    (analysis.coevaluation, _one, "this atlas has no paper that evaluates on a dataset"),
    (analysis.coevaluation, _undated, "this atlas has no two datasets that a paper evaluates on together"),
    (analysis.influence, _one, "this atlas has no method that is based on another"),
    (_members, _one, "this atlas names nothing in 1 papers or more"),
    (analysis.trends, _one, "this atlas has no paper with a year or a page date"),
    (analysis.trends, _undated, "this atlas has no paper with a year or a page date"),
    (analysis.trends, lambda: graph_of({"year": 2020}), "all dated papers are of 2020: a trend needs two years"),
    (analysis.trends, _dated, "this atlas has no Method in enough dated papers"),
    (analysis.movers, _dated, "this atlas has no Method in enough dated papers"),
    (analysis.dataset_lives, _dated, "this atlas has no datasets"),
    (analysis.progress, _undated, "this atlas has no paper with a year or a page date"),
    (analysis.saturation, _dated, "this atlas has no score that names a method, a dataset and a metric"),
    (analysis.wins, _one, "this atlas has no method that is said to outperform another"),
    (analysis.cycles, _one, "this atlas has no method that is said to outperform another"),
    (analysis.baselines, _one, "this atlas has no paper that compares methods"),
    (analysis.cells, _one, "this atlas has no paper that tries a named method on a dataset"),
    (analysis.gaps, _undated, "this atlas has no paper that names its task, a method and a dataset"),
    (analysis.held_out_auc, _one, "this atlas has no paper that tries a named method on a dataset"),
    (analysis.held_out_auc, _undated, "this atlas has too few papers to hold some out"),
    (analysis.likely_gaps, _one, "this atlas has no paper that tries a named method on a dataset"),
    (analysis.code_share, _undated, "this atlas has no paper with a year or page date"),
    (analysis.code_share, _dated, "no paper of this atlas links to code"),
    (analysis.paper_frame, lambda: graph_of(), "this atlas has no papers"),
    (plots.plot_trends, _one, "this atlas has no paper with a year or a page date"),
    (plots.plot_movers, _one, "this atlas has no paper with a year or a page date"),
    (plots.plot_leaderboard, _one, "this atlas has no score that names a method, a dataset and a metric"),
    (plots.plot_progress, _one, "this atlas has no paper with a year or a page date"),
    (plots.plot_conflicts, _undated, "this atlas has no conflicting scores"),
    (plots.plot_influence, _one, "this atlas has no method that is based on another"),
    (plots.plot_code, _one, "this atlas has no paper with a year or page date"),
    (grids.plot_coevaluation, _one, "this atlas has no paper that evaluates on a dataset"),
    (grids.plot_gaps, _one, "this atlas has no paper that tries a named method on a dataset"),
    (maps.plot_map, _one, "this atlas names nothing in 1 papers or more"),
    (maps.map_page, _one, "this atlas names nothing in 1 papers or more"),
]


@pytest.mark.parametrize(("ask", "make", "message"), CASES)
def test_each_says_what_is_missing(ask: Callable[[Graph], object], make: Callable[[], Graph], message: str) -> None:
    with pytest.raises(DataError) as caught:
        ask(make())
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value).split("; ")) > 1  # what to do


def test_every_function_has_a_case() -> None:
    asked = {getattr(ask, "__name__", "") for ask, *_ in CASES}
    takes_more = {"communities", "company_graph", "leaderboard", "lineage", "lineage_lines", "members", "positions",
                  "attempt", "gap_table", "papers_with_code", "use_frame"}
    pictures = {*plots.__all__, *grids.__all__, "plot_map", "map_page"}
    assert asked - {"_members"} == ({*analysis.__all__} - takes_more) | pictures


@pytest.mark.parametrize("call", [
    lambda g: analysis.leaderboard(g, "x", "f1"), lambda g: analysis.gap_table(g, "t"),
    lambda g: analysis.lineage(g, "nobody"), lambda g: plots.plot_code(g, "author"),
])
def test_unknown_names_are_said(call: Callable[[Graph], object]) -> None:
    with pytest.raises(DataError):
        call(_undated())


def test_attempt_prints_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert analysis.attempt(analysis.cells, _one()) is None
    assert capsys.readouterr().out.startswith("cells: this atlas has no paper that tries a named method on a dataset; ")
    found = analysis.attempt(analysis.paper_frame, _one(), by="year")
    assert found is not None
    assert len(found) == 1
