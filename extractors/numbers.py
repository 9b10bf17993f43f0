"""Find the numbers of a text with their units, signs and ranges.

Only ASCII digits count. A number glued to a name ("GPT-4", "CIFAR-10", "3D", "5-shot") is part of that
name and is left out. Units are the rows of `frames/results_units.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from extractors.tables import read_tsv

__all__ = ["Number", "find_numbers", "normalize", "plain"]

_CORE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,15}(?![0-9]))(?:\.[0-9]{1,15}(?![0-9]))?|\.[0-9]{1,15}(?![0-9])"
_NUMBER = re.compile(rf"(?<![A-Za-z0-9_.^{{])(?<![A-Za-z0-9]-)(?<![A-Za-z]/)(?<!\\)([+−±]|(?<=[\s(])-)?\s?({_CORE})")
_RANGE = re.compile(rf"\s?(?:-{{1,3}}|–|—|~|∼|\$?\\sim\$?|sim(?=[0-9])|to(?=\s))\s?\+?({_CORE})|\s({_CORE})(?=%)")
_FRACTION = re.compile(r"\s?/\s?([0-9]{1,4})(?![0-9.A-Za-z%])")
_EXPONENT = re.compile(r"[eE][+-]?[0-9]+|\^|\s?\\?times\s?10|\s?×\s?10")
_GLUE = re.compile(r"[A-Za-z_]|-[A-Za-z]|\.[0-9]|/[A-Za-z]")
_FROM = re.compile(r"\bfrom\W{0,3}\Z")
_RANGING = re.compile(r"\b(?:rang\w+|vary\w*|varies|span\w*)\s+from\W{0,3}\Z")
_LARGEST = 30  # digits of the largest number that is turned into a decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: one value or a range, with its unit."""

    start: int
    end: int
    text: str
    values: tuple[str, ...]  # as digits, thousands commas removed
    unit: str | None = None
    unit_class: str = "none"
    signed: bool = False


@cache
def _units() -> re.Pattern[str]:
    rows = read_tsv("frames/results_units.tsv")
    first = [row for row in rows if row["unit"] == "points"]
    rest = [row for row in rows if row["unit"] != "points"]
    return re.compile("|".join(f"(?P<{row['unit']}>{row['pattern']})" for row in (*first, *rest)))


@cache
def _unit_classes() -> dict[str, str]:
    return {row["unit"]: row["class"] for row in read_tsv("frames/results_units.tsv")}


def _unit_at(text: str, at: int, end: int) -> tuple[str | None, int]:
    unit = _units().match(text, at, end)
    return (unit.lastgroup, unit.end()) if unit else (None, at)


def _second(text: str, number: re.Match[str], at: int, end: int, unit: str | None) -> re.Match[str] | None:
    """Match the upper end of a range that begins with `number`."""
    second = _RANGE.match(text, at, end)
    if second is None or (second[2] and unit != "percent"):
        return None
    before = text[max(0, number.start() - 24):number.start(2)]
    if "to" in second[0] and _FROM.search(before) and not _RANGING.search(before):
        return None
    return second


def _read(text: str, number: re.Match[str], end: int) -> Number | None:
    """Build the number that a match begins; None where it belongs to a name or is no plain number."""
    values, at = [number[2]], number.end()
    if _EXPONENT.match(text, at, end):
        return None
    fraction = _FRACTION.match(text, at, end) if "." not in number[2] else None
    if fraction:
        values.append(fraction[1])
        at = fraction.end()
    unit, at = _unit_at(text, at, end)
    second = None if fraction else _second(text, number, at, end, unit)
    if second:
        values.append(second[1] or second[2])
        unit_after, at = _unit_at(text, second.end(), end)
        unit = unit_after or unit
    if unit is None and _GLUE.match(text, at) and "." not in values[-1]:
        return None
    start = number.start(1) if number[1] else number.start(2)
    return Number(start, at, text[start:at], tuple(v.replace(",", "") for v in values), unit,
                  "fraction" if fraction and unit is None else _unit_classes().get(unit or "", "none"),
                  number[1] in ("+", "−", "-"))


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """Yield the numbers of `text[start:end]` in order, none overlapping."""
    end = len(text) if end is None else end
    at = start
    while (match := _NUMBER.search(text, at, end)) is not None:
        number = _read(text, match, end)
        if number is not None:
            yield number
        at = max(match.end(), number.end if number else 0)


def plain(digits: str) -> str | None:
    """Give printed digits as a plain decimal, None where they are absurdly long or no number."""
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return None
    if not value.is_finite() or value.adjusted() > _LARGEST or value.adjusted() < -_LARGEST:
        return None
    return f"{value:f}"


def normalize(digits: str, unit_class: str, *, share: bool = False) -> str | None:
    """Give a percentage as a fraction of one ("87.8" → "0.878"), a bare fraction as it is, else None.

    A bare number above one is a percentage where it is a `share` of one: mIoU of 51.5.
    """
    number = plain(digits)
    if number is None:
        return None
    value = Decimal(number)
    if unit_class == "percent" or (share and unit_class == "none" and 1 < value <= 100):
        return f"{(value / 100).normalize():f}"
    if unit_class == "none" and Decimal(0) <= value <= Decimal(1):
        return f"{value.normalize():f}"
    return None
