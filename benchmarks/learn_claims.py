"""Learn the weights of results and relations from gold records (scikit-learn, training time only).

    python -m benchmarks.learn_claims GOLD_FOLDER   writes extractors/induced/{results,relations}.json
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.fit_models import Choice, Example, fit, fit_choice, knots_of
from benchmarks.gold_entities import gold_entities, read_gold, rename_record
from extractors.clauses import View, view_paper
from extractors.forms import FORMS
from extractors.records import Entity, Paper
from extractors.relation_features import pair_features
from extractors.relations import RELATION_TYPES, candidate_pairs, find_relations
from extractors.result_features import group_sentences, number_features
from extractors.results import SLOT_TYPES, find_results, known_features
from extractors.sentences import split_sentences
from extractors.slot_features import null_features, slot_features

Doc = tuple[Paper, dict[str, Any], tuple[Entity, ...]]


def fold_value(values: Iterable[str]) -> str:
    return "~".join(f"{float(v):g}" for v in values)


def gold_value(value: str) -> str:
    text = str(value).replace("\\%", "%").replace(",", "")
    return "~".join(f"{float(n):g}" for n in re.findall(r"\d+(?:\.\d+)?", text)) or text


def views(docs: list[Doc]) -> list[tuple[View, dict[str, Any]]]:
    return [(view_paper(p.text, split_sentences(p.text), es), r) for p, r, es in docs]


def number_matches(view: View, record: dict[str, Any]) -> dict[int, list[dict[str, Any]]]:
    """Tie the gold results to the numbers of the text; a value that occurs twice goes where its slots stand."""
    out: dict[int, list[dict[str, Any]]] = {}
    for result in record["results"]:
        want = gold_value(result["value"])
        refs = [r for r, n in enumerate(view.numbers) if fold_value(n.values) == want]
        if len(refs) > 1:
            refs = _best(view, refs, result)
        for ref in refs:
            out.setdefault(ref, []).append(result)
    return out


def _best(view: View, refs: list[int], result: dict[str, Any]) -> list[int]:
    names = {result.get(k) for k in ("metric", "dataset", "method")} - {None}

    def hits(ref: int) -> int:
        row = view.items[view.number_places[ref].sentence]
        return len({view.entities[i.ref].name for i in row if i.kind not in ("word", "number")} & names)
    best = max(map(hits, refs))
    return [r for r in refs if hits(r) == best]


def _choice(view: View, ref: int, groups: Any, slot: str, types: tuple[str, ...], names: set[str | None],
            known: Sequence[str]) -> Choice | None:
    refs = [e for e, entity in enumerate(view.entities) if entity.type in types]
    right = [view.entities[e].name in names for e in refs]
    if not refs:
        return None
    total = sum(right) or 1
    truth = [0.0 if any(right) else 1.0, *(r / total for r in right)]
    return [null_features(view, ref, groups, slot, known),
            *(slot_features(view, ref, e, groups, slot, known) for e in refs)], truth


def result_examples(docs: list[Doc]) -> dict[str, Any]:
    out: dict[str, Any] = {"number": [], **{s: [] for s in SLOT_TYPES}, **{f: [] for f in FORMS}}
    for view, record in views(docs):
        groups = group_sentences(view)
        gold = number_matches(view, record)
        for ref, place in enumerate(view.number_places):
            if place.sentence < 0:
                continue
            features = number_features(view, ref, groups)
            found = gold.get(ref, [])
            sure = [r for r in found if not r.get("optional")]
            if found and not sure:
                continue
            out["number"].append((features, int(bool(sure))))
            if not sure:
                continue
            for form in FORMS:
                out[form].append((features, int(sure[0]["form"] == form)))
            metrics = [e for e, x in enumerate(view.entities) if x.type == "Metric" and x.name == sure[0]["metric"]]
            for slot, types in SLOT_TYPES.items():
                names = {r.get(slot) for r in sure}
                known = () if slot == "metric" else known_features(view, sure[0]["form"], metrics)
                choice = _choice(view, ref, groups, slot, types, names, known)
                if choice:
                    out[slot].append(choice)
    return out


SETTINGS: dict[str, dict[str, float]] = {
    "number": {"c": 0.3, "least": 3, "threshold": 0.5},
    **{f: {"c": 0.3, "least": 3} for f in FORMS},
    **{s: {"c": 1.0, "least": 3, "reluctance": 0.0, "several": 0.4} for s in ("metric", "dataset", "task")},
    **{s: {"c": 0.2, "least": 3, "reluctance": 0.0, "several": 0.4} for s in ("method", "baseline")},
}


def learn_results(docs: list[Doc], settings: dict[str, dict[str, float]] = SETTINGS) -> dict[str, Any]:
    examples = result_examples(docs)
    models = {}
    for name, rows in examples.items():
        s = settings[name]
        learn = fit_choice if name in SLOT_TYPES else fit
        kept = {k: s[k] for k in ("threshold", "several", "reluctance") if k in s}
        models[name] = learn(rows, c=s["c"], least=int(s["least"])) | kept
    return models


def relation_examples(docs: list[Doc]) -> dict[str, list[Example]]:
    """Make an example of every allowed pair; optional gold relations teach nothing."""
    out: dict[str, list[Example]] = {rel: [] for rel in RELATION_TYPES}
    for view, record in views(docs):
        gold = {(r["head"], r["rel"], r["tail"]): bool(r.get("optional")) for r in record["relations"]}
        described: dict[tuple[int, int], list[str]] = {}
        for rel, rows in out.items():
            for head, tail in candidate_pairs(view, rel):
                optional = gold.get((view.entities[head].name, rel, view.entities[tail].name))
                if optional:
                    continue
                if (head, tail) not in described:
                    described[head, tail] = pair_features(view, head, tail)
                rows.append((described[head, tail], int(optional is not None)))
    return out


RELATION_SETTINGS: dict[str, dict[str, float]] = {
    rel: {"c": 0.06, "least": 3, "threshold": threshold} for rel, threshold in {
        "applied_to": 0.35, "based_on": 0.4, "evaluated_on": 0.4, "outperforms": 0.3, "part_of": 0.3,
        "trained_on": 0.3}.items()}


def learn_relations(docs: list[Doc], settings: dict[str, dict[str, float]] = RELATION_SETTINGS) -> dict[str, Any]:
    """Learn one model a relation."""
    return {rel: fit(rows, c=settings[rel]["c"], least=int(settings[rel]["least"]))
            | {"threshold": settings[rel]["threshold"], "rule": 0.6} for rel, rows in relation_examples(docs).items()}


def gold_docs(folder: Path, name: str) -> list[Doc]:
    return [(p, r, gold_entities(p.text, r["entities"])) for p, r in read_gold(folder, name)]


def write_models(path: Path, models: dict[str, Any]) -> None:
    path.write_text(json.dumps(models, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def predicted_docs(folder: Path, name: str) -> list[Doc]:
    """Read a gold set with the entities that the pipeline finds; gold names that it misses become "?missing"."""
    from extractors.pipeline import extract_all
    gold = list(read_gold(folder, name))
    records = extract_all(paper for paper, _ in gold)
    return [(paper, rename_record(record, found.entities), found.entities)
            for (paper, record), found in zip(gold, records, strict=True)]


def folds(docs: list[Doc], count: int = 5) -> Iterator[tuple[list[Doc], list[Doc]]]:
    """Yield training and held-out papers; the same paper is never in both."""
    ids = {paper.id: i % count for i, paper in enumerate({d[0].id: d[0] for d in docs}.values())}
    for k in range(count):
        yield [d for d in docs if ids[d[0].id] != k], [d for d in docs if ids[d[0].id] == k]


def add_knots(docs: list[Doc], results: dict[str, Any], relations: dict[str, Any]) -> None:
    """Measure on held-out folds how often each confidence is right, and store the curves in the models."""
    seen: dict[str, list[tuple[float, bool]]] = {"knots": [], "knots without metric": [], **{r: [] for r in relations}}
    for learn, held in folds(docs):
        models, weights = learn_results(learn), learn_relations([d for d in learn if "found" not in d[1]])
        for paper, record, entities in held:
            sentences = split_sentences(paper.text)
            right = {(gold_value(r["value"]), r["metric"]) for r in record["results"]}
            for r in find_results(paper.text, sentences, entities, models=models):
                key = "knots" if r.metric else "knots without metric"
                seen[key].append((r.confidence, (gold_value(r.value), r.metric) in right))
            true = {(r["head"], r["rel"], r["tail"]) for r in record["relations"]}
            for x in find_relations(paper.text, sentences, entities, (), models=weights):
                seen[x.rel].append((x.confidence, (x.head, x.rel, x.tail) in true))
    for key in ("knots", "knots without metric"):
        results["number"][key] = knots_of(*zip(*seen[key], strict=True), sure=0.96)
    for rel, model in relations.items():
        if len(seen[rel]) > 50:
            model["knots"] = knots_of(*zip(*seen[rel], strict=True))


def main() -> None:
    """Learn from the training papers, once with gold entities and once with those that the pipeline finds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    folder = parser.parse_args().gold
    gold, found = gold_docs(folder, "train"), predicted_docs(folder, "train")
    results, relations = learn_results([*gold, *found]), learn_relations(gold)
    add_knots([*gold, *found], results, relations)
    write_models(Path("extractors/induced/results.json"), results)
    write_models(Path("extractors/induced/relations.json"), relations)


if __name__ == "__main__":
    main()
