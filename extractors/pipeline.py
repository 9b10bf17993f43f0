"""The whole story of one paper: text, candidates, votes, decisions, entities, repositories, results, relations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from extractors.candidates import find_candidates
from extractors.decide import Decision, decide, merge_forms, role_of
from extractors.frames import vote
from extractors.lexicon import Lexicon, load_lexicon
from extractors.records import Entity, Mention, Paper, Record
from extractors.relations import find_relations
from extractors.repos import find_repos
from extractors.results import find_results
from extractors.scorer import CLASSES, Weights, load_weights
from extractors.signals import surroundings
from extractors.text import Text, fold, read_text

__all__ = ["entities_of", "extract", "extract_all", "judge"]

_VOTES = ("frame", "lexicon", "tag", "source")


def judge(text: Text, lexicon: Lexicon, weights: Weights) -> list[Decision]:
    """Decide about every candidate of a text."""
    found = find_candidates(text, lexicon)
    around = surroundings(text, found, vote(text))
    return decide(around, merge_forms(text, found), weights)


def _rules(decision: Decision, weights: Weights) -> tuple[str, ...]:
    """Give the rules that spoke for a decision, strongest first."""
    column = CLASSES.index(decision.label)
    said = {}
    for slot, value in decision.signals:
        row = weights.slots[slot].get(value)
        if slot in _VOTES and value != "none" and row:
            gain = float(weights.table[row, column] - weights.table[row, 0])
            if gain > 0:
                said[f"{slot}:{value}"] = gain
    return tuple(sorted(said, key=lambda rule: (-said[rule], rule))[:8]) or ("scorer",)


def _occurrences(raw: str, surface: str) -> Iterator[tuple[int, int]]:
    """Give the places where a surface stands as a word of its own, a plural s allowed."""
    for match in re.finditer(rf"(?<![\w])(?<![\w]-){re.escape(surface)}(?:s\b)?(?![\w])", raw):
        yield match.span()


def _mentions(text: Text, decision: Decision, rule: str) -> list[Mention]:
    """Give every occurrence of the decided surfaces."""
    spans = {(text.starts[s], text.ends[e - 1]) for s, e in decision.candidate.spans}
    return [Mention(s, e, text.raw[s:e], rule) for s, e in sorted(spans)]


def _name(text: Text, decision: Decision, surfaces: Counter[str]) -> str:
    """Give the canonical name: the short form where the paper has one, else the commonest surface."""
    shorts = [text.surface(*span) for span in decision.candidate.forms.values()]
    if shorts:
        return min(shorts, key=lambda s: (len(s), s))
    return min(surfaces, key=lambda s: (-surfaces[s], s))


def entities_of(text: Text, decisions: Iterable[Decision], weights: Weights) -> Iterator[Entity]:
    """Turn the decisions that were accepted into entities, in order of their first mention."""
    names: set[tuple[str, str]] = set()
    for decision in decisions:
        if decision.label == "none":
            continue
        kind, _, sub = decision.label.partition(":")
        rules = _rules(decision, weights)
        mentions = _mentions(text, decision, rules[0])
        surfaces = Counter(m.text for m in mentions)
        name = _name(text, decision, surfaces)
        if (kind, name) in names:
            continue
        names.add((kind, name))
        yield Entity(kind, name, tuple(dict.fromkeys([name, *surfaces])), role_of(decision),  # type: ignore[arg-type]
                     sub or None, tuple(mentions), round(decision.probability, 3), rules)


def extract(paper: Paper, *, lexicons: Iterable[str] = ()) -> Record:
    """Read one paper: what it names, in which role, its addresses, results and relations."""
    weights, lexicon = load_weights(), load_lexicon(tuple(map(str, lexicons)))
    text = read_text(paper.text, len(paper.title))
    entities = tuple(entities_of(text, judge(text, lexicon, weights), weights))
    results = find_results(text.raw, text.sentences, entities)
    relations = find_relations(text.raw, text.sentences, entities, results)
    return Record(paper, entities, find_repos(paper.text, paper.links), tuple(results), tuple(relations))


def extract_all(papers: Iterable[Paper], *, lexicons: Iterable[str] = ()) -> Iterator[Record]:
    """Read papers one after another; `lexicons` are paths of a user's own rows, which add or override."""
    paths = tuple(map(str, lexicons))
    for paper in papers:
        yield extract(paper, lexicons=paths)


_ = fold
