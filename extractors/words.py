"""Know word types: lower case, fold, shape, strength as a name, part in a chunk. A type is described once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.spelling import american
from extractors.tables import read_lines

__all__ = ["JOINS", "WIDE", "Word", "fold", "foreign", "singular", "word_of"]

JOINS = frozenset({"-", "+", "++", "@", "*", "^", "_", "&"})  # tokens that tie their neighbours to one unit
WIDE = "\u2e80-\u2fff\u3001-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uffef"  # scripts without spaces: Chinese, …
_WIDE = re.compile(f"[{WIDE}]")
_FOLD = re.compile(r"[^0-9a-z+^]+")
_ES = ("sses", "xes", "shes", "ches")  # endings of plurals in -es
_KEPT = 500_000  # word types that are remembered


def fold(text: str) -> str:
    """Fold case, British spelling, hyphens, spaces and a plural s: what names the same thing gives the same string."""
    return singular(_FOLD.sub("", american(text.casefold())), text)


def singular(folded: str, written: str) -> str:
    """Take the plural ending off a folded name: processes, networks; the S of what is written `ViT-S` is none."""
    if len(folded) < 4 or folded[-1] != "s" or folded[-2] == "s" or written[-1:] == "S":
        return folded
    return folded[:-2] if folded.endswith(_ES) and not folded.endswith("aches") else folded[:-1]  # not caches


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word type: lower case in American spelling, fold, shape, strength as a name, chunk role."""

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
        if len(_words) >= _KEPT:
            _words.clear()
        found = _words[text] = _make_word(text)
    return found


def foreign(text: str) -> bool:
    """Say whether a token is of a script without spaces, and so no part of a name."""
    return _WIDE.search(text) is not None


def _make_word(text: str) -> Word:
    lower = american(text.lower())
    letters = any(map(str.isalnum, text))
    stop = foreign(text) or (not letters and text not in JOINS) or lower in read_lines("frames/stops.txt") or (
        lower.endswith("ly") and len(lower) > 4 and lower not in {"multiply", "family", "anomaly", "assembly", "only"})
    return Word(text, lower, _FOLD.sub("", american(text.casefold())), _shape(text), _strength(text), stop,
                lower in read_lines("frames/heads.txt"), lower in read_lines("frames/openers.txt"),
                text.replace(".", "").replace(",", "").isdigit())
