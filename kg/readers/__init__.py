"""Readers of papers: one file a format, one line here.

A reader takes the lines of an input (bytes, with or without their line ends) and gives papers. It hands what it
cannot read to `on_bad`, which raises or counts, and goes on with the next paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Protocol

from extractors.records import Paper
from kg.errors import DataError, OnBad, stop
from kg.readers.daily import read_daily
from kg.readers.jsonl import looks_like_jsonl, read_jsonl
from kg.readers.merge import PaperSet, survey
from kg.readers.sources import Source, find_sources, read_lines

__all__ = ["READERS", "SNIFFERS", "PaperSet", "Reader", "read_daily", "read_jsonl", "read_papers",
           "survey"]


class Reader(Protocol):
    """What a reader is: a function from the lines of one input to its papers."""

    def __call__(self, lines: Iterable[bytes], *, name: str, on_bad: OnBad = stop) -> Iterator[Paper]:
        """Read the papers of the input `name`."""


READERS: dict[str, Reader] = {"daily": read_daily, "jsonl": read_jsonl}

# Asked in turn about the first line that is not blank and the name; what nobody claims is read as a page.
SNIFFERS: dict[str, Callable[[str, str], bool]] = {"jsonl": looks_like_jsonl}


def read_papers(*inputs: str, format: str | None = None, on_bad: OnBad = stop) -> PaperSet:
    """Find the papers of files, globs, folders or `-`: count them now, read them, each once, when iterated."""
    sources = find_sources(inputs, on_bad=on_bad)
    return survey(_entries(sources, format, on_bad), lambda: _entries(sources, format, _seen))


def _seen(error: DataError) -> None:
    """Pass over what the survey has reported."""


def _entries(sources: Iterable[Source], format: str | None, on_bad: OnBad) -> Iterator[Paper]:
    for source in sources:
        try:
            yield from _read(source, format, on_bad)
        except DataError as error:
            on_bad(error)


def _read(source: Source, format: str | None, on_bad: OnBad) -> Iterator[Paper]:
    """Read one input by the format given or by what its first line looks like."""
    lines = read_lines(source)
    if format is None:
        head = list(islice(lines, 50))
        first = next((text for line in head if (text := line.decode("utf-8", "replace").lstrip("\ufeff").strip())), "")
        format = next((name for name, claims in SNIFFERS.items() if claims(first, source.name)), "daily")
        lines = chain(head, lines)
    yield from READERS[format](lines, name=source.name, on_bad=on_bad)
