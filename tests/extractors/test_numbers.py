"""Numbers: units, signs, ranges, what belongs to names, absurd input."""

from __future__ import annotations

import re

import pytest

from extractors.numbers import find_numbers, normalize, plain
from extractors.tables import read_tsv


@pytest.mark.parametrize("row", read_tsv("frames/results_units.tsv"), ids=lambda row: row["unit"])
def test_unit_pattern_matches_and_refuses(row: dict[str, str]) -> None:
    for text, want in ((row["match"], True), (row["miss"], False)):
        digits = re.match(r"[0-9.]+", text)
        assert digits is not None
        assert bool(re.match(row["pattern"], text[digits.end():])) is want


@pytest.mark.parametrize(("text", "want"), [
    ("by 2.5\\% on it", [("2.5\\%", ("2.5",), "percent")]),
    ("achieves 76\\(\\%\\) there", [("76\\(\\%\\)", ("76",), "percent")]),
    ("a 65X cut, 20-fold and 3.5 times", [("65X", ("65",), "times"), ("20-fold", ("20",), "times"),
                                          ("3.5 times", ("3.5",), "times")]),
    ("+1.02, +1.30 BLEU", [("+1.02", ("1.02",), None), ("+1.30", ("1.30",), None)]),
    ("from 29% to 3%", [("29%", ("29",), "percent"), ("3%", ("3",), "percent")]),
    ("by 5.4% 5.8% and 2.7%", [("5.4%", ("5.4",), "percent"), ("5.8%", ("5.8",), "percent"),
                               ("2.7%", ("2.7",), "percent")]),
    ("by 12.68% to 22.24%", [("12.68% to 22.24%", ("12.68", "22.24"), "percent")]),
    ("ranging from 1% to 3%", [("1% to 3%", ("1", "3"), "percent")]),
    ("1.5–2.3×, 10--100 times", [("1.5–2.3×", ("1.5", "2.3"), "times"), ("10--100 times", ("10", "100"), "times")]),
    ("about 40% 60% FLOPs", [("40% 60%", ("40", "60"), "percent")]),
    ("less than 1/3 of it", [("1/3", ("1", "3"), None)]),
    ("81.2 | 79.9 | 64", [("81.2", ("81.2",), None), ("79.9", ("79.9",), None), ("64", ("64",), None)]),
    ("3.4 percentage points", [("3.4 percentage points", ("3.4",), "points")]),
    ("2,077 bugs and 10,000x", [("2,077", ("2077",), None), ("10,000x", ("10000",), "times")]),
    ("GPT-4 on CIFAR-10 in 3D, 5-shot, v1.2", []),
    ("costs 1e400 or NaN or ٣", []),
    (")))]] 9" + "9" * 400, []),
    ("87,4% and 71,3 % of it", [("87,4%", ("87.4",), "percent"), ("71,3 %", ("71.3",), "percent")]),
    ("with 5,10% of it", []),  # a decimal comma, or a list?
    ("goes up 1.4 points to 82.3%", [("1.4 points", ("1.4",), "points"), ("82.3%", ("82.3",), "percent")]),
    ("by 1.2 to 30.1 BLEU", [("1.2", ("1.2",), None), ("30.1", ("30.1",), None)]),
    ("up 1.4% to 82.3%", [("1.4%", ("1.4",), "percent"), ("82.3%", ("82.3",), "percent")]),
    ("by 3.9x to 3.6 GB", [("3.9x", ("3.9",), "times"), ("3.6 GB", ("3.6",), "bytes")]),
    ("by 1.2 to 3.1 points", [("1.2 to 3.1 points", ("1.2", "3.1"), "points")]),
    ("$\\textbf{87.4}\\%$", [("\\textbf{87.4}\\%", ("87.4",), "percent")]),
    ("\\textbf{87.4\\%} or \\textbf{61.2 mIoU}", [("\\textbf{87.4\\%}", ("87.4",), "percent"),
                                                ("61.2", ("61.2",), None)]),
    ("87.4\\,\\%", [("87.4\\,\\%", ("87.4",), "percent")]),
    ("91.3±0.2% or 91.3 ± 0.2", [("91.3", ("91.3",), "percent"), ("91.3", ("91.3",), None)]),
    ("$91.3\\pm0.2\\%$", [("91.3", ("91.3",), "percent")]),
    ("84.2% (SD 2.1%)", [("84.2%", ("84.2",), "percent")]),
    ("0.87 (95% CI 0.85-0.89), 0.79 (p<0.05)", [("0.87", ("0.87",), None), ("0.79", ("0.79",), None)]),
    ("0.87 (0.85-0.89), 0.87 (3.1-4.2)", [("0.87", ("0.87",), None), ("0.87", ("0.87",), None),
                                          ("3.1-4.2", ("3.1", "4.2"), None)]),
    ("p = 0.031 at a 95% confidence interval", []),
    ("within ± 5%", [("± 5%", ("5",), "percent")]),
])
def test_numbers(text: str, want: list[tuple[str, tuple[str, ...], str | None]]) -> None:
    assert [(n.text, n.values, n.unit) for n in find_numbers(text)] == want


@pytest.mark.parametrize("row", read_tsv("frames/results_asides.tsv"), ids=lambda row: row["name"])
def test_aside_pattern_matches_and_refuses(row: dict[str, str]) -> None:
    look = re.match if row["place"] == "after" else re.search
    assert look(row["pattern"], row["match"])
    assert not look(row["pattern"], row["miss"])


def test_a_number_reaches_to_the_end_of_its_company() -> None:
    text = "a Dice of 0.913 ± 0.012 (95% CI: 0.901-0.925, p < 0.001) on it"
    [number] = find_numbers(text)
    assert (number.text, text[number.end:number.reach]) == ("0.913", " ± 0.012 (95% CI: 0.901-0.925, p < 0.001)")


@pytest.mark.parametrize(("digits", "unit", "want"), [
    ("87.8", "percent", "0.878"), ("100", "percent", "1"), ("0.878", "none", "0.878"), ("34.43", "none", None),
    ("2.3", "points", None), ("NaN", "percent", None), ("1e400", "percent", None), ("Infinity", "none", None),
])
def test_normalize(digits: str, unit: str, want: str | None) -> None:
    assert normalize(digits, unit) == want


@pytest.mark.parametrize(("digits", "unit", "want"), [
    ("51.5", "none", "0.515"), ("0.525", "none", "0.525"), ("1", "none", "1"), ("120", "none", None),
    ("3", "time", None),
])
def test_a_bare_number_of_a_share_is_a_percentage(digits: str, unit: str, want: str | None) -> None:
    assert normalize(digits, unit, share=True) == want


@pytest.mark.parametrize(("digits", "want"), [("87.80", "87.80"), (".78", "0.78"), ("1e400", None), ("NaN", None)])
def test_plain(digits: str, want: str | None) -> None:
    assert plain(digits) == want
