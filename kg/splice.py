"""Write a sorted JSON Lines file anew from an older one: some ranges replaced, all else copied in one piece."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

__all__ = ["Range", "exactly", "splice", "under"]


class Range(NamedTuple):
    """The lines whose key is at least `low` and less than `high`, and what takes their place."""

    low: str
    high: str
    lines: list[bytes]


def exactly(key: str, lines: list[bytes]) -> Range:
    """Give the range of one key."""
    return Range(key, key + "\0", lines)


def under(prefix: str, lines: list[bytes]) -> Range:
    """Give the range of all keys that begin with a prefix."""
    return Range(prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1), lines)


def splice(old: Path, new: Path, ranges: Iterable[Range], key: Callable[[bytes], str]) -> None:
    """Write `new` as `old` with the lines of the ranges (which must not meet) replaced; `old` is sorted by key."""
    with old.open("rb") as source, new.open("wb") as target:
        empty = old.stat().st_size == 0
        data = b"" if empty else mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
        at = 0
        for low, high, lines in sorted(ranges, key=lambda r: r.low):
            start = _first(data, low, at, key)
            target.write(memoryview(data)[at:start])
            target.writelines(lines)
            at = _first(data, high, start, key)
        target.write(memoryview(data)[at:])


def _first(data: bytes | mmap.mmap, wanted: str, low: int, key: Callable[[bytes], str]) -> int:
    """Find where the first line begins, from `low` on, whose key is not less than the one wanted."""
    high = len(data)
    while low < high:
        middle = (low + high) // 2
        start = max(low, data.rfind(b"\n", low, middle) + 1)
        end = data.find(b"\n", middle) + 1
        if key(data[start:end]) < wanted:
            low = end
        else:
            high = start
    return low
