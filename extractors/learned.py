"""Load what extraction has learned (`kg learn`): words, names and weights, the package's or a user's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.collection import no_collection
from extractors.induced import Names, load_names
from extractors.joins import MODELS as JOIN_MODELS
from extractors.learned_files import (
    FILES,
    JOINS,
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
    read_json,
)
from extractors.linear import check_models
from extractors.relations import MODELS as RELATION_MODELS
from extractors.relations import RelationModels, prepare
from extractors.results import MODELS as RESULT_MODELS
from extractors.roles import check_roles
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
    joins: Mapping[str, Any]
    roles: Mapping[str, Any]
    results: Mapping[str, Any]
    relations: RelationModels


@lru_cache(maxsize=4)
def load_learned(folder: str = "") -> Learned:
    """Load what a folder holds, and the rest of the package's; ValueError where the files are broken or do not fit."""
    paths = {name: SHIPPED / name for name in FILES} | (own_files(Path(folder)) if folder else {})
    with no_collection():
        return _load(paths)


def _load(paths: Mapping[str, Path]) -> Learned:
    words = load_words(paths[WORDS])
    learned_with, weights = read_json(paths[WEIGHTS], lambda v: (v["words"], weights_from_json(v, words)))
    if learned_with != fingerprint(paths[WORDS]):
        raise ValueError(f"{paths[WEIGHTS]}: the weights were learned with another {WORDS}: put it there, or learn the "
                         "weights anew with `kg learn --gold`")
    return Learned(words, load_names(paths[NAMES]), load_tagger(paths[TAGGER], words), weights,
                   read_json(paths[JOINS], lambda value: check_models(value, JOIN_MODELS)),
                   read_json(paths[ROLES], check_roles),
                   read_json(paths[RESULTS], lambda value: check_models(value, RESULT_MODELS)),
                   prepare(read_json(paths[RELATIONS], lambda value: check_models(value, RELATION_MODELS))))
