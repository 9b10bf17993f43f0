"""Learn which names of a paper name one thing, from labelled papers and the entities that are found in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extractors.join_features import Names, names_of
from extractors.joins import join_names, pairs_to_join
from extractors.records import Entity
from extractors.scorer import group_of
from extractors.sentences import split_sentences
from extractors.words import fold
from kg.learn.claim_examples import Labelled
from kg.learn.entities import FOLDS
from kg.learn.models import Example, fit

__all__ = ["cross_joins", "learn_joins"]

_STRENGTH = 0.1
_LEAST = 3  # pairs that share a feature
_TAKEN = {"threshold": 0.5, "doubt": 0.4}  # probabilities: joined from here, but no two kept in one below there


def _names(doc: Labelled) -> Names:
    text = doc[0].text
    return names_of(text, split_sentences(text), len(doc[0].title))


def _examples(doc: Labelled) -> Iterator[Example]:
    """Give the pairs of found entities of which the labels know both, and whether they are one."""
    _, record, entities = doc
    known = {(group_of(entity["type"]), fold(surface)): at for at, entity in enumerate(record["entities"])
             for surface in reversed((entity["name"], *entity["surfaces"]))}
    meant = [next((known[key] for s in entity.surfaces if (key := (group_of(entity.type), fold(s))) in known), None)
             for entity in entities]
    for (one, other), features in pairs_to_join(_names(doc), entities).items():
        if meant[one] is not None and meant[other] is not None:
            yield features, int(meant[one] == meant[other])


def learn_joins(docs: Iterable[Labelled]) -> dict[str, Any]:
    """Fit the model that `extractors.joins` reads."""
    return fit([example for doc in docs for example in _examples(doc)], c=_STRENGTH, least=_LEAST) | _TAKEN


def cross_joins(docs: Sequence[Labelled]) -> list[tuple[Entity, ...]]:
    """Give the entities of each paper, joined by a model that was learned from the other folds."""
    models = [learn_joins(doc for at, doc in enumerate(docs) if at % FOLDS != held) for held in range(FOLDS)]
    return [join_names(_names(doc), doc[2], models[at % FOLDS]) for at, doc in enumerate(docs)]
