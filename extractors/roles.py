"""Look at the roles of methods a second time, when all names of a paper are known.

The first look judges a name by its own neighbourhood; this one sees what stands beside it in lists, between it and the
proposed method, and in its sentences (`role_features.py`). The weights are data (`induced/roles.json`, made by
`kg learn --gold`): a row of log odds a feature, one column a role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from extractors.clauses import View
from extractors.role_features import role_features

__all__ = ["choose_role", "with_roles"]

_MOST_METHODS = 100  # methods of a paper that are looked at twice: keeps a text of endless names linear


def choose_role(model: Mapping[str, Any], features: Iterable[str]) -> str:
    """Choose the likeliest role; the first of equals."""
    rows = filter(None, map(model["weights"].get, features))
    totals = [sum(column) for column in zip([0.0] * len(model["roles"]), *rows, strict=True)]
    role: str = model["roles"][totals.index(max(totals))]
    return role


def with_roles(view: View, model: Mapping[str, Any]) -> View:
    """Give the view of a paper whose methods have the roles that the second look gives them."""
    methods = [ref for ref, entity in enumerate(view.entities) if entity.type == "Method"][:_MOST_METHODS]
    roles = {ref: choose_role(model, role_features(view, ref)) for ref in methods}
    entities = (replace(entity, role=roles.get(ref, entity.role)) for ref, entity in enumerate(view.entities))
    return replace(view, entities=tuple(entities))
