"""Results: slots by structure, forms, normal values, robustness, linear work."""

from __future__ import annotations

import pytest

from extractors import results as results_module
from extractors.clauses import view_paper
from extractors.forms import choose_forms
from extractors.learned import load_learned
from extractors.linear import score as plain_score
from extractors.metric_directions import fold_metric, metric_directions
from extractors.parallel import in_order
from extractors.records import Entity, Result
from extractors.result_features import group_sentences
from extractors.results import find_results
from extractors.sentences import split_sentences
from extractors.tables import read_tsv
from tests.extractors.claims import entity

TITLE = "FooNet: A Network for Image Classification\nWe propose FooNet, a new network for image classification. "


def find(abstract: str, *named: tuple[str, str, str, str | None]) -> tuple[Result, ...]:
    text = TITLE + abstract
    entities = (entity(text, "Method", "FooNet", "proposed", "named"),
                entity(text, "Task", "image classification", "addressed"),
                *(entity(text, kind, name, role, sub) for kind, name, role, sub in named))  # type: ignore[arg-type]
    return find_results(text, split_sentences(text), entities, models=load_learned().results,
                        directions={"accuracy": True, "latency": False})


IMAGENET = ("Dataset", "ImageNet", "evaluated", None)
CIFAR = ("Dataset", "CIFAR-10", "evaluated", None)
ACCURACY = ("Metric", "accuracy", "reported", "quality")
LATENCY = ("Metric", "latency", "reported", "efficiency")


def test_a_score_has_its_slots_and_normal_value() -> None:
    (result,) = find("FooNet achieves 87.8% accuracy on ImageNet.", IMAGENET, ACCURACY)
    got = (result.value, result.number, result.normalized, result.unit, result.form, result.method, result.dataset,
           result.metric, result.higher_is_better, result.role)
    assert got == ("87.8%", "87.8", "0.878", "percent", "absolute", "FooNet", "ImageNet", "accuracy", True, "own")
    text = TITLE + "FooNet achieves 87.8% accuracy on ImageNet."
    assert text[result.start:result.end] == "87.8%"


@pytest.mark.parametrize("abstract", [
    "FooNet achieves 87.8% and 95.1% accuracy on ImageNet and CIFAR-10, respectively.",
    "FooNet achieves 87.8% accuracy on ImageNet and 95.1% accuracy on CIFAR-10.",
    "FooNet achieves an accuracy of 87.8% on ImageNet and 95.1% on CIFAR-10.",
])
def test_lists_pair_numbers_with_datasets(abstract: str) -> None:
    got = [(r.value, r.dataset, r.metric) for r in find(abstract, IMAGENET, CIFAR, ACCURACY)]
    assert got == [("87.8%", "ImageNet", "accuracy"), ("95.1%", "CIFAR-10", "accuracy")]


BARNET = ("Method", "BarNet", "baseline", "named")


@pytest.mark.parametrize(("abstract", "want"), [
    ("FooNet achieves 87.8% accuracy on ImageNet, better than the previous best of 85.1% accuracy.",
     [("87.8%", "FooNet", "own"), ("85.1%", None, "cited")]),
    ("Previous work reports that BarNet achieves 85.1% accuracy on ImageNet.", [("85.1%", "BarNet", "cited")]),
    ("BarNet has been shown to achieve 85.1% accuracy on ImageNet.", [("85.1%", "BarNet", "cited")]),
    ("FooNet achieves 87.8% accuracy on ImageNet, compared with 85.1% for BarNet.",
     [("87.8%", "FooNet", "own"), ("85.1%", "BarNet", "cited")]),
    ("FooNet achieves 87.8% accuracy on ImageNet (vs. 85.1%).",
     [("87.8%", "FooNet", "own"), ("85.1%", None, "cited")]),
    ("Prior work reports 85.1% accuracy on ImageNet, while FooNet achieves 87.8% accuracy.",
     [("85.1%", None, "cited"), ("87.8%", "FooNet", "own")]),
    ("We show that BarNet achieves 85.1% accuracy on ImageNet.", [("85.1%", "BarNet", "own")]),
    ("FooNet outperforms the previous best with an accuracy of 87.8% on ImageNet.", [("87.8%", "FooNet", "own")]),
])
def test_a_cited_result_is_kept_apart_from_an_own_one(abstract: str, want: list[tuple[str, str | None, str]]) -> None:
    got = [(r.value, r.method, r.role) for r in find(abstract, IMAGENET, ACCURACY, BARNET)]
    assert got == want


def test_a_gain_is_no_score() -> None:
    (result,) = find("On ImageNet, FooNet improves accuracy by 2.3 percentage points over BarNet.", IMAGENET, ACCURACY,
                     ("Method", "BarNet", "baseline", "named"))
    assert (result.form, result.unit, result.normalized, result.relative, result.baseline) == (
        "gain", "points", None, False, "BarNet")


def test_a_reduction_knows_its_direction() -> None:
    (result,) = find("FooNet reduces latency by 35% compared to BarNet.", LATENCY,
                     ("Method", "BarNet", "baseline", "named"))
    assert (result.form, result.metric, result.higher_is_better) == ("reduction", "latency", False)


@pytest.mark.parametrize(("abstract", "want"), [
    ("FooNet gains 3.0% accuracy on ImageNet and loses 0.4% accuracy on CIFAR-10.", ["3.0% gain", "0.4% reduction"]),
    ("Removing the decoder costs 1.8% accuracy on ImageNet.", ["1.8% reduction"]),
    ("The gap to supervised training is only 1.3% accuracy on ImageNet.", ["1.3% reduction"]),
    ("FooNet is within 0.4% accuracy of BarNet on ImageNet.", ["0.4% reduction"]),
    ("FooNet lags behind BarNet by 2.4% accuracy on ImageNet.", ["2.4% reduction"]),
    ("FooNet reduces latency by 14.2% and memory by 9.8% on ImageNet.", ["14.2% reduction", "9.8% reduction"]),
    ("FooNet preserves 99.1% of the accuracy of BarNet on ImageNet.", ["99.1% ratio"]),
    ("FooNet attains 67.1% and 82.3% accuracy on ImageNet and CIFAR-10.", ["67.1% absolute", "82.3% absolute"]),
    ("FooNet goes up 1.4 points to 82.3% accuracy on ImageNet.", ["1.4 points gain", "82.3% absolute"]),
    ("BarNet cannot surpass 35% accuracy on ImageNet.", []),
    ("BarNet fails to exceed an accuracy of 50% on ImageNet.", []),
    ("FooNet exceeds 90% accuracy on ImageNet.", ["90% absolute"]),
    ("FooNet achieves an accuracy of 91.3±0.2% on ImageNet.", ["91.3 absolute"]),
])
def test_losses_shares_and_limits_are_no_scores(abstract: str, want: list[str]) -> None:
    found = find(abstract, IMAGENET, CIFAR, ACCURACY, LATENCY, BARNET)
    assert [f"{r.value} {r.form}" for r in found] == want


@pytest.mark.parametrize(("abstract", "want"), [
    ("FooNet improves accuracy by 3.0% absolute and 7.5% relative on ImageNet.", [False, True]),
    ("FooNet improves accuracy by 2.0 points (4.1% relative) on ImageNet.", [False, True]),
    ("FooNet improves accuracy by 3.1%, a relative improvement of 6.2%, on ImageNet.", [None, True]),
    ("FooNet improves accuracy by 3.1% relative to BarNet on ImageNet.", [None]),
])
def test_relative_is_what_a_number_is_called(abstract: str, want: list[bool | None]) -> None:
    assert [r.relative for r in find(abstract, IMAGENET, ACCURACY, BARNET)] == want


def test_times_are_ratios() -> None:
    (result,) = find("FooNet is 3.5x faster than BarNet.", ("Method", "BarNet", "baseline", "named"))
    assert (result.form, result.unit, result.number) == ("ratio", "times", "3.5")


@pytest.mark.parametrize("abstract", [
    "The dataset has 1,200 images from 2019 and 35 classes.",
    "The network has 7B parameters in 12 layers.",
    "We collect 45,000 samples in 12 languages.",
    "See Section 3.2 for details.",
    "It was first studied in 1998 by 3 groups.",
])
def test_sizes_years_and_sections_are_no_results(abstract: str) -> None:
    assert find(abstract, IMAGENET, ACCURACY) == ()


def test_split_and_setting() -> None:
    (result,) = find("In the 5-shot setting FooNet achieves 71.2% accuracy on the ImageNet validation set.", IMAGENET,
                     ACCURACY)
    assert (result.split, result.setting) == ("dev", "5-shot")


@pytest.mark.parametrize("abstract", [
    "It scores 1e400 and ٣ and NaN and " + "9" * 500 + ".", "(((( [[[ }}} %%% 5 ", "\x00 \ud7ff 12% …", "",
    "accuracy " * 300, "87.8% " * 300,
])
def test_bad_input_does_not_break(abstract: str) -> None:
    assert all(r.number is None or float(r.number) < 1e31 for r in find(abstract, IMAGENET, ACCURACY))


def test_no_entities_at_all() -> None:
    text = TITLE + "We achieve 87.8% accuracy."
    found = find_results(text, split_sentences(text), (), models=load_learned().results)
    assert all(r.method is None and r.metric is None for r in found)


def test_work_grows_with_the_numbers_and_no_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {"features": 0}

    def counted(model: object, features: list[str]) -> float:
        seen["features"] += len(features)
        return plain_score(model, features)  # type: ignore[arg-type]

    monkeypatch.setattr(results_module, "score", counted)
    work = []
    for size in (500, 1000):
        seen["features"] = 0
        find("FooNet achieves " + "87.8% accuracy on ImageNet, " * size, IMAGENET, CIFAR, ACCURACY)
        work.append(seen["features"])
    assert work[0] > 0
    assert 1.8 < work[1] / work[0] < 2.2


@pytest.mark.parametrize("row", read_tsv("frames/results_cues.tsv"), ids=lambda row: f"{row['field']}:{row['value']}")
def test_cues_match_and_refuse(row: dict[str, str]) -> None:
    import re

    pattern = re.compile(row["pattern"], re.IGNORECASE)
    assert pattern.search(row["match"])
    assert not pattern.search(row["miss"])


def test_forms_are_told_apart() -> None:
    text = TITLE + "FooNet improves accuracy by 3.1%."
    entities: tuple[Entity, ...] = (entity(text, "Metric", "accuracy", "reported", "quality"),)
    view = view_paper(text, split_sentences(text), entities)
    from extractors.result_features import number_features

    groups = group_sentences(view)
    features = {0: number_features(view, 0, groups)}
    assert choose_forms(view, groups, features, load_learned().results) == {0: "gain"}


def test_metric_directions_fold_names() -> None:
    assert fold_metric("F1-Scores") == "f1score"
    assert set(metric_directions().values()) <= {True, False}


LARGE, SMALL = ("Method", "FooNet-L", "proposed", "named"), ("Method", "FooNet-S", "proposed", "named")
IN_ORDER = {"81.2%": "FooNet-S", "84.5%": "FooNet-L"}


@pytest.mark.parametrize(("abstract", "order"), [
    ("FooNet-S and FooNet-L reach 81.2% and 84.5% accuracy on ImageNet.", IN_ORDER),
    ("The scores are 81.2% and 84.5% for FooNet-S and FooNet-L.", IN_ORDER),
    ("FooNet-S and FooNet-L reach 81.2% and 84.5% accuracy on ImageNet and CIFAR-10.", {}),  # which list is it?
    ("FooNet-S, FooNet-L reach 81.2% and 84.5% accuracy.", {}), ("FooNet-S and FooNet-L reach 81.2% accuracy.", {}),
    ("FooNet-S and FooNet-L reach 81.2% and 84.5 accuracy.", {}),
    ("FooNet-S and FooNet-L are new, while BarNet reaches 81.2% and 84.5%.", {}),
    ("FooNet-S and FooNet-S reach 81.2% and 84.5%.", {}), ("81.2%, FooNet-S and FooNet-L, 84.5%.", {}),
])
def test_lists_of_one_length_run_in_order(abstract: str, order: dict[str, str]) -> None:
    text = TITLE + abstract
    entities = tuple(entity(text, kind, name, role, sub)  # type: ignore[arg-type]
                     for kind, name, role, sub in (IMAGENET, CIFAR, LARGE, SMALL) if name in text)
    view = view_paper(text, split_sentences(text), entities)
    groups = group_sentences(view)
    said = {n.text: {view.entities[e].name for e in in_order(view, ref, groups).values()}
            for ref, n in enumerate(view.numbers)}
    assert {number: names for number, names in said.items() if names} == {n: {m} for n, m in order.items()}


def test_each_number_has_the_method_of_its_place() -> None:
    abstract = "FooNet-S and FooNet-L reach 81.2% and 84.5% accuracy on ImageNet."
    got = find(abstract, IMAGENET, ACCURACY, LARGE, SMALL)
    assert {r.value: r.method for r in got} == IN_ORDER


GAINS = "FooNet reaches 52.3% on ImageNet and 68.4% on CIFAR-10, gains of +1.4% and +0.9% over BarNet."


def test_gains_have_the_data_sets_of_the_scores_before_them() -> None:
    got = {r.value: r.dataset for r in find(GAINS, IMAGENET, CIFAR, BARNET)}
    assert got == {"52.3%": "ImageNet", "68.4%": "CIFAR-10", "+1.4%": "ImageNet", "+0.9%": "CIFAR-10"}


def test_numbers_with_their_measures_pair_with_data_sets() -> None:
    got = find("On ImageNet and CIFAR-10, FooNet reaches 73.4 accuracy and 86.1 accuracy.", IMAGENET, CIFAR, ACCURACY)
    assert [(r.value, r.dataset) for r in got] == [("73.4", "ImageNet"), ("86.1", "CIFAR-10")]


def test_variants_have_the_numbers_and_not_their_family() -> None:
    got = find("FooNet-S and FooNet-L achieve 81.2% and 84.5% accuracy.", ACCURACY, LARGE, SMALL)
    assert [r.method for r in got] == ["FooNet-S", "FooNet-L"]


def test_a_score_beside_a_name_is_no_others() -> None:
    got = find("On ImageNet, FooNet (84.5% accuracy) beats BarNet (81.8% accuracy).", IMAGENET, ACCURACY, BARNET)
    assert {r.value: r.method for r in got} == {"84.5%": "FooNet", "81.8%": "BarNet"}
