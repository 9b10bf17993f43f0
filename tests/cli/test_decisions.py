"""Merge, split and rename on the command line: what cannot be decided is refused, what was merged is followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.identity.files import DECISIONS
from tests.cli.conftest import Kg
from tests.identity.makers import entity, record, write_atlas

PAPERS = [record("p1", entity("Benchmark", "Sift"), title="One"), record("p2", entity("Benchmark", "Sift")),
          record("p3", entity("Method", "Sift"), entity("Dataset", "Cora")), record("p4", entity("Method", "Sifter")),
          record("my paper", entity("Method", "Sifter")), record("p5", entity("Method", "GPT-3")),
          record("p6", entity("Method", "GPT-4"))]


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    """Give an atlas in which a benchmark and a method have one name."""
    return write_atlas(tmp_path / "atlas", PAPERS)


def decided(atlas: Path) -> list[str]:
    """Give the decisions of an atlas."""
    return [line for line in (atlas / DECISIONS).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("arguments", "line"), [
    (("merge", "Sift", "Sifter"), "merge method/sift method/sifter"),
    (("merge", "Sift", "Cora"), "merge benchmark/sift dataset/cora"),
    (("split", "Sifter", "my paper"), 'split method/sifter "my paper"'),
    (("split", "Sift", "paper/one-8fa14cdd"), "split benchmark/sift p1"),
    (("rename", "method/sift", "The  Sift"), "rename method/sift The Sift"),
])
def test_a_decision_is_kept(kg: Kg, atlas: Path, arguments: tuple[str, ...], line: str) -> None:
    verb, *rest = arguments
    if rest[-1].startswith("paper/"):
        rest[-1] = next(row.split()[0] for row in kg("papers", atlas).out.splitlines() if " One " in row)
    said = kg(verb, atlas, *rest)
    assert (said.code, said.err, said.out.splitlines()[0]) == (0, "", line)
    assert decided(atlas) == [line]


@pytest.mark.parametrize(("arguments", "reason"), [
    (("merge", "method/sift", "dataset/cora"), "method/sift and dataset/cora are of different types and cannot be one "
                                               "thing"),
    (("merge", "Cora", "dataset/cora"), "Cora and dataset/cora are one node already (dataset/cora)"),
    (("merge", "Sifter", "method/gpt"), "no paper names method/gpt itself; it stands for what other nodes are versions "
                                        "or parts of, and stays as long as they do"),
    (("split", "Sifter", "p9"), "no paper p9; `kg papers {}` lists them"),
    (("split", "Sifter", "p4", "p5"), "nothing in p5 names method/sifter; `kg papers {} --about method/sifter` lists "
                                      "the papers that do"),
    (("rename", "PAPER", "X"), "PAPER is a Paper; only methods, data sets, benchmarks, metrics and tasks can be "
                               "merged, split and renamed"),
    (("split", "PAPER", "p1"), "PAPER is a Paper; only methods, data sets, benchmarks, metrics and tasks can be "
                               "merged, split and renamed"),
])
def test_what_cannot_be_decided_is_refused(kg: Kg, atlas: Path, arguments: tuple[str, ...], reason: str) -> None:
    paper = next(row.split()[0] for row in kg("papers", atlas).out.splitlines() if " One " in row)
    verb, *rest = (a.replace("PAPER", paper) for a in arguments)
    said = kg(verb, atlas, *rest)
    assert (said.code, said.out) == (1, "")
    assert said.err == f"kg: {atlas}: {reason.format(atlas).replace('PAPER', paper)}\n"
    assert decided(atlas) == []


def test_a_paper_is_no_thing_by_its_title_either(kg: Kg, atlas: Path) -> None:
    said = kg("rename", atlas, "One", "X")
    assert (said.code, said.err.startswith("kg: no Benchmark or Dataset or Method or Metric or Task called 'One'")) == (
        1, True)


@pytest.mark.parametrize("arguments", [
    ("show", "ATLAS", "method/sifter"), ("papers", "ATLAS", "--about", "method/sifter"),
    ("claims", "ATLAS", "--about", "method/sifter"), ("split", "ATLAS", "method/sifter", "p4"),
    ("rename", "ATLAS", "method/sifter", "New"), ("merge", "ATLAS", "method/gpt-3", "method/sifter"),
])
def test_an_id_that_was_merged_is_followed(kg: Kg, atlas: Path, arguments: tuple[str, ...]) -> None:
    kg("merge", atlas, "method/sift", "method/sifter")
    said = kg(*(str(atlas) if a == "ATLAS" else a for a in arguments))
    assert (said.code, said.err) == (0, "kg: method/sifter was replaced by method/sift\n")


@pytest.mark.parametrize("option", ["--dataset", "--metric"])
def test_a_board_is_found_by_a_merged_id(kg: Kg, tmp_path: Path, option: str) -> None:
    atlas = write_atlas(tmp_path / "atlas", [record("p1", entity("Dataset", "Foo"), entity("Metric", "M")),
                                             record("p2", entity("Dataset", "Bar"), entity("Metric", "N"))])
    kg("merge", atlas, "dataset/foo", "dataset/bar")
    kg("merge", atlas, "metric/m", "metric/n")
    given = {"--dataset": "dataset/foo", "--metric": "metric/m", option: "dataset/bar" if option == "--dataset" else
             "metric/n"}
    said = kg("leaderboard", atlas, *(word for pair in given.items() for word in pair))
    assert (said.code, said.err.count(" was replaced by ")) == (0, 1)


def test_a_question_and_a_picture_follow_a_merged_id(kg: Kg, tmp_path: Path) -> None:
    atlas = write_atlas(tmp_path / "atlas", [record("p1", entity("Dataset", "Foo")),
                                             record("p2", entity("Dataset", "Bar"))])
    kg("merge", atlas, "dataset/foo", "dataset/bar")
    said = kg("ask", atlas, "best-on", "--dataset", "dataset/bar")
    assert (said.code, said.err) == (0, "kg: dataset/bar was replaced by dataset/foo\n")


def test_a_line_that_does_nothing_is_said_at_every_build(kg: Kg, atlas: Path) -> None:
    (atlas / DECISIONS).write_text("merge method/sift method/gone\n", encoding="utf-8")
    said = kg("add", atlas)
    assert (said.code, said.err) == (0, f"kg: {atlas / DECISIONS}:1: 'merge method/sift method/gone' does nothing: "
                                        "method/gone is not in this atlas; correct or delete the line\n")
    assert said.out.startswith("0 added")


def test_a_damaged_registry_stops_an_update(kg: Kg, atlas: Path) -> None:
    (atlas / "registry.tsv").write_bytes(b"")
    said = kg("rename", atlas, "method/sift", "X")
    assert (said.code, said.err.count("\n"), decided(atlas)) == (1, 1, [])
