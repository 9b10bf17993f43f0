"""Describe the numbers and the pairs of names of labelled papers: what results and relations are learned from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from extractors.clauses import View, view_paper
from extractors.forms import FORMS
from extractors.records import Entity, Paper
from extractors.relation_features import pair_features
from extractors.relations import RELATION_TYPES, candidate_pairs
from extractors.result_features import group_sentences, number_features
from extractors.results import SLOT_TYPES, known_features
from extractors.sentences import split_sentences
from extractors.slot_features import null_features, slot_features
from kg.learn.models import Choice, Example

__all__ = ["Labelled", "fold_gold_value", "relation_examples", "result_examples", "view_of"]

Labelled = tuple[Paper, dict[str, Any], tuple[Entity, ...]]  # paper, gold record, entities with mentions
Json = dict[str, Any]


def fold_gold_value(value: str) -> str:
    """Fold a printed value to its numbers: `87.80\\%` and `87.8` are one."""
    text = str(value).replace("\\%", "%").replace(",", "")
    return _fold(re.findall(r"\d+(?:\.\d+)?", text)) or text


def _fold(values: Iterable[str]) -> str:
    return "~".join(f"{float(v):g}" for v in values)


def view_of(doc: Labelled) -> View:
    """Lay out a labelled paper's text with the entities that it comes with."""
    paper, _, entities = doc
    return view_paper(paper.text, split_sentences(paper.text), entities)


def _views(docs: Iterable[Labelled]) -> Iterator[tuple[View, Json]]:
    return ((view_of(doc), doc[1]) for doc in docs)


def _number_matches(view: View, record: Mapping[str, Any]) -> dict[int, list[Json]]:
    """Tie the gold results to the numbers of the text; a value that occurs twice goes where its slots stand."""
    out: dict[int, list[Json]] = {}
    for result in record["results"]:
        want = fold_gold_value(result["value"])
        refs = [r for r, n in enumerate(view.numbers) if _fold(n.values) == want]
        if len(refs) > 1:
            refs = _best(view, refs, result)
        for ref in refs:
            out.setdefault(ref, []).append(result)
    return out


def _best(view: View, refs: list[int], result: Mapping[str, Any]) -> list[int]:
    names = {result.get(k) for k in ("metric", "dataset", "method")} - {None}

    def hits(ref: int) -> int:
        row = view.items[view.number_places[ref].sentence]
        return len({view.entities[i.ref].name for i in row if i.kind not in ("word", "number")} & names)

    best = max(map(hits, refs))
    return [r for r in refs if hits(r) == best]


def _choice(view: View, ref: int, groups: Any, slot: str, names: set[str | None],
            known: Sequence[str]) -> Choice | None:
    """Give the options of a slot and how much of the truth each holds; None where nothing could fill it."""
    refs = [e for e, entity in enumerate(view.entities) if entity.type in SLOT_TYPES[slot]]
    right = [view.entities[e].name in names for e in refs]
    if not refs:
        return None
    total = sum(right) or 1
    truth = [0.0 if any(right) else 1.0, *(r / total for r in right)]
    return [null_features(view, ref, groups, slot, known),
            *(slot_features(view, ref, e, groups, slot, known) for e in refs)], truth


def result_examples(docs: Iterable[Labelled]) -> dict[str, Any]:
    """Give the examples of each model: is a number a result, in which form, and what fills its slots."""
    out: dict[str, Any] = {"number": [], **{s: [] for s in SLOT_TYPES}, **{f: [] for f in FORMS}}
    for view, record in _views(docs):
        groups, gold = group_sentences(view), _number_matches(view, record)
        for ref, place in enumerate(view.number_places):
            found = gold.get(ref, [])
            sure = [r for r in found if not r.get("optional")]
            if place.sentence < 0 or (found and not sure):
                continue
            features = number_features(view, ref, groups)
            out["number"].append((features, int(bool(sure))))
            if sure:
                _add_slots(out, view, ref, groups, features, sure)
    return out


def _add_slots(out: dict[str, Any], view: View, ref: int, groups: Any, features: list[str],
               sure: Sequence[Mapping[str, Any]]) -> None:
    """Add the examples of form and slots that one number gives."""
    for form in FORMS:
        out[form].append((features, int(sure[0]["form"] == form)))
    metrics = [e for e, x in enumerate(view.entities) if x.type == "Metric" and x.name == sure[0]["metric"]]
    for slot in SLOT_TYPES:
        known = () if slot == "metric" else known_features(view, sure[0]["form"], metrics)
        if choice := _choice(view, ref, groups, slot, {r.get(slot) for r in sure}, known):
            out[slot].append(choice)


def relation_examples(docs: Iterable[Labelled]) -> dict[str, list[Example]]:
    """Make an example of every allowed pair; optional gold relations teach nothing."""
    out: dict[str, list[Example]] = {rel: [] for rel in RELATION_TYPES}
    for view, record in _views(docs):
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
