"""Read pages of abstracts saved as text: a header, a date such as `Aug 7`, then title and abstract by turns.

What tells them apart is general, not this or that header: an abstract is prose; a title is the line before it;
whatever stands before the first date, every date, the words of `furniture.txt` and lone short lines are neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import PurePath
from typing import NamedTuple

from extractors.records import Paper
from kg.errors import DataError, OnBad, stop
from kg.readers.normal import fold, slug

__all__ = ["page_id", "read_daily"]

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}|\d{{4}}-\d\d-\d\d)(?:,? (\d{{4}}))?"
_DATE = re.compile(rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?{_DAY}(?: ?[-–] ?{_DAY})?", re.I)
_SENTENCES = re.compile(r"(?<!\bvs)(?<!\b[A-Z])[.!?] +[A-Z]")
_LONG = 180  # characters: no title is as long, few abstracts are shorter
_HEADER = 25  # lines: the first date must stand among them to close a header


class _Line(NamedTuple):
    number: int
    text: str

    @property
    def prose(self) -> bool:
        """Say whether the line reads as an abstract: long, or with the full stops of sentences."""
        text = self.text
        return len(text) >= _LONG or text.endswith(".") or (len(text) >= 60 and bool(_SENTENCES.search(text)))


def page_id(title: str, abstract: str) -> str:
    """Name a paper that came without an id: its title, and a hash of its text but for case and blanks."""
    digest = sha256(f"{fold(title)}\n{fold(abstract)}".encode()).hexdigest()
    return f"{slug(title, limit=60)}-{digest[:8]}"


@cache
def _furniture() -> frozenset[str]:
    text = files("kg.readers").joinpath("furniture.txt").read_text(encoding="utf-8")
    return frozenset(fold(line) for line in text.splitlines())


def read_daily(lines: Iterable[bytes], *, name: str, on_bad: OnBad = stop) -> Iterator[Paper]:
    """Read the papers of a page, each with the page's name and date as where it was seen."""
    texts = _body(list(_decoded(lines, name, on_bad)))
    date, found, at = "", 0, 0
    while at < len(texts):
        line, after = texts[at], texts[at + 1] if at + 1 < len(texts) else None
        if _DATE.fullmatch(line.text):
            date, at = line.text, at + 1
        elif after is not None and after.prose and len(line.text) < _LONG:
            abstract, at = _paragraphs(texts, at + 1)
            found += 1
            yield _paper(line.text, abstract, name, date)
        else:
            if line.prose or len(line.text.split()) >= 4:
                on_bad(DataError(f"{name}: line {line.number}: {_lone(line)}"))
            at += 1
    if not found:
        on_bad(DataError(f"{name}: no paper found; a page has titles and abstracts by turns, a line each"))


def _decoded(lines: Iterable[bytes], name: str, on_bad: OnBad) -> Iterator[_Line]:
    """Give the lines that say something; a page with a line that is not UTF-8 is handed to `on_bad` whole."""
    for number, line in enumerate(lines, 1):
        try:
            text = line.decode("utf-8").lstrip("\ufeff").strip()
        except UnicodeDecodeError as error:
            on_bad(DataError(f"{name}: line {number}: not UTF-8 at byte {error.start + 1} "
                             f"(0x{line[error.start]:02x}); save the file as UTF-8"))
            continue
        if text and fold(text) not in _furniture():
            yield _Line(number, text)


def _body(texts: list[_Line]) -> list[_Line]:
    """Drop what stands before the first date, if one is near the top and no paper is before it."""
    for at, line in enumerate(texts[:_HEADER]):
        if len(line.text) >= _LONG:
            break
        if _DATE.fullmatch(line.text):
            return texts[at:]
    return texts


def _paragraphs(texts: list[_Line], at: int) -> tuple[str, int]:
    """Join the prose at `at` with further paragraphs: prose that is not itself a title before prose."""
    end = at + 1
    while end < len(texts) and texts[end].prose and (
            len(texts[end].text) >= _LONG or end + 1 == len(texts) or not texts[end + 1].prose):
        end += 1
    return " ".join(line.text for line in texts[at:end]), end


def _paper(title: str, abstract: str, name: str, date: str) -> Paper:
    page = PurePath(name).name.removesuffix(".gz").removesuffix(".zst")
    year = re.search(r"\b(?:19|20)\d\d\b", date)
    return Paper(id=page_id(title, abstract), title=title, abstract=abstract,
                 year=int(year[0]) if year else None, pages=(f"{page} ({date})" if date else page,))


def _lone(line: _Line) -> str:
    shown = line.text if len(line.text) <= 60 else line.text[:59] + "…"
    return f"an abstract without a title: {shown}" if line.prose else f"a title without an abstract: {shown}"
