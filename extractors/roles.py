"""Look at roles a second time, when all names of a paper are known.

The first look judges a name by its own neighbourhood; this one sees what stands beside it in lists, between it and the
proposed method, and in its sentences (`role_features.py`). The weights are data (`induced/roles.json`, made by
`kg learn --gold`): a row of log odds a feature, one column a role. A dataset that is named for pre-training alone is
trained on, whatever the first look said: of 18 such datasets in labelled papers 15 are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from math import isfinite
from typing import Any

from extractors.clauses import Item, View
from extractors.role_features import role_features
from extractors.scorer import ROLES

__all__ = ["check_roles", "choose_role", "with_roles"]

_DATA = frozenset({"Dataset", "Benchmark"})
_WEAKER = frozenset({"evaluated", "mentioned"})
_PRE_TRAINS = ("pre-train", "pretrain")
_ON = frozenset({"on", "with", "using", "from"})
_MOST_METHODS = 100  # methods of a paper that are looked at twice: keeps a text of endless names linear


def check_roles(model: Any) -> Mapping[str, Any]:
    """Give the weights of a file as they are; raises where they are not a number a role."""
    rows = model["weights"].values()
    if tuple(model["roles"]) != ROLES["Method"] or any(len(row) != len(model["roles"]) for row in rows):
        raise ValueError(f"it does not hold a weight for each of {', '.join(ROLES['Method'])}")
    if not isfinite(sum(chain.from_iterable(rows))):
        raise ValueError("it has a weight that is no number")
    return model  # type: ignore[no-any-return]


def choose_role(model: Mapping[str, Any], features: Iterable[str]) -> str:
    """Choose the likeliest role; the first of equals."""
    rows = filter(None, map(model["weights"].get, features))
    totals = [sum(column) for column in zip([0.0] * len(model["roles"]), *rows, strict=True)]
    role: str = model["roles"][totals.index(max(totals))]
    return role


def with_roles(view: View, model: Mapping[str, Any]) -> View:
    """Give the view of a paper whose names have the roles that the second look gives them: none without weights."""
    known = _MOST_METHODS if model["weights"] else 0
    methods = [ref for ref, entity in enumerate(view.entities) if entity.type == "Method"][:known]
    roles = {ref: choose_role(model, role_features(view, ref)) for ref in methods}
    roles |= {ref: "trained" for ref, entity in enumerate(view.entities)
              if entity.type in _DATA and entity.role in _WEAKER and _only_trains(view, ref)}
    entities = (replace(entity, role=roles.get(ref, entity.role)) for ref, entity in enumerate(view.entities))
    return replace(view, entities=tuple(entities))


def _only_trains(view: View, ref: int) -> bool:
    """Say whether each mention of a dataset stands behind "pre-trained on" or before "pre-training"."""
    places = view.entity_places[ref]
    return bool(places) and all(_pre_trains(view.items[p.sentence], p.position) for p in places)


def _pre_trains(items: Sequence[Item], at: int) -> bool:
    behind = [item.word for item in items[at + 1:at + 3] if item.word != "-"]
    if behind and behind[0].startswith(_PRE_TRAINS):
        return True
    before = [item.word for item in items[max(0, at - 8):at]]
    verb = max((k for k, word in enumerate(before) if word.startswith(_PRE_TRAINS)), default=len(before))
    return not _ON.isdisjoint(before[verb + 1:])
