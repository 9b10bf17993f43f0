"""Flag what stands mangled in a text and is never guessed at: an e-mail obfuscation in place of a name with an @.

A web page that hides e-mail addresses makes `[email protected]` of `acc@0.5` as well. Which metric it was is lost, so
that a number beside it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.records import Entity, Flag

__all__ = ["find_flags", "is_beside"]

_HIDDEN = re.compile(r"\\?\[email(?:\s|&#160;|&nbsp;|-){0,3}protected\\?\]", re.I)
_WHY = "an e-mail obfuscation in place of a name with an @, such as acc@0.5: not guessed"
_CLAUSE_ENDS = re.compile(r";|[.!?:](?=\s)")
_ADJOINS = re.compile(r"[\s(`$%~]{0,6}\Z")
_REACH = 80  # characters between what is hidden and a number that it may be the metric of


def find_flags(text: str) -> tuple[Flag, ...]:
    """Find what is mangled in a text."""
    hidden = _HIDDEN.finditer(text) if "protected" in text.lower() else ()
    return tuple(Flag(m.start(), m.end(), m[0], _WHY) for m in hidden)


def is_beside(text: str, start: int, end: int, metrics: Iterable[Entity]) -> bool:
    """Say whether a hidden name stands nearer to the number at a span than any of the metrics that it might have.

    What counts is what stands in the clause of the number: a hidden name before or right behind it, any metric.
    """
    gaps = list(_gaps(text, start, end))
    named = (max(m.start - end, start - m.end) for metric in metrics for m in metric.mentions
             if not _CLAUSE_ENDS.search(text, min(end, m.end), max(start, m.start)))
    return bool(gaps) and min(gaps) < min(named, default=_REACH + 1)


def _gaps(text: str, start: int, end: int) -> Iterator[int]:
    """Give how many characters part each hidden name beside a number from it."""
    for flag in find_flags(text[max(0, start - _REACH - 40):end + 40]):
        begin, stop = (at + max(0, start - _REACH - 40) for at in (flag.start, flag.end))
        if stop <= start <= stop + _REACH and not _CLAUSE_ENDS.search(text, stop, start):
            yield start - stop
        elif begin >= end and _ADJOINS.match(text[end:begin]):
            yield begin - end
