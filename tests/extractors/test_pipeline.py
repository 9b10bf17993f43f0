"""One paper in, one record out; any text is read without a crash and in linear time."""

import time
from pathlib import Path

import pytest

from extractors import explain, extract, extract_all
from extractors.records import Paper, record_from_json, record_to_json

PAPER = Paper("x", "GraphFoo: A Network for Node Classification",
              "We propose GraphFoo, a graph neural network. GraphFoo outperforms GCN and reaches 91.2% accuracy on "
              "the Cora dataset. Code: https://github.com/a/graphfoo.")


def test_record() -> None:
    record = extract(PAPER)
    found = {(e.type, e.name, e.kind, e.role) for e in record.entities}
    assert found >= {("Method", "GraphFoo", "named", "proposed"), ("Method", "GCN", "named", "baseline"),
                     ("Dataset", "Cora", None, "evaluated"), ("Metric", "accuracy", "quality", "reported"),
                     ("Task", "Node Classification", None, "addressed")}
    assert [(r.url, r.kind) for r in record.repos] == [("https://github.com/a/graphfoo", "code")]


def test_mentions_are_in_the_text() -> None:
    record = extract(PAPER)
    assert all(PAPER.text[m.start:m.end] == m.text for e in record.entities for m in e.mentions)
    graphfoo = next(e for e in record.entities if e.name == "GraphFoo")
    assert [m.start for m in graphfoo.mentions] == [0, 55, 89]
    assert all(0 < e.confidence <= 1 and e.rules and e.mentions for e in record.entities)


def test_json_both_ways() -> None:
    record = extract(PAPER)
    assert record_from_json(record_to_json(record)) == record


def test_batches_do_not_matter() -> None:
    papers = [PAPER, Paper("y", "On Nothing", ""), PAPER]
    assert list(extract_all(papers, batch=1)) == list(extract_all(papers, batch=64))


def test_explain_says_why_and_why_not() -> None:
    said = {surface: e for e in explain(PAPER) for surface in e.surfaces}
    assert (said["GraphFoo"].label, said["GraphFoo"].verdict) == ("Method:named", "accepted")
    assert said["Cora dataset"].verdict != "accepted"
    weights = [abs(gain) for _, gain in said["GraphFoo"].votes]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 0


def test_users_lexicon(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("name\ttype\tcase\nzorbing sheep\tTask\tany\n", encoding="utf-8")
    paper = Paper("x", "A Study", "We address the task of zorbing sheep.")
    assert ("Task", "zorbing sheep") in {(e.type, e.name) for e in extract(paper, lexicons=[path]).entities}


@pytest.mark.parametrize("abstract", [
    "", "." * 5000, "\u202bשלום עולם\u202c", "\U0001f600 " * 400, "a\x00b\x1f", "x" * 10_000, "(" * 3000, "A-" * 3000,
    "\\textsc{" * 500, "$" * 2000,
])
def test_odd_text(abstract: str) -> None:
    record = extract(Paper("x", "T", abstract))
    assert record_from_json(record_to_json(record)) == record


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["We propose FooNet on BarSet (FN). ", "!?", "x", "((", "FooNet "])
def test_time_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        paper = Paper("x", "T", (piece * (size // len(piece) + 1))[:size])
        start = time.process_time()
        extract(paper)
        return time.process_time() - start

    seconds(5_000)
    assert seconds(200_000) < 4 * seconds(100_000) + 1.0


def test_a_long_form_and_its_short_form_are_two_mentions() -> None:
    abstract = "We evaluate the Gadget Recognition Network (GRN) on ImageNet and report perplexity (PPL) of 12.3."
    paper = Paper("x", "A study of gadgets", abstract)
    mentions = [m.text for e in extract(paper).entities for m in e.mentions]
    assert "GRN" in mentions
    assert not [m for m in mentions if "(" in m]
