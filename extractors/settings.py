"""Say in which setting and on which split a number was won: what stands in its own stretch of the sentence.

A sentence with several numbers often has several cues: "82.1% on the val set and 81.5% on the test set". Each number
has the stretch that runs from where the stretch of the number before it ends; the cues are rows of
`frames/settings_cues.tsv`, as are the words that a stretch ends at. A list of cues as long as the list of numbers is
read in order; a cue before the first number holds for all that have none of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

from extractors.clauses import Item, View
from extractors.tables import read_tsv

__all__ = ["Settings", "read_settings"]

_REACH = 120  # characters between a number and its cue
_BARE = 8  # most items between two numbers that share one cue: `82.1% mIoU and 45.3 AP on the test set`
_APART = {  # what, between two numbers, says of one alone where or how it was won
    "split": frozenset({"Dataset", "Task", "in", "on"}),
    "setting": frozenset({"Dataset", "Method", "Task", "at", "for", "in", "on", "under", "using", "with"})}
_BRACKET = re.compile(r"\([^()]*\)")
_MEASURED = re.compile(r" (?!settings?\b|splits?\b|sets?\b)[A-Za-z]")  # a cue before the name of a measure
_ELSEWHERE = re.compile(r" (?:for|in|on) ")
_GLUE = re.compile(r"(?:[\s,/&-]|and|or|the|sets?|settings?|splits?)*")


@dataclass(frozen=True, slots=True)
class Settings:
    """The split and the setting of a number, None where the text is silent."""

    split: str | None = None
    setting: str | None = None


@dataclass(frozen=True, slots=True)
class _Cues:
    """Cues in a row, each with what it says, at a span of the text: `1-shot and 5-shot`."""

    start: int
    end: int
    values: tuple[str, ...]


def read_settings(view: View, refs: Sequence[int]) -> Mapping[int, Settings]:
    """Give the split and the setting of each number of `refs`, which stand in the order of the text."""
    out: dict[int, Settings] = {}
    for sentence, group in groupby(refs, key=lambda ref: view.number_places[ref].sentence):
        mine = list(group)
        splits, settings = (_of_sentence(view, sentence, mine, field) for field in ("split", "setting"))
        out |= {ref: Settings(splits.get(ref), settings.get(ref)) for ref in mine}
    return out


@cache
def _patterns(field: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_tsv("frames/settings_cues.tsv")
    return tuple((row["value"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows if row["field"] == field)


def _found(view: View, sentence: int, field: str) -> list[tuple[int, int, str]]:
    """Find the cues of a sentence: start, less the end, value; "=" in a value is the cue as printed.

    A "named" cue stands behind a data set's name or ends one: `COCO test`, but no `t test`.
    """
    begin, end = view.sentences[sentence]
    found = [(m, value) for value, pattern in _patterns(field) for m in pattern.finditer(view.text, begin, end)]
    if named := [(m, value) for value, pattern in _patterns(f"named {field}")
                 for m in pattern.finditer(view.text, begin, end)]:
        names = [item for item in view.items[sentence] if item.kind == "Dataset"]
        behind, last = {name.end + 1 for name in names}, {name.end for name in names if view.text[name.start].isupper()}
        found += [(m, value) for m, value in named if m.start() in behind or m.end() in last]
    return sorted((m.start(), -m.end(), value.replace("=", m[0].casefold().replace(" ", "-"))) for m, value in found)


def _cues(view: View, sentence: int, field: str) -> list[_Cues]:
    """Find the cues of a sentence, those that only glue separates as one."""
    text, out = view.text, []  # type: tuple[str, list[_Cues]]
    for start, stop, value in _found(view, sentence, field):
        if out and start < out[-1].end:
            continue
        if out and _GLUE.fullmatch(text, out[-1].end, start):
            before = out.pop()
            out.append(_Cues(before.start, -stop, (*before.values, value)))
        else:
            out.append(_Cues(start, -stop, (value,)))
    return out


def _masked(text: str, begin: int, end: int, cues: Sequence[_Cues], starts: Sequence[int]) -> str:
    """Blank what a stretch never ends in: lists of cues, and brackets that hold none of the numbers at `starts`."""
    def blank(match: re.Match[str]) -> str:
        held = bisect_left(starts, begin + match.end()) > bisect_left(starts, begin + match.start())
        return match[0] if held else " " * len(match[0])

    out = [text[begin:end]]
    for cue in reversed(cues):
        rest = out.pop()
        out += [rest[cue.end - begin:], " " * (cue.end - cue.start), rest[:cue.start - begin]]
    return _BRACKET.sub(blank, "".join(reversed(out)))


def _edge(text: str, start: int, end: int) -> int:
    """Give where, between two numbers, the stretch of the first ends.

    A number in brackets is one with what stands before them.
    """
    opened = text.rfind("(", start, end)
    stop = end if opened < 0 else opened
    for _, pattern in _patterns("break"):
        last = max((m.start() for m in pattern.finditer(text, start, stop)), default=-1)
        if last >= 0:
            return last
    closed = text.find(")", start, stop)
    return stop if closed < 0 else closed


def _of_sentence(view: View, sentence: int, refs: Sequence[int], field: str) -> dict[int, str]:
    """Give the value of a field for the numbers of a sentence that have one."""
    begin, end = view.sentences[sentence]
    cues = _cues(view, sentence, field)
    if not cues:
        return {}
    numbers = [(view.numbers[ref].start, view.numbers[ref].end) for ref in refs]
    text = _masked(view.text, begin, end, cues, [start for start, _ in numbers])
    edges = [begin, *(begin + _edge(text, one[1] - begin, two[0] - begin) for one, two in pairwise(numbers)), end]
    heard = list(_heard(cues, numbers, edges))
    row = view.items[sentence]
    lists = _lists(row, [view.number_places[ref].position for ref in refs], _APART[field])
    said = _own(heard, numbers, lists)
    _carry_on(said, heard, numbers, view.text)
    _echo(said, lists)
    for first, last in _clauses(text, begin, numbers):
        _lead(said, _before(cues, edges[first], numbers[first][0]), lists, range(first, last),
              _foreign(row, edges) if field == "split" else frozenset())
    return {refs[k]: value for k, value in said.items() if value}


def _heard(cues: Sequence[_Cues], numbers: Sequence[tuple[int, int]], edges: Sequence[int]) -> Iterator[_Cues | None]:
    """Give the cue nearest to each number within its stretch."""
    at = 0
    for (start, end), edge in zip(numbers, edges[1:], strict=True):
        near: list[tuple[int, _Cues]] = []
        while at < len(cues) and cues[at].start < edge:
            near.append((max(start - cues[at].end, cues[at].start - end), cues[at]))
            at += 1
        gap, cue = min(near, key=lambda found: found[0], default=(_REACH, None))
        yield cue if gap < _REACH else None


def _before(cues: Sequence[_Cues], begin: int, start: int) -> _Cues | None:
    """Give the cue that leads to the first number of a clause."""
    found = [cue for cue in cues if begin <= cue.start and start - _REACH < cue.end <= start]
    return found[-1] if found else None


def _lists(row: Sequence[Item], places: Sequence[int], apart: frozenset[str]) -> list[range]:
    """Give for each number the numbers that it shares a cue with: those between which nothing is said of one alone."""
    bare = [two - one <= _BARE and not any({item.kind, item.word} & apart for item in row[one + 1:two])
            for one, two in pairwise(places)]
    firsts = [0, *(k for k, joined in enumerate(bare, 1) if not joined), len(places)]
    return [range(first, last) for first, last in pairwise(firsts) for _ in range(first, last)]


def _own(heard: Sequence[_Cues | None], numbers: Sequence[tuple[int, int]], lists: Sequence[range]) -> dict[int, str]:
    """Give the numbers what their own cues say; "" where a list of cues does not say whose each is."""
    said: dict[int, str] = {}
    for k, cues in enumerate(heard):
        if cues is None:
            continue
        group = lists[k]
        if len(cues.values) > 1:
            said |= dict(zip(group, _each(cues, group), strict=True))
            continue
        said[k] = cues.values[0]
        behind = cues.start >= numbers[k][1]
        for other in reversed(group[:k - group.start]) if behind else group[k - group.start + 1:]:
            if heard[other] is not None:
                break
            said.setdefault(other, cues.values[0])
    return said


def _carry_on(said: dict[int, str], heard: Sequence[_Cues | None], numbers: Sequence[tuple[int, int]],
              text: str) -> None:
    """Let a cue that is an adjective of a measure hold on: `3.5% zero-shot recall on FooSet, 4% on BarSet`."""
    held: str | None = None
    for k, (cues, (_, end)) in enumerate(zip(heard, numbers, strict=True)):
        if cues is not None:
            held = said[k] if cues.start == end + 1 and _MEASURED.match(text, cues.end) else None
        elif held and k not in said and _ELSEWHERE.match(text, end):
            said[k] = held
        else:
            held = None


def _echo(said: dict[int, str], lists: Sequence[range]) -> None:
    """Give a list without a cue what as many numbers before it have, each another: `67.1% (1-shot) and 82.3% (5-shot),
    gains of 1.2% and 3.4%`."""
    for group in dict.fromkeys(lists):
        size, earlier = len(group), range(group.start - len(group), group.start)
        if size > 1 and earlier.start >= 0 and not any(k in said for k in group):
            values = [said.get(k) or "" for k in earlier]
            if all(values) and len(set(values)) == size:
                said |= dict(zip(group, values, strict=True))


def _each(cues: _Cues, group: Sequence[int]) -> Sequence[str]:
    """Give the cues in order to numbers that are as many, else nothing where they differ."""
    if len(cues.values) == len(group):
        return cues.values
    return [cues.values[0] if len(set(cues.values)) == 1 else ""] * len(group)


def _clauses(text: str, begin: int, numbers: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give the first and the last number (exclusive) of each stretch of text between semicolons."""
    cuts = [k for k, (one, two) in enumerate(pairwise(numbers), 1) if ";" in text[one[1] - begin:two[0] - begin]]
    yield from pairwise([0, *cuts, len(numbers)])


def _lead(said: dict[int, str], cues: _Cues | None, lists: Sequence[range], clause: range,
          foreign: frozenset[int]) -> None:
    """Give the numbers of a clause that have no cue of their own the one that stands before the first of them."""
    if cues is None:
        return
    silent = [k for k in clause if k not in said or (said[k] == "" and len(cues.values) > 1)]
    for k in silent:
        group = silent if len(silent) == len(cues.values) else lists[k]
        if k not in foreign:
            said[k] = _each(cues, group)[group.index(k)]


def _foreign(row: Sequence[Item], edges: Sequence[int]) -> frozenset[int]:
    """Give the numbers after the first whose stretch names a data set: a split is one data set's."""
    starts = [item.start for item in row if item.kind == "Dataset"]
    return frozenset(k for k, (begin, end) in enumerate(pairwise(edges)) if k and any(begin <= s < end for s in starts))
