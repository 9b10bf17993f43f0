"""Know the files that `kg learn` writes, and which of them a folder must hold together.

A user's folder holds `names.tsv.gz`, or the files that labelled papers give, or both, with or without `words.tsv.gz`;
what it lacks is the package's. Weights speak of the clusters of one table of words, so that they name it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

__all__ = ["FILES", "NAMES", "RELATIONS", "RESULTS", "ROLES", "SHIPPED", "TAGGER", "WEIGHTS", "WORDS", "fingerprint",
           "own_files"]

WORDS, NAMES, TAGGER, WEIGHTS, ROLES, RESULTS, RELATIONS = FILES = (
    "words.tsv.gz", "names.tsv.gz", "tagger.tsv.gz", "weights.json", "roles.json", "results.json", "relations.json")
_LABELLED = FILES[2:]  # what labelled papers give, together
SHIPPED = Path(__file__).parent / "induced"


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
