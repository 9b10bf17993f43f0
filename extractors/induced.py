"""Know a string by what the extractor made of it over a corpus: in how many papers, and as what."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from pathlib import Path

from extractors.expand import Atom

__all__ = ["Names", "known", "load_names"]

Names = Mapping[str, tuple[str, ...]]  # folded name → buckets: papers (powers of two), tenths of mean probabilities


def load_names(path: Path) -> Names:
    """Load what `kg learn CORPUS` wrote of names."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        cells = (line.rstrip("\n").split("\t") for line in lines)
        return {name: tuple(buckets) for name, *buckets in cells}


def known(names: Names, key: str, forms: Iterable[str] = ()) -> Atom:
    """Give what the corpus says of a folded name, or of its best known form."""
    found = names.get(key)
    if found is None:
        found = next((names[form] for form in forms if form in names), ("?",))
    return ("known", *found)
