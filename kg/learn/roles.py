"""Learn the second look at the roles of methods from labelled papers and the entities that are found in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extractors.records import Entity
from extractors.role_features import role_features
from extractors.roles import with_roles
from extractors.scorer import ROLES
from extractors.words import fold
from kg.learn.claim_examples import Labelled, view_of
from kg.learn.entities import FOLDS
from kg.learn.models import fit_classes

__all__ = ["cross_roles", "learn_roles"]

_STRENGTH = 0.03
_LEAST = 3  # methods that share a feature


def _examples(doc: Labelled) -> Iterator[tuple[list[str], str]]:
    """Give the methods of a paper that its labels name, with their roles."""
    view, (_, record, _) = view_of(doc), doc
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
    models = [learn_roles(doc for at, doc in enumerate(docs) if at % FOLDS != held) for held in range(FOLDS)]
    return [with_roles(view_of(doc), models[at % FOLDS]).entities for at, doc in enumerate(docs)]
