"""RDF terms as N-Triples text, and back: the one place that knows how values become literals and ids IRIs.

Texts keep every character that XML 1.0 can hold; the others (control characters but tab and line ends, surrogates,
U+FFFE, U+FFFF) are written as U+FFFD in every format, so that all formats hold the same graph.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import quote, unquote

from kg.errors import DataError
from kg.model import Slot

__all__ = ["XSD", "agent", "clean", "datatype", "decimal", "external", "id_of", "lexical", "literal", "local",
           "objects", "reference", "value_of"]

XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF_UNSAFE = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_UNSAFE = re.compile(f"[{_RDF_UNSAFE}]")
_ESCAPED = re.compile(f'[{_RDF_UNSAFE}"\\\\\n\r]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_SAFE = "/#=,:;@!$&'()*+?~"  # beside letters, digits and -._ ; a second # is not
_LOCAL = re.compile(r"[A-Za-z0-9/=,:;@!$&'()*+?~._-]*(?:#[A-Za-z0-9/=,:;@!$&'()*+?~._-]*)?").fullmatch
_OUTSIDE = re.compile(r"""[^\w!-~]|["<>{}|\\^`\[\]]|%(?![0-9A-Fa-f]{2})""")


def clean(text: str) -> str:
    """Put U+FFFD for each character that not every RDF format can hold."""
    return _UNSAFE.sub("\ufffd", text) if _UNSAFE.search(text) else text


def literal(text: str) -> str:
    """Write a text as an N-Triples literal."""
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(lambda m: _ESCAPES.get(m[0], "\ufffd"), text)
    return f'"{text}"'


def local(node: str) -> str:
    """Write a node id as the part of an IRI below the base: what is not safe is percent-encoded."""
    if _LOCAL(node):
        return node
    head, mark, tail = node.partition("#")
    return quote(head, _SAFE, errors="replace") + mark + quote(tail, _SAFE.replace("#", ""), errors="replace")


def agent(paper: str, slot: str, place: int) -> str:
    """Name an item of a list whose order counts, such as an author, by the IRI of its paper."""
    return f"{paper}{'/' if '#' in paper else '#'}{slot}-{place}"


def id_of(iri: str, base: str) -> str:
    """Read the id of a node from its IRI; raises DataError where it isn't below the base."""
    if not iri.startswith(base):
        raise DataError(f"<{iri}>: not below the base {base}; give the base that the graph was written with")
    below = iri[len(base):]
    return unquote(below, errors="strict") if "%" in below else below


def reference(base: str) -> Callable[[str], str]:
    """Give the function that writes a node id as an N-Triples IRI; raises DataError for a base that is no IRI."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^#]+", base) or external(base) != base:
        raise DataError(f"{base}: not a base for ids; give an absolute IRI without #, such as https://example.org/atlas/")
    return lambda node: f"<{base}{node}>" if _LOCAL(node) else f"<{base}{local(node)}>"


def external(iri: str) -> str:
    """Write the IRI of a thing elsewhere; what no IRI can hold is percent-encoded."""
    head, mark, tail = iri.partition("#")
    tail = tail.replace("#", "%23")
    return _OUTSIDE.sub(lambda m: quote(m[0], "", errors="replace"), head + mark + tail)


def decimal(value: float) -> str:
    """Write a number as an xsd:decimal that reads back as the same float."""
    text = repr(float(value))
    if "e" in text:
        text = format(Decimal(text), "f")
    elif "n" in text:
        raise DataError(f"{text}: no number that RDF decimals can hold; correct the value")
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


# range -> datatype, and the function that writes a value's text
_KINDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "integer": ("integer", str),
    "decimal": ("decimal", decimal),
    "boolean": ("boolean", lambda value: "true" if value else "false"),
    "year": ("gYear", "{:04d}".format),
    "date": ("date", clean),
    "url": ("anyURI", clean),
}


def datatype(slot: Slot) -> str | None:
    """Name the datatype of a property's literals: the local name in XSD; None for plain texts and for IRIs."""
    return _KINDS[slot.ranges[0]][0] if slot.ranges[0] in _KINDS else None


def lexical(slot: Slot) -> Callable[[Any], str]:
    """Give the function that writes a value of the property as the text of a literal."""
    return _KINDS.get(slot.ranges[0], ("", clean))[1]


def objects(slot: Slot, ref: Callable[[str], str]) -> Callable[[Any], str]:
    """Give the function that writes a value of the property as an N-Triples object."""
    if slot.refers:
        return ref
    if slot.ranges[0] == "iri":
        return lambda value: f"<{external(value)}>"
    kind, write = datatype(slot), lexical(slot)
    if kind is None:
        return literal
    if kind in ("date", "anyURI"):
        return lambda value: f"{literal(value)}^^<{XSD}{kind}>"
    return lambda value: f'"{write(value)}"^^<{XSD}{kind}>'


def value_of(text: str, slot: Slot) -> Any:
    """Read the value of a property from the text of an RDF term."""
    kinds: dict[str, Callable[[str], Any]] = {
        "integer": int, "year": int, "decimal": float, "boolean": lambda t: t in ("true", "1")}
    return kinds.get(slot.ranges[0], str)(text)
