"""Find inputs (files, globs, folders, standard input) and give their lines, unpacked."""

from __future__ import annotations

import atexit
import glob
import gzip
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import DataError, OnBad, stop

__all__ = ["SUFFIXES", "Source", "find_sources", "read_lines"]

# What a folder is searched for; a file named outright may be called anything.
SUFFIXES = tuple(f"{kind}{pack}" for kind in (".txt", ".jsonl", ".ndjson", ".json") for pack in ("", ".gz", ".zst"))
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Source:
    """One input: how it is called in messages, and where its bytes are."""

    name: str
    file: Path  # of standard input, a copy


def find_sources(inputs: Iterable[str], *, on_bad: OnBad = stop) -> list[Source]:
    """List the inputs that paths, globs and folders name, each file once, in the order given."""
    found: dict[object, Source] = {}
    for text in inputs:
        try:
            for source in _expand(text):
                found.setdefault("-" if text == "-" else source.file.resolve(), source)
        except DataError as error:
            on_bad(error)
    return list(found.values())


def _expand(text: str) -> list[Source]:
    path = Path(text)
    if text == "-":
        return [Source("<stdin>", _copy_of_stdin())]
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file() and p.name.endswith(SUFFIXES))
        if not files:
            raise DataError(f"{text}: no papers in this folder; looked for {', '.join(SUFFIXES[::3])} (also .gz, .zst)")
        return [Source(str(p), p) for p in files]
    if path.exists() or not glob.has_magic(text):
        return [Source(text, path)]
    files = [p for p in map(Path, sorted(glob.glob(text, recursive=True))) if p.is_file()]  # noqa: PTH207
    if not files:
        raise DataError(f"{text}: no file matches this pattern")
    return [Source(str(p), p) for p in files]


def _copy_of_stdin() -> Path:
    """Copy standard input to a file that goes when Python does, since inputs are read twice."""
    handle, name = tempfile.mkstemp(prefix="kg-stdin-")
    atexit.register(Path(name).unlink, missing_ok=True)
    with os.fdopen(handle, "wb") as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
    return Path(name)


def read_lines(source: Source) -> Iterator[bytes]:
    """Give the lines of an input, unpacked; raises DataError where it is missing, empty, cut short or binary."""
    number = 0
    try:
        with source.file.open("rb") as file:
            for line in _unpacked(file):
                number += 1
                if b"\x00" in line or (number == 1 and line.startswith(_UTF16)):
                    raise DataError(f"{source.name}: line {number}: not text (a binary file, or not UTF-8); "
                                    "give text or JSON Lines in UTF-8")
                yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{source.name}: line {number + 1}: the packed data is cut short or damaged ({error}); "
                        "fetch the file again") from error
    except OSError as error:
        raise DataError(f"{source.name}: cannot be read: {error.strerror or error}") from error
    if number == 0:
        raise DataError(f"{source.name}: empty: it holds no papers")


def _unpacked(file: IO[bytes]) -> Iterable[bytes]:
    head = file.read(4)
    file.seek(0)
    if head.startswith(_GZIP):
        return gzip.GzipFile(fileobj=file)
    return _zstd_lines(file) if head == _ZSTD else file


def _zstd_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Unpack Zstandard frames into lines; EOFError where the last frame has no end, which its own reader forgives."""
    import zstandard

    unpacker, rest = zstandard.ZstdDecompressor().decompressobj(), b""
    try:
        while chunk := file.read(1 << 20):
            while chunk:
                if unpacker.eof:
                    unpacker = zstandard.ZstdDecompressor().decompressobj()
                *lines, rest = (rest + unpacker.decompress(chunk)).split(b"\n")
                yield from (line + b"\n" for line in lines)
                chunk = unpacker.unused_data
    except zstandard.ZstdError as error:
        raise EOFError(str(error)) from error
    if not unpacker.eof:
        raise EOFError("no end of the Zstandard frame")
    if rest:
        yield rest
