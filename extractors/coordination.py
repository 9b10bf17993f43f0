"""Read versions that stand in a row: `CIFAR-10/100`, `ViT-L/B`, `VOC 2007 and 2012`, `Llama 2 7B, 13B`.

The text names the first version and the whole; `100` alone is no name, but says the name of a further version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.tables import read_tsv

__all__ = ["VERSIONED", "chains", "further", "other_forms"]

VERSIONED = frozenset({"Method", "Dataset", "Benchmark"})  # types whose names have versions
_JOINS = {"slash": r"\s?/\s?", "list": r"(?:\s?/\s?|, (?:and |or )?| and | or | & )"}
_LISTED = re.compile(r"[0-9][BM]?(?:,| and| or| &) (?:and |or )?[0-9]")
_VERSION = re.compile(r"\b(?!(?:and|or)\b)[A-Za-z0-9]+(?:\.[0-9]+)?")
_REACH = 40  # characters before and after the end of a name in which its versions are looked for


@cache
def _chain() -> re.Pattern[str]:
    """Match versions of one kind in a row; the group of the kind holds the first."""
    ways = [f"{row['before']}(?P<{row['kind']}>{row['version']})(?:{_JOINS[row['joins']]}{row['version']})+"
            "(?![\\w/]|[.-]\\w)" for row in read_tsv("frames/versions.tsv")]
    return re.compile("|".join(ways))


def chains(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, int]]:
    """Yield the chains of versions of a text: where each begins, where its first version ends, where it ends."""
    stop = len(text) if end is None else end
    if "/" not in text[start:stop] and not _LISTED.search(text, start, stop):  # cheaper than the chain
        return
    for match in _chain().finditer(text, start, stop):
        yield match.start(), match.end(match.lastgroup or 0), match.end()


def other_forms(text: str, start: int, end: int) -> set[tuple[int, int]]:
    """Give the other spans of a name that ends with, or before, further versions: the first alone, and the whole."""
    found = [chain for chain in chains(text, max(start + 1, end - _REACH), end + _REACH) if end in chain[1:]]
    return {(start, at) for _, first, last in found for at in (first, last)} - {(start, end)}


def further(text: str, start: int, end: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the further versions of a name that ends with the first: what they are called, and where they stand."""
    for begin, first, last in chains(text, max(start + 1, end - _REACH), end + _REACH):
        for match in _VERSION.finditer(text, first, last) if first == end else ():
            yield text[start:begin] + match[0], match.span()
