"""What one record adds to the graph: its paper, addresses, results, and what it claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractors.records import Entity, Paper, Record, Relation, Repo, Result
from kg.assembly.claims import Claims
from kg.assembly.spans import Spans, best_mention
from kg.graph import Edge, Node
from kg.identity.iris import repo_iri, repo_name, result_iri

__all__ = ["paper_parts"]

ROLES = {"proposed": "proposes", "baseline": "comparesWith", "used": "uses", "introduced": "introduces",
         "evaluated": "evaluatedOn", "trained": "trainedOn", "reported": "reports", "addressed": "addresses",
         "mentioned": "mentions"}  # in the order of strength
_STRENGTH = {role: at for at, role in enumerate(ROLES)}
RELATIONS = {"based_on": "basedOn", "part_of": "partOf", "outperforms": "outperforms", "evaluated_on": "evaluatedOn",
             "trained_on": "trainedOn", "applied_to": "addresses", "measured_by": "measuredBy"}
_DATA = ("Dataset", "Benchmark")
_ENDS = {"basedOn": (("Method",), ("Method",)), "partOf": (("Method",), ("Method",)),
         "outperforms": (("Method",), ("Method",)), "evaluatedOn": (("Method",), _DATA),
         "trainedOn": (("Method",), _DATA), "addresses": (("Method",), ("Task",)),
         "measuredBy": ((*_DATA, "Task"), ("Metric",))}


@dataclass(slots=True)
class _Writer:
    """The record at hand, and who its entities are."""

    record: Record
    paper_id: str
    iris: list[str | None]  # of the entities, in their order
    spans: Spans
    claims: Claims
    by_name: dict[str, list[tuple[str, str]]]  # name → (type of the node, IRI)

    def find(self, name: str | None, types: tuple[str, ...]) -> str | None:
        """Find the node that a slot of the record names."""
        return next((iri for kind, iri in self.by_name.get(name or "", ()) if kind in types), None)


def paper_parts(record: Record, paper_id: str, iris: list[str | None], types: Mapping[str, str],
                claims: Claims) -> Iterator[Node | Edge]:
    """Give the nodes and structural edges of a record, and put what it says into the claims."""
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entity, iri in zip(record.entities, iris, strict=True):
        if iri:
            for name in dict.fromkeys((entity.name, *entity.surfaces)):
                names[name].append((types[iri], iri))
    for entity, iri in zip(record.entities, iris, strict=True):  # a slot names an entity by its name first
        if iri:
            names[entity.name].insert(0, (types[iri], iri))
    writer = _Writer(record, paper_id, iris, Spans(record.paper, paper_id), claims, names)
    yield _paper_node(record.paper, paper_id)
    _entity_claims(writer)
    yield from _repos(writer)
    yield from _results(writer)
    for relation in record.relations:
        _relation_claim(writer, relation)
    yield from writer.spans.parts()


def _slim(props: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is absent."""
    return {k: v for k, v in props.items() if v is not None and v != [] and v != ""}


def _paper_node(paper: Paper, paper_id: str) -> Node:
    """Make the node of a paper."""
    return Node(paper_id, "Paper", paper.title, _slim({
        "abstract": paper.abstract, "year": paper.year, "venue": paper.venue, "authors": list(paper.authors),
        "url": paper.url, "arxiv": paper.arxiv, "doi": paper.doi, "keywords": sorted(set(paper.keywords)),
        "pages": sorted(set(paper.pages))}))


def _entity_claims(w: _Writer) -> None:
    """Say in what role the paper names each thing: its strongest, with the best mention."""
    strongest: dict[str, Entity] = {}
    for entity, iri in zip(w.record.entities, w.iris, strict=True):
        if iri and (iri not in strongest or _STRENGTH[entity.role] < _STRENGTH[strongest[iri].role]):
            strongest[iri] = entity
    for iri, entity in strongest.items():
        mention = best_mention(entity)
        evidence = w.spans.put(mention.start, mention.end, mention.rule) if mention else ""
        rules = entity.rules or tuple(sorted({m.rule for m in entity.mentions if m.rule}))
        w.claims.put(w.paper_id, ROLES[entity.role], iri, paper=w.paper_id, confidence=entity.confidence,
                     evidence=evidence, rules=rules or ("given",))


def _repos(w: _Writer) -> Iterator[Node | Edge]:
    """Give the addresses, tied to the paper and, where it proposes one named method, to that."""
    own = {iri for e, iri in zip(w.record.entities, w.iris, strict=True)
           if iri and e.type == "Method" and e.role == "proposed" and e.kind != "term"}
    for repo in w.record.repos:
        repo_id = repo_iri(repo.url)
        yield Node(repo_id, "Repository", repo_name(repo.url), {"url": repo.url, "kind": repo.kind})
        holders = [w.paper_id, *sorted(own)] if len(own) == 1 and repo.kind in ("code", "model") else [w.paper_id]
        for holder in holders:
            w.claims.put(holder, "hasRepository", repo_id, paper=w.paper_id, evidence=_repo_evidence(w, repo),
                         rules=(repo.rule or "given",))


def _repo_evidence(w: _Writer, repo: Repo) -> str:
    if repo.start is None or repo.end is None:
        return ""
    return w.spans.put(repo.start, repo.end, repo.rule)


def _results(w: _Writer) -> Iterator[Node | Edge]:
    """Give the results, in the order of the text, and what they say of metrics and data sets."""
    seen: dict[tuple[str, ...], int] = {}
    for result in sorted(w.record.results, key=lambda r: (r.start, r.end, r.value, str(r.method), str(r.metric),
                                                          str(r.dataset), str(r.task), str(r.baseline))):
        slots = tuple(str(x or "") for x in (result.method, result.dataset, result.task, result.metric, result.split,
                                             result.setting, result.form, result.baseline, result.role))
        seen[slots] = seen.get(slots, 0) + 1
        result_id = result_iri(w.paper_id, *slots, str(seen[slots]))
        ends = {"ofMethod": w.find(result.method, ("Method",)), "onDataset": w.find(result.dataset, _DATA),
                "forTask": w.find(result.task, ("Task",)), "hasMetric": w.find(result.metric, ("Metric",)),
                "comparedTo": w.find(result.baseline, ("Method",))}
        evidence = w.spans.put(result.start, result.end, result.rule)
        yield _result_node(result, result_id)
        yield Edge(result_id, "reportedIn", w.paper_id, "reportedIn")
        yield Edge(result_id, "hasEvidence", evidence, "hasEvidence")
        for edge, target in ends.items():
            if target:
                yield Edge(result_id, edge, target, edge)
        for subject in (ends["onDataset"], ends["forTask"]):
            if subject and ends["hasMetric"]:
                w.claims.put(subject, "measuredBy", ends["hasMetric"], paper=w.paper_id, evidence=evidence,
                             confidence=result.confidence, rules=(result.rule or "given",))


def _result_node(result: Result, result_id: str) -> Node:
    """Make the node of a result."""
    line = f"{result.metric or ''} {result.value}".strip() + (f" on {result.dataset}" if result.dataset else "")
    name = line if result.form == "absolute" else f"{line} ({result.form})"
    return Node(result_id, "Result", name, _slim({
        "value": result.value, "number": _number(result.number), "normalized": _number(result.normalized),
        "unit": result.unit, "form": result.form, "split": result.split, "setting": result.setting,
        "relative": result.relative, "higherIsBetter": result.higher_is_better, "role": result.role,
        "confidence": round(result.confidence, 3), "rule": result.rule or "given"}))


def _number(text: str | None) -> float | None:
    """Read a plain decimal."""
    return None if text is None else float(text)


def _relation_claim(w: _Writer, relation: Relation) -> None:
    """Put a relation between two of the paper's entities among the claims."""
    if relation.rel == "compares_with":
        target = w.find(relation.tail, ("Method",))
        if target:
            w.claims.put(w.paper_id, "comparesWith", target, paper=w.paper_id, confidence=relation.confidence,
                         evidence=w.spans.put(relation.start, relation.end, relation.rule), rules=(relation.rule,))
        return
    kind = RELATIONS[relation.rel]
    head, tail = (w.find(name, types) for name, types in zip((relation.head, relation.tail), _ENDS[kind], strict=True))
    if head is None or tail is None or head == tail:
        return
    where = None
    if kind == "outperforms":
        where = _slim({"dataset": w.find(relation.dataset, _DATA), "metric": w.find(relation.metric, ("Metric",)),
                       "delta": relation.delta})
    w.claims.put(head, kind, tail, paper=w.paper_id, confidence=relation.confidence,
                 evidence=w.spans.put(relation.start, relation.end, relation.rule), rules=(relation.rule or "given",),
                 where=where, hedged=relation.hedged if kind == "outperforms" else None)
