"""Labelled papers are read by one reader: what is left out is empty, what is wrong is one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractors.forms import FORMS
from extractors.relations import RELATION_TYPES
from extractors.scorer import ROLES
from kg.errors import DataError
from kg.labels import read_labels
from tests.cli.conftest import Kg, kg

__all__ = ["kg"]

METHOD = {"type": "Method", "kind": "named", "name": "QuillNet", "role": "proposed"}
METHOD_ROLES = "proposed, baseline, used, mentioned"
TYPES = "Method:named, Method:term, Dataset, Benchmark, Metric:quality, Metric:efficiency, Task"


def _label(**more: Any) -> dict[str, Any]:
    return {"id": "a", "entities": [METHOD], **more}


def _refused(path: Path) -> str:
    with pytest.raises(DataError) as error:
        list(read_labels(path))
    return str(error.value)


def test_what_is_left_out_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n" + json.dumps(_label()) + "\n")
    assert list(read_labels(path)) == [(f"{path}: line 2", {
        "id": "a", "entities": [{**METHOD, "surfaces": ["QuillNet"]}], "results": [], "relations": [], "repos": []})]


@pytest.mark.parametrize(("label", "reason"), [
    ([1], "an array, not an object; give one JSON object a line"),
    ({"entities": []}, "no id"),
    (_label(id=7), "id 7 is not a text"),
    ({"id": "a"}, "no entities"),
    (_label(entities=None), "entities is not a list"),
    (_label(entities=["x"]), "entities, item 1: 'x' is not an object"),
    (_label(entities=[METHOD, {**METHOD, "name": ""}]), "entities, item 2: no text in name"),
    (_label(entities=[{**METHOD, "role": None}]), f"entities, item 1: no role; give one of {METHOD_ROLES}"),
    (_label(entities=[{**METHOD, "role": "hero"}]), f"entities, item 1: role 'hero' is none of {METHOD_ROLES}"),
    (_label(entities=[{**METHOD, "type": "Dog"}]), f"entities, item 1: type:kind 'Dog:named' is none of {TYPES}"),
    (_label(entities=[{**METHOD, "kind": None}]), f"entities, item 1: type:kind 'Method' is none of {TYPES}"),
    (_label(entities=[{**METHOD, "surfaces": "QuillNet"}]), "entities, item 1: surfaces is not a list of texts"),
    (_label(results=None), "results is not a list"),
    (_label(results=[{"form": "gain"}]), "results, item 1: no text in value"),
    (_label(results=[{"value": "1", "form": "loss"}]),
     "results, item 1: form 'loss' is none of absolute, gain, reduction, ratio"),
    (_label(results=[{"value": "1", "form": "gain", "metric": ["F1"]}]),
     "results, item 1: metric ['F1'] is neither a text nor null"),
    (_label(relations=[{"head": "a", "tail": "b"}]), "relations, item 1: no rel; give one of applied_to, based_on, "
     "evaluated_on, outperforms, part_of, trained_on"),
    (_label(repos=[{"url": "https://github.com/a/b"}]), "repos, item 1: no text in kind"),
])
def test_what_is_wrong_is_said(tmp_path: Path, label: object, reason: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(_label()) + "\n" + json.dumps(label) + "\n")
    assert _refused(path) == f"{path}: line 2: {reason}"


def test_the_docs_give_the_words_that_labels_may_hold(root: Path) -> None:
    text = (root / "docs" / "extraction.md").read_text(encoding="utf-8")
    said = text[text.index("## Labelled papers"):text.index("## Limits")]
    for words in (*ROLES.values(), FORMS, tuple(RELATION_TYPES)):
        assert f"| {', '.join(words)} |" in said


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert _refused(tmp_path / "gone") == f"{tmp_path / 'gone'}: cannot be read: No such file or directory"


def test_labels_without_lists_are_evaluated(kg: Kg, tmp_path: Path) -> None:
    gold, records = tmp_path / "gold.jsonl", tmp_path / "records.jsonl"
    gold.write_text(json.dumps(_label()) + "\n")
    records.write_text(json.dumps(_label(results=[], relations=[], repos=[])) + "\n")
    said = kg("evaluate", gold, records, "--json")
    assert (said.code, said.err) == (0, "")
    assert [json.loads(said.out)[0][key] for key in ("row", "found", "wrong", "missed")] == ["Method (all)", 1, 0, 0]
    assert kg("evaluate", records, gold).err == (
        f"kg: {gold}: line 1: no repos, results, relations; records of `kg extract` are needed\n")
    gold.write_text(json.dumps(_label(entities=[{**METHOD, "role": "hero"}])) + "\n")
    assert kg("evaluate", gold, records).err == (
        f"kg: {gold}: line 1: entities, item 1: role 'hero' is none of {METHOD_ROLES}\n")
