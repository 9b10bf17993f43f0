"""Versions of a method that a paper names are methods; compounds and addresses are not."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.records import Paper
from extractors.versions import RULE

LEAD = "We propose QuillNet, a new network. QuillNet outperforms ResNet-50. "


def _methods(abstract: str) -> dict[str, tuple[str, ...]]:
    return {e.name: e.rules for e in extract(Paper("x", "QuillNet: A Network", LEAD + abstract)).entities
            if e.type == "Method"}


@pytest.mark.parametrize("name", ["QuillNet-B", "QuillNet-large", "QuillNet-7B-Chat", "QuillNet-v2", "QuillNet-XL",
                                  "QuillNet-B/16"])
def test_a_version_is_a_method(name: str) -> None:
    found = _methods(f"Besides, {name} needs 43% fewer days.")
    assert {"QuillNet", name} <= found.keys()


@pytest.mark.parametrize("name", ["QuillNet-Based", "QuillNet-like", "QuillNet-to", "x.org/QuillNet-B", "quillnet-b"])
def test_others_are_none(name: str) -> None:
    assert (RULE,) not in _methods(f"Besides, {name} systems need fewer days.").values()


def test_the_rule_is_named() -> None:
    rules = _methods("It needs less of what QuillNet-H4 and QuillNet-K9 ask for on Mondays.")
    assert (RULE,) in rules.values()


@pytest.mark.parametrize(("abstract", "name", "kind"), [
    ("We fine-tune T5-small on SQuAD.", "T5-small", "Method"),
    ("We fine-tune DeBERTa-v3-base/large on SQuAD.", "DeBERTa-v3-large", "Method"),
    ("We train BarFormer-Tiny/Small/Base on ImageNet.", "BarFormer-Base", "Method"),
    ("It lifts acc@1 by far on SQuAD.", "acc@1", "Metric"), ("BarNet beats BM25 in HR@5.", "HR@5", "Metric"),
])
def test_a_version_says_what_it_is(abstract: str, name: str, kind: str) -> None:
    record = extract(Paper("x", "A Study", abstract))
    assert [e.type for e in record.entities if e.name == name] == [kind]


@pytest.mark.parametrize("name", ["CVPR@2022", "UAV123@10fps", "Zuse-small"])
def test_others_say_nothing(name: str) -> None:
    rules = [e.rules for e in extract(Paper("x", "A Study", f"We meet at {name}/x soon.")).entities]
    assert (RULE,) not in rules
