"""Things: what the sightings of one concept come to, which is all that links, ids and nodes need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from kg.identity.versions import Step

__all__ = ["Thing", "thing_from_json", "thing_to_json"]


class Thing(NamedTuple):
    """One concept; the order of the fields is that of its JSON."""

    signature: str
    cls: str
    type: str
    name: str
    kind: str | None
    names: Sequence[str]  # all that papers call it, sorted
    bears: Sequence[str]  # the keys of these and of its lexicon row
    keys: Sequence[str]  # what the registry knows it by: "=Class:long", "~Class:short", "@Class:proposing paper"
    papers: int
    first: str  # of its papers, by id; "" where none names it
    steps: Sequence[Step]  # the names that it may be a version of


def thing_to_json(thing: Thing) -> list[Any]:
    """Give a thing as JSON."""
    return [*thing[:-1], [list(step) for step in thing.steps]]


def thing_from_json(row: list[Any]) -> Thing:
    """Read it back."""
    row[-1] = [Step(*step) for step in row[-1]]
    return Thing(*row)
