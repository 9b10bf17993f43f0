"""Lists in formats that have none: joined by `|`, with `|` and `\\` inside an item escaped by `\\`."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["join_list", "split_list"]


def join_list(items: Iterable[str]) -> str:
    r"""Write a list in one cell: `["a", "b|c"]` is `a|b\|c`."""
    return "|".join(re.sub(r"([\\|])", r"\\\1", item) for item in items)


def split_list(cell: str) -> list[str]:
    """Read the list of a cell: the inverse of `join_list` but for a list of one empty text."""
    if not cell:
        return []
    items, chars = [""], iter(cell)
    for char in chars:
        if char == "|":
            items.append("")
        else:
            items[-1] += next(chars, "") if char == "\\" else char
    return items
