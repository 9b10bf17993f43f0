"""Read British spelling as American: one spelling of each word for look-ups, whatever a paper writes.

The rows of `frames/spellings.tsv` are the ends of stems (`-alis`, after two letters and more) or whole stems, and the
endings that may follow them, by the name of their list.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.tables import read_tsv

__all__ = ["american"]

_ENDINGS = {"ise": ("e", "ed", "er", "ers", "es", "ing", "ation", "ations", "able"),
            "yse": ("e", "ed", "er", "ers", "ing"),
            "double": ("ed", "ing", "er", "ers"),
            "our": ("", "s", "al", "ally", "ed", "ful", "ing", "hood", "hoods", "less"), "whole": ("", "s")}
_MAYBE = re.compile(r"is[aei]|ys[ei]|our|ll[ei]|[bt]re|gu|ence|amm|grey|haem|aes")  # most words hold none of these


def _pattern(row: dict[str, str]) -> str:
    """Match the stem of a row before one of its endings."""
    stem = row["british"].replace("-", r"[^\W_]{2,}")
    return rf"{stem}(?=(?:{'|'.join(_ENDINGS[row['endings']])})\b)"


@cache
def _rules() -> tuple[re.Pattern[str], dict[str, str]]:
    """Give what matches a word that has another spelling, and the stems."""
    rows = read_tsv("frames/spellings.tsv")
    return (re.compile(rf"\b(?:un|non|re|de|pre|multi)?(?:{'|'.join(map(_pattern, rows))})"),
            {row["british"].lstrip("-"): row["american"].lstrip("-") for row in rows})


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(_rules()[1], key=len, reverse=True))


def _respell(match: re.Match[str]) -> str:
    stem = next(s for s in _longest_first() if match[0].endswith(s))
    return match[0][:len(match[0]) - len(stem)] + _rules()[1][stem]


def american(text: str) -> str:
    """Give a text of lower case in American spelling."""
    return _rules()[0].sub(_respell, text) if _MAYBE.search(text) else text
