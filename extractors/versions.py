"""Take versions of a method that a paper names for methods too: `FooNet-B`, `FooNet-large` where `FooNet` is one.

Of 118 such strings in labelled papers, addresses left out, 116 are names of methods.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.candidates import Span
from extractors.decide import Decision
from extractors.tables import read_lines
from extractors.text import Text

__all__ = ["RULE", "is_version", "take_versions"]

RULE = "version of a method"
_LABEL = "Method:named"
_PROBABILITY = 0.95
_SUFFIX = re.compile(r"[A-Z0-9][A-Za-z0-9.+]{0,7}|v[0-9][0-9.]{0,3}")
_ADDRESS = frozenset("/@.:_")  # what stands before a name in an address


def take_versions(text: Text, decisions: Sequence[Decision]) -> None:
    """Accept what was turned down, or not judged, and is a taken method's name with a suffix, in that one's role."""
    taken = {text.surface(*span): decision for decision in decisions if decision.label == _LABEL
             for span in decision.candidate.spans}
    for decision in decisions if taken else ():
        base = _base(text, decision.candidate.spans, taken) if decision.label == "none" else None
        if base is not None:
            decision.label, decision.probability, decision.rule = _LABEL, _PROBABILITY, RULE
            decision.scores, decision.verdict = base.scores, f"accepted: {RULE}"


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
