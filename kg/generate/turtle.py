"""Turtle as text, for files that people read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import Model, Slot
from kg.writers.terms import literal

__all__ = ["block", "prefixes", "range_curies", "slots_by_term", "term", "text"]

_XSD = {"integer": "xsd:integer", "decimal": "xsd:decimal", "boolean": "xsd:boolean", "year": "xsd:gYear",
        "date": "xsd:date", "url": "xsd:anyURI"}


def prefixes(model: Model, body: str) -> str:
    """Write the prefixes that a text uses."""
    used = {name: space for name, space in sorted(model.prefixes.items()) if f"{name}:" in body}
    return "".join(f"@prefix {name}: <{space}> .\n" for name, space in used.items())


def block(subject: str, facts: Iterable[tuple[str, str]]) -> str:
    """Write the statements about one subject, one a line; those without object are left out."""
    lines = [f"{verb} {value}" for verb, value in facts if value]
    return f"{subject}\n    " + " ;\n    ".join(lines) + " .\n"


def text(value: str) -> str:
    """Write a literal."""
    return literal(value)


def term(model: Model, iri: str) -> str:
    """Write an IRI, short where a prefix fits."""
    short = model.curie(iri)
    return short if short != iri else f"<{iri}>"


def range_curies(slot: Slot) -> list[str]:
    """Name what a property holds: datatypes and classes by their prefixed names; none for IRIs of elsewhere."""
    if slot.ranges[0] == "iri":
        return []
    return [f"pa:{name}" for name in slot.ranges] if slot.refers else [_XSD.get(slot.ranges[0], "xsd:string")]


def slots_by_term(holders: Mapping[str, Mapping[str, Slot]]) -> dict[str, list[tuple[str, Slot]]]:
    """Gather, for each RDF term, the classes that have it with the property that it carries there."""
    found: dict[str, list[tuple[str, Slot]]] = {}
    for holder, slots in holders.items():
        for slot in slots.values():
            found.setdefault(slot.term, []).append((holder, slot))
    return found
