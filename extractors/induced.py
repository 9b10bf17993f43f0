"""Know a string by what the extractor made of it over a corpus: in how many papers, and as what."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from extractors.expand import Atom

__all__ = ["NAMES", "known", "load_names"]

NAMES = Path(__file__).parent / "induced" / "names.tsv.gz"


@cache
def load_names(path: Path = NAMES) -> dict[str, tuple[str, ...]]:
    """Load folded name → buckets: papers (powers of two), then tenths of mean probability of each class."""
    if not path.exists():
        return {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        cells = (line.rstrip("\n").split("\t") for line in lines)
        return {name: tuple(buckets) for name, *buckets in cells}


def known(key: str, forms: Iterable[str] = ()) -> Atom:
    """Give what the corpus says of a folded name, or of its best known form."""
    names = load_names()
    found = names.get(key)
    if found is None:
        found = next((names[form] for form in forms if form in names), ("?",))
    return ("known", *found)
