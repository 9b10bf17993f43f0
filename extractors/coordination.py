"""Read versions that stand in a row: `CIFAR-10/100`, `ViT-L/B`, `VOC 2007 and 2012`, `Llama 2 7B, 13B`.

The text names the first version and the whole; `100` alone is no name, but says the name of a further version. So the
text is read with the first version alone, as if the others were not there, and these are given back in the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.markup import FILL
from extractors.tables import read_lines, read_tsv

__all__ = ["VERSIONED", "Chain", "chains", "first_end", "further", "may_hold", "other_forms", "type_of_row",
           "without_further"]

VERSIONED = frozenset({"Method", "Dataset", "Benchmark", "Metric"})  # types whose names have versions
_SLASH = r"\s?/\s?"
_AND = r"(?:, (?:and |or )?| and | or | & )"
_JOINS = {"slash": _SLASH, "dash": rf"(?:{_SLASH}-?|{_AND}-)", "list": rf"(?:{_SLASH}|{_AND})-?", "plus": r"\+",
          "at": rf"(?:{_SLASH}@?|{_AND}@)"}
_LISTED = re.compile(  # a further version in a list, or after a plus: cheaper to look for than a chain
    r"[A-Za-z0-9](?:,| and| or| &) (?:and |or )?(?:[@-]\w|[vV]?[0-9])|"
    r"[0-9]\+[0-9]")
_VERSION = re.compile(r"\b(?!(?:and|or)\b)[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_HEAD = re.compile(r"([\w.-]*[A-Z][\w.-]*\w)(?: [0-9][0-9.]*)?[ -]?\Z")  # `F` of `F1/10` is too short
_REACH = 40  # characters before and after the end of a name in which its versions are looked for


@cache
def _chain() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Match versions of one kind in a row; the group of the kind holds the first. The kinds say types."""
    rows = read_tsv("frames/versions.tsv")
    ways = [f"{row['before']}(?P<{row['kind']}>{row['version']})(?:{_JOINS[row['joins']]}{row['version']})+"
            r"(?![\w/]|[.-]\w)" for row in rows]
    return re.compile("|".join(ways)), {row["kind"]: row["type"] for row in rows}


def _headed(text: str, begin: int) -> bool:
    """Say whether what looks like a name stands before versions: `FooNet-`, `VOC `, no `In `; a cutoff needs none."""
    if text[begin - 1] == "@":
        return True
    head = _HEAD.search(text, max(0, begin - _REACH), begin)
    return head is not None and head[1].lower() not in read_lines("frames/stops.txt")


class Chain(NamedTuple):
    """Versions in a row: where it begins, where its first version ends, where it ends, and what has such versions."""

    begin: int
    first: int
    last: int
    type: str  # of the name, where its versions say it


@lru_cache(maxsize=256)
def may_hold(text: str) -> bool:
    """Say whether a text may hold a chain at all: most do not, and are asked at every name."""
    return ("/" in text or _LISTED.search(text) is not None) and _chain()[0].search(text) is not None


def chains(text: str, start: int = 0, end: int | None = None) -> Iterator[Chain]:
    """Yield the chains of versions of a text."""
    if not may_hold(text):
        return
    pattern, types = _chain()
    for match in pattern.finditer(text, start, len(text) if end is None else end):
        if _headed(text, match.start()):
            kind = match.lastgroup or ""
            yield Chain(match.start(), match.end(kind), match.end(), types[kind])


def without_further(text: str) -> str:
    """Fill up the further versions of a text, the length kept."""
    for _, first, last, _ in chains(text):
        text = text[:first] + FILL * (last - first) + text[last:]
    return text


def first_end(text: str, start: int, end: int) -> int:
    """Give the end of the first version of a name that ends with a row, else the name's own."""
    return next((chain.first for chain in chains(text, start, end) if chain.last == end), end)


def other_forms(text: str, start: int, end: int) -> set[tuple[int, int]]:
    """Give the other spans of a name that ends with, or before, further versions: the first alone, and the whole."""
    found = [chain for chain in _near(text, start, end) if end in (chain.first, chain.last)]
    return {(start, at) for chain in found for at in (chain.first, chain.last)} - {(start, end)}


def type_of_row(text: str, start: int, end: int) -> str:
    """Give the type that the versions of a name that ends with the first in a row say, or an empty string."""
    return next((chain.type for chain in _near(text, start, end) if chain.first == end), "")


def _near(text: str, start: int, end: int) -> Iterator[Chain]:
    """Yield the chains that may belong to a name."""
    return chains(text, max(start + 1, end - _REACH), end + _REACH)


def further(text: str, start: int, end: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the further versions of a name that ends with the first: what they are called, and where they stand.

    Of a name that stands before the first, with a space between, the first is one as well: `FooLM 7B, 13B` holds
    `FooLM 7B`.
    """
    for begin, first, last, _ in _near(text, start, end):
        base = text[start:begin]
        if first != end:
            if text[end:begin] != " ":
                continue
            base = text[start:end] + " "
            yield base + text[begin:first], (start, first)
        for match in _VERSION.finditer(text, first, last):
            yield base + match[0], match.span()
