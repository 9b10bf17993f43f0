"""Read the text of a paper as tokens: an offset-preserving clean-up, words with their shapes, units, sentences.

The cleaned view has the length of the original, so that every offset counts in both.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from extractors.glued import split_glued
from extractors.sentences import split_sentences
from extractors.tables import read_lines

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Text", "Word", "blank", "clean", "fold", "read_text", "trim", "whole", "word_of"]

_ONE = str.maketrans({
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-",
    "\u2212": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00ad": "-", "\ufeff": " ",
    **{chr(c): " " for c in (*range(9), 11, 12, *range(14, 32), 127)},
})
_COMMAND = re.compile(r"\\(?:text|emph|math|bf|em|it|sc|tt|rm|sf)[a-zA-Z]*\s{0,2}\{([^{}]{0,80})\}")
_GROUP = re.compile(r"\{\\(?:em|bf|it|sc|tt|rm|sf)[a-z]*\s([^{}]{0,80})\}")
_LOOSE = re.compile(
    r"\\[a-zA-Z]+\s?|\\(?=[%&#_$])|(?<=[\w}])~(?=[\w\\($])|(?<=\w)\|(?=\w)|\$(?=\\?[a-z]*\{?[A-Z][\w-]{2,}\}?\$)")
_STARS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|`")
_HUGE = re.compile(r"\S{300,}")
_FOLD = re.compile(r"[^0-9a-z+^]+")
_EDGES = " -\u2013\u2014"
_JOINS = frozenset({"-", "+", "++", "@", "*", "^", "_", "&"})


def _inner(match: re.Match[str]) -> str:
    """Blank a LaTeX command around its argument, keeping the length."""
    start, end = match.span(1)
    return " " * (start - match.start()) + match[1] + " " * (match.end() - end)


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def clean(text: str) -> str:
    """Give a view of the same length: LaTeX commands, control characters and monstrous tokens blanked."""
    view = text.translate(_ONE)
    if "\\" in view or "~" in view:
        for _ in range(2):
            view = _GROUP.sub(_inner, _COMMAND.sub(_inner, view))
        view = _LOOSE.sub(_blanks, view)
    if "**" in view or "`" in view or "__" in view:
        view = _STARS.sub(_blanks, view)
    return _HUGE.sub(_blanks, view)


def fold(text: str) -> str:
    """Fold case, hyphens, spaces and a plural s: what names the same thing gives the same string."""
    return _singular(_FOLD.sub("", text.casefold()))


def _singular(text: str) -> str:
    return text[:-1] if len(text) > 3 and text.endswith("s") and not text.endswith("ss") else text


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word type: its lower case, fold, shape, strength as a name, and chunk role."""

    text: str
    lower: str
    fold: str
    shape: str
    strength: int  # 0 lower case or punctuation, 1 capitalised, 2 acronym, mixed case or with digits
    stop: bool  # ends a chunk
    generic: bool  # a head such as "framework" that may be left off
    loose: bool  # an opening adjective such as "novel" that is left off
    number: bool


def _shape(text: str) -> str:
    """Squeeze a word into its shape: `GPT-4o` gives `A-da`."""
    out = ""
    for char in text[:24]:
        kind = "A" if char.isupper() else "a" if char.isalpha() else "d" if char.isdigit() else char
        if not out or out[-1] != kind:
            out += kind
    return out[:10]


def _strength(text: str) -> int:
    upper = sum(map(str.isupper, text))
    if not upper:
        return 0
    first_only = upper == 1 and text[0].isupper()
    if (first_only and not any(map(str.isdigit, text))) or len(text) == 1:
        return 1
    return 2


_words: dict[str, Word] = {}


def word_of(text: str) -> Word:
    """Give the word type of a token; kept, so that a token costs one look-up."""
    found = _words.get(text)
    if found is None:
        found = _make_word(text)
        if len(_words) < 500_000:
            _words[text] = found
    return found


def _make_word(text: str) -> Word:
    lower = text.lower()
    letters = any(map(str.isalnum, text))
    stop = (not letters and text not in _JOINS) or lower in read_lines("frames/stops.txt") or (
        lower.endswith("ly") and len(lower) > 4 and lower not in {"multiply", "family", "anomaly", "assembly", "only"})
    return Word(text, lower, _FOLD.sub("", text.casefold()), _shape(text), _strength(text), stop,
                lower in read_lines("frames/heads.txt"), lower in read_lines("frames/openers.txt"),
                text.replace(".", "").replace(",", "").isdigit())


@cache
def blank() -> Language:
    """Give the one spaCy pipeline that everything tokenises with: English, blank."""
    import spacy

    return spacy.blank("en")


@dataclass(slots=True)
class Text:
    """A paper's text, tokenised: parallel lists over tokens, units (hyphenated words), sentences."""

    raw: str
    view: str
    doc: Doc
    words: list[Word]
    starts: list[int]
    ends: list[int]
    unit_start: list[bool]  # does a unit start at this token?
    sentence: list[int]  # number of the sentence of each token; 0 is the title
    sentences: list[tuple[int, int]]
    title_end: int
    at_start: dict[int, int] = field(default_factory=dict)  # character offset → token that starts there
    at_end: dict[int, int] = field(default_factory=dict)  # character offset → token after the one that ends there

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
    return _close_math(raw, first, last) if first < last else (start, end)


def _close_math(raw: str, start: int, end: int) -> tuple[int, int]:
    """Take in the dollar sign beside a span that holds the other one of its pair."""
    if raw.count("$", start, end) % 2:
        if raw.startswith("$", end):
            return start, end + 1
        if start and raw[start - 1] == "$":
            return start - 1, end
    return start, end


def _units(words: list[Word], starts: list[int], ends: list[int]) -> list[bool]:
    """Say at which tokens a unit starts: tokens joined by a hyphen stay together, and `1` with `K`."""
    out = [True] * (len(words) + 1)
    for k in range(1, len(words)):
        if starts[k] == ends[k - 1]:
            before, text = words[k - 1].text, words[k].text
            out[k] = not (text in _JOINS or before in _JOINS or (before[-1].isdigit() and text.isalpha()))
    return out


def whole(text: Text, start: int, end: int) -> bool:
    """Say whether a token range is no part of a hyphenated name: `GPT` in `GPT-who` is, in `GPT-based` is not."""
    words, unit = text.words, text.unit_start
    if not unit[end] and end + 1 < len(words):
        rest = words[end + 1] if words[end].text in _JOINS else words[end]
        if words[end].text != "-" or rest.lower not in read_lines("frames/unit_ends.txt"):
            return False
    if not unit[start] and start > 1:
        before = words[start - 2]
        return words[start - 1].text == "-" and before.strength == 0 and before.lower in read_lines(
            "frames/unit_starts.txt")
    return True


def read_text(raw: str, title_end: int) -> Text:
    """Tokenise a text whose title ends at `title_end` (characters)."""
    view = clean(raw)
    doc = split_glued(blank().tokenizer(view))
    spans: Any = doc.to_array(["IDX", "LENGTH"]).astype("int64")
    starts: list[int] = spans[:, 0].tolist() if len(doc) else []
    ends: list[int] = spans.sum(axis=1).tolist() if len(doc) else []
    get = _words.get
    words = [get(t) or word_of(t) for t in [view[a:b] for a, b in zip(starts, ends, strict=True)]]
    sentences = split_sentences(raw)
    begins = [s for s, _ in sentences]
    sentence = [max(0, bisect_right(begins, s) - 1) for s in starts]
    return Text(raw, view, doc, words, starts, ends, _units(words, starts, ends), sentence, sentences, title_end,
                {s: k for k, s in enumerate(starts)}, {e: k + 1 for k, e in enumerate(ends)})
