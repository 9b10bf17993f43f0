"""Say by the words beside a number what it must be: a loss, a share, a gain, a score, or no result at all.

A cue sees the number, the list that it is in and the hedges before it as one mark, `#` and the unit's class: `loses
only 0.4% and 0.3% accuracy` is `loses #percent accuracy`. The rows are those of the field "form" in
`frames/results_cues.tsv`.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.clauses import View
from extractors.tables import read_lines, read_tsv

__all__ = ["around", "behind", "cues", "marked", "said_form", "said_relative"]

_REACH = 120  # characters around a number in which words speak of it
_ORDER = ("none", "ratio", "reduction", "gain", "absolute")  # which cue is heard where several speak
_VALUE = (r"(?:\\\w+\{)?\$?[+~∼≈−-]?\s?(?:\\sim\s?)?\$?[0-9]+(?:\.[0-9]+)?(?:[±-][0-9.]+)?\s?\\?[%x×]?\$?\}?"
          r"(?:[ -](?:points?|percent))?")
_JOIN = r"(?:\s?,\s?(?:and |or )?|\s(?:and|or)\s|\s?[/|&]\s?)"
_SIDE = 50  # characters beside a number in which it may be called relative or absolute
_OTHERS = re.compile(rf"{_VALUE}\s?(?:absolute|relative|points?)(?:ly)?\b", re.IGNORECASE)
_ENDS = re.compile(r"[,;(]|\band\b|[0-9]")  # what comes between a number and the words of the next


@cache
def cues(field: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the rows of a field: value and pattern."""
    rows = read_tsv("frames/results_cues.tsv")
    return tuple((row["value"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows if row["field"] == field)


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Match the members of a list before a number, those after it, and the hedges before the list."""
    hedges = "|".join(map(re.escape, sorted(read_lines("frames/results_hedges.txt"), key=lambda h: (-len(h), h))))
    return (re.compile(rf"(?<![\w.,])(?:{_VALUE}{_JOIN}){{1,6}}$"), re.compile(rf"(?:{_JOIN}{_VALUE}(?![\w.])){{1,6}}"),
            re.compile(rf"(?:\b(?:{hedges}) |[~∼≈$]|\\sim ?)+$", re.IGNORECASE))


def around(view: View, ref: int) -> tuple[str, int]:
    """Give the text around a number, within its sentence, and where the number stands in it."""
    number = view.numbers[ref]
    begin, end = view.sentences[view.number_places[ref].sentence]
    start = max(begin, number.start - _REACH)
    return view.text[start:min(end, number.reach + _REACH)], number.start - start


def behind(view: View, ref: int) -> str:
    """Give the text behind a number and its spread, within its sentence."""
    text, at = around(view, ref)
    number = view.numbers[ref]
    return text[at + number.reach - number.start:]


def _listed_before(before: str) -> int:
    """Give where the members of a number's list begin in the text before the number."""
    members = _edges()[0].search(before)
    return members.start() if members else len(before)


def marked(view: View, ref: int) -> str:
    """Give the text around a number with `#` and its unit's class for the number, its list and its hedges."""
    text, at = around(view, ref)
    number = view.numbers[ref]
    _, following, hedges = _edges()
    after = behind(view, ref)
    more = following.match(after)
    before = hedges.sub("", text[:_listed_before(text[:at])])
    return f"{before}#{number.unit_class}{after[more.end():] if more else after}"


def said_form(view: View, ref: int) -> str | None:
    """Give the form that a cue says: "none" where the number is no result, None where no cue speaks."""
    text = marked(view, ref)
    said = {value for value, pattern in cues("form") if pattern.search(text)}
    return min(said, key=_ORDER.index, default=None)


def said_relative(view: View, ref: int) -> bool | None:
    """Say whether a number is called relative or absolute; what another number is called says nothing of this one.

    `3.0% absolute and 7.5% relative` are one of each; `relative to FooNet` is no such word.
    """
    text, at = around(view, ref)
    _, following, _ = _edges()
    after = behind(view, ref)
    more = following.match(after)
    after = (after[more.end():] if more else after).removeprefix(" (")
    end = _ENDS.search(after)
    after = after[:min(_SIDE, end.start() if end else _SIDE)]
    before = _OTHERS.sub("", text[max(0, at - _SIDE):at])
    found = [(gap, late, value) for value, pattern in cues("relative")
             for late, gap in (*((0, m.start()) for m in pattern.finditer(after)),
                               *((1, len(before) - m.end()) for m in pattern.finditer(before)))]
    return min(found)[2] == "relative" if found else None
