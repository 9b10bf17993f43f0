"""Say why a name, a number or a relation is in a record, or why a string of its paper is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractors import explain
from extractors.flags import find_flags
from extractors.own import Own, make_components
from extractors.records import Entity, Record, Relation, Result
from extractors.sentences import split_sentences
from kg.evaluation.matching import fold_name

__all__ = ["Row", "why"]

Row = tuple[str, str, str]  # what, fact, evidence


def why(record: Record, name: str, *, own: Own = Own()) -> list[Row]:  # noqa: B008
    """Give the rows that explain a name or a printed number in a record; none where the paper has no such string.

    `own` is what a user adds to extraction, as it was when the record was made.
    """
    rows = [*_of_entities(record, name), *_of_results(record, name), *_of_relations(record, name),
            *_of_flags(record, name)]
    return [*rows, *_of_candidates(record, name, own)]


def _named(name: str, surfaces: Iterable[str]) -> bool:
    return fold_name(name) in set(map(fold_name, surfaces))


def _sentence(record: Record, start: int) -> str:
    text = record.paper.text
    spans = [span for span in split_sentences(text) if span[0] <= start < span[1]]
    return " ".join(text[slice(*spans[0])].split()) if spans else ""


def _of_entities(record: Record, name: str) -> Iterator[Row]:
    for entity in record.entities:
        if _named(name, (entity.name, *entity.surfaces)):
            yield from _entity(record, entity)


def _entity(record: Record, entity: Entity) -> Iterator[Row]:
    kind = f", {entity.kind}" if entity.kind else ""
    yield "entity", f"{entity.name}: {entity.type}{kind}, {entity.role}", f"confidence {entity.confidence}"
    if len(entity.surfaces) > 1:
        yield "one name", " = ".join(entity.surfaces), "surfaces of one thing in this paper"
    for rule in entity.rules:
        yield "rule", rule, "spoke for it"
    for mention in entity.mentions:
        yield "mention", f"{mention.start}–{mention.end} {mention.text}", _sentence(record, mention.start)


def _of_results(record: Record, name: str) -> Iterator[Row]:
    for result in record.results:
        slots = (result.method, result.dataset, result.metric, result.task, result.baseline)
        if name in (result.value, result.number) or _named(name, filter(None, slots)):
            yield "result", _result(result), _sentence(record, result.start)
            yield "rule", result.rule, f"confidence {result.confidence}"


def _result(result: Result) -> str:
    slots = {"metric": result.metric, "dataset": result.dataset, "method": result.method, "over": result.baseline,
             "task": result.task, "split": result.split, "setting": result.setting}
    said = ", ".join(f"{slot} {value}" for slot, value in slots.items() if value)
    return f"{result.value} ({result.form}, {result.role})" + (f": {said}" if said else "")


def _of_relations(record: Record, name: str) -> Iterator[Row]:
    for relation in record.relations:
        if _named(name, (relation.head, relation.tail)):
            yield "relation", _relation(relation), _sentence(record, relation.start)
            yield "rule", relation.rule, f"confidence {relation.confidence}"


def _relation(relation: Relation) -> str:
    more = [f"{slot} {value}" for slot, value in (("on", relation.dataset), ("in", relation.metric),
                                                  ("by", relation.delta)) if value]
    hedge = ["hedged"] if relation.hedged else []
    return " ".join([relation.head, relation.rel, relation.tail, *more, *hedge])


def _of_flags(record: Record, name: str) -> Iterator[Row]:
    """Give what is mangled: read off the text, since records of before do not say it."""
    for flag in find_flags(record.paper.text):
        if _named(name, (flag.text,)):
            yield "flag", f"{flag.start}–{flag.end} {flag.text}: {flag.why}", _sentence(record, flag.start)


def _of_candidates(record: Record, name: str, own: Own) -> Iterator[Row]:
    """Give the verdict on each candidate of that name, and what weighed: log odds over "no name"."""
    for said in explain(record.paper, lexicons=own.lexicons, components=make_components(own), induced=own.induced):
        if _named(name, said.surfaces):
            yield "candidate", f"{' = '.join(said.surfaces)}: {said.verdict}", f"{said.label} {said.probability}"
            for vote, gain in said.votes[:12]:
                yield "vote", vote, f"{gain:+.2f}"
