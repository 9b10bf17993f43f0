"""Score binary features with learned weights: an explainable logistic model in a few lines.

A model is a JSON object: `bias`, `weights` (feature → weight, absent = 0) and, where measured, `knots`
(pairs of raw probability and the precision seen there on held-out folds).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from math import exp, inf, isfinite, log
from typing import Any

__all__ = ["calibrate", "check_models", "log_odds", "probability", "reasons", "score", "shares"]


def check_models(value: Any, needed: Mapping[str, Sequence[str]]) -> Mapping[str, Any]:
    """Give the models of a file as they are; raises where one lacks, or has no number where one is needed."""
    if value.keys() != needed.keys():
        raise ValueError(f"it does not hold just the models {', '.join(needed)}")
    for name, model in value.items():
        knots = chain(model.get("knots", ()), model.get("knots without metric", ()))
        numbers = (model["bias"], *model["weights"].values(), *(model[key] for key in needed[name]))
        if not isfinite(sum(numbers) + sum(x + y for x, y in knots)):
            raise ValueError(f"{name} has a weight that is no number")
    return value  # type: ignore[no-any-return]


def score(model: Mapping[str, Any], features: Iterable[str]) -> float:
    """Give the log odds of a set of features."""
    weights: Mapping[str, float] = model["weights"]
    return float(model["bias"]) + sum(weights.get(feature, 0.0) for feature in features)


def probability(model: Mapping[str, Any], features: Iterable[str]) -> float:
    """Give the probability of a set of features."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score(model, features)))))


def log_odds(probability: float) -> float:
    """Give the log odds of a probability; infinite at its ends."""
    if not 0.0 < probability < 1.0:
        return -inf if probability <= 0.0 else inf
    return log(probability / (1.0 - probability))


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
