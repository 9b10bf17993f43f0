"""The lattice of versions: family → version → size → tuning or subset, by rules on names (`versions.tsv`).

A rule takes one step off a name; the base that is left must be the name of a thing that papers or a lexicon know,
or be shared by two versions at least. The rules say what a step looks like, so that BERT is no version of ALBERT.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kg.identity.normal import key_of, plain

__all__ = ["Rule", "Step", "steps", "version_rules"]


class Rule(NamedTuple):
    """One rule of versions.tsv: what one step up looks like, with a name that it takes and one that it leaves."""

    rule: str
    classes: frozenset[str]
    pattern: re.Pattern[str]
    letters: int  # that the base must have at least
    yes: str
    no: str


class Step(NamedTuple):
    """A base of a name, and the rule that found it."""

    base: str
    key: str
    rule: str


@lru_cache(maxsize=1)
def version_rules() -> tuple[Rule, ...]:
    """Read the rules, once."""
    lines = Path(__file__).with_name("versions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = (line.split("\t") for line in lines)
    return tuple(Rule(c[0], frozenset(c[1].split("|")), re.compile(c[2]), int(c[3]), c[4], c[5]) for c in cells)


@lru_cache(maxsize=1 << 18)
def steps(name: str, cls: str) -> tuple[Step, ...]:
    """Give the bases of a name, nearest first, each found by one more step."""
    queue, seen, found = [plain(name)], {key_of(name, cls)}, []
    while queue:
        text = queue.pop(0)
        for rule in version_rules():
            match = rule.pattern.match(text) if cls in rule.classes else None
            base = match["base"].strip(" -_") if match else ""
            key = key_of(base, cls) if base else ""
            if key and key not in seen and sum(c.isalpha() for c in base) >= rule.letters:
                seen.add(key)
                queue.append(base)
                found.append(Step(base, key, rule.rule))
    return tuple(found)
