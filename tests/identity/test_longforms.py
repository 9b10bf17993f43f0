from __future__ import annotations

import pytest

from kg.assemble import assemble_all
from kg.identity.longforms import agree
from kg.identity.rows import Rows
from kg.identity.sightings import sightings, strict_initials
from tests.identity.makers import entity, record

NONE = Rows()
EM = "expectation-maximization"


@pytest.mark.parametrize(("one", "other", "same"), [
    ("convolution network", "convolutional networks", True),
    ("multimodal language model", "multimodal large language model", True),
    ("multimodal large language model", "multilingual large language model", False),
    ("transformer network", "transfer network", False),
    ("discrete learning", "discriminative learning", False),
    ("stochastic variance reduced gradient", "stochastic variance reduction gradient", True),
    ("generative adverserial network", "generative adversarial network", True),
    ("generative adversarial network", "generation adversarial network", True),
])
def test_long_forms_agree_but_for_their_endings(one: str, other: str, same: bool) -> None:
    assert agree(one, other, "Method") is agree(other, one, "Method") is same


@pytest.mark.parametrize(("short", "long", "strict"), [
    ("SVMs", ("support", "vector", "machine"), True), ("SAM", ("segment", "anything"), True),
    ("BayesOpt", ("bayesian", "optimization"), True), ("GaPT", ("gaussian", "process"), False),
    ("EP-EM", ("expectation", "maximization"), False), ("SSSD", ("self", "supervised"), False),
])
def test_strict_initials_begin_words(short: str, long: tuple[str, ...], strict: bool) -> None:
    assert strict_initials(short, long) is strict


def test_a_plural_acronym_means_the_long_form_beside_it() -> None:
    found = assemble_all([*(record(f"p{n}", entity("Method", "PLMs", "pre-trained language models")) for n in range(3)),
                          record("q", entity("Method", "PLMs", "piecewise linear models"))], rows=NONE)
    assert found.identity.iri_of["q", 0] != found.identity.iri_of["p0", 0] == found.identity.iri_of["p1", 0]


@pytest.mark.parametrize(("names", "kept"), [
    (("GAN", "GANs", "GAN prior"), ("GAN", "GANs")),
    (("GAN", "GAN networks", "generative adversarial network"),
     ("GAN", "GAN networks", "generative adversarial network")),
    (("graph-based SLAM", "SLAM"), ("graph-based SLAM",)),
    (("RRT", "RRT*", "RRTs"), ("RRT", "RRTs")),
    (("SLAM++", "simultaneous localization and mapping"), ("SLAM++",)),
])
def test_a_phrase_around_an_acronym_is_no_name_of_its_thing(names: tuple[str, ...], kept: tuple[str, ...]) -> None:
    made = assemble_all([record("a", entity("Method", *names))], rows=NONE)
    assert [s.surfaces for s in made.sightings] == [kept]


@pytest.mark.parametrize(("name", "same"), [("EP-EM", False), ("E-M", True)])
def test_a_long_form_belongs_to_the_acronym_that_most_papers_give_it(name: str, same: bool) -> None:
    found = assemble_all([*(record(f"p{n}", entity("Method", "EM", EM)) for n in range(9)),
                          record("q", entity("Method", name, EM))], rows=NONE).identity.iri_of
    assert (found["q", 0] == found["p0", 0]) is same


@pytest.mark.parametrize("name, other", [("pose naming", "hand pose naming"), ("hand pose naming", "pose naming")])
def test_a_wider_or_narrower_surface_is_no_name_of_the_thing(name: str, other: str) -> None:
    [seen] = sightings([record("p1", entity("Task", name, other, name.title()))])
    assert {*seen.surfaces} == {name, name.title()}


@pytest.mark.parametrize("names, kept", [
    (("lidar WNL", "WNL", "walk naming learning"), {"lidar WNL"}),  # the short form and what it stands for are wider
    (("lidar walk naming learning", "WNL", "walk naming learning"), {"lidar walk naming learning"}),
    (("WNL", "walk naming learning", "lidar walk naming learning"), {"WNL", "walk naming learning"}),
    (("MWNLs", "Multimodal WNLs", "WNL"), {"MWNLs", "Multimodal WNLs"}),
])
def test_a_short_form_is_as_wide_as_what_it_stands_for(names: tuple[str, ...], kept: set[str]) -> None:
    [seen] = sightings([record("p1", entity("Task", *names))])
    assert {*seen.surfaces} == kept


def test_a_short_form_is_as_wide_as_what_the_text_says_that_it_stands_for() -> None:
    told = record("p1", entity("Task", "Lidar Walk Naming", "WN"), abstract="Walk naming (WN) is old.")
    [seen] = sightings([told])
    assert {*seen.surfaces} == {"Lidar Walk Naming"}
