"""Scores are ranked only with scores that compare; gains are none; disagreements are found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.graph import Graph
from kg.leaderboard import Board, ResultRow, conflicts, leaderboards, result_rows

TOP1, FID, IMAGENET = "metric/top-1-accuracy", "metric/fid", "dataset/imagenet-1k"


def _shown(boards: list[Board]) -> list[tuple[str, str | None, bool | None, list[tuple[int | None, str]]]]:
    return [(b.metric, b.setting, b.higher, [(rank, row.value) for rank, row in b.rows]) for b in boards]


def test_boards_of_a_dataset(graph: Graph) -> None:
    assert _shown(leaderboards(result_rows(graph), dataset=IMAGENET)) == [
        (TOP1, None, True, [(1, "0.86"), (2, "85.2%"), (3, "84.7%")]),
        (FID, None, False, [(1, "2.45"), (2, "3.12")]),
        (TOP1, "zero-shot", True, [(1, "70.8%")]),
    ]


@pytest.mark.parametrize(("options", "values"), [
    ({"metric": FID}, ["2.45", "3.12"]),
    ({"setting": "zero-shot"}, ["70.8%"]),
    ({"split": "test"}, []),
])
def test_boards_can_be_narrowed(graph: Graph, options: dict[str, Any], values: list[str]) -> None:
    boards = leaderboards(result_rows(graph), dataset=IMAGENET, **options)
    assert [row.value for board in boards for _, row in board.rows] == values


def test_a_row_carries_its_ties_and_its_sentence(graph: Graph) -> None:
    assert next(result_rows(graph)) == ResultRow(
        id="result/r1", paper="paper/one", value="85.2%", form="absolute", method="method/alpha", dataset=IMAGENET,
        metric=TOP1, number=85.2, normalized=0.852, higher=True, confidence=0.9,
        sentence="Sentence 1 <b>&\t“é” | \\ 'x'.")


SCORE = ResultRow("r", "p", "1", "absolute", "m", "d", metric="x", number=1.0)


def test_nothing_is_ranked_where_the_direction_is_not_known() -> None:
    rows = [SCORE, replace(SCORE, id="s", number=2.0, value="2")]
    assert _shown(leaderboards(rows, dataset="d")) == [("x", None, None, [(None, "2"), (None, "1")])]


def test_equal_values_share_a_rank() -> None:
    rows = [replace(SCORE, id=i, number=n, value=str(n), higher=True) for i, n in (("a", 2.0), ("b", 3.0), ("c", 3.0),
                                                                                   ("e", 1.0))]
    assert _shown(leaderboards(rows, dataset="d"))[0][3] == [(1, "3.0"), (1, "3.0"), (3, "2.0"), (4, "1.0")]


@pytest.mark.parametrize("other", [
    {"unit": "seconds"}, {"split": "dev"}, {"setting": "5-shot"}, {"metric": "y"}, {"normalized": 0.5},
])
def test_what_does_not_compare_is_on_a_board_of_its_own(other: dict[str, object]) -> None:
    rows = [SCORE, replace(SCORE, id="s", **other)]  # type: ignore[arg-type]
    assert [len(b.rows) for b in leaderboards(rows, dataset="d")] == [1, 1]


def test_conflicts_are_between_papers(graph: Graph) -> None:
    [found] = conflicts(result_rows(graph))
    assert ([(row.paper, row.value) for row in found.rows], found.spread) == (
        [("paper/one", "85.2%"), ("paper/two", "84.7%")], 0.005)


@pytest.mark.parametrize("other", [{"paper": "p"}, {"number": 1.0}, {"split": "dev"}, {"form": "gain"}])
def test_what_is_no_conflict(other: dict[str, object]) -> None:
    second = replace(SCORE, id="s", paper="q", number=2.0)
    assert conflicts([SCORE, replace(second, **other)]) == []  # type: ignore[arg-type]
    assert len(conflicts([SCORE, second])) == 1
