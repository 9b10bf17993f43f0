"""The OWL ontology: our classes and properties, and which terms of others the graph uses."""

from __future__ import annotations

from kg.generate.turtle import block, prefixes, range_curies, slots_by_term, term, text
from kg.model import EdgeType, Model, NodeType, Slot

__all__ = ["ontology"]

_HEAD = "# Made from model.yaml by `python -m kg.model`; edit that.\n"


def ontology(model: Model) -> str:
    """Make ontology.ttl: terms of others are declared, never given axioms."""
    source = model.source
    head = block(f"<{source['id']}>", [
        ("a", "owl:Ontology"), ("dcterms:title", text(source["title"])),
        ("dcterms:description", text(source["description"])), ("dcterms:license", f"<{source['license']}>"),
        ("owl:versionInfo", text(source["version"])),
    ])
    body = "\n".join([head, *(_class(model, kind) for kind in model.nodes.values()),
                      *(_edge(model, kind) for kind in model.edges.values()), *_properties(model), *_others(model)])
    return f"{_HEAD}{prefixes(model, body)}\n{body}"


def _class(model: Model, kind: NodeType) -> str:
    return block(term(model, kind.term), [
        ("a", "owl:Class"), ("rdfs:label", text(kind.name)), ("rdfs:comment", text(kind.description)),
        ("rdfs:subClassOf", ", ".join(term(model, t) for t in kind.also)), ("skos:example", text(kind.example)),
        ("rdfs:isDefinedBy", f"<{model.source['id']}>"),
    ])


def _edge(model: Model, kind: EdgeType) -> str:
    name = term(model, kind.term)
    if not name.startswith("pa:"):
        return block(name, [("a", "owl:ObjectProperty")])
    targets = dict.fromkeys(t for ends in kind.ends.values() for t in ends)
    return block(name, [
        ("a", "owl:ObjectProperty"), ("rdfs:label", text(kind.name)), ("rdfs:comment", text(kind.description)),
        ("schema:domainIncludes", ", ".join(f"pa:{source}" for source in kind.ends)),
        ("schema:rangeIncludes", ", ".join(f"pa:{target}" for target in targets)),
        ("skos:closeMatch", ", ".join(term(model, t) for t in kind.close)),
        ("rdfs:isDefinedBy", f"<{model.source['id']}>"),
    ])


def _holders(model: Model) -> dict[str, list[tuple[str, Slot]]]:
    edges = {slot.name: slot for kind in model.edges.values() for slot in kind.slots.values()}
    nodes = {term(model, kind.term): kind.slots for kind in model.nodes.values()}
    return slots_by_term({**nodes, "rdf:Statement": edges})


def _properties(model: Model) -> list[str]:
    return [_property(model, iri, held) for iri, held in sorted(_holders(model).items())
            if term(model, iri).startswith("pa:")]


def _property(model: Model, iri: str, held: list[tuple[str, Slot]]) -> str:
    slots = {slot.name: slot for _, slot in held}
    comments = dict.fromkeys(slot.description for slot in slots.values())
    ranges = dict.fromkeys(r for _, slot in held for r in range_curies(slot))
    return block(term(model, iri), [
        ("a", "owl:ObjectProperty" if held[0][1].refers else "owl:DatatypeProperty"),
        ("rdfs:label", text(term(model, iri)[3:])), ("rdfs:comment", text(" ".join(comments))),
        ("schema:domainIncludes", ", ".join(dict.fromkeys(holder for holder, _ in held))),
        ("schema:rangeIncludes", ", ".join(ranges)), ("skos:example", text(held[0][1].example)),
        ("rdfs:isDefinedBy", f"<{model.source['id']}>"),
    ])


def _others(model: Model) -> list[str]:
    """Declare the properties of other vocabularies, so that the ontology stands alone in OWL."""
    kinds = {kind.name_term: "owl:DatatypeProperty" for kind in model.nodes.values()}
    for iri, held in _holders(model).items():
        objects = held[0][1].refers or held[0][1].ranges[0] == "iri" or held[0][1].ordered
        kinds[iri] = "owl:ObjectProperty" if objects else "owl:DatatypeProperty"
    annotations = {"rdfs:label", "skos:altLabel"}
    named = {term(model, iri): kind for iri, kind in kinds.items() if not term(model, iri).startswith("pa:")}
    return [block(name, [("a", "owl:AnnotationProperty" if name in annotations else kind)])
            for name, kind in sorted(named.items())]
