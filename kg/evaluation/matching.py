"""Match what a record says with what a labelled paper says.

Two entities match when any surface of the one equals any surface of the other after folding case, hyphens,
spaces and a plural s. Numbers match by their value, addresses without scheme, `www.` and what trails them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["Item", "fold_name", "fold_url", "fold_value", "group_of", "pair", "surfaces"]

Item = Mapping[str, Any]

_OUTSIDE = re.compile(r"[^0-9a-z+^]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SCHEME = re.compile(r"^https?:\s*//(?:www\.)?", re.IGNORECASE)


def fold_name(text: str) -> str:
    """Fold a surface to what names compare by."""
    folded = _OUTSIDE.sub("", unicodedata.normalize("NFKC", text).casefold())
    plural = len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss")
    return folded[:-1] if plural else folded


def fold_url(url: str) -> str:
    """Fold an address to what addresses compare by."""
    bare = _SCHEME.sub("", url.strip()).rstrip("/").rstrip(".,;:)}]").rstrip("/")
    return re.sub(r"\.git$", "", bare).lower()


def fold_value(value: str) -> str:
    """Fold a printed value to its numbers; a value without digits to its own text."""
    numbers = _NUMBER.findall(value.replace(",", ""))
    return "~".join(f"{float(number):g}" for number in numbers) or value.casefold()


def group_of(entity: Item) -> str:
    """Name the group within which entities compete: Dataset and Benchmark are one."""
    kind: str = entity["type"]
    return "Data" if kind in ("Dataset", "Benchmark") else kind


def surfaces(entity: Item) -> frozenset[str]:
    """Give the folded surfaces of an entity, its name among them."""
    return frozenset(map(fold_name, (entity["name"], *entity.get("surfaces", ())))) - {""}


def pair(gold: Sequence[Item], said: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Pair labelled and said entities one to one: most surfaces in common first, required before optional."""
    of_gold, of_said = [surfaces(e) for e in gold], [surfaces(e) for e in said]
    options = sorted((-len(a & b), bool(gold[i].get("optional")), i, j)
                     for i, a in enumerate(of_gold) for j, b in enumerate(of_said) if a & b)
    free_gold, free_said = set(range(len(gold))), set(range(len(said)))
    pairs = []
    for _, _, i, j in options:
        if i in free_gold and j in free_said:
            free_gold.remove(i)
            free_said.remove(j)
            pairs.append((gold[i], said[j]))
    return pairs
