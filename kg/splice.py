"""Sorted JSON Lines files: look a line up, and write the file anew with some ranges replaced, all else copied."""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import orjson

__all__ = ["Range", "SortedLines", "exactly", "first_value", "splice", "under"]

_FIRST = re.compile(rb'\{"\w+":"([^"\\]*)"')


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


def first_value(line: bytes) -> str:
    """Give the first value of an object, which is a string: without reading the rest, where nothing is escaped."""
    found = _FIRST.match(line)
    return found[1].decode() if found else str(next(iter(orjson.loads(line).values())))


class SortedLines:
    """A file that is sorted by a key of its lines, read where it is asked for."""

    def __init__(self, path: Path, key: Callable[[bytes], str] = first_value) -> None:
        """Map the file."""
        self.key = key
        self._starts: dict[str, int] = {}
        with path.open("rb") as file:
            empty = path.stat().st_size == 0
            self.data: bytes | mmap.mmap = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def first(self, wanted: str, low: int = 0) -> int:
        """Find where the first line begins, from `low` on, whose key is not less than the one wanted."""
        data, high = self.data, len(self.data)
        while low < high:
            middle = (low + high) // 2
            start = max(low, data.rfind(b"\n", low, middle) + 1)
            end = data.find(b"\n", middle) + 1
            if self.key(data[start:end]) < wanted:
                low = end
            else:
                high = start
        return low

    def index(self, keys: Iterable[str]) -> None:
        """Note where each line begins, for many look-ups: `keys` are those of all lines, in order."""
        at = 0
        for key in keys:
            self._starts[key] = at
            at = self.data.find(b"\n", at) + 1

    def get(self, key: str) -> bytes | None:
        """Give the line of a key; None where there is none."""
        start = self._starts[key] if key in self._starts else self.first(key)
        line = self.data[start:self.data.find(b"\n", start) + 1]
        return line if line and self.key(line) == key else None

    def under(self, prefix: str) -> list[bytes]:
        """Give the lines whose keys begin with a prefix."""
        low, high, _ = under(prefix, [])
        start = self.first(low)
        return [line + b"\n" for line in self.data[start:self.first(high, start)].split(b"\n")[:-1]]


def splice(old: Path, new: Path, ranges: Iterable[Range], key: Callable[[bytes], str] = first_value) -> None:
    """Write `new` as `old` with the lines of the ranges (which must not meet) replaced; `old` is sorted by key."""
    source, at = SortedLines(old, key), 0
    with new.open("wb") as target, memoryview(source.data) as data:
        for low, high, lines in sorted(ranges, key=lambda r: r.low):
            start = source.first(low, at)
            target.write(data[at:start])
            target.writelines(lines)
            at = source.first(high, start)
        target.write(data[at:])
