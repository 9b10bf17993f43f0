"""Split a paper's text into sentences without a model.

A full stop ends a sentence unless it belongs to an abbreviation of `frames/results_abbreviations.tsv`,
an initial, an enumeration, a decimal or an address; a stop glued to the next sentence ("CPU.The") ends
one where that sentence begins with a word of `frames/results_openers.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.tables import read_lines, read_tsv

__all__ = ["split_sentences"]

_STOP = re.compile(r"[.!?…。]+[\"'”’)\]}]{0,4}(?=(\s*))")
_WORD_BEFORE = re.compile(r"[^\s(\[{\"'“‘]{1,40}\Z")
_NEXT_WORD = re.compile(r"[\"'“‘(\[]{0,3}([A-Za-z]+)")
_STARTS = re.compile(r"[\"'“‘(\[]{0,3}(?:[A-Z0-9À-Þ$\\•*–—-]|[a-z]+[A-Z])")
_GLUED = re.compile(r"[a-z)\]%0-9A-Z]\.\Z")
_LINES = re.compile(r"\n\s*\n")


def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["splits"] for row in read_tsv("frames/results_abbreviations.tsv")}


def _next_opens(text: str, at: int) -> bool:
    word = _NEXT_WORD.match(text, at)
    return word is not None and word[1] in read_lines("frames/results_openers.txt")


def _ends(text: str, stop: re.Match[str], start: int) -> bool:
    """Say whether the stop ends the sentence that began at `start`."""
    after, gap = stop.end(), stop[1]
    at = after + len(gap)
    if at >= len(text):
        return True
    before = text[max(start, stop.start() - 40):stop.start() + 1]
    if not gap:
        return bool(_GLUED.search(before)) and _next_opens(text, at) and "/" not in _last_word(before)
    if stop[0][0] != "." or (len(stop[0]) > 1 and stop[0][1] == "."):
        return bool(_STARTS.match(text, at))
    first = stop.start() - start < 5 and not text[start:stop.start()].strip("0123456789 (")
    return _stop_after_word_ends(text, _last_word(before), at, first=first)


def _last_word(before: str) -> str:
    word = _WORD_BEFORE.search(before)
    return word[0] if word else ""


def _stop_after_word_ends(text: str, word: str, at: int, *, first: bool) -> bool:
    splits = _abbreviations().get(word.casefold())
    if splits == "never" or first:
        return False
    if splits == "digit":
        return not (text[at].isdigit() or text[at] == "(")
    if splits == "opener" or (len(word) == 2 and word[0].isupper()):
        return _next_opens(text, at)
    return bool(_STARTS.match(text, at))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the title and the blocks between blank lines."""
    title = text.find("\n")
    start = 0
    if title >= 0:
        yield 0, title
        start = title + 1
    for line in _LINES.finditer(text, start):
        yield start, line.start()
        start = line.end()
    yield start, len(text)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Give the spans of the sentences of a title, a newline and an abstract; the title is one sentence."""
    spans = []
    for number, (begin, end) in enumerate(_stretches(text)):
        start = begin
        if number or "\n" not in text:
            for stop in _STOP.finditer(text, begin, end):
                if _ends(text, stop, start):
                    spans.append(_trim(text, start, stop.end()))
                    start = stop.end()
        spans.append(_trim(text, start, end))
    return [(start, end) for start, end in spans if start < end]
