"""The whole story of one paper: text, candidates, votes, decisions, entities, repositories, results, relations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from extractors.candidates import find_candidates
from extractors.clauses import view_paper
from extractors.collection import no_collection
from extractors.coordination import VERSIONED, other_forms
from extractors.decide import Decision, decide, merge_forms, role_of
from extractors.flags import find_flags
from extractors.frames import vote
from extractors.join_features import names_of
from extractors.joins import join_names
from extractors.latex import plain_name
from extractors.learned import Learned, load_learned
from extractors.lexicon import Lexicon, Matches, load_lexicon
from extractors.own import Component, add_matches
from extractors.records import Entity, Mention, Paper, Record, merge_mentions
from extractors.relations import read_relations
from extractors.repos import find_repos
from extractors.results import read_results
from extractors.roles import with_roles
from extractors.rows import with_rows
from extractors.scorer import CLASSES, Weights
from extractors.signals import Surroundings
from extractors.tagger import Tagged, tag
from extractors.text import Text, read_text, trim
from extractors.versions import take_versions
from extractors.words import fold

__all__ = ["Explanation", "entities_of", "explain", "extract", "extract_all", "judge"]

@dataclass(frozen=True, slots=True)
class Explanation:
    """What was decided about one candidate, and the signals that weighed, heaviest first."""

    surfaces: tuple[str, ...]
    label: str  # the class it was taken as, or the likeliest where it was turned down
    verdict: str  # "accepted", or why not
    probability: float
    votes: tuple[tuple[str, float], ...]  # signal, gain in log odds over "no name"


_SHORT = re.compile(r"([^()]+[^()\s]) \(([A-Z][A-Za-z0-9-]{1,9})\)")
_VOTES = frozenset({"frame", "lexicon", "tag", "source"})  # slots that name a rule
_VOTERS = frozenset({"voted", "lexicon", "tag", "source"})  # the atoms that say them


def judge(text: Text, matched: Matches, tagged: Tagged, learned: Learned,
          sure: Mapping[tuple[int, int], str] = MappingProxyType({})) -> list[Decision]:
    """Decide about every candidate of a text, given its lexicon matches and the tagger's word."""
    found = find_candidates(text, matched, tagged)
    around = Surroundings(text, found, vote(text), learned.names)
    decisions = decide(around, merge_forms(text, found), learned.weights, sure)
    take_versions(text, decisions, matched)
    return decisions


def _sure(text: Text, lexicon: Lexicon, matched: Matches, with_components: Matches) -> dict[tuple[int, int], str]:
    """Give the spans that the user's own rows and components name, with the classes that these say."""
    new = {span: labels - matched.get(span, frozenset()) for span, labels in with_components.items()}
    sure = {span: min(labels) for span, labels in new.items() if labels}
    if lexicon.own:
        named = {span: lexicon.own.get(fold(text.surface(*span))) for span in matched}
        sure |= {span: label for span, label in named.items() if label}
    return sure


def _rules(decision: Decision, weights: Weights) -> tuple[str, ...]:
    """Give the rules that spoke for a decision, strongest first."""
    if decision.rule:
        return (decision.rule,)
    column = CLASSES.index(decision.label)
    said = {}
    for slot, value in (signal for atom in decision.atoms if atom[0] in _VOTERS for signal in weights.slots.say(atom)):
        row = weights.slots.row((slot, value)) if slot in _VOTES and value != "none" else None
        if row:
            gain = float(weights.table[row, column] - weights.table[row, 0])
            if gain > 0:
                said[f"{slot}:{value}"] = gain
    return tuple(sorted(said, key=lambda rule: (-said[rule], rule))[:8]) or ("scorer",)


def _mentions(text: Text, decision: Decision, rule: str) -> list[Mention]:
    """Give every occurrence of the decided surfaces."""
    spans = {part for span in (*decision.candidate.spans, *decision.extra)
             for part in _forms(text.raw, *_characters(text, span))}
    if decision.label.partition(":")[0] in VERSIONED:
        spans |= {form for span in spans for form in other_forms(text.raw, *span)}
    return [Mention(s, e, text.raw[s:e], rule) for s, e in sorted(spans)]


def _forms(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    """Take a long form and its short form in brackets apart: `perplexity (PPL)` is two mentions."""
    pair = _SHORT.fullmatch(raw, start, end)
    return [pair.span(1), pair.span(2)] if pair else [(start, end)]


def _characters(text: Text, span: tuple[int, int]) -> tuple[int, int]:
    """Give the characters of a mention, from its tokens."""
    return trim(text.raw, text.starts[span[0]], text.ends[span[1] - 1])


def _name(text: Text, decision: Decision, surfaces: Counter[str]) -> str:
    """Give the canonical name: the short form where the paper has one, else the commonest surface."""
    shorts = [plain_name(text.raw[slice(*_characters(text, span))]) for span in decision.candidate.forms.values()]
    if shorts:
        return min(shorts, key=lambda s: (len(s), s))
    return min(surfaces, key=lambda s: (-surfaces[s], s))


def entities_of(text: Text, decisions: Iterable[Decision], weights: Weights) -> Iterator[Entity]:
    """Turn the decisions that were accepted into entities, in order of their first mention."""
    found: dict[tuple[str, str], Entity] = {}
    for decision in decisions:
        if decision.label == "none":
            continue
        kind, _, sub = decision.label.partition(":")
        rules = _rules(decision, weights)
        mentions = _mentions(text, decision, rules[0])
        surfaces = Counter(plain_name(m.text) for m in mentions)
        name = _name(text, decision, surfaces)
        entity = Entity(kind, name, tuple(dict.fromkeys([name, *surfaces])), role_of(decision),  # type: ignore[arg-type]
                        sub or None, tuple(mentions), round(decision.probability, 3), rules)
        earlier = found.setdefault((kind, name), entity)
        if earlier is not entity and not decision.candidate.forms:
            found[kind, name] = _merged(earlier, entity)
    yield from found.values()


def _merged(one: Entity, other: Entity) -> Entity:
    """Add the mentions of an entity to another of the same name (`CIFAR-10/100` to `CIFAR-10`)."""
    surfaces = tuple(dict.fromkeys((*one.surfaces, *other.surfaces)))
    return replace(one, surfaces=surfaces, mentions=merge_mentions(one.mentions, other.mentions))


def _batches(papers: Iterable[Paper], size: int) -> Iterator[list[Paper]]:
    batch: list[Paper] = []
    for paper in papers:
        batch.append(paper)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _record(paper: Paper, text: Text, decisions: list[Decision], learned: Learned) -> Record:
    """Put together what a paper says, from the decisions about its candidates."""
    names = names_of(text.raw, text.sentences, text.title_end)
    entities = join_names(names, tuple(entities_of(text, decisions, learned.weights)), learned.joins["same"])
    view = view_paper(text.raw, text.sentences, tuple(with_rows(text.raw, entities)))
    view = with_roles(view, learned.roles)
    results = read_results(view, learned.results)
    relations = read_relations(view, results, learned.relations)
    return Record(paper, view.entities, find_repos(paper.text, paper.links), tuple(results), tuple(relations),
                  find_flags(paper.text))


def extract_all(papers: Iterable[Paper], *, lexicons: Iterable[str | Path] = (), components: Iterable[Component] = (),
                induced: str | Path = "", batch: int = 64) -> Iterator[Record]:
    """Read papers one after another; `lexicons` are paths of a user's own rows, which add or override.

    `components` are spaCy components whose spans in `doc.spans["paperatlas"]` count as lexicon matches; `induced` is a
    folder that `kg learn` wrote, in place of what the package learned.
    """
    components = tuple(components)
    lexicon, learned = _loaded(lexicons, induced)
    for group in _batches(papers, batch):
        with no_collection():
            judged = _judged(group, lexicon, learned, components)
            records = [_record(paper, text, decisions, learned)
                       for paper, (text, decisions) in zip(group, judged, strict=True)]
        yield from records


def _loaded(lexicons: Iterable[str | Path], induced: str | Path) -> tuple[Lexicon, Learned]:
    with no_collection():
        lexicon = load_lexicon(tuple(map(str, lexicons)))
    return lexicon, load_learned(str(induced))


def _judged(papers: Sequence[Paper], lexicon: Lexicon, learned: Learned,
            components: Iterable[Component]) -> Iterator[tuple[Text, list[Decision]]]:
    """Give the texts of papers that are tagged together, each with what was decided about its candidates."""
    texts = [read_text(paper.text, len(paper.title)) for paper in papers]
    alone = [lexicon.match(text) for text in texts]
    matched = [add_matches(found, text, components) for text, found in zip(texts, alone, strict=True)]
    tagged = tag(learned.tagger, [([w.text for w in t.words], m) for t, m in zip(texts, matched, strict=True)])
    for text, known, found, said in zip(texts, alone, matched, tagged, strict=True):
        yield text, judge(text, found, said, learned, _sure(text, lexicon, known, found))


def explain(paper: Paper, *, lexicons: Iterable[str | Path] = (), components: Iterable[Component] = (),
            induced: str | Path = "") -> Iterator[Explanation]:
    """Say of every candidate of a paper whether it was taken, as what, and what spoke for and against it."""
    lexicon, learned = _loaded(lexicons, induced)
    [(text, decisions)] = _judged([paper], lexicon, learned, components)
    for decision in decisions:
        yield _explanation(text, decision, learned.weights)


def _explanation(text: Text, decision: Decision, weights: Weights) -> Explanation:
    """Weigh the signals of a decision: for what was turned down, towards the likeliest class."""
    surfaces = tuple(sorted({plain_name(text.surface(*span)) for span in decision.candidate.spans}))
    if not decision.atoms:
        return Explanation(surfaces, "none", decision.verdict, 0.0, ())
    label = decision.label
    if label == "none":
        label = CLASSES[1 + int(decision.scores[1:len(CLASSES)].argmax())]
    column = CLASSES.index(label)
    gains: dict[str, float] = {}
    for slot, value in (signal for atom in decision.atoms for signal in weights.slots.say(atom)):
        row = weights.slots.row((slot, value))
        if row is not None:
            name = f"{slot}:{value}"
            gains[name] = gains.get(name, 0.0) + float(weights.table[row, column] - weights.table[row, 0])
    votes = tuple((name, round(gains[name], 2)) for name in sorted(gains, key=lambda n: (-abs(gains[n]), n)))
    return Explanation(surfaces, label, decision.verdict, round(decision.probability, 3), votes)


def extract(paper: Paper, *, lexicons: Iterable[str | Path] = (), induced: str | Path = "") -> Record:
    """Read one paper: what it names, in which role, its addresses, results and relations."""
    return next(extract_all([paper], lexicons=lexicons, induced=induced))
