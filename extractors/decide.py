"""Decide what each candidate is: merge short and long forms, take the best class, keep the longest sensible span."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np

from extractors.candidates import Candidate, Found, Span
from extractors.expand import Atom
from extractors.scorer import CLASSES, ROLES, Table, Weights, group_of, score_rows, softmax
from extractors.signals import Surroundings, gather, hopeless, margins_of, unspoken
from extractors.text import Text
from extractors.words import singular

__all__ = ["Decision", "decide", "evidence", "merge_forms", "role_of"]

_GROUPS = tuple(ROLES)
_MEMBERS = np.array([[group_of(label) == group for group in _GROUPS] for label in CLASSES], np.float32)
_NOTHING = np.zeros(0, np.float32)
_LISTED = 0.95  # probability that a member of a list is what the list says
FAVOUR = 0.05  # probability that a token of length is worth when names overlap


@dataclass(slots=True)
class Decision:
    """What was decided about a candidate, and why."""

    candidate: Candidate
    label: str  # a class, or "none"
    probability: float
    atoms: list[Atom]
    scores: Table  # classes and roles
    verdict: str  # accepted, or the reason why not
    extra: list[Span] = field(default_factory=list)  # spans of the same thing, a generic word shorter or longer
    rule: str = ""  # the rule that took it where no weights did


def _key(text: Text, span: Span) -> str:
    words = text.words[span[0]:span[1]]
    return singular("".join(w.fold for w in words), words[-1].text)


def merge_forms(text: Text, found: Found) -> list[Candidate]:
    """Merge the candidates of a long and a short form into one; candidates come in order of their first mention."""
    alias: dict[str, Candidate] = {}
    keys: dict[int, list[str]] = {}  # candidate → the keys that it took over
    for long, short in found.pairs:
        a, b = (alias.get(k) or found.candidates.get(k) for k in (_key(text, long), _key(text, short)))
        if a is None or b is None:
            continue
        b.forms.setdefault(_key(text, short), short)
        b.forms.setdefault(_key(text, long), long)
        new = [_key(text, long), _key(text, short)]
        if a is not b:
            b.spans += a.spans
            b.sources |= a.sources | {"paired"}
            b.forms.update(a.forms)
            new += keys.pop(id(a), [])
        keys.setdefault(id(b), []).extend(new)
        alias |= dict.fromkeys(new, b)
    kept = {id(c): c for key, c in found.candidates.items() if key not in alias}
    kept |= {id(c): c for c in alias.values()}
    return sorted(kept.values(), key=lambda c: (min(c.spans), c.key))


def _best(probabilities: Table, thresholds: Mapping[str, float]) -> list[tuple[str, float]]:
    """Give the class of each candidate's likeliest group and the group's probability; none below its threshold."""
    sums = probabilities @ _MEMBERS  # candidates × groups
    groups = sums.argmax(axis=1) if len(sums) else np.zeros(0, int)
    inside = np.where(_MEMBERS.T[groups] > 0, probabilities, -1.0).argmax(axis=1) if len(sums) else groups
    out = []
    for group, at, row in zip(groups.tolist(), inside.tolist(), sums.tolist(), strict=True):
        label = CLASSES[at]
        out.append((label if row[group] >= thresholds.get(label, 0.5) else "none", row[group]))
    return out


def _rank(decision: Decision) -> tuple[float, int, str]:
    """Order decisions by how much they are trusted with their tokens: probability, longer ones favoured."""
    longest = max(e - s for s, e in decision.candidate.spans)
    return (-decision.probability - FAVOUR * min(longest, 6), -longest, decision.candidate.key)


def _settle(decisions: list[Decision], text: Text) -> None:
    """Give each token to one decision; turn down what stands only inside or across something better."""
    owner: dict[int, tuple[Span, Decision]] = {}
    for decision in sorted((d for d in decisions if d.label != "none"), key=_rank):
        free = [span for span in decision.candidate.spans if not any(t in owner for t in range(*span))]
        if not free:
            holders = [next(owner[t] for t in range(*span) if t in owner) for span in decision.candidate.spans]
            decision.verdict = f"overlaps {holders[0][1].candidate.key}"
            for span, (held, holder) in zip(decision.candidate.spans, holders, strict=True):
                if group_of(decision.label) == group_of(holder.label) and _same_but_generic(text, span, held):
                    holder.extra.append(span)
            decision.label = "none"
            continue
        decision.candidate.spans = free
        owner |= {token: (span, decision) for span in free for token in range(*span)}


def _same_but_generic(text: Text, one: Span, other: Span) -> bool:
    """Say whether two overlapping spans differ by generic words alone."""
    rest = set(range(*one)) ^ set(range(*other))
    return all(text.words[k].generic or text.words[k].loose for k in rest)


def _shorten(decision: Decision, around: Surroundings) -> None:
    """Add the name without its generic last word (`MRR` for `MRR score`) where what is left is a name of its own.

    What is left of `CLIP score` names something else.
    """
    if decision.label == "none":
        return
    words, group = around.text.words, group_of(decision.label)
    for start, end in decision.candidate.spans:
        while end - start > 1 and words[end - 1].generic:
            end -= 1
            known = {group_of(x) for x in around.found.lexicon.get((start, end), ())}
            strong = max(w.strength for w in words[start:end]) == 2 and words[end - 1].strength > 0
            if group in known or (strong and group != "Task" and not known):
                decision.extra.append((start, end))


def evidence(around: Surroundings, candidates: list[Candidate], *, screened: bool = False) -> tuple[
        list[Candidate], list[list[Atom]], list[Decision]]:
    """Gather the evidence about the candidates that are worth it; the hopeless come back as decided.

    Where `screened`, those that nothing but their words and place speaks for are left out as well.
    """
    quiet = {id(c) for c in candidates if unspoken(around, c)} if screened else set()
    left = [c for c in candidates if id(c) not in quiet]
    margins = margins_of(around.found, left) or repeat(None)
    judged, atoms = [], []  # type: tuple[list[Candidate], list[list[Atom]]]
    for candidate, margin in zip(left, margins):  # noqa: B905 - repeat has no end
        if margin and hopeless(around.text, around.found, candidate, margin):
            quiet.add(id(candidate))
        else:
            judged.append(candidate)
            atoms.append(gather(around, candidate, margin))
    return judged, atoms, [Decision(c, "none", 0.0, [], _NOTHING, "nothing speaks for it")
                           for c in candidates if id(c) in quiet]


def decide(around: Surroundings, candidates: list[Candidate], weights: Weights,
           sure: Mapping[Span, str]) -> list[Decision]:
    """Decide about every candidate of a text; all come back, the ones turned down with their reason.

    What the user's own rows and components name (`sure`: span → class) is taken as they say.
    """
    judged, atoms, out = evidence(around, candidates, screened=around.found.tagged is not None)
    scores = score_rows(weights.table, [weights.slots.rows(a) or [0] for a in atoms])
    probabilities = softmax(scores[:, :len(CLASSES)])
    for at, (candidate, (label, probability)) in enumerate(
            zip(judged, _best(probabilities, weights.thresholds), strict=True)):
        verdict = "accepted" if label != "none" else f"too weak ({probability:.2f})"
        if named := next((sure[span] for span in candidate.spans if span in sure), None):
            label, probability, verdict = named, 1.0, "accepted: named by your own row or component"
        out.append(Decision(candidate, label, probability, atoms[at], scores[at], verdict))
    _take_listed(out, around.found.listed, sure)
    _settle(out, around.text)
    for decision in out:
        _shorten(decision, around)
    return out


def _take_listed(decisions: list[Decision], listed: Mapping[Span, str], sure: Mapping[Span, str]) -> None:
    """Take the members of lists that say what they are as just that: the likeliest class of the group that is said."""
    for decision in decisions if listed else ():
        spans = decision.candidate.spans
        group = next((listed[span] for span in spans if span in listed), None)
        if group is None or not decision.atoms or any(span in sure for span in spans):
            continue
        if group_of(decision.label) != group:
            columns = [at for at, label in enumerate(CLASSES) if group_of(label) == group]
            decision.label = CLASSES[max(columns, key=lambda at: decision.scores[at])]
        elif decision.probability >= _LISTED:
            continue
        decision.probability, decision.rule, decision.verdict = _LISTED, "list of its kind", "accepted: in a list"


def role_of(decision: Decision) -> str:
    """Give the likeliest role of a decided candidate."""
    at = len(CLASSES)
    for group, roles in ROLES.items():
        if group == group_of(decision.label):
            return roles[int(np.argmax(decision.scores[at:at + len(roles)]))]
        at += len(roles)
    return "mentioned"
