"""Names of one thing are joined within a paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors import extract
from extractors.join_features import join_features, names_of, relate
from extractors.joins import join_names, pairs_to_join
from extractors.records import Entity, Mention, Paper
from extractors.sentences import split_sentences

LONGS = {"rl": ("reinforcement", "learning"), "ood": ("out", "of", "distribution")}


@pytest.mark.parametrize("one, other, how", [
    ("object detection", "Object-Detection", "same"),
    ("SSL", "self-supervised learning", "letters"),
    ("LLMs", "Large Language Models", "letters"),
    ("offline RL", "Offline Reinforcement Learning", "spelt same"),
    ("OOD detection", "Out-of-distribution (OOD) detection", "spelt same"),
    ("trajectory prediction", "Multi-agent Trajectory Prediction", "end"),
    ("attention", "attention mechanism", "beginning"),
    ("image retrieval", "retrieval of images", "within"),
    ("face recognition", "image recognition", "head"),
    ("CNN", "deep convolutional neural networks", "letters late"),
])
def test_related(one: str, other: str, how: str) -> None:
    found, swapped = relate(one, other, LONGS), relate(other, one, LONGS)
    assert found is not None and found[0] == how
    assert swapped is not None and swapped[0] == how


@pytest.mark.parametrize("one, other", [
    ("object detection", "image captioning"), ("GAN", "contrastive learning"), ("BERT", "ALBERT"), ("ADE20K", "COCO"),
    ("ResNet", "Residual"), ("", "accuracy"),
])
def test_not_related(one: str, other: str) -> None:
    assert relate(one, other, LONGS) is None


def entity(text: str, name: str, **more: str) -> Entity:
    spans = []
    at = text.find(name)
    while at >= 0:
        spans.append(Mention(at, at + len(name), name, "test"))
        at = text.find(name, at + 1)
    return Entity(more.get("type", "Task"), name, (name,), more.get("role", "mentioned"), more.get("kind"),  # type: ignore[arg-type]
                  tuple(spans), 0.5)


TEXT = "Walk Naming Learning\nWNL is hard. We study WNL with walk labels, and robust walk naming learning."
NAMES = names_of(TEXT, split_sentences(TEXT), 20)
LONG, SHORT, OTHER, NARROW = (entity(TEXT, "Walk Naming Learning", role="addressed"), entity(TEXT, "WNL"),
                              entity(TEXT, "walk labels"), entity(TEXT, "robust walk naming learning"))
ALL = {"bias": 1.0, "weights": {}, "threshold": 0.5, "doubt": 0.3}


def test_joined_entity_has_all_that_its_parts_have() -> None:
    [one, other] = join_names(NAMES, [LONG, SHORT, OTHER], ALL)
    assert set(one.surfaces) == {"Walk Naming Learning", "WNL"}
    assert [TEXT[m.start:m.end] for m in one.mentions] == ["Walk Naming Learning", "WNL", "WNL"]
    assert one.role == "addressed"
    assert one.rules[-1].startswith("same thing:")
    assert other == OTHER


def test_unlikely_pairs_stay_apart() -> None:
    assert join_names(NAMES, [LONG, SHORT, OTHER], ALL | {"bias": -1.0}) == (LONG, SHORT, OTHER)


def test_what_only_praises_makes_no_name_of_its_own() -> None:
    [one] = join_names(NAMES, [LONG, NARROW], ALL)
    assert one.name == "Walk Naming Learning"
    assert one.surfaces == ("Walk Naming Learning", "robust walk naming learning")


def test_a_thing_has_the_narrower_of_its_names() -> None:
    text = "Action Recognition\nAerial action recognition is hard. Action recognition is needed."
    parts = [entity(text, name) for name in ("Action Recognition", "Aerial action recognition", "Action recognition")]
    [one] = join_names(names_of(text, split_sentences(text), 18), parts, ALL)
    assert one.name == "Aerial action recognition"
    assert len(one.mentions) == 3


def test_a_short_form_is_as_wide_as_what_it_stands_for() -> None:
    text = "Learning\nWalk Learning (WL) is old. Offline walk learning is new, and WL and WL again."
    parts = [replace(entity(text, "WL"), surfaces=("WL", "Walk Learning")), entity(text, "Offline walk learning")]
    [one] = join_names(names_of(text, split_sentences(text), 8), parts, ALL)
    assert one.name == "Offline walk learning"


def test_a_short_form_that_the_text_explains_is_as_wide_as_its_long_form() -> None:
    text = "Camera Walk Naming\nWalk naming (WN) is old. WN and WN are hard."
    parts = [entity(text, "Camera Walk Naming"), entity(text, "WN")]
    [one] = join_names(names_of(text, split_sentences(text), 18), parts, ALL)
    assert one.name == "Camera Walk Naming"


def test_a_short_form_joins_one_of_two_long_ones() -> None:
    text = "Learning\nContrastive learning is old. CL, or collaborative learning, is new."
    parts = [entity(text, name) for name in ("Contrastive learning", "CL", "collaborative learning")]
    model = ALL | {"bias": 0.0, "weights": {"letters": 3.0, "head": -9.0}}
    joined = join_names(names_of(text, split_sentences(text), 8), parts, model)
    assert sorted(len(e.surfaces) for e in joined) == [1, 2]


@pytest.mark.parametrize("one, other", [("robot naming", "rope naming"), ("WN", "Blind Walk Naming")])
def test_siblings_and_short_forms_of_a_part_stay_apart(one: str, other: str) -> None:
    text = f"Walking\nWe do {one} and {other}."
    parts = [entity(text, one), entity(text, other)]
    assert len(join_names(names_of(text, split_sentences(text), 7), parts, ALL)) == 2


def test_types_are_never_mixed() -> None:
    method = entity(TEXT, "WNL", type="Method", kind="term")
    assert not pairs_to_join(NAMES, [LONG, method])


@pytest.mark.parametrize("name", ["FooNet-B", "FooNet-large", "FooNet 7B", "FooNet v2"])
def test_versions_are_not_what_they_are_versions_of(name: str) -> None:
    text = f"FooNet\n{name} has FooNet in it."
    names, parts = names_of(text, split_sentences(text), 6), [entity(text, "FooNet", type="Method"),
                                                             entity(text, name, type="Method")]
    assert not pairs_to_join(names, parts)


@pytest.mark.parametrize("one, other, joined", [
    ("precision", "average precision", False), ("F1", "macro F1", False), ("recall", "recall at 10", False),
    ("accuracy", "naming accuracy", True), ("precisions", "Precision", True),
])
def test_what_makes_another_metric_keeps_metrics_apart(one: str, other: str, joined: bool) -> None:
    text = f"Walking\nWe report {other} and {one}."
    parts = [entity(text, name, type="Metric", kind="quality") for name in (one, other)]
    assert bool(pairs_to_join(names_of(text, split_sentences(text), 7), parts)) is joined


def test_features_say_where_names_stand() -> None:
    features = join_features(NAMES, LONG, NARROW)
    assert "end&Task" in features
    assert "word:robust" in features
    assert "title=True>False" in features


def test_shipped_weights_join_a_short_form_to_its_long_one() -> None:
    abstract = ("Self-supervised learning needs no labels. SSL methods such as SimCLR are compared on ImageNet. "
                "We improve self-supervised learning with WalkNet.")
    names = [{*e.surfaces} for e in extract(Paper("p1", "WalkNet", abstract)).entities if "SSL" in e.surfaces]
    assert len(names) == 1 and {"SSL", "self-supervised learning"} <= names[0]


def test_shipped_weights_keep_different_things_apart() -> None:
    record = extract(Paper("p1", "WalkNet", "We train ResNet-50 and ResNet-101 with SGD on ImageNet and ImageNet-C, "
                                            "and compare with BERT and RoBERTa."))
    names = {e.name for e in record.entities}
    assert {"ResNet-50", "ResNet-101", "ImageNet", "ImageNet-C", "BERT", "RoBERTa"} <= names
