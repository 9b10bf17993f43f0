from __future__ import annotations

import re

import pytest

from extractors.records import EntityType
from kg.assemble import assemble
from kg.identity.rows import Row, Rows, index_rows, lexicon_rows
from kg.identity.versions import Rule, version_rules
from tests.identity.makers import entity, record

NONE = Rows()


@pytest.mark.parametrize("rule", version_rules(), ids=lambda r: f"{r.rule}-{r.yes}")
def test_each_rule_takes_its_example_and_leaves_the_other(rule: Rule) -> None:
    assert rule.pattern.match(rule.yes)
    found = rule.pattern.match(rule.no)
    assert found is None or sum(c.isalpha() for c in found["base"]) < rule.letters


def links(type_: EntityType, *names: str, rows: Rows = NONE) -> set[tuple[str, str, str]]:
    """Give the lattice of things that one paper each names."""
    _, edges = assemble([record(f"p{n}", entity(type_, name)) for n, name in enumerate(names)], rows=rows)
    return {(e.source, e.type, e.target) for e in edges if e.type in ("versionOf", "partOf")}


@pytest.mark.parametrize(("type_", "names", "expected"), [
    ("Method", ["GPT", "GPT-4", "GPT-4V"], {("method/gpt-4v", "method/gpt-4"), ("method/gpt-4", "method/gpt")}),
    ("Method", ["ViT", "ViT-L", "ViT-L/14"], {("method/vit-l-14", "method/vit-l"), ("method/vit-l", "method/vit")}),
    ("Method", ["ResNet-18", "ResNet-50"],
     {("method/resnet-18", "method/resnet"), ("method/resnet-50", "method/resnet")}),
    ("Method", ["BERT", "ALBERT", "GAN", "CycleGAN", "T5", "TD3"], set()),
    ("Method", ["ResNet-18"], set()), ("Method", ["YOLOv3", "YOLOv8"], {
        ("method/yolov3", "method/yolo"), ("method/yolov8", "method/yolo")}),
    ("Method", ["Foo-2-7B", "Foo-2-7B-Chat", "Foo-2"], {
        ("method/foo-2", "method/foo"), ("method/foo-2-7b", "method/foo-2"),
        ("method/foo-2-7b-chat", "method/foo-2-7b")}),
    ("Dataset", ["ImageNet", "ImageNet-C", "ImageNet-100"],
     {("dataset/imagenet-c", "dataset/imagenet"), ("dataset/imagenet-100", "dataset/imagenet")}),
    ("Dataset", ["CIFAR-10", "CIFAR-100", "CIFAR-10-C"],
     {("dataset/cifar-10", "dataset/cifar"), ("dataset/cifar-100", "dataset/cifar"),
      ("dataset/cifar-10-c", "dataset/cifar-10")}),
    ("Metric", ["mAP", "AP", "AP50"], {("metric/ap50", "metric/ap")}),
    ("Task", ["NER", "nested NER", "segmentation", "unsupervised segmentation"], {("task/nested-ner", "task/ner")}),
])
def test_versions_follow_names(type_: EntityType, names: list[str], expected: set[tuple[str, str]]) -> None:
    assert links(type_, *names) == {(a, "versionOf", b) for a, b in expected}


def test_a_lexicon_gives_parents_that_no_name_shows() -> None:
    rows = index_rows([Row("Method", "mBERT", versions_of=("BERT",)), Row("Dataset", "COPA", parts_of=("SuperGLUE",)),
                       Row("Benchmark", "SuperGLUE")])
    records = [record("p", entity("Method", "mBERT"), entity("Dataset", "COPA"))]
    nodes, edges = assemble(records, rows=rows)
    assert {(e.source, e.type, e.target) for e in edges if not e.source.startswith(("paper", "text"))} == {
        ("method/mbert", "versionOf", "method/bert"), ("dataset/copa", "partOf", "benchmark/superglue")}
    assert {n.id for n in nodes} >= {"method/bert", "benchmark/superglue"}


def test_a_version_is_of_the_nearest_that_rows_and_names_say() -> None:
    rows = index_rows([Row("Method", "Foo"), Row("Method", "Foo-4", versions_of=("Foo",)),
                       Row("Method", "Foo-4V", versions_of=("Foo", "Foo-4")),
                       Row("Method", "Foo-7B", versions_of=("Foo",)),
                       Row("Method", "Foo-7B-Chat", versions_of=("Foo",)), Row("Method", "Bar", versions_of=("Foo",))])
    assert links("Method", "Foo-4V", "Foo-4", "Foo-7B", "Foo-7B-Chat", "Bar", rows=rows) == {
        ("method/foo-4v", "versionOf", "method/foo-4"), ("method/foo-4", "versionOf", "method/foo"),
        ("method/foo-7b-chat", "versionOf", "method/foo-7b"), ("method/foo-7b", "versionOf", "method/foo"),
        ("method/bar", "versionOf", "method/foo")}


_TELLING = re.compile(r"@\d+(?!\.\d)|(?<=[BSLHG])/\d+|(?<=-)\d+[bB]\b")


def test_no_row_has_aliases_of_another_rank_patch_or_size() -> None:
    for row in lexicon_rows().by_id.values():
        told = {tuple(_TELLING.findall(name.lower().replace("b", "B"))) for name in (row.name, *row.aliases)} - {()}
        assert len(told) < 2, row
