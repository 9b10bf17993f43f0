"""Score binary features with learned weights: an explainable logistic model in a few lines.

A model is a JSON object: `bias`, `weights` (feature → weight, absent = 0) and, where measured, `knots`
(pairs of raw probability and the precision seen there on held-out folds).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import exp
from typing import Any

__all__ = ["calibrate", "probability", "reasons", "score", "shares"]


def score(model: Mapping[str, Any], features: Iterable[str]) -> float:
    """Give the log odds of a set of features."""
    weights: Mapping[str, float] = model["weights"]
    return float(model["bias"]) + sum(weights.get(feature, 0.0) for feature in features)


def probability(model: Mapping[str, Any], features: Iterable[str]) -> float:
    """Give the probability of a set of features."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score(model, features)))))


def shares(scores: Sequence[float]) -> list[float]:
    """Turn the scores of options of which one is right into probabilities."""
    top = max(scores)
    parts = [exp(max(-60.0, s - top)) for s in scores]
    return [part / sum(parts) for part in parts]


def calibrate(knots: Sequence[Sequence[float]], raw: float) -> float:
    """Map a raw probability to a measured precision by straight lines between the knots."""
    if not knots:
        return raw
    if raw <= knots[0][0]:
        return float(knots[0][1])
    for (x0, y0), (x1, y1) in pairwise(knots):
        if raw <= x1:
            return float(y0 + (y1 - y0) * (raw - x0) / (x1 - x0)) if x1 > x0 else float(y1)
    return float(knots[-1][1])


def reasons(model: Mapping[str, Any], features: Iterable[str], *, most: int = 3) -> list[str]:
    """Give the features that weigh most for a decision, heaviest first."""
    weights = model["weights"]
    known = sorted({f for f in features if weights.get(f, 0.0) > 0}, key=lambda f: (-weights[f], f))
    return known[:most]
