"""The questions in Cypher: a `.cypher` file beside each `.rq`, with the same columns in the same order.

Parameters are ids of nodes, texts and numbers; those left out are null. Where the embedded engine's dialect differs, a
second file NAME.ladybug.cypher says the same in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.questions import Question, get_question

if TYPE_CHECKING:
    from neo4j import Driver

    from kg.stores.ladybug import Store

__all__ = ["answer_neo4j", "answer_store", "cypher_text"]

_DIGITS = 6  # decimals of the numbers in answers, as in kg.questions


def cypher_text(name: str, *, embedded: bool = False) -> str:
    """Give the text of a question in Neo4j's Cypher or in the embedded one; raises DataError for no question."""
    folder = Path(__file__).parent
    own = folder / f"{get_question(name).name}.ladybug.cypher"
    path = own if embedded and own.is_file() else folder / f"{name}.cypher"
    return path.read_text(encoding="utf-8")


def answer_neo4j(driver: Driver, name: str, values: Mapping[str, Any], *,
                 database: str | None = None) -> list[tuple[Any, ...]]:
    """Answer a question from a Neo4j database."""
    query: Any = cypher_text(name)
    found = driver.execute_query(query, parameters_=_given(get_question(name), values), database_=database)
    return _table(record.values() for record in found.records)


def answer_store(store: Store, name: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Answer a question from the embedded store."""
    return _table(store.query(cypher_text(name, embedded=True), _given(get_question(name), values)).rows)


def _given(question: Question, values: Mapping[str, Any]) -> dict[str, Any]:
    return {parameter.name: values.get(parameter.name) for parameter in question.parameters}


def _table(rows: Iterable[Iterable[Any]]) -> list[tuple[Any, ...]]:
    return [tuple(round(cell, _DIGITS) if isinstance(cell, float) else cell for cell in row) for row in rows]
