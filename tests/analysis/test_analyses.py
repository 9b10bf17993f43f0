"""Each analysis on a graph whose answer is known."""

from __future__ import annotations

from random import Random

import networkx as nx
import pytest

from kg import analysis
from kg.analysis.influence import building_graph
from kg.analysis.prediction import auc
from kg.graph import Graph
from tests.analysis.small import field, graph_of, score


def test_leaderboard_ranks_by_normalised_value() -> None:
    graph = graph_of({"year": 2024, "results": [score("a", "x", "acc", 87.8, normalized=0.878),
                                                score("b", "x", "acc", 0.9, normalized=0.9)]})
    found = analysis.leaderboard(graph, "x", "acc")
    assert found[["rank", "method", "value", "year"]].values.tolist() == [[1, "b", "0.9", 2024], [2, "a", "87.8", 2024]]
    overview = analysis.board_overview(graph)
    assert overview[["dataset", "metric", "methods", "best_method", "best_value"]].values.tolist() == [
        ["x", "acc", 2, "b", "0.9"]]


def test_conflicts_are_a_row_a_score() -> None:
    graph = graph_of(*({"results": [score("a", "x", "acc", value)]} for value in (80.0, 82.0)),
                     {"results": [score("b", "x", "acc", 70.0)]})
    found = analysis.conflict_frame(graph)
    assert found[["conflict", "method", "value", "spread", "paper"]].values.tolist() == [
        [1, "a", "80.0", 2.0, "Paper 1"], [1, "a", "82.0", 2.0, "Paper 2"]]


def test_no_conflict_is_an_empty_frame() -> None:
    found = analysis.conflict_frame(graph_of({"results": [score("a", "x", "acc", 80.0)]}))
    assert len(found) == 0
    assert "spread" in found


def test_datasets_that_belong_together_stand_above_chance() -> None:
    found = analysis.coevaluation(field(), samples=100, seed=1)
    columns = (found[column] for column in ("a", "b", "papers", "p"))
    rows = {(a, b): (papers, p) for a, b, papers, p in zip(*columns, strict=True)}
    assert rows[("ax", "ay")][0] + rows[("ax", "az")][0] == 20
    assert rows[("bx", "by")][0] + rows[("bx", "bz")][0] == 20
    assert max(p for _, p in rows.values()) < 0.05
    assert ("ax", "bx") not in rows


def test_pairs_by_chance_are_not_significant() -> None:
    papers = [{"evaluatedOn": [f"dataset/{a}", f"dataset/{b}"]} for a in "abcd" for b in "abcd" if a < b] * 3
    found = analysis.coevaluation(graph_of(*papers), samples=100)
    assert found["papers"].tolist() == [3] * 6
    assert found["p"].min() > 0.05
    assert found["expected"].tolist() == pytest.approx([3] * 6, abs=0.7)


def test_the_null_is_seeded() -> None:
    first, again, other = (analysis.coevaluation(field(), samples=30, seed=seed) for seed in (3, 3, 4))
    assert first.equals(again)
    assert not first.equals(other)


def _chain() -> Graph:
    return graph_of({"basedOn": ["method/b > method/a", "method/c > method/b", "method/d > method/b"]},
                    {"basedOn": ["method/b > method/a", "method/e > method/a"]})


def test_influence_counts_what_is_built_on_a_method() -> None:
    found = analysis.influence(_chain()).set_index("method")
    assert found.index[0] == "a"
    assert found[["direct", "reach", "papers"]].iloc[0].tolist() == [2, 4, 3]
    assert found["betweenness"].to_dict() == {"a": 0, "b": 2, "c": 0, "d": 0, "e": 0}


@pytest.mark.parametrize("make", [_chain, field], ids=["chain", "field"])
def test_both_backends_rank_alike(make: object) -> None:
    assert callable(make)
    graph: Graph = make()
    fast, slow = (analysis.influence(graph, backend=backend) for backend in ("igraph", "networkx"))
    assert fast["node"].tolist() == slow["node"].tolist()
    assert fast["pagerank"].tolist() == pytest.approx(slow["pagerank"].tolist(), abs=1e-6)
    assert fast["betweenness"].tolist() == pytest.approx(slow["betweenness"].tolist())


def test_lineage_goes_both_ways() -> None:
    up = analysis.lineage(_chain(), "c")
    assert up[["depth", "method"]].values.tolist() == [[0, "c"], [1, "b"], [2, "a"]]
    assert up["papers"].tolist()[1:] == [1, 2]
    down = analysis.lineage(_chain(), "a", descendants=True, depth=1)
    assert down[["depth", "method", "papers"]].values.tolist()[1:] == [[1, "b", 2], [1, "e", 1]]


def test_lineage_is_drawn_as_a_tree() -> None:
    assert analysis.lineage_lines(_chain(), "a", descendants=True) == [
        "a", "├─ b (2)", "│  ├─ c (1)", "│  └─ d (1)", "└─ e (1)"]


def test_a_ring_of_bases_ends() -> None:
    graph = graph_of({"basedOn": ["method/a > method/b", "method/b > method/a"]})
    assert analysis.lineage(graph, "a")["method"].tolist() == ["a", "b"]
    assert building_graph(graph).number_of_edges() == 2


@pytest.mark.parametrize("backend", ["igraph", "networkx"])
def test_two_neighbourhoods_are_two_communities(backend: str) -> None:
    found = analysis.members(field(), backend=backend, min_papers=2, resolution=0.5)  # type: ignore[arg-type]
    sides = found.groupby("community")["name"].agg(lambda names: "".join(sorted({name[0] for name in names})))
    assert sorted(sides) == ["a", "b"]
    named = analysis.communities(found)
    assert named["size"].sum() == len(found)
    assert named["name"].str.contains("ax").sum() == 1


def test_communities_are_the_same_on_every_run() -> None:
    first, again = (analysis.members(field(), seed=5) for _ in range(2))
    assert first.equals(again)
    assert first.attrs["modularity"] == again.attrs["modularity"] > 0.3


def test_company_is_weighed_by_cosine() -> None:
    graph = graph_of({"uses": ["method/a"], "evaluatedOn": ["dataset/x"]}, {"uses": ["method/a"]})
    company = analysis.company_graph(graph)
    assert company["method/a"]["dataset/x"] == {"papers": 1, "weight": pytest.approx(1 / 2 ** 0.5)}
    assert {node: company.nodes[node]["papers"] for node in company} == {"dataset/x": 1, "method/a": 2}


def test_positions_keep_the_drawing_in_the_unit_square() -> None:
    graph = field()
    nodes, edges = analysis.positions(graph, analysis.members(graph), top=12)
    again, _ = analysis.positions(graph, analysis.members(graph), top=12)
    assert nodes.equals(again)
    assert set(edges["a"]) | set(edges["b"]) == set(nodes["node"])
    assert nodes[["x", "y"]].min().min() >= 0
    assert nodes[["x", "y"]].max().max() <= 1


def test_trends_count_papers_by_period() -> None:
    graph = graph_of({"year": 2020, "uses": ["method/a"]}, {"year": 2020}, {"year": 2021, "uses": ["method/a"]})
    found = analysis.trends(graph, "Method")
    assert found[["name", "period", "papers", "total", "share"]].values.tolist() == [
        ["a", "2020", 1, 2, 0.5], ["a", "2021", 1, 1, 1.0]]


def test_movers_part_the_papers_in_two_halves() -> None:
    graph = graph_of(*({"year": 2020 + at // 10, "uses": ["method/old" if at < 20 else "method/new", "method/same"]}
                       for at in range(40)))
    found = analysis.movers(graph, "Method")
    assert found["name"].tolist() == ["new", "same", "old"]
    assert found[["first", "peak", "last", "early", "late", "change"]].values.tolist()[0] == [
        "2022", "2022", "2023", 0.0, 1.0, 1.0]
    assert found["z"].tolist() == [6.32, 0.0, -6.32]


def test_a_benchmark_has_a_first_use_and_an_author() -> None:
    graph = graph_of({"year": 2020, "introduces": ["dataset/x"]}, {"year": 2021, "evaluatedOn": ["dataset/x"]})
    found = analysis.dataset_lives(graph)
    assert found[["name", "papers", "introduced_by", "first", "last"]].values.tolist() == [
        ["x", 2, "Paper 1", "2020", "2021"]]


def _race(*scores: tuple[int, float], metric: str = "acc") -> Graph:
    return graph_of(*({"year": year, "results": [score(f"m{at}", "x", metric, value, normalized=value)]}
                      for at, (year, value) in enumerate(scores)))


@pytest.mark.parametrize(("metric", "records"), [("acc", [True, False, True]), ("fid", [True, True, False])])
def test_progress_respects_the_direction(metric: str, records: list[bool]) -> None:
    found = analysis.progress(_race((2020, 0.5), (2021, 0.4), (2022, 0.6), metric=metric))
    assert found["record"].tolist() == records
    assert found.attrs["higher"] is (metric == "acc")


@pytest.mark.parametrize(("scores", "tries", "saturated"), [
    ([(2020, 0.5), (2021, 0.6), (2022, 0.7)], 0, False),
    ([(2020, 0.7), (2021, 0.6), (2022, 0.65), (2023, 0.69)], 3, True),
    ([(2020, 0.5), (2021, 0.6), (2022, 0.985)], 0, True),
])
def test_saturation(scores: list[tuple[int, float]], tries: int, saturated: bool) -> None:
    found = analysis.saturation(_race(*scores)).iloc[0]
    assert (found["tries_since"], found["saturated"]) == (tries, saturated)
    assert found["headroom"] == pytest.approx(1 - max(value for _, value in scores))


def test_cells_and_gaps() -> None:
    graph = graph_of({"addresses": ["task/t"], "uses": ["method/a", "method/b"], "evaluatedOn": ["dataset/x"]},
                     {"addresses": ["task/t"], "uses": ["method/a"], "evaluatedOn": ["dataset/y"]})
    assert len(analysis.cells(graph)) == 3
    assert analysis.gaps(graph, "t").values.tolist() == [["t", "b", "y", 0.5, 1, 1]]
    assert analysis.gap_table(graph, "t").to_dict("list") == {"x": [1, 1], "y": [1, 0]}


def test_technique_terms_are_no_cells() -> None:
    graph = graph_of({"uses": ["method/a", "method/b"], "evaluatedOn": ["dataset/x"]})
    graph.nodes["method/b"]["kind"] = "term"
    assert analysis.cells(graph)["method"].tolist() == ["method/a"]


@pytest.mark.parametrize(("positive", "negative", "expected"), [
    ([2, 3], [1, 1], 1.0), ([1], [2], 0.0), ([1, 1], [1, 1], 0.5), ([1, 3], [2, 2], 0.5)])
def test_auc(positive: list[float], negative: list[float], expected: float) -> None:
    assert auc(positive, negative) == expected


@pytest.mark.parametrize("hold", ["random", "latest"])
def test_prediction_is_measured_beside_popularity(hold: str) -> None:
    rng = Random(0)
    graph = graph_of(*({"year": 2000 + at, "uses": [f"method/{side}{rng.randrange(9)}" for _ in range(2)],
                        "evaluatedOn": [f"dataset/{side}{rng.randrange(9)}" for _ in range(2)]}
                       for at in range(20) for side in "ab"))
    found = analysis.held_out_auc(graph, share=0.3, hold=hold)  # type: ignore[arg-type]
    scores = found.set_index(["negatives", "scorer"])["auc"]
    assert scores["any", "paths"] > scores["any", "popularity"]
    assert found.equals(analysis.held_out_auc(graph, share=0.3, hold=hold))  # type: ignore[arg-type]
    assert set(found["links"]) == {found["links"].iloc[0]}


def test_likely_gaps_follow_shared_datasets() -> None:
    graph = graph_of({"uses": ["method/a"], "evaluatedOn": ["dataset/x", "dataset/y"]},
                     {"uses": ["method/b"], "evaluatedOn": ["dataset/x"]},
                     {"uses": ["method/c"], "evaluatedOn": ["dataset/z"]})
    found = analysis.likely_gaps(graph)
    assert found.iloc[0][["method", "dataset"]].tolist() == ["b", "y"]


def test_wins_baselines_and_cycles() -> None:
    graph = graph_of({"outperforms": ["method/a > method/b", "method/b > method/c"], "comparesWith": ["method/b"]},
                     {"outperforms": ["method/c > method/a"], "comparesWith": ["method/b"]})
    wins = analysis.wins(graph)
    assert wins[["winner", "loser", "papers"]].values.tolist() == [["a", "b", 1], ["b", "c", 1], ["c", "a", 1]]
    assert analysis.baselines(graph)[["method", "compared", "beaten_by", "beats"]].values.tolist() == [
        ["b", 2, 1, 1], ["a", 1, 1, 1], ["c", 1, 1, 1]]
    assert analysis.cycles(graph)[["length", "methods", "papers"]].values.tolist() == [[3, "a > b > c > a", 3]]
    assert len(analysis.cycles(graph, longest=2)) == 0


def test_a_disputed_win_says_where() -> None:
    graph = graph_of({"outperforms": ["method/a > method/b", "method/b > method/a"]})
    for _, winner, key in list(graph.edges(keys=True)):
        if winner == "method/b":
            graph.edges["method/a", "method/b", key]["dataset"] = "dataset/x"
    graph.add_node("dataset/x", type="Dataset", name="X")
    assert analysis.cycles(graph).values.tolist() == [[2, "a > b > a", 2, "X | not said"]]


def test_share_of_papers_with_code() -> None:
    graph = graph_of({"year": 2020, "venue": "V", "hasRepository": ["repo/github.com/o/n"]},
                     {"year": 2020, "venue": "W"}, {"year": 2021, "venue": "V"})
    assert analysis.code_share(graph)[["period", "papers", "with_code", "share"]].values.tolist() == [
        ["2020", 2, 1, 0.5], ["2021", 1, 0, 0.0]]
    assert analysis.code_share(graph, ("venue", "period"))[["venue", "period", "papers"]].values.tolist() == [
        ["V", "2020", 1], ["W", "2020", 1], ["V", "2021", 1]]


def test_a_model_is_no_code() -> None:
    graph = graph_of({"hasRepository": ["repo/hf.co/o/n"]}, {})
    graph.nodes["repo/hf.co/o/n"]["kind"] = "model"
    assert not analysis.papers_with_code(graph)["code"].any()
    assert analysis.papers_with_code(graph, kinds=("model",))["code"].tolist() == [True, False]


def test_nothing_changes_the_graph() -> None:
    graph, before = field(), field()
    nodes = analysis.members(graph)
    analysis.positions(graph, nodes)
    analysis.coevaluation(graph, samples=5)
    analysis.held_out_auc(graph, share=0.5)
    assert nx.utils.graphs_equal(graph, before)
