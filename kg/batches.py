"""Gather rows that are written together, without holding them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

__all__ = ["batches"]

G = TypeVar("G")
RowList = list[dict[str, Any]]


def batches(rows: Iterable[tuple[G, dict[str, Any]]], *, size: int,
            waiting: int | None = None) -> Iterator[tuple[G, RowList]]:
    """Gather the rows of each group until there are `size`; the fullest go early where `waiting` wait in all."""
    held: dict[G, RowList] = defaultdict(list)
    count = 0
    for group, row in rows:
        held[group].append(row)
        count += 1
        if len(held[group]) == size or count == waiting:
            full = max(held, key=lambda g: len(held[g]))
            count -= len(held[full])
            yield full, held.pop(full)
    yield from held.items()
