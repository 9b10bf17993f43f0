"""Read results: numbers that state performance or a saving, with what the text ties to them.

A linear model over the words, names and numbers around a number says whether it is a result
(`result_features.py`); one more a slot says which entity fills it. The weights are data
(`induced/results.json`, made by `kg learn --gold`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from extractors.clauses import View, view_paper
from extractors.entity_features import gap_to, kind_of
from extractors.flags import is_beside
from extractors.forms import FORMS, choose_forms, describe
from extractors.linear import calibrate, probability, reasons, score, shares
from extractors.metric_directions import metric_directions
from extractors.owners import owners, spent
from extractors.parallel import before_change, echoes, in_order
from extractors.records import Entity, Result
from extractors.result_features import Groups, group_sentences, number_features
from extractors.settings import Settings, read_settings
from extractors.slot_features import null_features, slot_features

__all__ = ["MODELS", "SLOT_TYPES", "Slots", "choose_slot", "find_results", "known_features", "read_results"]

SLOT_TYPES: dict[str, tuple[str, ...]] = {
    "metric": ("Metric",), "dataset": ("Dataset", "Benchmark"), "method": ("Method",), "task": ("Task",),
    "baseline": ("Method",)}
MODELS: dict[str, tuple[str, ...]] = {  # each with the numbers that it needs beside weights
    "number": ("threshold",), **dict.fromkeys(FORMS, ()), **dict.fromkeys(SLOT_TYPES, ("reluctance", "several"))}
_MOST_CANDIDATES = 24  # entities weighed a slot: keeps a text of endless names linear
_MOST_ENTITIES = 200  # entities of a paper that are weighed at all
_SEVERAL = frozenset({"metric", "dataset", "baseline"})  # slots that may hold a list


@dataclass(frozen=True, slots=True)
class Slots:
    """The chosen entities of each slot of a number (empty = null) and the doubt that is left."""

    chosen: dict[str, tuple[int, ...]]
    certainty: dict[str, float]


def _candidates(view: View, ref: int, slot: str) -> list[int]:
    """Give the entities that may fill a slot, those named nearest the number's sentence first."""
    home = view.number_places[ref].sentence
    refs = [r for r, e in enumerate(view.entities[:_MOST_ENTITIES]) if e.type in SLOT_TYPES[slot]]
    if len(refs) <= _MOST_CANDIDATES:
        return refs
    return sorted(refs, key=lambda r: (gap_to(view, r, home), r))[:_MOST_CANDIDATES]


def choose_slot(view: View, ref: int, slot: str, groups: Groups, models: Mapping[str, Any],
                known: Sequence[str] = ()) -> tuple[tuple[int, ...], float]:
    """Choose the entities of a slot and say how sure the choice is; none where no entity is likely enough."""
    model, options = models[slot], _candidates(view, ref, slot)
    if not options:
        return (), 1.0
    scores = [score(model, null_features(view, ref, groups, slot, known)) + float(model["reluctance"])]
    scores += [score(model, slot_features(view, ref, e, groups, slot, known)) for e in options]
    odds = shares(scores)
    ranked = sorted(zip(odds[1:], options, strict=True), key=lambda pair: (-pair[0], pair[1]))
    best, entity = ranked[0]
    if odds[0] > best:
        return (), odds[0]
    chosen = [entity]
    if slot in _SEVERAL and not _paired(view, groups, ref, entity):
        least = best * float(model["several"])
        chosen += [e for p, e in ranked[1:] if p >= least and _listed_together(view, groups, ref, entity, e)]
    return tuple(chosen), sum(p for p, e in ranked if e in chosen)


def _paired(view: View, groups: Groups, ref: int, entity: int) -> bool:
    """Say whether the entity's list is as long as the number's, so that each number has its own."""
    place = view.number_places[ref]
    row, lists = view.items[place.sentence], groups[place.sentence]
    size = next(len(g) for g in lists["number"] if place.position in g)
    kind = kind_of(view, entity)
    return size > 1 and any(len(g) == size and entity in {row[p].ref for p in g} for g in lists[kind])


def _listed_together(view: View, groups: Groups, ref: int, first: int, second: int) -> bool:
    """Say whether two entities stand in one list of the number's sentence."""
    home = view.number_places[ref].sentence
    row = view.items[home]
    return any({first, second} <= {row[p].ref for p in group} for group in groups[home][kind_of(view, first)])


def known_features(view: View, form: str, metrics: Sequence[int]) -> list[str]:
    """Describe what is known of a number before its other slots are filled."""
    kind = view.entities[metrics[0]].kind if metrics else "no metric"
    return [f"form={form}", f"metric={kind}", f"form={form}&metric={kind}"]


def _ordered(choice: tuple[tuple[int, ...], float], order: Mapping[int, int]) -> tuple[tuple[int, ...], float]:
    """Put the member of the number's own place for members of a list that runs beside the number's."""
    refs, sure = choice
    return tuple(dict.fromkeys(order.get(ref, ref) for ref in refs)), sure


def _owned(view: View, ref: int, form: str, methods: tuple[int, ...]) -> tuple[int, ...]:
    """Give the method that the words beside a score tie it to; none that they give another number."""
    if form == "absolute" and ref in owners(view):
        return (owners(view)[ref],)
    return tuple(method for method in methods if not spent(view, ref, method))


def _slots(view: View, ref: int, form: str, groups: Groups, models: Mapping[str, Any]) -> Slots:
    """Fill the metric first, then the other slots in the light of it."""
    order = in_order(view, ref, groups)
    metrics, sure = _ordered(choose_slot(view, ref, "metric", groups, models), order)
    number = view.numbers[ref]
    if metrics and is_beside(view.text, number.start, number.end, [view.entities[r] for r in metrics]):
        metrics = ()
    picked = {"metric": (metrics, sure)}
    known = known_features(view, form, picked["metric"][0])
    for slot in SLOT_TYPES:
        if slot not in picked:
            picked[slot] = _ordered(choose_slot(view, ref, slot, groups, models, known), order)
    chosen = {slot: refs for slot, (refs, _) in picked.items()}
    chosen["method"] = _owned(view, ref, form, chosen["method"])
    chosen["baseline"] = tuple(r for r in chosen["baseline"] if r not in chosen["method"])
    return Slots(chosen, {slot: sure for slot, (_, sure) in picked.items()})


def find_results(text: str, sentences: Sequence[tuple[int, int]], entities: tuple[Entity, ...], *,
                 models: Mapping[str, Any], directions: Mapping[str, bool] | None = None) -> tuple[Result, ...]:
    """Find the results of a paper; `directions` says by folded metric name whether higher is
    better (the metric lexicon's unless given)."""
    return read_results(view_paper(text, sentences, entities), models, directions=directions)


def read_results(view: View, models: Mapping[str, Any], *,
                 directions: Mapping[str, bool] | None = None) -> tuple[Result, ...]:
    """Read the results off a paper that is already laid out as items."""
    if not view.numbers:
        return ()
    directions = metric_directions() if directions is None else directions
    groups = group_sentences(view)
    features, sure = _likely(view, groups, models["number"])
    forms = {ref: form for ref, form in sorted(choose_forms(view, groups, features, models).items()) if form != "none"}
    where = read_settings(view, list(forms))
    made = {ref: _results_of(view, ref, form, groups, models, sure[ref], features[ref], directions, where[ref])
            for ref, form in forms.items()}
    made |= echoes(view, groups, made)
    made |= before_change(view, made)
    return tuple(dict.fromkeys(result for results in made.values() for result in results))


def _likely(view: View, groups: Groups, model: Mapping[str, Any]) -> tuple[dict[int, list[str]], dict[int, float]]:
    """Give the features of the numbers that are likely enough results, and how likely each is one."""
    features: dict[int, list[str]] = {}
    sure: dict[int, float] = {}
    for ref, place in enumerate(view.number_places):
        if place.sentence < 0:
            continue
        said = number_features(view, ref, groups)
        likely = probability(model, said)
        if likely >= float(model["threshold"]):
            features[ref], sure[ref] = said, likely
    return features, sure


def _results_of(view: View, ref: int, form: str, groups: Groups, models: Mapping[str, Any], sure: float,
                features: list[str], directions: Mapping[str, bool], where: Settings) -> list[Result]:
    """Make the results of one number: one for each combination of its slots' entities."""
    slots = _slots(view, ref, form, groups, models)
    named = min((view.entities[r].confidence for r in slots.chosen["metric"]), default=1.0)
    raw = sure * slots.certainty["metric"] * named
    known = "knots" if slots.chosen["metric"] else "knots without metric"
    confidence = round(calibrate(models["number"].get(known, ()), raw), 3)
    rule = "linear:" + "+".join(reasons(models["number"], features))
    options: list[list[str | None]] = [[*(view.entities[r].name for r in refs)] or [None]
                                       for refs in slots.chosen.values()]
    return [describe(view, ref, form, dict(zip(slots.chosen, names, strict=True)), directions,
                     rule=rule, confidence=confidence, where=where)
            for names in product(*options)]
