"""Read the small data files beside the code: frames, lexicon columns."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

__all__ = ["read_lines", "read_lines_of", "read_tsv"]


@cache
def _text(name: str) -> str:
    return files("extractors").joinpath(name).read_text(encoding="utf-8")


@cache
def read_lines(name: str) -> frozenset[str]:
    """Read a file of one entry a line."""
    return frozenset(filter(None, _text(name).splitlines()))


@cache
def read_tsv(name: str) -> tuple[dict[str, str], ...]:
    """Read a tab-separated file with a header as one dict a row."""
    rows = csv.DictReader(_text(name).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple({key: value or "" for key, value in row.items()} for row in rows)


@cache
def read_lines_of(name: str) -> tuple[str, ...]:
    """Read the lines of a file that are not empty, in their order."""
    return tuple(filter(None, _text(name).splitlines()))
