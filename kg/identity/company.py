"""The company a name keeps: the telling words of a paper, and how near two papers are by them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import sqrt
from pathlib import Path

from extractors.records import Paper

__all__ = ["Company", "centroid", "company_of", "nearness", "same_work"]

Company = Mapping[str, float]
_WORD = re.compile(r"[a-z]{3,}")


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Read the words that tell nothing of a paper's subject."""
    return frozenset(Path(__file__).with_name("common.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1 << 16)
def _telling(word: str) -> str:
    """Give the word without a plural s, "" where it is common."""
    low = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    return "" if low in _common() else low


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    """Scale weights to length one."""
    length = sqrt(sum(w * w for w in weights.values())) or 1.0
    return {k: w / length for k, w in weights.items()}


def company_of(paper: Paper) -> Company:
    """Weigh the telling words of a paper: twice where the title has them; length one in all."""
    body = {w for w in map(_telling, _WORD.findall(paper.abstract.lower())) if w}
    title = {w for w in map(_telling, _WORD.findall(paper.title.lower())) if w}
    return _unit({w: 2.0 if w in title else 1.0 for w in sorted(body | title)})


def centroid(members: Iterable[Company]) -> Company:
    """Give the mean direction of companies."""
    total: Counter[str] = Counter()
    for member in members:
        for word, weight in member.items():
            total[word] += weight  # type: ignore[assignment]
    return _unit({w: float(c) for w, c in total.items()})


def nearness(one: Company, other: Company, *, without: str = "") -> float:
    """Give the cosine of two companies, leaving out the word that is in doubt."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(w * large.get(k, 0.0) for k, w in small.items() if k != without)


def same_work(one: Paper, other: Paper) -> bool:
    """Say whether two papers are versions of one work: shared authors and subject, or nearly one title."""
    a, b = (set(_WORD.findall(p.title.lower())) for p in (one, other))
    overlap = len(a & b) / max(1, len(a | b))
    shared = len(set(one.authors) & set(other.authors))
    return (overlap >= 0.6 and len(a & b) >= 3) or (overlap >= 0.3 and shared >= 1) or shared >= 2
