"""Read lists that say what their members are: `datasets such as FooSet, BarSet (BS) and BazSet`.

Of 499 members of such lists in labelled papers that the labels name, 489 are of the kind that the list says. A list of
tasks may hold data sets and techniques: there the lexicon says what a member is, and nothing is said of what it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from extractors.coordination import first_end
from extractors.scorer import group_of
from extractors.tables import read_lines, read_tsv
from extractors.text import Text

__all__ = ["apart", "listed"]

Span = tuple[int, int]
_WORD = r"[A-Z0-9][\w+*/@$^-]*(?:\.\w+)*"
_ITEM = rf"{_WORD}(?:[ -](?:\$?{_WORD}|v[0-9][\w.]*\w|v[0-9])){{0,4}}"
_ASIDE = r"(?: ?\((?:[^()]|\([^()]{0,99}\)){1,300}\)| ?\[[^][]{1,99}\]){0,3}"  # what it is, who made it
_NEXT = re.compile(rf"(?:, and |, or |, | and | or )?({_ITEM}){_ASIDE}")
_MORE = re.compile(r" ([a-z][a-z-]*)(?:,|,? and|,? or) [A-Z]")  # the rest of a member's name: `FooLab detector, BarNet`


@cache
def _opening() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Give the pattern of what comes before the first member, and the group that each noun says."""
    groups = {row["noun"]: row["group"] for row in read_tsv("frames/list_kinds.tsv")}
    nouns = "|".join(map(re.escape, groups))
    return re.compile(rf"\b({nouns}){_ASIDE}(?:,? (?:such as|including|like|namely)|"
                      rf",? \(?e\.g\.,?) (?=[A-Z0-9])"), groups


def _members(view: str, at: int) -> Iterator[Span]:
    """Yield the members of a list that begins at a character: names with a capital, until something else comes.

    A single letter is passed over.
    """
    first = True
    while match := _NEXT.match(view, at):
        name = match[1]
        bare, letter = match.start(1) == at, len(name) == 1 and name.isupper()
        if bare is not first or not (letter or _is_name(name)) or _goes_on(view, match.end(1)):
            return
        if not letter:
            yield match.span(1)
        first, at = False, match.end()


def _is_name(text: str) -> bool:
    """Say whether a member has a capital and two letters (`2D` has not), no stop word first, and no hyphen last."""
    return (any(map(str.isupper, text)) and sum(map(str.isalpha, text)) > 1 and not text.endswith("-")
            and text.split()[0].lower() not in read_lines("frames/stops.txt"))


def _goes_on(view: str, end: int) -> bool:
    """Say whether a member's name goes on after its capitals, with a noun of a meaning before the next member."""
    more = _MORE.match(view, end)
    return more is not None and more[1] not in read_lines("frames/stops.txt") | read_lines("frames/heads.txt")


def _group(said: str, labels: Iterable[str]) -> str:
    """Give the group of a member: what its list says, or what the lexicon knows where the list says nothing ("")."""
    known = {*map(group_of, labels)}
    return said or (min(known) if len(known) == 1 else "")


def listed(text: Text, matched: Mapping[Span, frozenset[str]]) -> dict[Span, str]:
    """Give the members of all such lists of a text, given its lexicon matches: token range → group."""
    opening, groups = _opening()
    out: dict[Span, str] = {}
    for match in opening.finditer(text.view):
        for start, end in _members(text.view, match.end()):
            first, last = text.at_start.get(start), text.at_end.get(first_end(text.view, start, end))
            if first is not None and last is not None:
                out[first, last] = _group(groups[match[1]], matched.get((first, last), ()))
    return {span: group for span, group in out.items() if group}


def apart(text: Text, span: Span, matched: Mapping[Span, frozenset[str]]) -> list[Span]:
    """Take apart what was taken for one name, at commas beside a known name and slashes between two of one kind.

    A name that is known as a whole stays (`FooSet/BarSet`).
    """
    start, end = span
    for at in range(start + 1, end - 1) if span not in matched else ():
        before, after = ({*map(group_of, matched.get(part, ()))} for part in ((start, at), (at + 1, end)))
        if before & after if text.words[at].text == "/" else (before or after) and text.words[at].text == ",":
            return [(start, at), *apart(text, (at + 1, end), matched)]
    return [span]
