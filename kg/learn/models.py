"""Fit the linear models that `extractors.linear` scores (scikit-learn and scipy, training time only)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

__all__ = ["Choice", "Example", "fit", "fit_choice", "fit_classes", "knots_of", "logistic"]

Example = tuple[list[str], int]  # features, label
Choice = tuple[list[list[str]], list[float]]  # features of each option, share of the truth that each holds
_LEAST_WEIGHT = 0.02
_NEVER = -10.0  # log odds of a class that no example has
_FEWEST = 100  # claims whose precision says something


def fit(examples: list[Example], *, c: float, least: int) -> dict[str, Any]:
    """Fit a logistic model on examples; rare features are dropped. No weights where there is nothing to tell apart."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(f for features, _ in examples for f in set(features))
    rows = [{f: 1.0 for f in features if counts[f] >= least} for features, _ in examples]
    labels = [label for _, label in examples]
    if len(set(labels)) < 2 or not any(rows):
        return {"bias": -5.0, "weights": {}}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LogisticRegression(C=c, max_iter=2000, solver="liblinear")
    model.fit(matrix, labels)
    names = vectorizer.get_feature_names_out()
    weights = {str(n): round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True)
               if abs(w) >= _LEAST_WEIGHT}
    return {"bias": round(float(model.intercept_[0]), 3), "weights": dict(sorted(weights.items()))}


def logistic(matrix: Any, labels: Sequence[str], order: Sequence[str], strength: float, *, constant: int) -> Any:
    """Fit a multinomial logistic regression; give weights (columns × order).

    Classes that no label names are far below by the weight of `constant`, the column that is 1 in every row.
    """
    from sklearn.linear_model import LogisticRegression

    out = np.zeros((matrix.shape[1], len(order)), dtype=np.float32)
    if not labels or not matrix.shape[1]:
        return out
    out[constant, [at for at, name in enumerate(order) if name not in labels]] = _NEVER
    if len(set(labels)) < 2:  # nothing to tell apart
        return out
    model = LogisticRegression(C=strength, max_iter=300, fit_intercept=False, tol=1e-3)
    model.fit(matrix, labels)
    coefficients = model.coef_ if len(model.classes_) > 2 else np.vstack([-model.coef_[0] / 2, model.coef_[0] / 2])
    for at, name in enumerate(model.classes_):
        out[:, order.index(name)] = coefficients[at]
    return out


def fit_classes(examples: Sequence[tuple[list[str], str]], classes: Sequence[str], *, c: float,
                least: int) -> dict[str, list[float]]:
    """Fit a multinomial logistic model: feature → log odds of each class; rare features are dropped.

    Each example has the feature `bias`. No weights where there are fewer than `least` examples.
    """
    from sklearn.feature_extraction import DictVectorizer

    if len(examples) < least:
        return {}
    counts = Counter(f for features, _ in examples for f in set(features))
    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = vectorizer.fit_transform([{f: 1.0 for f in features if counts[f] >= least} for features, _ in examples])
    table = np.round(logistic(matrix, [label for _, label in examples], classes, c,
                              constant=vectorizer.vocabulary_["bias"]), 3).tolist()
    rows = zip(vectorizer.get_feature_names_out(), table, strict=True)
    return {str(name): row for name, row in rows if max(map(abs, row)) >= _LEAST_WEIGHT}


def fit_choice(choices: list[Choice], *, c: float, least: int) -> dict[str, Any]:
    """Fit a conditional logit: of each choice's options (features), how much of the truth each holds.

    No weights where there are no features.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    counts = Counter(f for options, _ in choices for f in {f for o in options for f in o})
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least))}
    if not index:
        return {"bias": 0.0, "weights": {}}
    rows = [sorted({index[f] for f in o if f in index}) for options, _ in choices for o in options]
    indptr = np.cumsum([0, *map(len, rows)])
    matrix = csr_matrix((np.ones(indptr[-1]), np.concatenate([np.array(r, dtype=int) for r in rows]), indptr),
                        shape=(len(rows), len(index)))
    starts = np.cumsum([0, *(len(options) for options, _ in choices)])
    group = np.repeat(np.arange(len(choices)), np.diff(starts))
    truth = np.concatenate([np.array(t) for _, t in choices])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        tops = np.maximum.reduceat(scores, starts[:-1])[group]
        parts = np.exp(scores - tops)
        odds = parts / np.add.reduceat(parts, starts[:-1])[group]
        value = -float(truth @ np.log(np.maximum(odds, 1e-12))) + float(weights @ weights) / (2 * c)
        return value, matrix.T @ (odds - truth) + weights / c

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    weights = {f: round(float(found[i]), 3) for f, i in index.items() if abs(found[i]) >= _LEAST_WEIGHT}
    return {"bias": 0.0, "weights": weights}


def knots_of(raw: Sequence[float], right: Sequence[bool], *, sure: float | None = None) -> list[list[float]]:
    """Measure precision over raw probabilities: knots of a rising curve through ten bins of like size.

    With `sure`, a confidence of 0.8 is where all that lies above it reaches that precision.
    """
    order = np.argsort(np.array(raw), kind="stable")
    x, y = np.array(raw)[order], np.array(right, dtype=float)[order]
    bins = [b for b in np.array_split(np.arange(len(x)), 10) if len(b)]
    centres = [float(x[b].mean()) for b in bins]
    heights: Any = np.maximum.accumulate([float(y[b].sum() + 0.5) / (len(b) + 1) for b in bins]) if bins else []
    knots = [[0.0, 0.05], *([c, float(h)] for c, h in zip(centres, heights, strict=True))]
    if sure is not None:
        above = y[::-1].cumsum()[::-1] / np.arange(len(y), 0, -1)
        known = above[:max(0, len(x) - _FEWEST + 1)]  # of fewer the share says little
        lasting: Any = np.minimum.accumulate(known[::-1])[::-1]
        reached = x[:len(known)][lasting >= sure].tolist()
        bound = reached[0] if reached else 1.01
        knots = [[c, 0.79 * h] for c, h in knots if c < bound] + [[bound, 0.8], [max(bound + 0.001, 1.0), 0.99]]
    return [[round(a, 4), round(b, 3)] for a, b in knots]
