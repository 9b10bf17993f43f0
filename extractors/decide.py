"""Decide what each candidate is: merge short and long forms, take the best class, keep the longest sensible span."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from extractors.candidates import Candidate, Found, Span
from extractors.scorer import CLASSES, ROLES, Table, Weights, group_of, score_rows, softmax
from extractors.signals import Surroundings, gather
from extractors.text import Text

__all__ = ["Decision", "decide", "merge_forms"]


@dataclass(slots=True)
class Decision:
    """What was decided about a candidate, and why."""

    candidate: Candidate
    label: str  # a class, or "none"
    probability: float
    signals: list[tuple[str, str]]
    scores: Table  # classes and roles
    verdict: str  # accepted, or the reason why not
    into: Candidate | None = None


def _key(text: Text, span: Span) -> str:
    key = "".join(w.fold for w in text.words[span[0]:span[1]])
    return key[:-1] if len(key) > 3 and key[-1] == "s" and key[-2] != "s" else key


def merge_forms(text: Text, found: Found) -> list[Candidate]:
    """Merge the candidates of a long and a short form into one; candidates come in order of their first mention."""
    alias: dict[str, Candidate] = {}
    for long, short in found.pairs:
        a, b = (alias.get(k) or found.candidates.get(k) for k in (_key(text, long), _key(text, short)))
        if a is None or b is None:
            continue
        b.forms.setdefault(_key(text, short), short)
        b.forms.setdefault(_key(text, long), long)
        if a is not b:
            b.spans += a.spans
            b.sources |= a.sources | {"paired"}
            b.forms.update(a.forms)
            for key, other in list(alias.items()):
                if other is a:
                    alias[key] = b
        alias[_key(text, long)] = alias[_key(text, short)] = b
    kept = {id(c): c for key, c in found.candidates.items() if key not in alias}
    kept |= {id(c): c for c in alias.values()}
    return sorted(kept.values(), key=lambda c: (min(c.spans), c.key))


def _best(probabilities: Table, thresholds: Mapping[str, float]) -> tuple[str, float]:
    """Give the class of the likeliest group, and the probability of the group; none below its threshold."""
    groups: dict[str, float] = {}
    for at, label in enumerate(CLASSES):
        groups[group_of(label)] = groups.get(group_of(label), 0.0) + float(probabilities[at])
    group = max((g for g in groups if g != "none"), key=lambda g: groups[g])
    label = max((c for c in CLASSES if group_of(c) == group), key=lambda c: float(probabilities[CLASSES.index(c)]))
    if groups[group] < thresholds.get(label, 0.5):
        return "none", groups[group]
    return label, groups[group]


def _outer(decisions: list[Decision]) -> None:
    """Turn down what stands only inside something longer that was taken."""
    taken = sorted((d for d in decisions if d.label != "none"),
                   key=lambda d: (-max(e - s for s, e in d.candidate.spans), -d.probability))
    owner: dict[int, tuple[Span, Decision]] = {}
    for decision in taken:
        free = []
        for span in decision.candidate.spans:
            holders = [owner[t] for t in range(*span) if t in owner]
            if not holders:
                free.append(span)
        if not free:
            inner = owner[decision.candidate.spans[0][0]] if decision.candidate.spans[0][0] in owner else None
            decision.verdict = "inside " + (inner[1].candidate.key if inner else "another name")
            decision.into = inner[1].candidate if inner else None
            decision.label = "none"
            continue
        decision.candidate.spans = free
        for span in free:
            for token in range(*span):
                owner[token] = (span, decision)


def decide(around: Surroundings, candidates: list[Candidate], weights: Weights) -> list[Decision]:
    """Decide about every candidate of a text; all come back, the ones turned down with their reason."""
    signals = [gather(around, c) for c in candidates]
    scores = score_rows(weights.table, [weights.slots.rows(s) or [0] for s in signals])
    probabilities = softmax(scores[:, :len(CLASSES)])
    out = []
    for at, candidate in enumerate(candidates):
        label, probability = _best(probabilities[at], weights.thresholds)
        verdict = "accepted" if label != "none" else f"too weak ({probability:.2f})"
        out.append(Decision(candidate, label, probability, signals[at], scores[at], verdict))
    _outer(out)
    return out


def role_of(decision: Decision) -> str:
    """Give the likeliest role of a decided candidate."""
    at = len(CLASSES)
    for group, roles in ROLES.items():
        if group == group_of(decision.label):
            return roles[int(np.argmax(decision.scores[at:at + len(roles)]))]
        at += len(roles)
    return "mentioned"
