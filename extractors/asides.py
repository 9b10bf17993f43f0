"""Tell a number's company from the number: spreads, confidence intervals and p-values are no values of their own.

The rows of `frames/results_asides.tsv` say what follows a value ("after") and what a number is part of ("bound").
"""

from __future__ import annotations

import re
from functools import cache

from extractors.tables import read_tsv

__all__ = ["aside_end", "is_bound", "surrounds"]

_BEFORE = 40  # characters before a number in which it is looked for what it belongs to
_AFTER = 24
_BOUNDS = re.compile(r"\s?[(\[]([0-9]*\.?[0-9]+)\s?\\?%?\s?(?:-{1,2}|–|—|to|,)\s?([0-9]*\.[0-9]+)\s?\\?%?[)\]]")


@cache
def _patterns(place: str) -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in read_tsv("frames/results_asides.tsv")
                               if row["place"] == place))


def aside_end(text: str, at: int, end: int) -> int:
    """Give where an aside that begins behind a value ends; where it begins if none is there."""
    aside = _patterns("after").match(text, at, end)
    return aside.end() if aside else at


def surrounds(text: str, at: int, end: int, digits: str) -> int:
    """Give where bare bounds end that hold the value before them: `0.87 (0.85-0.89)`, not `0.87 (3.1-4.2)`."""
    bounds = _BOUNDS.match(text, at, end)
    return bounds.end() if bounds and float(bounds[1]) < float(digits) < float(bounds[2]) else at


def is_bound(text: str, start: int, stop: int) -> bool:
    """Say whether a number is a level of confidence, a bound or a p-value by the words beside it."""
    around = f"{text[max(0, start - _BEFORE):start]}#{text[stop:stop + _AFTER]}"
    return _patterns("bound").search(around) is not None
