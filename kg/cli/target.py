"""Write a file whole or not at all: beside its place, with its name only when all is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import DataError

__all__ = ["whole_file"]


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; rename it into place at the end, remove it on any error.

    What was at `path` stays as it is until then, a link stays a link, and what is no file (/dev/null, a pipe) is
    written as it is. DataError where `path` cannot be written.
    """
    target = Path(path).resolve()
    part = target.with_name(f".part-{os.getpid()}-{target.name}")  # the suffix stays: .gz packs
    if target.exists() and not target.is_file():
        part = target
    try:
        yield part
        if part != target:
            if target.exists():
                shutil.copymode(target, part)
            part.replace(target)
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        if part != target:
            part.unlink(missing_ok=True)
