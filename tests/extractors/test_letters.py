"""Short names are aligned with long ones that stand elsewhere, by their letters alone."""

from __future__ import annotations

import pytest

from extractors.letters import spells


@pytest.mark.parametrize("short, long, how", [
    ("WNL", "walk naming learning", "letters"),
    ("WaRF", "Walking Radiance Fields", "letters"),  # small letters go on in their word
    ("PRepWN", "Progressive Re-parameterized Walk Naming", "letters"),  # or in the next one
    ("WNLs", "walk naming learners", "letters"),
    ("PWTE", "Private Walking of Teacher Ensembles", "letters"),  # small words count for nothing
    ("W2F", "Walk2Flow", "letters"),
    ("walk GNN", "Walk Graph Neural Networks", "letters"),  # one word of two is short
    ("WPD v2", "Walk Preference Dataset v2", "letters"),
    ("T2A", "text-to-audio", "letters"),
    ("WalkMAE", "Walking Masked Autoencoders", "letters inner"),
    ("WNT", "Walk Named Encoder Transformers", "letters gap"),
    ("LMs", "Pre-trained Language Models", "letters late"),
    ("LOOK", "Leave-One-Out K-Nearest-Neighbor", "letters open"),
])
def test_spelt(short: str, long: str, how: str) -> None:
    assert spells(short, long) == how


@pytest.mark.parametrize("short, long", [
    ("WNL", "naming walk learning"),  # the order counts
    ("WNL", "Walk"), ("walk", "walking lions"), ("Walk", "We all like kale"), ("", ""), ("WNL", ""), ("WNL", "WNL"),
    ("Walk1Net", "Walk10Net"), ("W1N", "Walk10Net"), ("ViT-B/16", "ViT-B/32"),
    ("walk GNN", "Run Graph Neural Networks"),
    ("ABCDEFGHIJKLMNOP", "walk naming learning"), ("WNL", " ".join(["walk"] * 40)),
])
def test_not_spelt(short: str, long: str) -> None:
    assert spells(short, long) == ""
