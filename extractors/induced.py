"""Know a string by what the extractor made of it over a corpus: in how many papers, and as what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from extractors.expand import Atom
from extractors.learned_files import read_table

__all__ = ["COLUMNS", "Names", "known", "load_names"]

COLUMNS = ("name", "papers", "named", "term", "data", "metric", "task")

Names = Mapping[str, tuple[str, ...]]  # folded name → buckets: papers (powers of two), tenths of mean probabilities


def load_names(path: Path) -> Names:
    """Load what `kg learn CORPUS` wrote of names; ValueError names a file that is damaged."""
    return read_table(path, COLUMNS, lambda rows: {name: tuple(buckets) for name, *buckets in rows})


def known(names: Names, key: str, forms: Iterable[str] = ()) -> Atom:
    """Give what the corpus says of a folded name, or of its best known form."""
    found = names.get(key)
    if found is None:
        found = next((names[form] for form in forms if form in names), ("?",))
    return ("known", *found)
