"""Sort words into the kinds that relations turn on: use, build, hold, win, even, contrast, train, test, …"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from extractors.clauses import Item
from extractors.tables import read_tsv

__all__ = ["kinds_of", "word_kinds"]

_SHORTEST = 3  # letters of the shortest prefix that is looked up


@cache
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Give whole words and prefixes with their kinds."""
    words: dict[str, set[str]] = {}
    prefixes: dict[str, set[str]] = {}
    for row in read_tsv("frames/relations_words.tsv"):
        whole = not row["prefix"].endswith("*")
        (words if whole else prefixes).setdefault(row["prefix"].rstrip("*"), set()).add(row["kind"])
    return {w: frozenset(k) for w, k in words.items()}, {p: frozenset(k) for p, k in prefixes.items()}


@lru_cache(maxsize=1 << 16)
def word_kinds(word: str) -> frozenset[str]:
    """Give the kinds of a lower-case word."""
    words, prefixes = _tables()
    kinds = words.get(word, frozenset())
    for size in range(_SHORTEST, min(len(word), 16) + 1):
        kinds |= prefixes.get(word[:size], frozenset())
    return kinds


def kinds_of(items: Iterable[Item]) -> list[str]:
    """Give the kinds of the words of some items, sorted."""
    return sorted(frozenset().union(*[word_kinds(item.word) for item in items]))
