"""Read the text of a paper as tokens: an offset-preserving clean-up, words with their shapes, units, sentences.

The cleaned view has the length of the original, so that every offset counts in both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from extractors.addresses import broken_addresses
from extractors.latex import blanks, see_through_latex
from extractors.markup import FILL, see_through, take_in_tags
from extractors.sentences import split_sentences
from extractors.tables import read_lines
from extractors.tokens import split_tokens
from extractors.words import JOINS, WIDE, Word

__all__ = ["Text", "clean", "read_text", "trim", "whole"]

_ONE = str.maketrans({
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-",
    "\u2212": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\ufeff": " ",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d", FILL),
    **{chr(c): " " for c in (*range(9), 11, 12, *range(14, 32), 127)},
})
_STARS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|`")
_LONG = re.compile(r"\S{300}")
_LETTER = rf"[^\s{FILL}{WIDE}]"
_HUGE = re.compile(rf"{_LETTER}(?:{FILL}{{0,400}}{_LETTER}){{299,}}")
_MATH_AFTER = re.compile(r"[^\s$]{0,5}\$")
_MATH_BEFORE = re.compile(r"\$(?:\\[a-z]{0,9}\{?)?\Z")
_NO_PART = re.compile(r"[\s\\{}]")
_EDGES = " -\u2013\u2014"


def _whole_addresses(text: str, view: str) -> str:
    """Make each address of a text one word of the view, so that no part of it is read as a name."""
    out, at = [], 0
    for _, start, end in broken_addresses(text):
        if start < at:  # within the one before
            continue
        out += [view[at:start], _NO_PART.sub(FILL, view[start:end])]
        at = end
    return "".join([*out, view[at:]])


def clean(text: str) -> str:
    """Give a view of the same length: LaTeX commands, HTML, control characters and monstrous tokens out of the way."""
    view = see_through_latex(_whole_addresses(text, see_through(text).translate(_ONE)))
    if "**" in view or "`" in view or "__" in view:
        view = _STARS.sub(blanks, view)
    return _HUGE.sub(blanks, view) if _LONG.search(view) else view  # the second look is cheap


@dataclass(slots=True)
class Text:
    """A paper's text, tokenised: parallel lists over tokens, units (hyphenated words), sentences."""

    raw: str
    view: str
    words: list[Word]
    starts: list[int]
    ends: list[int]
    unit_start: list[bool]  # does a unit start at this token?
    sentence: list[int]  # number of the sentence of each token; 0 is the title
    sentences: list[tuple[int, int]]
    title_end: int
    at_start: dict[int, int]  # character offset → token that starts there
    at_end: dict[int, int]  # character offset → token after the one that ends there

    def surface(self, start: int, end: int) -> str:
        """Give the text of a token range as printed."""
        return self.raw[self.starts[start]:self.ends[end - 1]]


def trim(raw: str, start: int, end: int) -> tuple[int, int]:
    """Cut a span of characters at a bracket without partner, leave off dashes and stops at its edges, close its math.

    `CNN)-based` gives `CNN`, `GAN-` gives `GAN`, `K.` gives `K`; `k$-means` after a `$` gives `$k$-means`. A span that
    would be empty stays as it is.
    """
    first, last, depth = start, end, 0
    for at in range(start, end):
        depth += (raw[at] == "(") - (raw[at] == ")")
        if depth < 0:
            last = at
            break
    if depth > 0:
        last = raw.rindex("(", start, end)
    while first < last and raw[first] in _EDGES:
        first += 1
    while first < last and raw[last - 1] in _EDGES + ".":
        last -= 1
    return _close_math(raw, first, take_in_tags(raw, first, last)) if first < last else (start, end)


def _close_math(raw: str, start: int, end: int) -> tuple[int, int]:
    """Take in what closes the math and the braces that a span holds half of, and what stands between."""
    if "$" not in raw and "{" not in raw:
        return start, end
    if raw.count("$", start, end) % 2:
        if after := _MATH_AFTER.match(raw, end):
            return start, after.end()
        if before := _MATH_BEFORE.search(raw, max(0, start - 12), start):
            return before.start(), end
    before, after = _MATH_BEFORE.search(raw, max(0, start - 12), start), _MATH_AFTER.match(raw, end)
    if before and after and "}" in raw[start:end].partition("{")[0]:  # AP}_{50 of $\mathrm{AP}_{50}$
        return before.start(), after.end()
    while raw.startswith("}", end) and raw.count("{", start, end) > raw.count("}", start, end):
        end += 1
    return start, end


def whole(text: Text, start: int, end: int) -> bool:
    """Say whether a token range is no part of a hyphenated name: `GPT` in `GPT-who` is, in `GPT-based` is not."""
    words, unit = text.words, text.unit_start
    if not unit[end] and end + 1 < len(words):
        rest = words[end + 1] if words[end].text in JOINS else words[end]
        if words[end].text != "-" or rest.lower not in read_lines("frames/unit_ends.txt"):
            return False
    if not unit[start] and start > 1:
        before = words[start - 2]
        return words[start - 1].text == "-" and before.strength == 0 and before.lower in read_lines(
            "frames/unit_starts.txt")
    return True


def _sentence_numbers(starts: list[int], sentences: list[tuple[int, int]]) -> list[int]:
    """Number the sentence of each token; white space between two belongs to the first."""
    firsts = [0, *(bisect_left(starts, begin) for begin, _ in sentences[1:]), len(starts)]
    return [number for number, (first, end) in enumerate(pairwise(firsts)) for _ in range(first, end)]


def read_text(raw: str, title_end: int) -> Text:
    """Tokenise a text whose title ends at `title_end` (characters)."""
    view = clean(raw)
    words, starts, ends, unit_start = split_tokens(view)
    sentences = split_sentences(raw)
    sentence = _sentence_numbers(starts, sentences)
    at_start = {start: token for token, start in enumerate(starts)}
    at_end = {end: token for token, end in enumerate(ends, 1)}
    return Text(raw, view, words, starts, ends, [*unit_start, True], sentence, sentences, title_end, at_start, at_end)
