"""Relations: what is stated or implied, details of wins, hedges, negation, robustness."""

from __future__ import annotations

import re

import pytest

from extractors.learned import load_learned
from extractors.records import Entity, Relation
from extractors.relations import find_relations
from extractors.results import find_results
from extractors.sentences import split_sentences
from extractors.tables import read_tsv
from extractors.word_kinds import word_kinds
from tests.extractors.claims import entity

TITLE = "FooNet: A Network for Image Classification\nWe propose FooNet, a new network for image classification. "


def find(abstract: str, *named: tuple[str, str, str, str | None]) -> dict[tuple[str, str, str], Relation]:
    text = TITLE + abstract
    entities: tuple[Entity, ...] = (
        entity(text, "Method", "FooNet", "proposed", "named"),
        entity(text, "Task", "image classification", "addressed"),
        *(entity(text, kind, name, role, sub) for kind, name, role, sub in named))  # type: ignore[arg-type]
    sentences = split_sentences(text)
    learned = load_learned()
    results = find_results(text, sentences, entities, models=learned.results)
    return {(r.head, r.rel, r.tail): r
            for r in find_relations(text, sentences, entities, results, learned.relations)}


IMAGENET = ("Dataset", "ImageNet", "evaluated", None)
BARNET = ("Method", "BarNet", "baseline", "named")


@pytest.mark.parametrize(("abstract", "named", "want"), [
    ("", (), ("FooNet", "applied_to", "image classification")),
    ("Experiments on ImageNet show that it works.", (IMAGENET,), ("FooNet", "evaluated_on", "ImageNet")),
    ("FooNet outperforms BarNet on ImageNet.", (IMAGENET, BARNET), ("FooNet", "outperforms", "BarNet")),
    ("FooNet is based on the attention mechanism.", (("Method", "attention mechanism", "used", "term"),),
     ("FooNet", "based_on", "attention mechanism")),
    ("FooNet is trained on WebData.", (("Dataset", "WebData", "trained", None),), ("FooNet", "trained_on", "WebData")),
])
def test_relations(abstract: str, named: tuple[tuple[str, str, str, str | None], ...], want: tuple[str, str, str],
                   ) -> None:
    assert want in find(abstract, *named)


def test_a_win_says_where_and_by_how_much() -> None:
    win = find("FooNet outperforms BarNet by 2.3% accuracy on ImageNet.", IMAGENET, BARNET,
               ("Metric", "accuracy", "reported", "quality"))["FooNet", "outperforms", "BarNet"]
    assert (win.dataset, win.metric, win.delta, win.hedged) == ("ImageNet", "accuracy", "2.3%", False)


def test_a_hedged_win_says_so() -> None:
    win = find("FooNet may outperform BarNet on ImageNet.", IMAGENET, BARNET)
    assert all(r.hedged for key, r in win.items() if key[1] == "outperforms")


@pytest.mark.parametrize("abstract", [
    "FooNet does not outperform BarNet on ImageNet.", "FooNet fails to outperform BarNet on ImageNet.",
    "FooNet is no better than BarNet on ImageNet.",
])
def test_a_negated_win_is_left_out(abstract: str) -> None:
    assert not [key for key in find(abstract, IMAGENET, BARNET) if key[1] == "outperforms"]


QUX = ("Method", "QuxNet", "used", "named")


@pytest.mark.parametrize("abstract", [
    "Previous work reports that QuxNet outperforms BarNet on ImageNet.",
    "QuxNet has been shown to outperform BarNet on ImageNet.",
    "QuxNet is known to outperform BarNet on ImageNet.",
    "Doe and Roe (2020) claim that QuxNet outperforms BarNet on ImageNet.",
    "Its authors claim that QuxNet outperforms BarNet on ImageNet.",
    "We challenge the claim that QuxNet outperforms BarNet on ImageNet.",
])
def test_a_win_that_others_claim_is_left_out(abstract: str) -> None:
    assert not [key for key in find(abstract, IMAGENET, BARNET, QUX) if key[:2] == ("QuxNet", "outperforms")]


@pytest.mark.parametrize("abstract", [
    "Contrary to what prior work reports, our FooNet outperforms BarNet on ImageNet.",
    "Previous work reports gains on small data, but FooNet outperforms BarNet on ImageNet.",
    "FooNet has been shown to outperform BarNet on ImageNet.",
])
def test_a_win_of_ones_own_beside_others_stays(abstract: str) -> None:
    assert ("FooNet", "outperforms", "BarNet") in find(abstract, IMAGENET, BARNET)


@pytest.mark.parametrize("abstract", [
    "QuxNet models often fail to converge, while BarNet is better.", "QuxNet is outperformed by BarNet on ImageNet.",
    "QuxNet (QN) suffers from drift, which makes BarNet superior.", "QuxNet struggles to match BarNet on ImageNet.",
])
def test_what_fails_wins_nothing(abstract: str) -> None:
    assert not [key for key in find(abstract, IMAGENET, BARNET, QUX) if key[:2] == ("QuxNet", "outperforms")]


WEB = ("Dataset", "WebData", "trained", None)


@pytest.mark.parametrize("abstract", [
    "Unlike QuxNet, FooNet is based on a sparse router.", "In contrast to models based on QuxNet, FooNet is new.",
    "FooNet builds on routing rather than QuxNet.", "Unlike BarNet and QuxNet, FooNet is based on routing.",
    "FooNet is trained on little data, as opposed to WebData.", "Instead of using WebData, FooNet is trained on text.",
])
def test_what_a_text_sets_apart_is_not_built_or_trained_on(abstract: str) -> None:
    found = find(abstract, *(named for named in (BARNET, QUX, WEB) if named[1] in abstract))
    assert not [key for key in found if key[1] in ("based_on", "part_of", "trained_on", "evaluated_on")]


@pytest.mark.parametrize(("abstract", "want"), [
    ("Unlike BarNet, FooNet is based on QuxNet.", "QuxNet"),
    ("Unlike QuxNet, FooNet is fast. FooNet is based on QuxNet.", "QuxNet"),
])
def test_what_is_also_built_on_stays(abstract: str, want: str) -> None:
    assert ("FooNet", "based_on", want) in find(abstract, BARNET, QUX)


def test_what_is_set_apart_can_be_outperformed() -> None:
    assert ("FooNet", "outperforms", "BarNet") in find("Unlike BarNet, FooNet is fast. It outperforms BarNet.", BARNET)


def test_only_one_direction_between_two_methods() -> None:
    found = find("FooNet outperforms BarNet. FooNet extends BarNet with a new loss.", BARNET)
    pairs = [frozenset((head, tail)) for head, rel, tail in found if rel in ("based_on", "part_of", "outperforms")]
    assert len(pairs) == len(set(pairs))


def test_spans_lie_in_the_text() -> None:
    text = TITLE + "FooNet outperforms BarNet on ImageNet."
    for r in find("FooNet outperforms BarNet on ImageNet.", IMAGENET, BARNET).values():
        assert 0 <= r.start < r.end <= len(text)


@pytest.mark.parametrize("abstract", ["", "(((" * 500, "FooNet " * 2000, "FooNet outperforms BarNet " * 500])
def test_bad_input_does_not_break(abstract: str) -> None:
    assert all(0 < r.confidence <= 1 for r in find(abstract, BARNET).values())


TERNA = ("Method", "TernaNet", "used", "named")


@pytest.mark.parametrize("abstract", [
    "FooNet performs worse than BarNet on ImageNet.",
    "We compare FooNet and BarNet. FooNet performs worse than BarNet on ImageNet.",
    "FooNet is comparable to QuxNet and slightly worse than BarNet.",
    "FooNet is on par with QuxNet and is outperformed by BarNet.", "FooNet is new, and underperforms BarNet by 3%.",
    "FooNet lags behind BarNet.", "FooNet trails BarNet.", "FooNet falls short of BarNet.",
    "BarNet outperforms FooNet on ImageNet.",
    "FooNet has lower accuracy than BarNet.", "FooNet is 2 points behind BarNet.", "FooNet matches BarNet on ImageNet.",
    "Neither FooNet nor QuxNet outperforms BarNet.", "No method, including FooNet, outperforms BarNet.",
    "FooNet does not improve over BarNet.", "There is no evidence that FooNet outperforms BarNet.",
    "Contrary to claims that FooNet outperforms BarNet, we show no difference.", "FooNet could not beat BarNet.",
    "FooNet improves robust accuracy on ImageNet against BarNet.",
    "In contrast to QuxNet, which outperforms BarNet, FooNet is trained on text.",
])
def test_a_tie_or_a_defeat_is_no_win_and_nothing_to_build_on(abstract: str) -> None:
    found = find(abstract, *(named for named in (IMAGENET, BARNET, QUX) if named[1] in abstract))
    assert not [key for key in found if key[1] in ("outperforms", "based_on", "part_of") and key[2] == "BarNet"]


@pytest.mark.parametrize("abstract", [
    "FooNet is comparable to or better than BarNet.", "FooNet is better than or on par with BarNet on ImageNet.",
    "FooNet is on par with QuxNet and outperforms BarNet on ImageNet.", "FooNet not only beats BarNet but is fast.",
    "FooNet outperforms BarNet and is comparable to QuxNet.", "FooNet outperforms BarNet, which is worse than QuxNet.",
    "FooNet is on par with BarNet on MNIST. On ImageNet, FooNet outperforms BarNet.",
    "No other method beats FooNet; FooNet outperforms BarNet on ImageNet.",
])
def test_a_win_beside_a_tie_or_a_defeat_stays(abstract: str) -> None:
    found = find(abstract, *(named for named in (IMAGENET, BARNET, QUX) if named[1] in abstract))
    assert ("FooNet", "outperforms", "BarNet") in found


def test_a_win_of_one_is_no_win_of_another() -> None:
    found = find("We test TernaNet and QuxNet. QuxNet is better than BarNet.", BARNET, QUX, TERNA)
    assert ("TernaNet", "outperforms", "BarNet") not in found


@pytest.mark.parametrize("abstract", [
    "We hope that FooNet will outperform BarNet.", "It is unclear whether FooNet outperforms BarNet on ImageNet.",
    "FooNet would outperform BarNet on ImageNet.", "We investigate if FooNet outperforms BarNet.",
])
def test_what_is_hoped_or_asked_is_hedged(abstract: str) -> None:
    found = find(abstract, *(named for named in (IMAGENET, BARNET) if named[1] in abstract))
    assert found["FooNet", "outperforms", "BarNet"].hedged


@pytest.mark.parametrize("abstract", [
    "FooNet is not based on QuxNet.", "FooNet does not rely on QuxNet.", "FooNet works without QuxNet.",
    "FooNet is competitive with BarNet and QuxNet.", "FooNet is inferior to QuxNet.", "QuxNet is inferior to FooNet.",
    "FooNet was never trained on WebData.", "FooNet closes the gap to supervised training on WebData.",
    "FooNet outperforms models trained on WebData.",
])
def test_what_a_text_denies_or_compares_is_not_built_or_trained_on(abstract: str) -> None:
    found = find(abstract, *(named for named in (BARNET, QUX, WEB) if named[1] in abstract))
    assert not [key for key in found if key[1] in ("based_on", "part_of", "trained_on")]


def test_what_is_compared_and_built_on_stays() -> None:
    assert ("FooNet", "based_on", "QuxNet") in find("FooNet is based on QuxNet. FooNet is comparable to QuxNet.", QUX)


def test_what_a_name_is_made_of_may_be_compared_with() -> None:
    found = find("SparseBarNet is on par with BarNet.", BARNET,
                 ("Method", "SparseBarNet", "proposed", "named"))
    assert ("SparseBarNet", "based_on", "BarNet") in found


@pytest.mark.parametrize("row", read_tsv("frames/relations_cues.tsv"), ids=lambda row: row["match"])
def test_cues_match_and_refuse(row: dict[str, str]) -> None:
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    assert pattern.search(row["match"])
    assert not pattern.search(row["miss"])


@pytest.mark.parametrize("row", read_tsv("frames/relations_words.tsv"),
                         ids=lambda row: f"{row['kind']}:{row['prefix']}")
def test_words_have_their_kinds(row: dict[str, str]) -> None:
    assert row["kind"] in word_kinds(row["match"].split()[1])
    assert row["kind"] not in word_kinds(row["miss"].split()[1])
