"""Ask an atlas the questions of `kg.questions`, with things called by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from kg.errors import DataError
from kg.identity.normal import loose
from kg.questions import Parameter, Question, fill, table
from kg.stores.sparql import Asked, Engine
from kg.writers.terms import literal

__all__ = ["ask", "resolve", "select"]

_NS = "https://w3id.org/paperatlas/ns#"
_NAMES = "<http://www.w3.org/2000/01/rdf-schema#label>|<http://purl.org/dc/terms/title>"
_ALIAS = "<http://www.w3.org/2004/02/skos/core#altLabel>"
_OBJECT = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#object>"


def ask(engine: Engine, question: Question, values: Mapping[str, Any], *, base: str) -> list[tuple[Any, ...]]:
    """Answer a question; nodes are given by id, name or alias. Raises DataError where nothing is called so."""
    nodes = {p.name: p for p in question.parameters if p.is_node}
    ids = {name: resolve(engine, value, nodes[name], base=base) if name in nodes and value is not None else value
           for name, value in values.items()}
    return table(_solutions(engine, fill(question, ids, base=base)), question.columns, base=base)


def select(engine: Engine, query: str, *, base: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Give the columns and rows of a SELECT query; ASK has one column and one row."""
    found = _solutions(engine, query)
    if not hasattr(found, "variables"):
        return ["answer"], [(bool(found),)]
    columns = [variable.value for variable in found.variables]
    return columns, table(found, columns, base=base)


def _solutions(engine: Engine, query: str) -> Any:
    import pyoxigraph as ox

    answer = engine.ask(Asked(query))
    return ox.parse_query_results(b"".join(answer.parts), ox.QueryResultsFormat.JSON)


def resolve(engine: Engine, text: str, parameter: Parameter, *, base: str) -> str:
    """Find the id of the node that a parameter names: by id, name, alias, or either but for case and hyphens.

    Of several, the one that most claims point to. Raises DataError with the nearest names.
    """
    types = " ".join(f"<{_NS}{kind}>" for kind in parameter.kinds)
    for where in _exact(text, base):
        query = f"SELECT DISTINCT ?node {{ VALUES ?type {{ {types} }} {where} ?node a ?type }}"
        if found := [str(row[0]) for row in select(engine, query, base=base)[1]]:
            return _foremost(engine, found, base)
    query = f"SELECT ?node ?name {{ VALUES ?type {{ {types} }} ?node a ?type ; {_NAMES}|{_ALIAS} ?name }}"
    named = [(str(node), str(name)) for node, name in select(engine, query, base=base)[1]]
    if found := sorted({node for node, name in named if loose(name) == loose(text)}):
        return _foremost(engine, found, base)
    near = get_close_matches(text, sorted({name for _, name in named}), n=3, cutoff=0.6)
    hint = f"; near: {', '.join(near)}" if near else ""
    raise DataError(f"no {' or '.join(parameter.kinds)} called {text!r} in this atlas{hint}")


def _exact(text: str, base: str) -> Iterator[str]:
    from kg.writers.terms import reference

    if re.match(r"[a-z]+/", text):
        yield f"BIND({reference(base)(text)} AS ?node)"
    yield f"?node {_NAMES} {literal(text)} ."
    yield f"?node {_ALIAS} {literal(text)} ."


def _foremost(engine: Engine, nodes: list[str], base: str) -> str:
    from kg.writers.terms import reference

    if len(nodes) == 1:
        return nodes[0]
    values = " ".join(map(reference(base), nodes))
    query = f"SELECT ?node (COUNT(?claim) AS ?n) {{ VALUES ?node {{ {values} }} " \
            f"OPTIONAL {{ ?claim {_OBJECT} ?node }} }} GROUP BY ?node"
    return str(max((count, node) for node, count in select(engine, query, base=base)[1])[1])
