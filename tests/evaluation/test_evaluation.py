"""Evaluation: what matches, what counts, what each rule got right."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from extractors import extract_all
from extractors.records import Paper, record_to_json
from kg.evaluation import error_rows, evaluate, rule_counts, score_rows
from kg.evaluation.matching import fold_name, fold_url, fold_value, pair

Json = dict[str, Any]


def _entity(name: str, type_: str = "Dataset", **more: Any) -> Json:
    return {"type": type_, "name": name, "surfaces": [name], "role": "evaluated", **more}


def _record(entities: list[Json] | None = None, **parts: Any) -> dict[str, Json]:
    return {"a": {"id": "a", "entities": entities or [], "repos": [], "results": [], "relations": [], **parts}}


@pytest.mark.parametrize(("one", "other"), [
    ("Few-Shot Learning", "few shot learnings"), ("F1", "f1"), ("mAP@50", "map50")])
def test_names_that_are_one(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(("one", "other"), [("ViT-B", "ViT-L"), ("loss", "los"), ("C^2", "C2")])
def test_names_that_are_two(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


def test_addresses_and_values_fold() -> None:
    assert fold_url("https://www.github.com/A/b.git") == fold_url("github.com/a/b/") == "github.com/a/b"
    assert fold_value("87.80\\%") == fold_value("87.8") == "87.8"
    assert fold_value("1,024") == "1024"
    assert fold_value("three times") == "three times"


def test_pairs_take_the_largest_overlap_first() -> None:
    gold = [_entity("A", surfaces=["A", "Alpha"]), _entity("B", surfaces=["B", "Alpha"])]
    said = [_entity("B", surfaces=["B", "Alpha"]), _entity("A")]
    assert [(g["name"], s["name"]) for g, s in pair(gold, said)] == [("B", "B"), ("A", "A")]


def test_optional_items_neither_gain_nor_lose() -> None:
    gold = _record([_entity("COCO"), _entity("LVIS", optional=True)])
    counts = [evaluate(gold, _record(said)).rows["Dataset+Benchmark"]
              for said in ([_entity("COCO")], [_entity("COCO"), _entity("LVIS")])]
    assert [(c.found, c.wrong, c.missed) for c in counts] == [(1, 0, 0), (1, 0, 0)]


def test_a_method_of_the_other_kind_counts_in_all_methods_only() -> None:
    gold = _record([_entity("GAN", "Method", kind="term")])
    report = evaluate(gold, _record([_entity("GAN", "Method", kind="named")]))
    rows = {name: (c.found, c.wrong, c.missed) for name, c in report.rows.items() if name.startswith("Method")}
    assert rows == {"Method (all)": (1, 0, 0), "Method (named)": (0, 0, 0), "Method (term)": (0, 0, 0),
                    "Method (proposed)": (0, 0, 0)}
    assert report.accuracies["Method kind acc"] == [False]


def test_results_ask_for_the_slots_that_gold_names() -> None:
    entities = [_entity("COCO"), _entity("mAP", "Metric")]
    result = {"value": "51.2", "metric": "mAP", "dataset": "COCO", "method": None}
    report = evaluate(_record(entities, results=[result]), _record(entities, results=[{**result, "dataset": None}]))
    assert (report.rows["Result +metric"].found, report.rows["Result +metric+dataset"].missed) == (1, 1)
    assert error_rows(report, "Result +metric+dataset") == [
        {"kind": "missed", "paper": "a", "what": "('51.2', 'mAP', 'COCO')"},
        {"kind": "wrong", "paper": "a", "what": "('51.2', 'mAP', None)"}]


def test_rules_are_counted_right_and_wrong() -> None:
    said = _record([_entity("COCO", rules=["lexicon"]), _entity("Paris", rules=["lexicon", "shape"])])
    counts = rule_counts(_record([_entity("COCO")]), said)
    assert {key: (c.found, c.wrong) for key, c in counts.items()} == {
        ("Dataset", "lexicon"): (1, 1), ("Dataset", "shape"): (0, 1)}


def test_a_paper_without_a_prediction_is_missed_whole() -> None:
    report = evaluate(_record([_entity("COCO")]), {})
    assert score_rows(report)[4] == {"row": "Dataset+Benchmark", "precision": 0.0, "recall": 0.0, "f1": 0.0,
                                     "found": 0, "wrong": 0, "missed": 1}


def test_agrees_with_the_scorer_of_the_answer_keys(shared: Path) -> None:
    source = importlib.util.spec_from_file_location("answer_keys", shared / "gold" / "evaluate.py")
    assert source and source.loader
    theirs = importlib.util.module_from_spec(source)
    source.loader.exec_module(theirs)
    gold = theirs.read(str(shared / "gold" / "dev_other.jsonl"))
    papers = map(json.loads, (shared / "gold" / "dev_other_papers.jsonl").read_text(encoding="utf-8").splitlines())
    records = extract_all(Paper(p["id"], p["title"], p["abstract"]) for p in papers)
    said = {r.paper.id: json.loads(json.dumps(record_to_json(r))) for r in records}
    report = evaluate(gold, said)
    rows, accuracies, _ = theirs.score(gold, said)
    assert {n: (c.tp, c.fp, c.fn) for n, c in rows.items()} == {
        n: (c.found, c.wrong, c.missed) for n, c in report.rows.items()}
    assert {n: (c[True], sum(c.values())) for n, c in accuracies.items()} == {
        n: (sum(right), len(right)) for n, right in report.accuracies.items()}
