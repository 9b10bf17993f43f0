"""The SHACL shapes: what every node, edge and claim must and may have. Core only, so that any engine runs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.generate.turtle import block, prefixes, range_curies, term, text
from kg.model import EdgeType, Model, NodeType, Slot

__all__ = ["shapes"]

_HEAD = "# Made from model.yaml by `python -m kg.model`; edit that.\n"


def shapes(model: Model) -> str:
    """Make shapes.ttl: a closed shape for each class, one for the ends of each edge, one for claims and authors."""
    body = "\n".join([*(_node(model, kind) for kind in model.nodes.values()),
                      *(_domain(model, kind) for kind in model.edges.values()), _claim(model), _agent()])
    return f"{_HEAD}{prefixes(model, body)}\n{body}"


def _node(model: Model, kind: NodeType) -> str:
    name = _shape(term(model, kind.name_term), minimum=1, maximum=1, extra=["sh:datatype xsd:string"])
    slots = [_slot(model, slot) for slot in kind.slots.values() if slot.term != kind.name_term]
    edges = [_edge(model, edge, edge.ends[kind.name]) for edge in model.edges.values() if kind.name in edge.ends]
    derived = [_shape("qudt:unit", maximum=1, extra=["sh:nodeKind sh:IRI"])] if "unit" in kind.slots else []
    return block(f"pa:{kind.name}Shape", [
        ("a", "sh:NodeShape"), ("sh:targetClass", term(model, kind.term)), ("sh:nodeKind", "sh:IRI"),
        ("sh:pattern", text(f"/{kind.id}$")), ("sh:closed", "true"), ("sh:ignoredProperties", "( rdf:type )"),
        *(("sh:property", shape) for shape in [name, *slots, *edges, *derived]),
    ])


def _shape(path: str, *, minimum: int = 0, maximum: int | None = None, extra: Iterable[str] = ()) -> str:
    parts = [f"sh:path {path}", *extra]
    parts += [f"sh:minCount {minimum}"] if minimum else []
    parts += [f"sh:maxCount {maximum}"] if maximum is not None else []
    return f"[ {' ; '.join(parts)} ]"


def _slot(model: Model, slot: Slot) -> str:
    if slot.ordered:
        return _shape(term(model, slot.term), extra=["sh:class dcterms:Agent"])
    extra = [_class(range_curies(slot))] if slot.refers else [f"sh:datatype {r}" for r in range_curies(slot)]
    extra += ["sh:nodeKind sh:IRI"] if slot.ranges[0] == "iri" else []
    extra += [f"sh:in ( {' '.join(map(text, slot.values))} )"] if slot.values else []
    least, most = slot.bounds
    extra += [f"sh:minInclusive {least}"] if least is not None else []
    extra += [f"sh:maxInclusive {most}"] if most is not None else []
    extra += ["sh:lessThan oa:end"] if slot.name == "start" else []
    return _shape(term(model, slot.term), minimum=slot.minimum, maximum=slot.maximum, extra=extra)


def _class(names: list[str]) -> str:
    if len(names) == 1:
        return f"sh:class {names[0]}"
    return f"sh:or ( {' '.join(f'[ sh:class {name} ]' for name in names)} )"


def _edge(model: Model, edge: EdgeType, targets: Iterable[str]) -> str:
    return _shape(term(model, edge.term), minimum=edge.minimum, maximum=edge.maximum,
                  extra=[_class([f"pa:{target}" for target in targets])])


def _domain(model: Model, edge: EdgeType) -> str:
    name = edge.name[0].upper() + edge.name[1:]
    verb, value = _class([f"pa:{source}" for source in edge.ends]).split(" ", 1)
    return block(f"pa:{name}Domain", [("a", "sh:NodeShape"), ("sh:targetSubjectsOf", term(model, edge.term)),
                                      (verb, value)])


def _claim(model: Model) -> str:
    slots: Mapping[str, Slot] = {name: slot for edge in model.edges.values() for name, slot in edge.slots.items()}
    verbs = " ".join(term(model, edge.term) for edge in model.edges.values() if edge.claim)
    ends = [_shape(f"rdf:{part}", minimum=1, maximum=1, extra=["sh:nodeKind sh:IRI"]) for part in ("subject", "object")]
    predicate = _shape("rdf:predicate", minimum=1, maximum=1, extra=[f"sh:in ( {verbs} )"])
    inferred = " ".join(text(rule) for edge in model.edges.values() for rule in edge.inferred)
    said = ("( [ sh:path pa:evidence ; sh:minCount 1 ] [ sh:path pa:paper ; sh:maxCount 0 ] "
            f"[ sh:path pa:rule ; sh:minCount 1 ; sh:in ( {inferred} ) ] )")
    return block("pa:ClaimShape", [
        ("a", "sh:NodeShape"), ("sh:targetClass", "rdf:Statement"), ("sh:nodeKind", "sh:IRI"),
        ("sh:pattern", text(f"/{model.source['claim']['id']}$")), ("sh:closed", "true"),
        ("sh:ignoredProperties", "( rdf:type )"), ("sh:or", said),
        *(("sh:property", shape) for shape in [*ends, predicate, *(_slot(model, slot) for slot in slots.values())]),
    ])


def _agent() -> str:
    label = _shape("rdfs:label", minimum=1, maximum=1, extra=["sh:datatype xsd:string"])
    place = _shape("schema:position", minimum=1, maximum=1, extra=["sh:datatype xsd:integer", "sh:minInclusive 1"])
    return block("pa:AgentShape", [("a", "sh:NodeShape"), ("sh:targetClass", "dcterms:Agent"),
                                   ("sh:property", label), ("sh:property", place)])
