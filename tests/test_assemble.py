from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.records import Entity, EntityType, Mention, Paper, Record, Relation, Repo, Result
from kg.assemble import assemble, assemble_all
from kg.graph import read_graph, to_networkx
from kg.identity.decisions import parse_decision
from kg.identity.registry import Entry
from kg.identity.rows import Rows, lexicon_rows
from tests.identity.drawn import DECISIONS, OPERATIONS

NONE = Rows()
TEXT = "Alpha beats Beta\nAlpha gets 91.2% accuracy on ImageNet, 2 points over Beta. Code: github.com/ada/alpha."


def span(text: str) -> tuple[int, int]:
    """Find a text in the sample paper."""
    return TEXT.index(text), TEXT.index(text) + len(text)


def thing(type_: EntityType, name: str, role: str) -> Entity:
    """Make an entity where its name first stands."""
    start, end = span(name)
    return Entity(type_, name, (name,), role, "named" if type_ == "Method" else None,
                  (Mention(start, end, name, "lexicon"),), 0.9, ("lexicon",))


@pytest.fixture
def paper() -> Record:
    """Give a record with every part."""
    title, abstract = TEXT.split("\n")
    entities = (thing("Method", "Alpha", "proposed"), thing("Method", "Beta", "baseline"),
                thing("Dataset", "ImageNet", "evaluated"), thing("Metric", "accuracy", "reported"))
    return Record(
        Paper("p", title, abstract, year=2024, arxiv="2401.00001"), entities,
        (Repo("github.com/ada/alpha", "code", *span("github.com/ada/alpha"), "url"),),
        (Result("91.2%", "absolute", *span("91.2%"), "number", "Alpha", "ImageNet", None, "accuracy", number="91.2",
                normalized="0.912", unit="percent", confidence=0.8),),
        (Relation("Alpha", "outperforms", "Beta", *span("2 points over Beta"), "over", "ImageNet", "accuracy",
                  "2 points", confidence=0.7),
         Relation("Alpha", "evaluated_on", "ImageNet", *span("on ImageNet"), "on")))


def test_a_record_gives_the_whole_graph(paper: Record) -> None:
    nodes, edges = assemble([paper], rows=NONE)
    assert [n.id for n in nodes if n.type != "Mention"] == [
        "dataset/imagenet", "method/alpha", "method/beta", "metric/accuracy", "paper/arxiv-2401.00001",
        "repo/github.com/ada/alpha", next(n.id for n in nodes if n.type == "Result")]
    triples = {(e.source.split("/")[0], e.type, e.target.split("/")[0]) for e in edges if e.type != "inPaper"}
    assert triples == {
        ("paper", "proposes", "method"), ("paper", "comparesWith", "method"), ("paper", "evaluatedOn", "dataset"),
        ("paper", "reports", "metric"), ("paper", "hasRepository", "repo"), ("method", "hasRepository", "repo"),
        ("method", "outperforms", "method"), ("method", "evaluatedOn", "dataset"), ("dataset", "measuredBy", "metric"),
        ("result", "reportedIn", "paper"), ("result", "ofMethod", "method"), ("result", "onDataset", "dataset"),
        ("result", "hasMetric", "metric"), ("result", "hasEvidence", "text")}


def test_a_comparison_says_where_and_by_how_much(paper: Record) -> None:
    claim = next(e for e in assemble([paper], rows=NONE)[1] if e.type == "outperforms")
    start, end = span("2 points over Beta")
    assert {k: v for k, v in claim.props.items() if k != "evidence"} == {
        "papers": ["paper/arxiv-2401.00001"], "support": 1, "confidence": 0.7, "rules": ["over"], "hedged": False,
        "dataset": "dataset/imagenet", "metric": "metric/accuracy", "delta": "2 points"}
    assert [e.partition("#")[2] for e in claim.props["evidence"]] == [f"char={start},{end}"]


def test_a_mention_has_its_text_and_sentence(paper: Record) -> None:
    node = next(n for n in assemble([paper], rows=NONE)[0] if n.name == "91.2%")
    start, end = span("91.2%")
    assert dict(node.props) == {
        "start": start, "end": end, "exact": "91.2%", "rules": ["number"],
        "sentence": "Alpha gets 91.2% accuracy on ImageNet, 2 points over Beta."}


def test_two_papers_support_one_claim(paper: Record) -> None:
    other = Record(Paper("q", "Alpha beats Beta", TEXT.partition("\n")[2]), paper.entities, (), (), paper.relations)
    claim = next(e for e in assemble([paper, other], rows=NONE)[1] if e.type == "outperforms")
    assert (claim.props["support"], claim.props["confidence"], len(claim.props["evidence"])) == (2, 0.91, 2)


def test_networkx_holds_the_graph_without_loss(paper: Record) -> None:
    nodes, edges = assemble([paper], rows=lexicon_rows())
    back_nodes, back_edges = read_graph(to_networkx(nodes, edges))
    assert list(back_nodes) == nodes
    assert {(e.source, e.key, e.target): e for e in back_edges} == {(e.source, e.key, e.target): e for e in edges}


@settings(max_examples=150, deadline=None)
@given(OPERATIONS, st.randoms(use_true_random=False), DECISIONS)
def test_updates_equal_a_build_from_scratch(operations: Sequence[Record | int], rng: object, lines: list[str]) -> None:
    held: dict[str, Record] = {}
    registry: dict[str, Entry] = {}
    decisions = [parse_decision(line) for line in lines]
    for operation in operations:
        if isinstance(operation, int):
            held.pop(f"p{operation}", None)
        else:
            held[operation.paper.id] = operation
        before = dict(registry)
        made = assemble_all(held.values(), registry=registry, decisions=decisions, rows=NONE)
        registry = dict(made.registry)
        assert before.keys() <= registry.keys()
    shuffled = list(held.values())
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    again = assemble_all(shuffled, registry=registry, decisions=decisions, rows=NONE)
    assert (again.nodes, again.edges, again.registry) == (made.nodes, made.edges, made.registry)
