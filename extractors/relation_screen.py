"""Turn down pairs that reach no relation's threshold, without describing each pair in full.

The features of a pair fall into parts, most of which many pairs of a paper share; the weights of a part
are added up once for all relations that allow the same types. What passes is weighed exactly later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import add
from typing import Any

from extractors.clauses import View
from extractors.linear import log_odds
from extractors.relation_features import SHARED, Part, part_features, parts_of

__all__ = ["Screen", "make_screen", "pass_screen"]

_KEPT = 100_000  # sums that are remembered
_SLACK = 1e-6  # log odds that cover what the order of adding up changes


@dataclass(frozen=True, slots=True)
class Screen:
    """The weights of some relations: log odds above their thresholds of no features, and of each feature.

    `shared` remembers the sums of the parts that are alike in many papers.
    """

    relations: tuple[str, ...]
    start: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]
    shared: dict[Part, list[float]] = field(default_factory=dict)


def make_screen(models: Mapping[str, Any], relations: Iterable[str]) -> Screen:
    """Put the models of relations together."""
    relations = tuple(relations)
    names = sorted({f for rel in relations for f in models[rel]["weights"]})
    rows = {f: tuple(models[rel]["weights"].get(f, 0.0) for rel in relations) for f in names}
    start = tuple(float(models[rel]["bias"]) - log_odds(float(models[rel]["threshold"])) + _SLACK for rel in relations)
    return Screen(relations, start, rows)


def _add_up(screen: Screen, features: Iterable[str]) -> list[float]:
    rows = filter(None, map(screen.weights.get, features))
    return list(map(sum, zip(*rows, strict=True))) or [0.0] * len(screen.relations)


def pass_screen(view: View, screen: Screen, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    """Yield the relations and pairs that may reach their relation's threshold."""
    here: dict[Part, list[float]] = {}
    for head, tail in pairs:
        totals = list(screen.start)
        for part in parts_of(view, head, tail):
            known = screen.shared if part[0] in SHARED else here
            gains = known.get(part)
            if gains is None:
                gains = _add_up(screen, part_features(view, part))
                if len(known) < _KEPT:
                    known[part] = gains
            totals = list(map(add, totals, gains))
        for rel, total in zip(screen.relations, totals, strict=True):
            if total >= 0.0:
                yield rel, head, tail
