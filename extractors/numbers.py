"""Find the numbers of a text with their units, signs and ranges.

Only ASCII digits count. A number glued to a name ("GPT-4", "CIFAR-10", "3D", "5-shot") is part of that
name and is left out. Units are the rows of `frames/results_units.tsv`. A spread, an interval and a p-value belong to
the value before them (`asides.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from extractors.asides import aside_end, is_bound, surrounds
from extractors.tables import read_tsv

__all__ = ["Number", "find_numbers", "normalize", "plain"]

_CORE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,15}(?![0-9]))(?:\.[0-9]{1,15}(?![0-9]))?|\.[0-9]{1,15}(?![0-9])"
_COMMA = r"(?<![0-9],)(?:[0-9]{1,3},[0-9]{1,2}(?=\s?\\?%))"  # a decimal comma, or a list without spaces
_FONT = r"(?P<font>(?:\\(?:textbf|textit|mathbf|mathrm|underline|emph|boldsymbol|bm)\{){1,2})"
_NUMBER = re.compile(rf"(?:{_FONT}|(?<![A-Za-z0-9_.^{{])(?<![A-Za-z0-9]-)(?<![A-Za-z]/)(?<!\\))"
                     rf"(?P<sign>[+−±]|(?<=[\s(])-)?\s?(?P<digits>{_COMMA}|{_CORE})")
_RANGE = re.compile(rf"\s?(?:-{{1,3}}|–|—|~|∼|\$?\\sim\$?|sim(?=[0-9])|to(?=\s))\s?\+?({_CORE})|"
                    rf"\s({_CORE})(?=%(?!,?\s(?:and|or)\s[0-9]))")  # a dash was lost, and no comma of a list
_FRACTION = re.compile(r"\s?/\s?([0-9]{1,4})(?![0-9.A-Za-z%])")
_EXPONENT = re.compile(r"[eE][+-]?[0-9]+|\^|\s?\\?times\s?10|\s?×\s?10")
_GLUE = re.compile(r"[A-Za-z_]|-[A-Za-z]|\.[0-9]|/[A-Za-z]")
_FROM = re.compile(r"\bfrom\W{0,3}\Z")
_RANGING = re.compile(r"\b(?:rang\w+|vary\w*|varies|span\w*)\s+from\W{0,3}\Z")
_STEP = re.compile(r"\b(by|up)\W{0,3}\Z")  # `up 1.4% to 82.3%`: a step, and where it leads
_LEAP = 10  # times its lower end that the upper end of a range after such a word may be
_MOST_ASIDES = 3  # after one value: a spread, an interval, a p-value
_LARGEST = 30  # digits of the largest number that is turned into a decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: one value or a range, with its unit."""

    start: int
    end: int
    text: str
    values: tuple[str, ...]  # as digits, thousands commas removed
    reach: int  # where its spread, interval and p-value end: "0.87 (95% CI 0.85-0.89)"; else its end
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
    before = text[max(0, number.start() - 24):number.start("digits")]
    if "to" in second[0] and ((_FROM.search(before) and not _RANGING.search(before))
                              or _leads(text, number, second, before, end, unit)):
        return None
    return second


def _leads(text: str, number: re.Match[str], second: re.Match[str], before: str, end: int, unit: str | None) -> bool:
    """Say whether `to` leads to where a step ends (`1.4 points to 82.3%`): another unit, or far more than the step."""
    if unit is not None and _unit_at(text, second.end(), end)[0] != unit:
        return True
    step = _STEP.search(before)
    far = float((second[1] or second[2]).replace(",", "")) > _LEAP * float(_digits(number["digits"]) or "0")
    return step is not None and far and (unit is None or step[1] == "up")


def _digits(printed: str) -> str | None:
    """Give printed digits without thousands commas; None where a comma may part two numbers: `5,10%`, not `87,4%`."""
    whole, comma, rest = printed.partition(",")
    if not comma or len(rest) > 2:
        return printed.replace(",", "")
    return f"{whole}.{rest}" if int(rest) < int(whole) or "0" in (whole, rest[0]) else None


def _closed(text: str, at: int, font: str | None) -> int:
    """Give where the braces of a font end, where it ends at once."""
    closing = "}" * font.count("{") if font else ""
    return at + len(closing) if closing and text.startswith(closing, at) else at


def _read(text: str, number: re.Match[str], end: int) -> Number | None:
    """Build the number that a match begins; None where it belongs to a name or is no plain number."""
    first = _digits(number["digits"])
    if first is None or _EXPONENT.match(text, number.end(), end) or is_bound(text, number.start(), number.end()):
        return None
    values, unit, at = _values(text, number, first, end)
    at = _closed(text, at, number["font"])
    unit, reach = _company(text, at, end, unit, values)
    if unit is None and reach == at and _GLUE.match(text, at) and "." not in values[-1]:
        return None
    start = number.start("sign" if number["sign"] else "digits")
    if number["font"] and "}" in text[number.end():at]:
        start = number.start()
    fraction = len(values) == 2 and unit is None and "/" in text[start:at]
    return Number(start, at, text[start:at], values, reach, unit,
                  "fraction" if fraction else _unit_classes().get(unit or "", "none"),
                  number["sign"] in ("+", "−", "-"))


def _values(text: str, number: re.Match[str], first: str, end: int) -> tuple[tuple[str, ...], str | None, int]:
    """Give the values of a number (two for a fraction or a range), its unit, and where they end."""
    at = number.end()
    fraction = _FRACTION.match(text, at, end) if "." not in first else None
    if fraction:
        return (first, fraction[1]), *_unit_at(text, fraction.end(), end)
    unit, at = _unit_at(text, _closed(text, at, number["font"]), end)
    second = _second(text, number, at, end, unit)
    if second is None:
        return (first,), unit, at
    unit_after, at = _unit_at(text, second.end(), end)
    return (first, (second[1] or second[2]).replace(",", "")), unit_after or unit, at


def _company(text: str, at: int, end: int, unit: str | None, values: Sequence[str]) -> tuple[str | None, int]:
    """Give the unit of a value and where its company ends: `91.3±0.2%` is 91.3 percent."""
    for _ in range(_MOST_ASIDES):
        after = aside_end(text, at, end)
        if after == at and len(values) == 1:
            after = surrounds(text, at, end, values[0])
        if after == at:
            break
        unit_after, at = _unit_at(text, after, end)
        unit = unit or unit_after
    return unit, at


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """Yield the numbers of `text[start:end]` in order, none overlapping."""
    end = len(text) if end is None else end
    at = start
    while (match := _NUMBER.search(text, at, end)) is not None:
        number = _read(text, match, end)
        if number is not None:
            yield number
        at = max(match.end(), number.reach if number else 0)


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
