"""A small SHACL Core engine over a pyoxigraph store: what `schema/shapes.ttl` uses, and nothing else.

A constraint that it doesn't know is an error, never passed over. On the tests' graphs it gives what pyshacl gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.errors import DataError

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Shape", "Violation", "read_shapes", "run_shapes"]

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_KNOWN = {"path", "targetClass", "targetSubjectsOf", "property", "nodeKind", "pattern", "closed", "ignoredProperties",
          "or", "datatype", "class", "in", "minCount", "maxCount", "minInclusive", "maxInclusive", "lessThan"}
_LEXICAL = {"integer": r"[+-]?\d+", "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)", "boolean": "true|false|0|1",
            "gYear": r"-?\d{4,}(Z|[+-]\d\d:\d\d)?",
            "date": r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d\d:\d\d)?"}
Facts = Mapping[str, list[Any]]
Look = Callable[[Any], Facts]


@dataclass(frozen=True, slots=True)
class Violation:
    """What breaks a shape: the node, the path from it, the constraint's name in SHACL, the value where one is wrong."""

    node: str
    path: str | None
    constraint: str
    value: Any


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or a property shape where it has a path; `facts` are its constraints by name."""

    facts: Mapping[str, list[Any]]
    path: str | None
    properties: tuple[Shape, ...]
    either: tuple[tuple[Shape, ...], ...]
    lists: Mapping[str, tuple[Any, ...]]

    def one(self, name: str) -> Any:
        """Give the value of a constraint; None where the shape doesn't have it."""
        return self.facts[name][0].value if name in self.facts else None


def read_shapes(turtle: str) -> list[Shape]:
    """Read the shapes that have targets; raises DataError for a constraint that is unknown here."""
    import pyoxigraph as ox

    store = ox.Store()
    store.load(turtle, ox.RdfFormat.TURTLE)
    targets = [ox.NamedNode(f"{_SH}{name}") for name in ("targetClass", "targetSubjectsOf")]
    nodes = {quad.subject for target in targets for quad in store.quads_for_pattern(None, target, None)}
    return [_shape(store, node) for node in sorted(nodes, key=str)]


def _shape(store: ox.Store, node: Any) -> Shape:
    facts: dict[str, list[Any]] = {}
    for quad in store.quads_for_pattern(node, None, None):
        if quad.predicate.value.startswith(_SH):
            facts.setdefault(quad.predicate.value.removeprefix(_SH), []).append(quad.object)
    if unknown := facts.keys() - _KNOWN:
        raise DataError(f"shapes: sh:{', sh:'.join(sorted(unknown))} is not known to this engine; use pyshacl")
    paths = facts.get("path", [])
    return Shape(facts, paths[0].value if paths else None,
                 tuple(_shape(store, part) for part in facts.get("property", ())),
                 tuple(tuple(_shape(store, m) for m in _list(store, head)) for head in facts.get("or", ())),
                 {name: tuple(_list(store, facts[name][0])) for name in ("in", "ignoredProperties") if name in facts})


def _list(store: ox.Store, head: Any) -> Iterator[Any]:
    import pyoxigraph as ox

    first, rest = ox.NamedNode(f"{_RDF}first"), ox.NamedNode(f"{_RDF}rest")
    while head != ox.NamedNode(f"{_RDF}nil"):
        yield next(iter(store.quads_for_pattern(head, first, None))).object
        head = next(iter(store.quads_for_pattern(head, rest, None))).object


def run_shapes(store: ox.Store, shapes: list[Shape]) -> Iterator[Violation]:
    """Give what in the store breaks the shapes."""
    look = _looker(store)
    for shape in shapes:
        for node in _targets(store, shape):
            yield from _check(shape, node, look)


def _looker(store: ox.Store) -> Look:
    @lru_cache(maxsize=200_000)
    def look(node: Any) -> Facts:
        facts: dict[str, list[Any]] = {}
        for quad in store.quads_for_pattern(node, None, None):
            facts.setdefault(quad.predicate.value, []).append(quad.object)
        return facts

    return look


def _targets(store: ox.Store, shape: Shape) -> Iterator[Any]:
    import pyoxigraph as ox

    kind = ox.NamedNode(f"{_RDF}type")
    for target in shape.facts.get("targetClass", ()):
        yield from (quad.subject for quad in store.quads_for_pattern(None, kind, target))
    for target in shape.facts.get("targetSubjectsOf", ()):
        last = None
        for quad in store.quads_for_pattern(None, target, None):
            if quad.subject != last:  # several targets of one subject come together, or are checked again: no harm
                yield (last := quad.subject)


def _check(shape: Shape, focus: Any, look: Look) -> Iterator[Violation]:
    """Check a focus node against a shape: the values of the path, or the node itself."""
    import pyoxigraph as ox

    # a literal has no facts: it can be a value, never a subject
    facts: Facts = look(focus) if isinstance(focus, ox.NamedNode | ox.BlankNode) else {}
    values = [focus] if shape.path is None else facts.get(shape.path, [])
    for constraint, value in _breaches(shape, values, facts, look):
        yield Violation(str(focus.value), shape.path, constraint, None if value is None else value.value)
    if shape.one("closed") == "true":
        allowed = {p.path for p in shape.properties} | {t.value for t in shape.lists.get("ignoredProperties", ())}
        for verb in facts.keys() - allowed:
            yield from (Violation(str(focus.value), verb, "Closed", value.value) for value in facts[verb])
    for part in shape.properties:
        for value in values:
            yield from _check(part, value, look)


def _breaches(shape: Shape, values: list[Any], facts: Facts, look: Look) -> Iterator[tuple[str, Any]]:
    if "minCount" in shape.facts and len(values) < int(shape.one("minCount")):
        yield "MinCount", None
    if "maxCount" in shape.facts and len(values) > int(shape.one("maxCount")):
        yield "MaxCount", None
    for value in values:
        for name, holds in _TESTS.items():
            if name in shape.facts and not holds(value, shape, look):
                yield name[0].upper() + name[1:], value
        for members in shape.either:
            if not any(next(_check(member, value, look), None) is None for member in members):
                yield "Or", value
        if "lessThan" in shape.facts:
            yield from (("LessThan", value) for other in facts.get(shape.one("lessThan"), ())
                        if not _below(value, other))


def _is_datatype(value: Any, shape: Shape, _look: Look) -> bool:
    wanted = shape.one("datatype")
    if getattr(getattr(value, "datatype", None), "value", None) != wanted:
        return False
    pattern = _LEXICAL.get(wanted.removeprefix(_XSD))
    return pattern is None or re.fullmatch(pattern, value.value) is not None


def _is_class(value: Any, shape: Shape, look: Look) -> bool:
    return not _is_literal(value) and shape.facts["class"][0] in look(value).get(f"{_RDF}type", ())


def _is_literal(value: Any) -> bool:
    return hasattr(value, "datatype")


def _is_kind(value: Any, shape: Shape, _look: Look) -> bool:
    if shape.one("nodeKind") != f"{_SH}IRI":
        raise DataError("shapes: only sh:nodeKind sh:IRI is known to this engine; use pyshacl")
    return type(value).__name__ == "NamedNode"


def _matches(value: Any, shape: Shape, _look: Look) -> bool:
    return type(value).__name__ != "BlankNode" and re.search(shape.one("pattern"), value.value) is not None


def _number(value: Any) -> Decimal | None:
    kinds = {f"{_XSD}{kind}" for kind in ("integer", "decimal", "double", "float")}
    if not _is_literal(value) or value.datatype.value not in kinds:
        return None
    try:
        return Decimal(value.value)
    except InvalidOperation:
        return None


def _below(value: Any, other: Any, *, equal: bool = False) -> bool:
    one, two = _number(value), _number(other)
    return one is not None and two is not None and (one < two or (equal and one == two))


_TESTS: dict[str, Callable[[Any, Shape, Look], bool]] = {
    "datatype": _is_datatype,
    "class": _is_class,
    "nodeKind": _is_kind,
    "pattern": _matches,
    "in": lambda value, shape, _look: value in shape.lists["in"],
    "minInclusive": lambda value, shape, _look: _below(shape.facts["minInclusive"][0], value, equal=True),
    "maxInclusive": lambda value, shape, _look: _below(value, shape.facts["maxInclusive"][0], equal=True),
}
