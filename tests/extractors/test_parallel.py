"""Numbers that say one thing of several have one form; the first of "from … to" is what was changed."""

from __future__ import annotations

import pytest

from extractors.clauses import view_paper
from extractors.parallel import runs
from extractors.result_features import group_sentences
from extractors.sentences import split_sentences
from tests.extractors.claims import entity
from tests.extractors.test_results import ACCURACY, BARNET, CIFAR, IMAGENET, find


@pytest.mark.parametrize("text, want", [
    ("FooNet has 92.1% on ImageNet, 71.3% on CIFAR-10 and 55.0% on WalkSet.", [["92.1%", "71.3%", "55.0%"]]),
    ("FooNet has 2.0% accuracy on test-clean and 4.4% on test-other.", [["2.0%", "4.4%"]]),
    ("FooNet has 92.1% and 90.2% on ImageNet, and 71.3% on CIFAR-10.", [["92.1%", "90.2%", "71.3%"]]),
    ("FooNet has 92.1% on ImageNet and reaches 71.3% on CIFAR-10.", [["92.1%"], ["71.3%"]]),  # a verb
    ("FooNet has 92.1% on ImageNet, BarNet 71.3% on CIFAR-10.", [["92.1%"], ["71.3%"]]),  # a method
    ("FooNet has 92.1% on ImageNet, 2.1% more than others.", [["92.1%"], ["2.1%"]]),  # nothing it is measured on
    ("FooNet has 92.1% on ImageNet and 71.3 on CIFAR-10.", [["92.1%"], ["71.3"]]),  # another unit
    ("FooNet has 92.1% on ImageNet and 71.3% for CIFAR-10.", [["92.1%"], ["71.3%"]]),
])
def test_runs(text: str, want: list[list[str]]) -> None:
    names = (("Method", "FooNet"), ("Method", "BarNet"), ("Dataset", "ImageNet"), ("Dataset", "CIFAR-10"),
             ("Metric", "accuracy"))
    entities = tuple(entity(text, kind, name, "used") for kind, name in names if name in text)  # type: ignore[arg-type]
    view = view_paper(text, split_sentences(text), entities)
    found = runs(view, group_sentences(view), 0)
    assert [[view.numbers[view.items[0][at].ref].text for at in run] for run in found] == want


def test_a_run_has_one_form() -> None:
    got = find("FooNet has 92.1% on ImageNet, 71.3% on CIFAR-10 and 55.0% on WalkSet.", IMAGENET, CIFAR,
               ("Dataset", "WalkSet", "evaluated", None))
    assert [r.form for r in got] == ["absolute"] * 3


def test_the_number_before_a_change_is_that_of_what_was_changed() -> None:
    first, second = find("FooNet improves over BarNet from 76.1% to 79.3% accuracy on ImageNet.", IMAGENET, ACCURACY,
                         BARNET)
    assert (first.value, first.method, first.baseline, first.role) == ("76.1%", "BarNet", None, "cited")
    assert (second.value, second.method, second.baseline, second.role) == ("79.3%", "FooNet", "BarNet", "own")


def test_the_number_before_a_change_is_not_the_proposed_method_s() -> None:
    first, second = find("FooNet raises the accuracy on ImageNet from 41.2 to 45.6.", IMAGENET, ACCURACY)
    assert (first.method, first.role) == (None, "cited")
    assert (second.method, second.role) == ("FooNet", "own")
