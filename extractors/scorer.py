"""Score candidates with a linear table of weights: one row a signal, one column a class or a role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.expand import Words
from extractors.slots import Slots

__all__ = [
    "CLASSES", "ROLES", "Weights", "group_of", "score_rows", "softmax", "weights_from_json",
]

CLASSES = ("none", "Method:named", "Method:term", "Dataset", "Benchmark", "Metric:quality", "Metric:efficiency", "Task")
ROLES: Mapping[str, tuple[str, ...]] = {
    "Method": ("proposed", "baseline", "used", "mentioned"),
    "Data": ("introduced", "evaluated", "trained", "mentioned"),
    "Metric": ("introduced", "reported", "mentioned"),
    "Task": ("introduced", "addressed", "mentioned"),
}
Table = NDArray[np.float32]


def group_of(label: str) -> str:
    """Give the group that a class is judged in: Data for Dataset and Benchmark, else the type."""
    kind = label.split(":")[0]
    return "Data" if kind in {"Dataset", "Benchmark"} else kind


@dataclass(frozen=True, slots=True)
class Weights:
    """The learned table: row numbers of signals, weights (rows × (classes + roles)), thresholds per class."""

    slots: Slots
    table: Table
    thresholds: Mapping[str, float]


def weights_from_json(value: Mapping[str, Any], words: Words) -> Weights:
    """Read a table of weights from its JSON object (weights as hundredths); `words` is what it was learned with.

    Raises KeyError, TypeError, ValueError or AttributeError where it is none.
    """
    rows: dict[str, dict[str, int]] = {}
    columns = len(CLASSES) + sum(map(len, ROLES.values()))
    table: list[Sequence[int]] = [[0] * columns]
    for slot, values in value["slots"].items():
        rows[slot] = {}
        for name, weights in values.items():
            rows[slot][name] = len(table)
            table.append(weights)
    thresholds = {label: float(least) for label, least in value["thresholds"].items()}
    return Weights(Slots(rows, words), np.asarray(table, dtype=np.float32) / 100.0, thresholds)


def score_rows(table: Table, rows: Sequence[Sequence[int]]) -> Table:
    """Sum the rows of each candidate: candidates × columns; a candidate has at least one row."""
    if not rows:
        return np.zeros((0, table.shape[1]), dtype=np.float32)
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(lengths.sum()))
    begins = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    summed: Table = np.add.reduceat(table[flat], begins, axis=0)
    return summed


def softmax(logits: Table) -> Table:
    """Turn logits into probabilities, row by row."""
    if not logits.size:
        return logits
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]
