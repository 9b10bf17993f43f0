"""Versions in a row: the first alone and the whole are forms of one name."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.coordination import chains, first_end, further, other_forms, type_of_row, without_further
from extractors.markup import FILL
from extractors.records import Paper
from extractors.tables import read_tsv


@pytest.mark.parametrize("row", read_tsv("frames/versions.tsv"), ids=lambda row: row["kind"])
def test_chains_match_and_refuse(row: dict[str, str]) -> None:
    assert list(chains(row["match"]))
    assert not list(chains(row["miss"]))


@pytest.mark.parametrize(("text", "name", "forms"), [
    ("on CIFAR-10/100.", "CIFAR-10/100", {"CIFAR-10"}), ("on CIFAR-10/100.", "CIFAR-10", {"CIFAR-10/100"}),
    ("VOC 2007/2012", "VOC 2007", {"VOC 2007/2012"}), ("SemEval 2014/15/16", "SemEval 2014/15/16", {"SemEval 2014"}),
    ("Llama 2 7B/13B", "Llama 2 7B", {"Llama 2 7B/13B"}), ("ViT-L/B is", "ViT-L", {"ViT-L/B"}),
    ("VOC 2007 / 2012", "VOC 2007", {"VOC 2007 / 2012"}), ("VOC 2007 and 2012", "VOC 2007", {"VOC 2007 and 2012"}),
    ("Llama 2 7B, 13B, and 70B", "Llama 2 7B", {"Llama 2 7B, 13B, and 70B"}),
    ("Llama 2 7B, 13 layers", "Llama 2 7B", set()),
    ("ViT-B/16", "ViT-B/16", set()), ("ViT-B/16", "ViT-B", set()), ("FooNet/BarNet", "FooNet", set()),
    ("CIFAR-10/100-LT", "CIFAR-10", set()), ("CIFAR-10 and 100", "CIFAR-10", set()), ("on 10/100", "on", set()),
])
def test_forms(text: str, name: str, forms: set[str]) -> None:
    start = text.index(name)
    assert {text[a:b] for a, b in other_forms(text, start, start + len(name))} == forms


def _named(abstract: str) -> dict[str, tuple[str, ...]]:
    record = extract(Paper("x", "A Study", abstract))
    assert all(record.paper.text[m.start:m.end] == m.text for e in record.entities for m in e.mentions)
    return {e.name: e.surfaces for e in record.entities if e.type in ("Method", "Dataset", "Benchmark")}


@pytest.mark.parametrize(("abstract", "name", "whole"), [
    ("Experiments on CIFAR-10/100 show gains.", "CIFAR-10", "CIFAR-10/100"),
    ("We evaluate on the Kinetics-400/600 datasets.", "Kinetics-400", "Kinetics-400/600"),
    ("We train ResNet-50/101 on ImageNet.", "ResNet-50", "ResNet-50/101"),
    ("Experiments on PASCAL VOC 2007/2012 show gains.", "PASCAL VOC 2007", "PASCAL VOC 2007/2012"),
    ("Experiments on PASCAL VOC 2007 and 2012 show gains.", "PASCAL VOC 2007", "PASCAL VOC 2007 and 2012"),
    ("Experiments with Llama 2 7B, 13B and 70B show gains.", "Llama 2 7B", "Llama 2 7B, 13B and 70B"),
])
def test_both_forms_are_found(abstract: str, name: str, whole: str) -> None:
    assert set(_named(abstract)[name]) == {name, whole}


@pytest.mark.parametrize(("abstract", "members"), [
    ("Experiments on CIFAR-10/100 show gains.", {"CIFAR-10": ["CIFAR-10"], "CIFAR-100": ["100"]}),
    ("Experiments on PASCAL VOC 2007, 2010 and 2012 show gains.",
     {"PASCAL VOC 2007": ["PASCAL VOC 2007"], "PASCAL VOC 2010": ["2010"], "PASCAL VOC 2012": ["2012"]}),
    ("Experiments with Llama 2 7B, 13B and 70B show gains.",
     {"Llama 2 7B": ["Llama 2 7B"], "Llama 2 13B": ["13B"], "Llama 2 70B": ["70B"]}),
    ("Results with ViT-B/L show gains.", {"ViT-B": ["ViT-B"], "ViT-L": ["L"]}),
    ("We test on MOT16/17/20.", {"MOT16": ["MOT16"], "MOT17": ["17"], "MOT20": ["20"]}),
    ("We train on ImageNet-1K/22K.", {"ImageNet-1K": ["ImageNet-1K"], "ImageNet-22K": ["22K"]}),
    ("We pretrain on ImageNet-1K and -22K.", {"ImageNet-1K": ["ImageNet-1K"], "ImageNet-22K": ["22K"]}),
    ("Experiments on CIFAR-10-C/100-C show gains.", {"CIFAR-10-C": ["CIFAR-10-C"], "CIFAR-100-C": ["100-C"]}),
    ("Experiments on VOC07+12 show gains.", {"VOC07": ["VOC07"], "VOC12": ["12"]}),
    ("We report BLEU-1/2/3.", {"BLEU-1": ["BLEU-1"], "BLEU-2": ["2"], "BLEU-3": ["3"]}),
    ("We report ROUGE-1/2/L.", {"ROUGE-1": ["ROUGE-1"], "ROUGE-2": ["2"], "ROUGE-L": ["L"]}),
    ("We report NDCG@10/20 and HR@5/10.",
     {"NDCG@10": ["NDCG@10"], "NDCG@20": ["20"], "HR@5": ["HR@5"], "HR@10": ["10"]}),
    ("We train RoBERTa-base/large.", {"RoBERTa-base": ["RoBERTa-base"], "RoBERTa-large": ["large"]}),
    ("We compare with YOLOv5/v7/v8.", {"YOLOv5": ["YOLOv5"], "YOLOv7": ["v7"], "YOLOv8": ["v8"]}),
    ("We compare with EfficientNet-B0/B4.", {"EfficientNet-B0": ["EfficientNet-B0"], "EfficientNet-B4": ["B4"]}),
    ("We evaluate Imagen 2 and Imagen 3.", {"Imagen 2": ["Imagen 2"], "Imagen 3": ["Imagen 3"]}),
    ("AdaBoost.M1 loses to AdaBoost.M2.", {"AdaBoost.M1": ["AdaBoost.M1"], "AdaBoost.M2": ["AdaBoost.M2"]}),
])
def test_each_version_is_an_entity_with_what_stands_in_the_text(abstract: str, members: dict[str, list[str]]) -> None:
    record = extract(Paper("x", "A Study", abstract))
    assert all(record.paper.text[m.start:m.end] == m.text for e in record.entities for m in e.mentions)
    assert {e.name: [m.text for m in e.mentions] for e in record.entities} == members


@pytest.mark.parametrize(("abstract", "names"), [
    ("We report FID 42.17 on COCO and FID 30.35 on FFHQ.", {"FID", "COCO", "FFHQ"}),  # scores
    ("On ImageNet we train Imagen 2 times.", {"ImageNet", "Imagen"}),
])
def test_other_numbers_after_names_are_no_versions(abstract: str, names: set[str]) -> None:
    assert {e.name for e in extract(Paper("x", "A Study", abstract)).entities} == names


def test_cutoffs_are_metrics() -> None:
    record = extract(Paper("x", "A Study", "BarRec outperforms BM25 in NDCG@10/20 and HR@5/10."))
    assert {e.type for e in record.entities if "@" in e.name} == {"Metric"}


@pytest.mark.parametrize(("text", "read"), [
    ("on CIFAR-10/100, we", "on CIFAR-10****, we"), ("FooLM 7B, 13B and 70B win", "FooLM 7B" + 13 * "*" + " win"),
    ("FooLM (7B, 13B) wins", "FooLM (7B, 13B) wins"), ("the FooNet/BarNet", "the FooNet/BarNet"),
    ("In 2007 and 2012", "In 2007 and 2012"), ("an F1/10 car", "an F1/10 car"),
])
def test_further_versions_are_filled_up(text: str, read: str) -> None:
    assert without_further(text).replace(FILL, "*") == read


def test_the_first_version_and_the_type_of_a_row() -> None:
    assert first_end("CIFAR-10/100", 0, 12) == 8
    assert first_end("CIFAR-10", 0, 8) == 8
    assert type_of_row("FooNet-tiny/small", 0, 11) == "Method"
    assert type_of_row("CIFAR-10/100", 0, 8) == ""


def test_versions_elsewhere_are_the_same_entities() -> None:
    record = extract(Paper("x", "A Study", "Experiments on CIFAR-10/100 show gains. On CIFAR-10 they are large, on "
                                           "CIFAR100 they are small."))
    found = [(e.name, [m.text for m in e.mentions]) for e in record.entities if e.type == "Dataset"]
    assert found == [("CIFAR-10", ["CIFAR-10", "CIFAR-10"]), ("CIFAR100", ["100", "CIFAR100"])]


def test_each_version_has_its_score() -> None:
    record = extract(Paper("x", "A Study", "We reach 97.1% and 82.3% accuracy on CIFAR-10/100."))
    assert [(r.value, r.dataset) for r in record.results] == [("97.1%", "CIFAR-10"), ("82.3%", "CIFAR-100")]


@pytest.mark.parametrize(("text", "name"), [("VOC 2007 and 20 more", "VOC 2007"), ("ViT-B/16", "ViT-B"),
                                            ("FooNet-B/L", "FooNet"), ("VOC 2007 and 2012", "VOC 2007 and 2012")])
def test_no_further_versions(text: str, name: str) -> None:
    assert list(further(text, 0, len(name))) == []
