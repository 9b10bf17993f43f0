from __future__ import annotations

import pytest

from extractors.records import Paper
from kg.identity.iris import paper_iri, repo_iri, slug
from kg.identity.normal import is_acronym, is_long, key_of
from kg.identity.sightings import initials


@pytest.mark.parametrize(("one", "other", "cls"), [
    ("CIFAR-10", "CIFAR 10", "Data"), ("CIFAR$10$", "CIFAR10", "Data"), ("the ImageNet dataset", "ImageNet", "Data"),
    ("Penn Treebank corpus", "Penn Treebank", "Data"), ("GANs", "GAN", "Method"), ("$k$-means", "k-means", "Method"),
    ("generative adversarial nets", "Generative Adversarial Networks", "Method"), ("UFO$^2$", "UFO²", "Method"),
    (r"$\beta$-VAE", "β-VAE", "Method"), (r"\textbf{Alpha}", "Alpha", "Method"), ("F1 score", "F1", "Metric"),
    ("F-scores", "F score", "Metric"),
    ("simultaneous localisation and mapping", "simultaneous localization and mapping", "Task"),
    ("modelling categories", "modeling category", "Task"), ("VQA v2.0", "VQAv2", "Data"),
    ("MoCo v2", "MoCo-v2", "Method"), ("GPs", "GP", "Method"),
    ("Schrödinger bridge", "Schrodinger bridge", "Method"), ("Res\u00adNet-50", "ResNet-50", "Method"),
    ("Ima\u200bgeNet", "ImageNet", "Data"),
    ("Adam optimizer", "Adam", "Method"), ("Super–Resolution", "super-resolution", "Task"),
])
def test_spellings_share_a_key(one: str, other: str, cls: str) -> None:
    assert key_of(one, cls) == key_of(other, cls) != ""


@pytest.mark.parametrize(("one", "other", "cls"), [
    ("BERT", "ALBERT", "Method"), ("GAN", "CycleGAN", "Method"), ("CIFAR-10", "CIFAR-100", "Data"),
    ("A*", "A", "Method"),
    ("PCMCI$^+$", "PCMCI", "Method"), ("Llama-2-7B", "Llama-27B", "Method"), ("loss", "los", "Method"),
    ("GPT-3", "GPT-3.5", "Method"), ("mAP", "AP", "Metric"), ("F-score", "F-measure", "Metric"),
    ("optical flow", "scene flow", "Task"),
    ("language model", "language", "Method"), ("GPS", "GP", "Method"), ("GPs", "GPS", "Method"),
])
def test_other_things_have_other_keys(one: str, other: str, cls: str) -> None:
    assert key_of(one, cls) != key_of(other, cls)


@pytest.mark.parametrize(("name", "acronym", "long"), [
    ("SAM", True, False), ("Segment Anything Model", False, True), ("ViT-L/14", True, False),
    ("perplexity", False, False),
    ("WSNet", True, False), ("Penn Treebank", False, True), ("GPT-4 Turbo", False, False),
    ("recurrent NNs", False, False),
])
def test_short_and_long_forms_are_told_apart(name: str, acronym: bool, long: bool) -> None:
    assert (is_acronym(name), is_long(name)) == (acronym, long)


@pytest.mark.parametrize(("short", "long", "fits"), [
    ("SAM", ("segment", "anything"), True), ("PTB", ("penn", "treebank"), True), ("PPL", ("perplexity",), True),
    ("DPR", ("vision", "transformer"), False), ("CAM", ("class", "activation", "map"), True),
    ("PLMs", ("piecewise", "linear"), True), ("LLM’s", ("large", "language"), True),
    ("SLAM++", ("simultaneous", "localization", "and", "mapping"), False),
])
def test_initials_spell_a_long_form(short: str, long: tuple[str, ...], fits: bool) -> None:
    assert initials(short, long) is fits


@pytest.mark.parametrize(("name", "expected"), [
    ("C++", "c-plus-plus"), ("mAP@0.5", "map-at-0-5"), ("Fréchet", "frechet"), ("A*", "a-star"),
    ("ViT-L/14", "vit-l-14"),
    ("100%", "100-pct"), ("C#", "c-sharp"), ("注意", "x-4ffef8f3"),
])
def test_slugs_keep_signs(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(("paper", "iri"), [
    (Paper("a", "T", "", arxiv="2303.02153v2"), "paper/arxiv-2303.02153"),
    (Paper("a", "T", "", arxiv="https://arxiv.org/abs/2303.02153v3"), "paper/arxiv-2303.02153"),
    (Paper("a", "T", "", arxiv="cs/0309048"), "paper/arxiv-cs-0309048"),
    (Paper("a", "T", "", url="https://arxiv.org/pdf/2303.02153v1"), "paper/arxiv-2303.02153"),
    (Paper("a", "T", "", doi="https://doi.org/10.1000/AB.1"), "paper/doi-10.1000-ab.1"),
    (Paper("a", "T", "", doi="10.1000/AB.1"), "paper/doi-10.1000-ab.1"),
    (Paper("a", "T", "", url="https://openreview.net/forum?id=0CNSbBa85A"), "paper/openreview-0CNSbBa85A"),
    (Paper("a", "T", "", url="https://aclanthology.org/2022.acl-long.220/"), "paper/acl-2022.acl-long.220"),
    (Paper("a", "A Title!", ""), "paper/a-title-ca978112"),
])
def test_papers_have_ids_of_their_sources(paper: Paper, iri: str) -> None:
    assert paper_iri(paper) == iri


@pytest.mark.parametrize("url", ["https://github.com/A/B", "github.com/a/b.git", "http://www.github.com/a/b/tree/main"])
def test_addresses_of_one_repository_are_one_node(url: str) -> None:
    assert repo_iri(url) == "repo/github.com/a/b"
