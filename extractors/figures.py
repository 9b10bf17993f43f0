"""Find the numbers of a text that are written in figures, and say how near to a mention one stands: what is measured
stands beside its measure."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from extractors.expand import Atom
from extractors.text import Text

__all__ = ["Figures", "find_figures", "near_figures"]

_UNITS = {"%": "%", "percent": "%", "x": "x", "times": "x", "×": "x", "fold": "x", "points": "p", "point": "p",
          "pp": "p", "ms": "u", "s": "u", "seconds": "u", "hours": "u", "days": "u", "gb": "u", "mb": "u", "fps": "u",
          "m": "m", "k": "m", "b": "m", "g": "m"}
_BETWEEN = frozenset({"\\", "(", "-", "$"})  # what may stand between a number and its unit
_JOINTS = frozenset({"by", "of", "to", "from", "at", "with", "is", "=", ":", "(", "over", "around", "about", "only"})
_FAR = 9  # tokens


class Figures(NamedTuple):
    """The numbers of a text in order: first tokens, last tokens (units included), classes of their units."""

    first: list[int]
    last: list[int]
    kinds: list[str]  # % percent, x times, p points, u time, memory or rate, m size, else . or d (with a point or not)


def find_figures(text: Text) -> Figures:
    """Find the numbers of a text."""
    out = Figures([], [], [])
    for k, word in enumerate(text.words):
        if word.text[0].isdigit() and word.shape[0] == "d":
            last, kind = _unit(text, k)
            out.first.append(k)
            out.last.append(last)
            out.kinds.append(kind or ("." if "." in word.text else "d"))
    return out


def _unit(text: Text, number: int) -> tuple[int, str | None]:
    """Give the last token of a number with its unit, and the unit's class; a unit may be glued on (`3x`)."""
    words, at = text.words, number + 1
    while at < min(len(words), number + 4) and words[at].text in _BETWEEN:
        at += 1
    unit = _UNITS.get(words[at].lower) if at < len(words) else None
    if unit is None and words[number].shape in ("da", "d.da"):
        return number, _UNITS.get(words[number].lower.lstrip("0123456789.,"))
    return (at if unit else number), unit


def near_figures(text: Text, figures: Figures, span: tuple[int, int]) -> list[Atom]:
    """Signals of the numbers nearest before and after a mention in its sentence."""
    (first, last, kinds), (start, end), sentence = figures, span, text.sentence
    out: list[Atom] = []
    at = bisect_left(first, start)
    if at and start - last[at - 1] <= _FAR and sentence[first[at - 1]] == sentence[start]:
        out.append(("figure", f"l{kinds[at - 1]}{_gap(start - last[at - 1] - 1)}"))
    at = bisect_left(first, end)
    if at < len(first) and first[at] - end < _FAR and sentence[first[at]] == sentence[start]:
        joint = text.words[first[at] - 1].lower
        out += [("figure", f"r{kinds[at]}{_gap(first[at] - end)}"),
                ("figure", f"r{kinds[at]}{joint if joint in _JOINTS else '-'}")]
    return out


def _gap(tokens: int) -> int:
    return max(0, tokens) if tokens < 3 else 3 if tokens < 6 else 6
