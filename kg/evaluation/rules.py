"""Count what each rule got right: the measured precision that becomes the confidence of what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.evaluation.matching import Item, fold_value, group_of, pair
from kg.evaluation.scores import Count

__all__ = ["rule_counts"]


def rule_counts(gold: Mapping[str, Item], predicted: Mapping[str, Item]) -> dict[tuple[str, str], Count]:
    """Count found and wrong by (type, rule); what matched an optional item counts as neither."""
    counts: dict[tuple[str, str], Count] = defaultdict(Count)
    for paper, labelled in gold.items():
        if paper in predicted:
            for key, right in (*_of_entities(labelled, predicted[paper]), *_of_results(labelled, predicted[paper])):
                if right:
                    counts[key].found += 1
                else:
                    counts[key].wrong += 1
    return dict(counts)


def _of_entities(labelled: Item, said: Item) -> Iterable[tuple[tuple[str, str], bool]]:
    for group in ("Method", "Data", "Metric", "Task"):
        gold, ours = ([e for e in side["entities"] if group_of(e) == group] for side in (labelled, said))
        partner = {id(s): g for g, s in pair(gold, ours)}
        for entity in ours:
            match = partner.get(id(entity))
            if match is None or not match.get("optional"):
                for rule in entity.get("rules", ()):
                    yield (entity["type"], rule), match is not None


def _of_results(labelled: Item, said: Item) -> Iterable[tuple[tuple[str, str], bool]]:
    values = {fold_value(str(r["value"])): bool(r.get("optional")) for r in labelled["results"]}
    for result in said["results"]:
        value = fold_value(str(result["value"]))
        if not values.get(value, False):
            yield ("Result", result.get("rule", "")), value in values
