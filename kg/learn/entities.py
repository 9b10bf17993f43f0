"""Learn the weights that judge candidates (`kg learn --gold GOLD --papers PAPERS`).

The tagger's word on a labelled paper comes from a tagger that has not seen it. Optional gold items are left out:
neither rewarded nor punished.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from extractors.candidates import find_candidates
from extractors.decide import evidence, merge_forms
from extractors.expand import Words, spell
from extractors.frames import vote
from extractors.learned import Learned
from extractors.lexicon import Lexicon
from extractors.pipeline import entities_of, judge
from extractors.records import Entity, Paper
from extractors.scorer import CLASSES, ROLES, group_of, weights_from_json
from extractors.signals import Surroundings
from extractors.tagger import Tagged, load_tagger, tag
from extractors.text import read_text
from extractors.words import fold
from kg.learn.models import logistic
from kg.learn.tagger import Labelled, learn_tagger, write_tagger

__all__ = ["FOLDS", "THRESHOLDS", "Example", "cross_found", "cross_tags", "examples_of", "fit", "write_weights"]

FOLDS = 3  # a paper is judged by what is learned from the others
THRESHOLDS: Mapping[str, float] = {  # probabilities from which a candidate is taken, chosen on dev
    "none": 0.4, "Method:named": 0.3, "Method:term": 0.5, "Dataset": 0.28, "Benchmark": 0.28, "Metric:quality": 0.3,
    "Metric:efficiency": 0.3, "Task": 0.42}


Entities = tuple[Entity, ...]


@dataclass(slots=True)
class Example:
    """One candidate with its gold class and role."""

    paper: str
    keys: frozenset[str]
    signals: list[tuple[str, str]]
    label: str  # a class, or "optional"
    role: str


def _gold_keys(record: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Give folded surface → (class, role)."""
    out: dict[str, tuple[str, str]] = {}
    for entity in record["entities"]:
        label = entity["type"] + (":" + entity["kind"] if entity.get("kind") else "")
        value = ("optional", "") if entity.get("optional") else (label, entity["role"])
        for surface in (entity["name"], *entity["surfaces"]):
            if out.get(fold(surface), ("optional",))[0] == "optional":
                out[fold(surface)] = value
    return out


def examples_of(paper: Paper, record: Mapping[str, Any], lexicon: Lexicon, tagged: Tagged,
                base: Learned) -> Iterator[Example]:
    """Give the labelled candidates of one paper, described with the words and names of `base`."""
    text = read_text(paper.text, len(paper.title))
    found = find_candidates(text, lexicon.match(text), tagged)
    around = Surroundings(text, found, vote(text), base.names)
    gold = _gold_keys(record)
    judged, atoms, _ = evidence(around, merge_forms(text, found))
    for candidate, said in zip(judged, atoms, strict=True):
        keys = frozenset({candidate.key, *candidate.forms})
        hits = [gold[k] for k in sorted(keys) if k in gold]
        label, role = next((h for h in hits if h[0] != "optional"), hits[0] if hits else ("none", ""))
        yield Example(paper.id, keys, [signal for atom in said for signal in spell(atom, base.words)], label, role)


def _matrix(rows: Sequence[Sequence[int]], columns: int) -> Any:
    from scipy.sparse import csr_matrix

    indptr = np.concatenate(([0], np.cumsum([len(r) for r in rows])))
    indices = np.fromiter((i for r in rows for i in r), dtype=np.int64)
    return csr_matrix((np.ones(len(indices), dtype=np.float32), indices, indptr), shape=(len(rows), columns))


def fit(examples: Sequence[Example], *, least: int = 3, strength: float = 0.3, role_strength: float = 0.1,
        thresholds: Mapping[str, float] | None = None) -> dict[str, Any]:
    """Learn the weights of classes and roles; signals seen in fewer than `least` candidates are dropped."""
    counts = Counter(signal for e in examples for signal in e.signals)
    numbers = {signal: at for at, signal in enumerate(sorted(s for s, n in counts.items() if n >= least))}
    rows = [[numbers[s] for s in e.signals if s in numbers] for e in examples]
    sure = [i for i, e in enumerate(examples) if e.label != "optional"]
    bias = numbers.get(("bias", ""), 0)
    blocks = [logistic(_matrix([rows[i] for i in sure], len(numbers)), [examples[i].label for i in sure],
                       CLASSES, strength, constant=bias)]
    for group, roles in ROLES.items():
        mine = [i for i, e in enumerate(examples) if e.role and group_of(e.label) == group]
        blocks.append(logistic(_matrix([rows[i] for i in mine], len(numbers)), [examples[i].role for i in mine],
                               roles, role_strength, constant=bias))
    table = np.rint(np.hstack(blocks) * 100).astype(int)
    out: dict[str, dict[str, list[int]]] = {}
    for (slot, value), at in numbers.items():
        if np.abs(table[at]).max() > 2:
            out.setdefault(slot, {})[value] = table[at].tolist()
    return {"thresholds": dict(thresholds or {}), "slots": out}


def cross_tags(pairs: Sequence[Labelled], words: Words, *, folds: int = FOLDS) -> list[Tagged]:
    """Tag each labelled paper with a tagger learned from the other folds."""
    out: dict[int, Tagged] = {}
    for held in range(folds):
        mine = range(held, len(pairs), folds)
        model = learn_tagger((pair for k, pair in enumerate(pairs) if k % folds != held), words)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "tagger.tsv.gz")
            write_tagger(model, path)
            out |= dict(zip(mine, tag(load_tagger(path, words), [pairs[k][0] for k in mine]), strict=True))
    return [out[k] for k in range(len(pairs))]


def cross_found(papers: Sequence[tuple[Paper, Mapping[str, Any]]], tagged: Sequence[Tagged],
                examples: Sequence[Sequence[Example]], lexicon: Lexicon, base: Learned, *,
                folds: int = FOLDS) -> list[Entities]:
    """Give each labelled paper the entities that weights learned from the other folds find, with the rest of `base`."""
    out: dict[int, Entities] = {}
    for fold_number in range(folds):
        rest = [e for k, of_paper in enumerate(examples) if k % folds != fold_number for e in of_paper]
        weights = weights_from_json(fit(rest, thresholds=THRESHOLDS), base.words)
        for k in range(fold_number, len(papers), folds):
            text = read_text(papers[k][0].text, len(papers[k][0].title))
            decisions = judge(text, lexicon.match(text), tagged[k], replace(base, weights=weights))
            out[k] = tuple(entities_of(text, decisions, weights))
    return [out[k] for k in range(len(papers))]


def write_weights(value: Mapping[str, Any], path: Path) -> None:
    """Write weights as `extractors.scorer` reads them."""
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")

