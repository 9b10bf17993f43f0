"""Learn the weights of results and relations from labelled papers (`kg learn --gold GOLD --papers PAPERS`).

What is found in a labelled paper by weights that have not seen it stands in for what the pipeline finds in a new
one. Results are learned from found entities, relations from labelled and found ones. A paper without any labelled
relation teaches nothing of relations: labels may leave them out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractors.forms import FORMS
from extractors.records import Entity, Paper
from extractors.relations import find_relations, prepare
from extractors.results import SLOT_TYPES, find_results
from extractors.sentences import split_sentences
from kg.learn.claim_examples import Labelled, fold_gold_value, relation_examples, result_examples
from kg.learn.gold import gold_entities, rename_record
from kg.learn.models import fit, fit_choice, knots_of

__all__ = ["learn_claims", "learn_relations", "learn_results", "write_models"]

Json = dict[str, Any]
Settings = Mapping[str, Mapping[str, float]]

RESULTS: Settings = {
    "number": {"c": 0.3, "least": 3, "threshold": 0.5},
    **{f: {"c": 0.3, "least": 3} for f in FORMS},
    **{s: {"c": 1.0, "least": 3, "reluctance": 0.0, "several": 0.4} for s in ("metric", "dataset", "task")},
    "method": {"c": 0.2, "least": 3, "reluctance": -1.0, "several": 0.4},  # log odds of no name are lowered by so much
    "baseline": {"c": 0.2, "least": 3, "reluctance": 0.0, "several": 0.4},
}
RELATIONS: Settings = {
    rel: {"c": 0.06, "least": 3, "threshold": threshold} for rel, threshold in {
        "applied_to": 0.3, "based_on": 0.4, "evaluated_on": 0.4, "outperforms": 0.3, "part_of": 0.3,
        "trained_on": 0.3}.items()}


def learn_results(docs: Iterable[Labelled], settings: Settings = RESULTS) -> Json:
    """Learn what makes a number a result, its form, and what fills its slots."""
    models = {}
    for name, rows in result_examples(docs).items():
        s = settings[name]
        learn: Any = fit_choice if name in SLOT_TYPES else fit
        kept = {k: s[k] for k in ("threshold", "several", "reluctance") if k in s}
        models[name] = learn(rows, c=s["c"], least=int(s["least"])) | kept
    return models


def learn_relations(docs: Iterable[Labelled], settings: Settings = RELATIONS) -> Json:
    """Learn one model a relation."""
    stated = [doc for doc in docs if doc[1]["relations"]]
    return {rel: fit(rows, c=settings[rel]["c"], least=int(settings[rel]["least"]))
            | {"threshold": settings[rel]["threshold"], "rule": 0.6} for rel, rows in relation_examples(stated).items()}


def _with_gold_entities(papers: Iterable[tuple[Paper, Json]]) -> list[Labelled]:
    return [(paper, record, gold_entities(paper.text, record["entities"])) for paper, record in papers]


def _folds(docs: Sequence[Labelled], count: int = 5) -> Iterator[tuple[list[Labelled], list[Labelled]]]:
    """Yield training and held-out papers; the same paper is never in both."""
    ids = {paper.id: i % count for i, paper in enumerate({d[0].id: d[0] for d in docs}.values())}
    for k in range(count):
        yield [d for d in docs if ids[d[0].id] != k], [d for d in docs if ids[d[0].id] == k]


def _held_out(docs: Sequence[Labelled], relations: Iterable[str]) -> dict[str, list[tuple[float, bool]]]:
    """Say with what confidence held-out results and relations come out, and whether they are right."""
    seen: dict[str, list[tuple[float, bool]]] = {"knots": [], "knots without metric": [], **{r: [] for r in relations}}
    for learn, held in _folds(docs):
        models, relate = learn_results(learn), prepare(learn_relations(learn))
        for paper, record, entities in held:
            sentences = split_sentences(paper.text)
            right = {(fold_gold_value(r["value"]), r["metric"]) for r in record["results"]}
            for r in find_results(paper.text, sentences, entities, models=models):
                key = "knots" if r.metric else "knots without metric"
                seen[key].append((r.confidence, (fold_gold_value(r.value), r.metric) in right))
            true = {(r["head"], r["rel"], r["tail"]) for r in record["relations"]}
            for x in find_relations(paper.text, sentences, entities, (), relate):
                seen[x.rel].append((x.confidence, (x.head, x.rel, x.tail) in true))
    return seen


def _add_knots(docs: Sequence[Labelled], results: Json, relations: Json) -> None:
    """Measure on held-out folds how often each confidence is right, and store the curves in the models."""
    seen = _held_out(docs, relations)
    for key in ("knots", "knots without metric"):
        if seen[key]:
            results["number"][key] = knots_of(*zip(*seen[key], strict=True), sure=0.96)
    for rel, model in relations.items():
        if len(seen[rel]) > 50:
            model["knots"] = knots_of(*zip(*seen[rel], strict=True))


def learn_claims(papers: Sequence[tuple[Paper, Json]], entities: Sequence[tuple[Entity, ...]]) -> tuple[Json, Json]:
    """Learn the models of results and of relations, with measured confidences; `entities` are those found a paper."""
    found = [(paper, rename_record(record, mine), mine)
             for (paper, record), mine in zip(papers, entities, strict=True)]
    results, relations = learn_results(found), learn_relations([*_with_gold_entities(papers), *found])
    _add_knots(found, results, relations)
    return results, relations


def write_models(models: Json, path: Path) -> None:
    """Write models as `extractors` reads them; the same models give the same bytes."""
    path.write_text(json.dumps(models, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
