"""Learn the second look at the roles of methods from labelled papers and the entities that are found in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extractors.clauses import View, view_paper
from extractors.records import Entity
from extractors.role_features import role_features
from extractors.roles import with_roles
from extractors.scorer import ROLES
from extractors.sentences import split_sentences
from extractors.words import fold
from kg.learn.claim_examples import Labelled
from kg.learn.models import fit_classes

__all__ = ["cross_roles", "learn_roles"]

_STRENGTH = 0.03
_LEAST = 3  # methods that share a feature
_FOLDS = 3  # a paper's roles are chosen by what is learned from the others


def _view(doc: Labelled) -> View:
    paper, _, entities = doc
    return view_paper(paper.text, split_sentences(paper.text), entities)


def _examples(doc: Labelled) -> Iterator[tuple[list[str], str]]:
    """Give the methods of a paper that its labels name, with their roles."""
    view, (_, record, _) = _view(doc), doc
    roles = {fold(surface): entity["role"] for entity in record["entities"]
             if entity["type"] == "Method" and not entity.get("optional")
             for surface in (entity["name"], *entity["surfaces"])}
    for ref, entity in enumerate(view.entities):
        known = [roles[key] for key in map(fold, (entity.name, *entity.surfaces)) if key in roles]
        if entity.type == "Method" and known:
            yield role_features(view, ref), known[0]


def learn_roles(docs: Iterable[Labelled]) -> dict[str, Any]:
    """Fit the weights that `extractors.roles` reads."""
    examples = [example for doc in docs for example in _examples(doc)]
    return {"roles": ROLES["Method"], "weights": fit_classes(examples, ROLES["Method"], c=_STRENGTH, least=_LEAST)}


def cross_roles(docs: Sequence[Labelled]) -> list[tuple[Entity, ...]]:
    """Give the entities of each paper with the roles that weights learned from the other folds choose."""
    models = [learn_roles(doc for at, doc in enumerate(docs) if at % _FOLDS != held) for held in range(_FOLDS)]
    return [with_roles(_view(doc), models[at % _FOLDS]).entities for at, doc in enumerate(docs)]
