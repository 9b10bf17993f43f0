"""Decisions on what decisions made: they are applied in order and followed."""

from __future__ import annotations

import pytest

from extractors.records import Record
from kg.assemble import Assembly, assemble_all
from kg.identity.decisions import parse_decision
from kg.identity.registry import Entry
from kg.identity.rows import Rows
from tests.identity.makers import entity, record

PAPERS = [record("p1", entity("Method", "Alpha")), record("p2", entity("Method", "Alpha")),
          record("p3", entity("Method", "Beta")), record("p4", entity("Method", "Gamma"))]


def decide(*lines: str, registry: dict[str, Entry] | None = None, papers: list[Record] = PAPERS) -> Assembly:
    """Assemble the papers with decisions, as the second build does that knows them."""
    decisions = [parse_decision(line, f"decisions.txt:{n}") for n, line in enumerate(lines, 1)]
    first = assemble_all(papers, registry=registry, decisions=decisions, rows=Rows())
    again = assemble_all(papers, registry=first.registry, decisions=decisions, rows=Rows())
    assert (again.nodes, again.edges, again.registry) == (first.nodes, first.edges, first.registry)
    return again


def nodes(made: Assembly) -> list[str]:
    """Give the node of each paper's method, without its type."""
    return [made.identity.iri_of[at].partition("/")[2] for at in sorted(made.identity.iri_of)]


@pytest.mark.parametrize(("lines", "expected"), [
    (["split alpha p2", "merge beta alpha"], ["beta", "alpha~2", "beta", "gamma"]),
    (["merge beta alpha", "split alpha p2"], ["beta", "alpha~2", "beta", "gamma"]),
    (["merge beta alpha", "split beta p2 p3"], ["beta", "alpha~2", "alpha~2", "gamma"]),
    (["split alpha p2", "merge gamma alpha~2"], ["alpha", "gamma", "beta", "gamma"]),
    (["split alpha p2", "merge alpha~2 gamma"], ["alpha", "alpha~2", "beta", "alpha~2"]),
    (["split alpha p2", "merge alpha alpha~2"], ["alpha", "alpha", "beta", "gamma"]),
    (["split alpha p1 p2", "split alpha~2 p2"], ["alpha~2", "alpha~3", "beta", "gamma"]),
    (["merge alpha beta", "merge beta gamma"], ["alpha", "alpha", "alpha", "alpha"]),
    (["merge alpha beta", "merge gamma beta"], ["gamma", "gamma", "gamma", "gamma"]),
    (["merge alpha beta", "merge beta alpha"], ["alpha", "alpha", "alpha", "gamma"]),
    (["split alpha p2", "merge alpha~2 alpha", "split alpha p2", "merge beta alpha~2"], ["beta"] * 3 + ["gamma"]),
    (["split alpha p2", "merge alpha alpha~2", "split alpha p2"], ["alpha", "alpha~2", "beta", "gamma"]),
])
def test_decisions_are_followed(lines: list[str], expected: list[str]) -> None:
    made = decide(*(_whole(line) for line in lines))
    assert nodes(made) == expected
    alive = {n.id for n in made.nodes}
    assert {e.iri for e in made.registry.values() if e.replaced_by} & alive == set()
    assert {e.replaced_by for e in made.registry.values() if e.replaced_by} <= alive


def _whole(line: str) -> str:
    """Write the nodes of a decision in full."""
    return " ".join(f"method/{w}" if w[:4] in ("alph", "beta", "gamm") else w for w in line.split())


def test_what_was_split_off_can_be_renamed() -> None:
    made = decide("split method/alpha p2", "rename method/alpha~2 Alpha the Second")
    assert {n.id: n.name for n in made.nodes if n.type == "Method"}["method/alpha~2"] == "Alpha the Second"


def test_the_iri_of_a_split_is_never_another_things() -> None:
    registry = dict(decide("split method/alpha p2").registry)
    new = record("p0", entity("Method", "Alpha", "Algorithm for Linear Programming by Heuristics", role="proposed"))
    made = decide("split method/alpha p2", registry=registry, papers=[new, *PAPERS])
    assert made.identity.iri_of["p2", 0] == "method/alpha~2"
    without = decide(registry=registry, papers=[new, *PAPERS])
    assert "method/alpha~2" not in without.identity.iri_of.values()


def test_a_decision_stays_with_its_node_when_a_like_one_comes() -> None:
    papers = [record("p1", entity("Method", "SAM", "Segment Anything Model")),
              record("p2", entity("Method", "SAM", "Sharpness-Aware Minimization"))]
    registry = dict(decide("merge method/sam method/sam~2", papers=papers).registry)
    new = [record(f"q{n}", entity("Method", "SAM", "Smooth Attention Maps")) for n in range(3)]
    made = decide("merge method/sam method/sam~2", registry=registry, papers=[*papers, *new])
    assert nodes(made) == ["sam", "sam", "sam~3", "sam~3", "sam~3"]


@pytest.mark.parametrize(("line", "why"), [
    ("merge method/alpha method/nope", " does nothing: method/nope is not in this atlas; correct or delete the line"),
    ("merge method/nope method/alpha", " does nothing: method/nope is not in this atlas; correct or delete the line"),
    ("split method/nope p1", " does nothing: method/nope is not in this atlas; correct or delete the line"),
    ("split method/alpha p1 p3 p9", " does nothing for p3, p9, where nothing names method/alpha; correct or delete the "
                                    "line"),
    ("rename method/nope Nope", " does nothing: method/nope is not in this atlas; correct or delete the line"),
    ("rename method/alpha Beta", ": that name is borne by method/beta too; merge them if they are one"),
    ("merge method/alpha method/beta", None),
    ("split method/alpha p1", None),
    ("rename method/alpha A new name", None),
])
def test_what_does_nothing_is_noticed(line: str, why: str | None) -> None:
    assert decide(line).identity.notes == ([f"decisions.txt:1: {line!r}{why}"] if why else [])


def test_a_merge_with_what_is_not_there_replaces_nothing() -> None:
    assert [e for e in decide("merge method/nope method/alpha").registry.values() if e.replaced_by] == []


def test_a_family_that_no_paper_names_cannot_be_merged_away() -> None:
    papers = [record("p5", entity("Method", "GPT-3")), record("p6", entity("Method", "GPT-4")), *PAPERS]
    made = assemble_all(papers, decisions=[parse_decision("merge method/alpha method/gpt")])
    assert made.identity.notes == ["decision: 'merge method/alpha method/gpt' does nothing: no paper names method/gpt "
                                   "itself; correct or delete the line"]
    assert "method/gpt" in {n.id for n in made.nodes}


def test_a_split_holds_when_what_it_was_split_from_is_gone() -> None:
    organs = "Masks of organs in tomography."
    papers = [record("p1", entity("Method", "SAM", "Segment Anything Model", role="proposed"), abstract=organs),
              record("p2", entity("Method", "SAM"), abstract=organs),
              record("p3", entity("Method", "SAM", "Sharpness-Aware Minimization", role="proposed"))]
    assert decide(papers=papers[1:]).identity.iri_of["p2", 0] == decide(papers=papers[1:]).identity.iri_of["p3", 0]
    before = decide(papers=papers)
    base, other = (before.identity.iri_of[p, 0] for p in ("p1", "p3"))
    assert before.identity.iri_of["p2", 0] == base
    lines = (f"split {base} p2", f"merge {other} {base}")
    registry = dict(decide(*lines, registry=dict(before.registry), papers=papers).registry)
    made = decide(*lines, registry=registry, papers=papers[1:])
    assert (made.identity.iri_of["p2", 0], made.identity.iri_of["p3", 0]) == ("method/sam~3", other)


def test_a_merge_holds_when_what_it_was_merged_into_is_gone() -> None:
    lines = ("merge method/alpha method/beta", "merge method/gamma method/alpha")
    registry = dict(decide(*lines).registry)
    made = decide(*lines, registry=registry, papers=PAPERS[2:])
    assert (nodes(made), made.identity.notes) == (["gamma", "gamma"], [])
