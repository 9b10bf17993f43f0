"""Know and read the files that `kg learn` writes, and which of them a folder must hold together.

A user's folder holds `names.tsv.gz`, or the files that labelled papers give, or both, with or without `words.tsv.gz`;
what it lacks is the package's. Weights speak of the clusters of one table of words, so that they name it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO, TypeVar

__all__ = ["FILES", "JOINS", "NAMES", "RELATIONS", "RESULTS", "ROLES", "SHIPPED", "TAGGER", "WEIGHTS", "WORDS",
           "fingerprint", "own_files", "read_json", "read_learned", "read_table"]

T = TypeVar("T")

WORDS, NAMES, TAGGER, WEIGHTS, JOINS, ROLES, RESULTS, RELATIONS = FILES = (
    "words.tsv.gz", "names.tsv.gz", "tagger.tsv.gz", "weights.json", "joins.json", "roles.json", "results.json",
    "relations.json")
_LABELLED = FILES[2:]  # what labelled papers give, together
SHIPPED = Path(__file__).parent / "induced"


def read_learned(path: Path, parse: Callable[[TextIO], T]) -> T:
    """Give what `parse` makes of a learned file, packed or not; ValueError names the file, whatever goes wrong."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            return parse(lines)
    except Exception as error:
        if isinstance(error, OSError) and error.strerror:
            raise ValueError(f"{path}: cannot be read: {error.strerror}") from error
        raise ValueError(f"{path}: damaged ({type(error).__name__}: {error}); write it anew with `kg learn`") from error


def read_json(path: Path, check: Callable[[Any], T]) -> T:
    """Give what `check` makes of the object of a JSON file; it raises anything where that is not as it should be."""
    def parse(lines: TextIO) -> T:
        value = json.load(lines)
        if not isinstance(value, dict):
            raise TypeError("it holds no object")
        return check(value)

    return read_learned(path, parse)


def read_table(path: Path, columns: tuple[str, ...], make: Callable[[Iterator[list[str]]], T]) -> T:
    """Give what `make` makes of the cells of the rows that stand below the columns' names."""
    def parse(lines: TextIO) -> T:
        if next(lines, "").rstrip("\n").split("\t") != [*columns]:
            raise ValueError(f"its columns are not {', '.join(columns)}")
        return make(line.rstrip("\n").split("\t") for line in lines)

    return read_learned(path, parse)


def fingerprint(path: Path) -> str:
    """Give the SHA-256 of a file in hex: how weights name their table of words."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def own_files(folder: Path) -> dict[str, Path]:
    """Give the learned files of a user's folder; ValueError where they are no whole."""
    held = {name: folder / name for name in FILES if (folder / name).is_file()}
    if not held:
        raise ValueError(f"{folder}: no file that `kg learn` writes ({', '.join(FILES)})")
    lacking = [name for name in _LABELLED if name not in held]
    if 0 < len(lacking) < len(_LABELLED):
        raise ValueError(f"{folder}: lacks {', '.join(lacking)}; `kg learn --gold` writes them together")
    if lacking and WORDS in held:
        raise ValueError(f"{folder}: {WORDS} needs weights that were learned with it: `kg learn --gold … -o {folder}`")
    return held
