"""The second look at roles: it sees lists, sentences and the way to the proposed method, and changes methods only."""

from __future__ import annotations

import pytest

from extractors.clauses import View, view_paper
from extractors.role_features import role_features
from extractors.roles import choose_role, with_roles
from extractors.sentences import split_sentences
from tests.extractors.claims import entity

TEXT = ("FooNet: A Network\nRecently, BarNet and BazNet have been used. We propose FooNet, a new network. "
        "FooNet outperforms BarNet on ImageNet.")


def _view() -> View:
    roles = (("FooNet", "proposed"), ("BarNet", "used"), ("BazNet", "used"))
    methods = (entity(TEXT, "Method", name, role, "named") for name, role in roles)
    entities = (*methods, entity(TEXT, "Dataset", "ImageNet", "mentioned"))
    return view_paper(TEXT, split_sentences(TEXT), entities)


def test_what_stands_around_a_method() -> None:
    features = role_features(_view(), 1)
    assert {"peer used&used", "before we=True&used", "before we=False&used", "sentence:recently", "main >2&used",
            "way >kind:win&used", "main apart&used"} <= {*features}
    assert len(features) == len({*features})


def test_the_title_is_told_apart() -> None:
    assert "title next::&proposed" in role_features(_view(), 0)
    assert not [f for f in role_features(_view(), 2) if f.startswith("title ")]


def test_the_likeliest_role_is_chosen() -> None:
    model = {"roles": ["proposed", "baseline"], "weights": {"bias": [0.5, 0.0], "a": [-1.0, 0.25]}}
    assert [choose_role(model, features) for features in (["bias"], ["bias", "a"], ["unknown"])] == [
        "proposed", "baseline", "proposed"]


def test_only_methods_change() -> None:
    model = {"roles": ["proposed", "baseline", "used", "mentioned"],
             "weights": {"way >kind:win&used": [0.0, 1.0, 0.0, 0.0], "kind=named": [0.1, 0.0, 0.0, 0.0]}}
    entities = with_roles(_view(), model).entities
    assert [e.role for e in entities] == ["proposed", "baseline", "proposed", "mentioned"]
    assert [e.name for e in entities] == [e.name for e in _view().entities]


@pytest.mark.parametrize(("abstract", "role"), [
    ("FooNet is pre-trained on FooSet.", "trained"), ("With FooSet pre-training it wins.", "trained"),
    ("It beats FooSet-pretrained networks.", "trained"), ("We pretrain it with images from FooSet.", "trained"),
    ("FooNet is pre-trained and we test it. FooSet is hard.", "evaluated"),
    ("FooNet is pre-trained on FooSet. On FooSet it wins.", "evaluated"), ("It wins on FooSet.", "evaluated"),
])
def test_data_for_pre_training_alone(abstract: str, role: str) -> None:
    text = "FooNet: A Network\n" + abstract
    view = view_paper(text, split_sentences(text), (entity(text, "Dataset", "FooSet", "evaluated"),))
    assert with_roles(view, {"roles": ["proposed"], "weights": {}}).entities[0].role == role
