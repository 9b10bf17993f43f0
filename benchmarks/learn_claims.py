"""Learn the weights of results and relations from gold records (scikit-learn, training time only).

    python -m benchmarks.learn_claims GOLD_FOLDER   writes extractors/induced/{results,relations}.json
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.gold_entities import gold_entities, read_gold
from extractors.clauses import View, view_paper
from extractors.forms import FORMS
from extractors.records import Entity, Paper
from extractors.relation_features import pair_features
from extractors.relations import RELATION_TYPES, candidate_pairs
from extractors.result_features import group_sentences, null_features, number_features, slot_features
from extractors.results import SLOT_TYPES, known_features
from extractors.sentences import split_sentences

Example = tuple[list[str], int, float]
Doc = tuple[Paper, dict[str, Any], tuple[Entity, ...]]


def fold_value(values: Iterable[str]) -> str:
    return "~".join(f"{float(v):g}" for v in values)


def gold_value(value: str) -> str:
    import re
    text = str(value).replace("\\%", "%").replace(",", "")
    return "~".join(f"{float(n):g}" for n in re.findall(r"\d+(?:\.\d+)?", text)) or text


def fit(examples: list[Example], *, c: float, least: int) -> dict[str, Any]:
    """Fit a logistic model on examples (features, label, weight); rare features are dropped."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    counts = Counter(f for features, _, _ in examples for f in set(features))
    rows = [{f: 1.0 for f in features if counts[f] >= least} for features, _, _ in examples]
    labels = [label for _, label, _ in examples]
    if len(set(labels)) < 2:
        return {"bias": -5.0, "weights": {}}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LogisticRegression(C=c, max_iter=2000, solver="liblinear")
    model.fit(matrix, labels, sample_weight=[w for _, _, w in examples])
    names = vectorizer.get_feature_names_out()
    weights = {str(n): round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.02}
    return {"bias": round(float(model.intercept_[0]), 3), "weights": dict(sorted(weights.items()))}


Choice = tuple[list[list[str]], list[float]]


def fit_choice(choices: list[Choice], *, c: float, least: int) -> dict[str, Any]:
    """Fit a conditional logit: of each choice's options (features), how much of the truth each holds."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix
    counts = Counter(f for options, _ in choices for f in {f for o in options for f in o})
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least))}
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
    weights = {f: round(float(found[i]), 3) for f, i in index.items() if abs(found[i]) >= 0.02}
    return {"bias": 0.0, "weights": weights}


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
            out["number"].append((features, int(bool(sure)), 1.0))
            if not sure:
                continue
            for form in FORMS:
                out[form].append((features, int(sure[0]["form"] == form), 1.0))
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
    **{s: {"c": 1.0, "least": 3, "reluctance": 0.0, "several": 0.4} for s in SLOT_TYPES},
}


def learn_results(docs: list[Doc], settings: dict[str, dict[str, float]] = SETTINGS) -> dict[str, Any]:
    examples = result_examples(docs)
    models = {}
    for name, rows in examples.items():
        s = settings[name]
        models[name] = (fit_choice if name in SLOT_TYPES else fit)(rows, c=s["c"], least=int(s["least"])) | {k: s[k] for k in ("threshold", "several", "reluctance") if k in s}
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
                rows.append((described[head, tail], int(optional is not None), 1.0))
    return out


RELATION_SETTINGS: dict[str, dict[str, float]] = {
    rel: {"c": 0.1, "least": 3, "threshold": 0.4} for rel in RELATION_TYPES}


def learn_relations(docs: list[Doc], settings: dict[str, dict[str, float]] = RELATION_SETTINGS) -> dict[str, Any]:
    """Learn one model a relation."""
    return {rel: fit(rows, c=settings[rel]["c"], least=int(settings[rel]["least"]))
            | {"threshold": settings[rel]["threshold"]} for rel, rows in relation_examples(docs).items()}


def gold_docs(folder: Path, name: str) -> list[Doc]:
    return [(p, r, gold_entities(p.text, r["entities"])) for p, r in read_gold(folder, name)]


def write_models(path: Path, models: dict[str, Any]) -> None:
    path.write_text(json.dumps(models, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    docs = gold_docs(Path(sys.argv[1]), "train")
    write_models(Path("extractors/induced/results.json"), learn_results(docs))
    write_models(Path("extractors/induced/relations.json"), learn_relations(docs))


if __name__ == "__main__":
    main()
