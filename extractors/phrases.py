"""Find many phrases in a doc, token by token. A phrase is tokenised when a word of it is first met, not before: most of
a large lexicon never is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any, cast

from extractors.tokens import blank

__all__ = ["Phrases", "anchor"]

_LETTERS = re.compile(r"(?<!\S)[A-Za-z]+(?:-[A-Za-z]+)*(?!\S)")
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
    """Phrases with labels, found by their tokens as given: lower-case ones in lower-case tokens."""

    def __init__(self) -> None:
        """Begin with none."""
        self._tokenizer = cast(Any, blank().tokenizer)
        self._exceptions = frozenset(self._tokenizer.rules or ())
        self._waiting: dict[str, list[tuple[str, _Labels]]] = {}  # by their anchor
        self._known: dict[tuple[str, ...], _Labels] = {}
        self._lengths: dict[str, dict[str, set[int]]] = {}  # of known phrases, by first and second token, "" for none

    def add(self, phrase: str, labels: _Labels) -> None:
        """Add a phrase; of two with the same tokens the labels are joined."""
        self._waiting.setdefault(anchor(phrase, self._exceptions), []).append((phrase, labels))

    def find(self, tokens: Sequence[str]) -> dict[tuple[int, int], _Labels]:
        """Find every phrase in tokens: range → labels."""
        for word in {"", *tokens} & self._waiting.keys():
            for phrase, labels in self._waiting.pop(word):
                self._know(tuple(token.text for token in self._tokenizer(phrase)), labels)
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

    def _know(self, tokens: tuple[str, ...], labels: _Labels) -> None:
        self._known[tokens] = self._known.get(tokens, frozenset()) | labels
        self._lengths.setdefault(tokens[0], {}).setdefault(tokens[1] if tokens[1:] else "", set()).add(len(tokens))
