"""Load what extraction has learned (`kg learn`): words, names and weights, the package's or a user's own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.collection import no_collection
from extractors.induced import Names, load_names
from extractors.learned_files import (
    FILES,
    NAMES,
    RELATIONS,
    RESULTS,
    ROLES,
    SHIPPED,
    TAGGER,
    WEIGHTS,
    WORDS,
    fingerprint,
    own_files,
)
from extractors.relations import RelationModels, prepare
from extractors.scorer import Weights, weights_from_json
from extractors.tagger import Tagger, load_tagger
from extractors.word_table import WordStats, load_words

__all__ = ["Learned", "load_learned"]


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """All that extraction has learned."""

    words: Mapping[str, WordStats]
    names: Names
    tagger: Tagger
    weights: Weights
    roles: Mapping[str, Any]
    results: Mapping[str, Any]
    relations: RelationModels


@lru_cache(maxsize=4)
def load_learned(folder: str = "") -> Learned:
    """Load what a folder holds, and the rest of the package's; ValueError where the files are broken or do not fit."""
    paths = {name: SHIPPED / name for name in FILES} | (own_files(Path(folder)) if folder else {})
    try:
        with no_collection():
            return _load(paths)
    except (OSError, EOFError, gzip.BadGzipFile, ValueError, KeyError, TypeError, IndexError) as error:
        raise ValueError(f"{folder or SHIPPED}: {error}") from error


def _load(paths: Mapping[str, Path]) -> Learned:
    weights = _json(paths[WEIGHTS])
    if weights["words"] != fingerprint(paths[WORDS]):
        raise ValueError(f"the weights were learned with another {WORDS}: put it there, or learn the weights anew with "
                         "`kg learn --gold`")
    words = load_words(paths[WORDS])
    return Learned(words, load_names(paths[NAMES]), load_tagger(paths[TAGGER], words),
                   weights_from_json(weights, words), _json(paths[ROLES]), _json(paths[RESULTS]),
                   prepare(_json(paths[RELATIONS])))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
