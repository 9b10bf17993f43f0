"""Read relations: what methods are built on, part of, better than, evaluated or trained on, applied to.

A linear model a relation weighs each pair of entities that its types allow (`relation_features.py`);
the weights are data (`induced/relations.json`, made by `kg learn --gold`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.claim_cues import claim_flags, win_details
from extractors.clauses import View, view_paper
from extractors.contrasts import not_beaten, set_apart
from extractors.entity_features import main_methods
from extractors.linear import calibrate, log_odds, probability, reasons
from extractors.records import Entity, Relation, Result
from extractors.relation_features import pair_features, pair_span, share_sentence
from extractors.relation_screen import Screen, make_screen, pass_screen

__all__ = ["MODELS", "RELATION_TYPES", "RelationModels", "candidate_pairs", "find_relations", "prepare",
           "read_relations"]

_METHOD, _DATA = frozenset({"Method"}), frozenset({"Dataset", "Benchmark"})
RELATION_TYPES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "applied_to": (_METHOD, frozenset({"Task"})), "based_on": (_METHOD, _METHOD), "evaluated_on": (_METHOD, _DATA),
    "outperforms": (_METHOD, _METHOD), "part_of": (_METHOD, _METHOD), "trained_on": (_METHOD, _DATA)}
MODELS = dict.fromkeys(RELATION_TYPES, ("threshold", "rule"))  # each with the numbers that it needs beside weights
_HEADS = frozenset({"proposed", "used"})  # roles of what something is said of
_MOST_ENTITIES = 40  # entities of a class that are paired: keeps a text of endless names linear


def candidate_pairs(view: View, rel: str) -> Iterator[tuple[int, int]]:
    """Yield the pairs of entities that may stand in a relation.

    The head is what the paper proposes or works with; where it proposes something, what it only works with must stand
    in one sentence with the tail, or the tail be proposed: of the labelled relations, one in fifty is none of these.
    """
    heads, tails = RELATION_TYPES[rel]
    firsts = [r for r, e in enumerate(view.entities) if e.type in heads and e.role in _HEADS][:_MOST_ENTITIES]
    seconds = [r for r, e in enumerate(view.entities) if e.type in tails][:_MOST_ENTITIES]
    main = frozenset(main_methods(view))
    for head in firsts:
        free = not main or head in main
        for tail in seconds:
            if head != tail and (free or tail in main or share_sentence(view, head, tail)):
                yield head, tail


Scored = tuple[float, str, int, int, list[str]]


@dataclass(frozen=True, slots=True, eq=False)
class RelationModels:
    """The linear models of relations, and a screen for each group of them that allows the same types."""

    models: Mapping[str, Any]
    screens: tuple[Screen, ...]


def prepare(models: Mapping[str, Any]) -> RelationModels:
    """Put the models of relations together for use."""
    ends = dict.fromkeys(RELATION_TYPES.values())
    screens = (make_screen(models, [rel for rel in RELATION_TYPES if RELATION_TYPES[rel] == e]) for e in ends)
    return RelationModels(models, tuple(screens))


def _likely(view: View, screens: Iterable[Screen]) -> Iterator[tuple[str, int, int]]:
    """Yield the relations and pairs that may reach their threshold, by the weights or by the rule of training."""
    for screen in screens:
        yield from pass_screen(view, screen, candidate_pairs(view, screen.relations[0]))
    for head, tail in candidate_pairs(view, "trained_on"):
        if _trains(view, head, tail):
            yield "trained_on", head, tail


def _weigh(view: View, models: RelationModels) -> list[Scored]:
    """Give the pairs that reach their relation's threshold, first what is farthest above it in log odds."""
    out: list[Scored] = []
    described: dict[tuple[int, int], list[str]] = {}
    for rel, head, tail in dict.fromkeys(_likely(view, models.screens)):
        model, pair = models.models[rel], (head, tail)
        if pair not in described:
            described[pair] = pair_features(view, *pair)
        sure = probability(model, described[pair])
        if rel == "trained_on" and _trains(view, *pair):
            sure = max(sure, float(model["rule"]))
        if sure >= float(model["threshold"]):
            out.append((sure, rel, *pair, described[pair]))
    least = {rel: log_odds(float(model["threshold"])) for rel, model in models.models.items()}
    return sorted(out, key=lambda s: (least[s[1]] - log_odds(s[0]), s[1:4]))


def _trains(view: View, head: int, tail: int) -> bool:
    """Say whether the main proposed method stands before a dataset that the paper trains on."""
    main = main_methods(view)
    return bool(main) and head == main[0] and view.entities[tail].role == "trained"


def _consistent(scored: list[Scored]) -> Iterator[Scored]:
    """Keep one relation for each two methods: the first of both directions."""
    seen: set[frozenset[int]] = set()
    for item in scored:
        _, rel, head, tail, _ = item
        if RELATION_TYPES[rel][1] == _METHOD:
            pair = frozenset((head, tail))
            if pair in seen:
                continue
            seen.add(pair)
        yield item


def find_relations(text: str, sentences: Sequence[tuple[int, int]], entities: tuple[Entity, ...],
                   results: Sequence[Result], models: RelationModels) -> tuple[Relation, ...]:
    """Find the relations of a paper; an outperforms takes dataset, metric and delta from the results."""
    return read_relations(view_paper(text, sentences, entities), results, models)


def read_relations(view: View, results: Sequence[Result], models: RelationModels) -> tuple[Relation, ...]:
    """Read the relations off a paper that is already laid out as items."""
    if len(view.entities) < 2:
        return ()
    out = [_relation(view, item, results, models.models) for item in _consistent(_weigh(view, models))]
    return tuple(sorted((r for r in out if r is not None), key=lambda r: (r.start, r.end, r.rel, r.head, r.tail)))


def _stated(view: View, rel: str, head: int, tail: int, span: tuple[int, int]) -> tuple[bool, bool]:
    """Say whether the text stands behind a relation (no win denied or told of others, no name set apart), and hedges.

    What a text only sets a method apart from it is not built on, part of, trained or evaluated on.
    """
    if rel == "outperforms":
        denied, hedged = claim_flags(view, view.entities[head], *span)
        return not denied and not not_beaten(view, head, tail), hedged
    return not set_apart(view, head, rel, tail), False


def _relation(view: View, item: Scored, results: Sequence[Result], models: Mapping[str, Any]) -> Relation | None:
    sure, rel, head, tail, features = item
    first, second = view.entities[head], view.entities[tail]
    start, end = pair_span(view, head, tail)
    stated, hedged = _stated(view, rel, head, tail, (start, end))
    if not stated:
        return None
    confidence = round(calibrate(models[rel].get("knots", ()), sure), 3)
    details = win_details(view, results, first, second, start, end) if rel == "outperforms" else {}
    return Relation(first.name, rel, second.name, start, end, "linear:" + "+".join(reasons(models[rel], features)),
                    hedged=hedged, confidence=confidence, **details)
