"""Take what its version says to be a name: `FooNet-B` where `FooNet` is a method, `FooNet-tiny/small`, `Foo@5`.

Of 118 strings in labelled papers that are a taken method with a suffix, addresses left out, 116 are names of methods.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from extractors.candidates import Span
from extractors.coordination import may_hold, type_of_row
from extractors.decide import Decision
from extractors.lexicon import Matches
from extractors.scorer import CLASSES, ROLES, group_of
from extractors.tables import read_lines
from extractors.text import Text

__all__ = ["RULE", "is_version", "take_versions"]

RULE = "version of a method"
_LABELS = {"Method": "Method:named", "Metric": "Metric:quality"}
_LABEL = _LABELS["Method"]
_COMMONEST = {("Method", "used"), ("Metric", "reported")}
_PROBABILITY = 0.95
_SUFFIX = re.compile(r"[A-Z0-9][A-Za-z0-9.+]{0,7}|v[0-9][0-9.]{0,3}|[A-Z][a-z]?/[0-9]{1,2}")
_CUTOFF = re.compile(r"(?:[A-Za-z]{1,10}|[A-Za-z]{0,5}F1)@[0-9]{0,3}(?:\.[0-9]{1,2})?")  # no `CVPR@2022`
_ADDRESS = frozenset("/@.:_")  # what stands before a name in an address


def take_versions(text: Text, decisions: Sequence[Decision], matched: Matches) -> None:
    """Accept what was turned down, or not judged, and whose version says what it is; a cutoff makes all a metric.

    A version of a taken method has that one's role.
    """
    taken = {text.surface(*span): decision for decision in decisions if decision.label == _LABEL
             for span in decision.candidate.spans}
    for decision in decisions:
        base = _base(text, decision.candidate.spans, taken) if taken and decision.label == "none" else None
        if base is not None:
            decision.scores = base.scores
            _take(decision, _LABEL)
        elif not decision.verdict.startswith("overlaps"):
            label = _said(text, decision.candidate.spans[0], matched)
            if label and (decision.label == "none" or group_of(decision.label) != group_of(label)):
                _take(decision, label)


def _take(decision: Decision, label: str) -> None:
    """Accept a decision by the rule; what nothing was scored of has the commonest role."""
    if not len(decision.scores):
        columns = [(group, role) for group, roles in ROLES.items() for role in roles]
        decision.scores = np.array([0.0] * len(CLASSES) + [float(c in _COMMONEST) for c in columns], np.float32)
    decision.label, decision.probability, decision.rule = label, _PROBABILITY, RULE
    decision.verdict = f"accepted: {RULE}"


def _said(text: Text, span: Span, matched: Matches) -> str:
    """Say what a name is by its version alone: a cutoff, a row of sizes, a size word after a known method; or ""."""
    start, end = span
    name, at = text.surface(start, end), text.starts[start]
    if not may_hold(text.raw) and "-" not in name and "@" not in name:
        return ""
    if not text.unit_start[start] or not text.unit_start[end] or any(text.unit_start[start + 1:end]) \
            or text.raw[at - 1:at] in _ADDRESS:
        return ""
    if _CUTOFF.fullmatch(name):
        return _LABELS["Metric"]
    known = any(_LABEL in matched.get((start, k), ()) for k in range(start + 1, end - 1))
    if known and name.rpartition("-")[2] in read_lines("frames/version_suffixes.txt"):
        return _LABEL
    return _LABELS.get(type_of_row(text.raw, at, text.ends[end - 1]), "")


def _base(text: Text, spans: Sequence[Span], taken: Mapping[str, Decision]) -> Decision | None:
    """Give the method that a name is a version of, where the name is a whole unit of the text."""
    start, end = spans[0]
    at = text.starts[start]
    if end - start < 3 or not text.unit_start[start] or not text.unit_start[end] or text.raw[at - 1:at] in _ADDRESS:
        return None
    name, _, suffix = text.surface(start, end).rpartition("-")
    while name:
        if name in taken and any(map(str.isupper, name)) and all(map(_is_suffix, suffix.split("-"))):
            return taken[name]
        name, _, more = name.rpartition("-")
        suffix = f"{more}-{suffix}"
    return None


def is_version(name: str, base: str) -> bool:
    """Say whether a name is another with a suffix that tells a version: `FooNet-B`, `FooNet-large`, `FooNet 7B`."""
    rest = name.removeprefix(base)
    words = rest[1:].split("-")
    if rest == name or rest[:1] not in ("-", " ") or not all(map(_is_suffix, words)):
        return False
    return rest[0] == "-" or words[0].islower() or any(map(str.isdigit, rest))


def _is_suffix(word: str) -> bool:
    """Say whether a word can tell a version, and does not end a compound such as `FooNet-Based`."""
    return word in read_lines("frames/version_suffixes.txt") or (
        _SUFFIX.fullmatch(word) is not None and word.lower() not in read_lines("frames/unit_ends.txt"))
