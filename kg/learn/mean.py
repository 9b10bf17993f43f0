"""Take the mean of what was learned from several sets of labels: the weights of linear models are averaged.

A mean of fits errs less than each. The tagger is the first folder's, as a mean of taggers has the features of all; what
is no weight (thresholds, measured confidences) is the last folder's. So the surest labels come first, the most last.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extractors.learned import load_learned
from extractors.learned_files import JOINS, RELATIONS, RESULTS, ROLES, TAGGER, WEIGHTS, WORDS, own_files
from kg.errors import DataError
from kg.learn.claims import write_models
from kg.learn.entities import write_weights

__all__ = ["write_mean"]

Json = dict[str, Any]
Rows = Mapping[str, Sequence[float]]


def write_mean(folders: Sequence[Path], out: Path) -> None:
    """Write the mean of folders of `kg learn --gold`; DataError where one cannot be used, or words differ."""
    held = [_files(folder) for folder in folders]
    weights = [_read(files[WEIGHTS]) for files in held]
    if len({value["words"] for value in weights}) > 1:
        raise DataError(f"{', '.join(map(str, folders))}: learned with different tables of words")
    write_weights(weights[-1] | {"slots": _mean_slots([value["slots"] for value in weights])}, out / WEIGHTS)
    for name, mean in ((JOINS, _mean_models), (ROLES, _mean_roles), (RESULTS, _mean_models), (RELATIONS, _mean_models)):
        write_models(mean([_read(files[name]) for files in held]), out / name)
    for name in {TAGGER, WORDS} & held[0].keys():
        shutil.copyfile(held[0][name], out / name)


def _files(folder: Path) -> dict[str, Path]:
    """Give the files of a folder that extraction can read with."""
    try:
        load_learned(str(folder))
    except ValueError as error:
        raise DataError(str(error)) from error
    files = own_files(folder)
    if WEIGHTS not in files:
        raise DataError(f"{folder}: no {WEIGHTS}; `kg learn --gold` writes it")
    return files


def _read(path: Path) -> Json:
    value: Json = json.loads(path.read_text(encoding="utf-8"))
    return value


def _mean_rows(tables: Sequence[Rows], digits: int | None) -> dict[str, list[float]]:
    """Average the rows of tables; a row that one lacks is zero there."""
    zero = [0.0] * max((len(row) for table in tables for row in table.values()), default=0)
    names = sorted({name for table in tables for name in table})
    return {name: [round(sum(column) / len(tables), digits)
                   for column in zip(*(table.get(name, zero) for table in tables), strict=True)] for name in names}


def _mean_slots(values: Sequence[Mapping[str, Rows]]) -> dict[str, dict[str, list[float]]]:
    slots = sorted({slot for value in values for slot in value})
    return {slot: _mean_rows([value.get(slot, {}) for value in values], None) for slot in slots}


def _mean_roles(values: Sequence[Json]) -> Json:
    return values[-1] | {"weights": _mean_rows([value["weights"] for value in values], 3)}


def _mean_models(values: Sequence[Json]) -> Json:
    """Average the weights and the bias of each model."""
    return {name: model | _mean_model([value[name] for value in values]) for name, model in values[-1].items()}


def _mean_model(models: Sequence[Json]) -> Json:
    rows = _mean_rows([{name: [weight] for name, weight in model["weights"].items()} for model in models], 3)
    bias = round(sum(model["bias"] for model in models) / len(models), 3)
    return {"bias": bias, "weights": {name: row[0] for name, row in rows.items()}}
