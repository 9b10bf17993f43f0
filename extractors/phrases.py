"""Find many phrases in a doc, token by token. A phrase is tokenised when a word of it is first met, not before: most of
a large lexicon never is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any, cast

from extractors.spelling import american
from extractors.text import clean
from extractors.tokens import blank, split_tokens
from extractors.words import Word

__all__ = ["Phrases", "anchor"]

_LETTERS = re.compile(r"(?<!\S)[A-Za-z]+(?:-[A-Za-z]+)*(?!\S)")
_PLAIN = re.compile(r"[a-z]+(?:[ -][a-z]+)*")  # tokenised alike in any case
_Labels = frozenset[str]


def anchor(phrase: str, exceptions: AbstractSet[str]) -> str:
    """Give the longest token of a phrase that can be told without tokenising: letters between spaces and hyphens.

    "" where there is none. The tokenizer's exceptions, such as "cannot", are no such tokens.
    """
    best = ""
    for chunk in _LETTERS.findall(phrase):
        parts = chunk.split("-")
        if exceptions.isdisjoint((chunk, *parts)):
            best = max((best, *parts), key=len)
    return best


class Phrases:
    """Phrases with labels, found by their tokens: as written, or in any case.

    In any case a phrase is tokenised as written and in lower case, which can differ (`ImageNet-1K`, `imagenet-1k`).
    """

    def __init__(self, *, any_case: bool) -> None:
        """Begin with none."""
        self._any_case = any_case
        self._exceptions = frozenset(cast(Any, blank().tokenizer).rules or ())
        self._waiting: dict[str, list[tuple[str, _Labels]]] = {}  # by their anchor
        self._known: dict[tuple[str, ...], _Labels] = {}
        self._lengths: dict[str, dict[str, set[int]]] = {}  # of known phrases, by first and second token, "" for none

    def add(self, phrase: str, labels: _Labels) -> None:
        """Add a phrase; of two with the same tokens the labels are joined."""
        for form in self._forms(phrase):
            word = anchor(form, self._exceptions)
            self._waiting.setdefault(american(word.lower()) if self._any_case else word, []).append((form, labels))

    def _forms(self, phrase: str) -> set[str]:
        """Give the spellings of a phrase that may be tokenised differently."""
        if not self._any_case:
            return {phrase}
        lower = phrase.lower()
        alike = _PLAIN.fullmatch(lower) and self._exceptions.isdisjoint(re.split("[ -]", lower))
        return {lower} if alike else {phrase, lower}

    def find(self, words: Sequence[Word]) -> dict[tuple[int, int], _Labels]:
        """Find every phrase in words: range → labels."""
        tokens = self._read(words)
        for met in {"", *tokens} & self._waiting.keys():
            for phrase, labels in self._waiting.pop(met):
                self._know(tuple(self._read(split_tokens(clean(phrase).strip()).words)), labels)
        found = {}
        for start, (token, second) in enumerate(pairwise((*tokens, ""))):
            seconds = self._lengths.get(token)
            if seconds is None:
                continue
            for length in (*seconds.get("", ()), *(seconds.get(second, ()) if second else ())):
                span = tuple(tokens[start:start + length])  # shorter at the end
                if span in self._known:
                    found[start, start + len(span)] = self._known[span]
        return found

    def _read(self, words: Sequence[Word]) -> list[str]:
        return [word.lower if self._any_case else word.text for word in words]

    def _know(self, tokens: tuple[str, ...], labels: _Labels) -> None:
        if not tokens:
            return
        self._known[tokens] = self._known.get(tokens, frozenset()) | labels
        self._lengths.setdefault(tokens[0], {}).setdefault(tokens[1] if tokens[1:] else "", set()).add(len(tokens))
