"""The questions that the graph answers: one `.rq` file each, with its title, its words and its parameters on top.

    # 1. Best on a dataset
    # question: Which methods score best on a dataset, metric by metric?
    # parameter dataset: Dataset|Benchmark = ImageNet-1K
    # parameter metric?: Metric = top-1 accuracy

A parameter is `$name` in the query; `?` marks one that may be left out, `$name` is then a variable bound nowhere. Its
kind is the classes of a node, `text`, `integer` or `decimal`; what follows `=` is an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError

__all__ = ["Parameter", "Question", "cell", "fill", "get_question", "questions", "read_question", "table"]

_DIGITS = 6  # decimals of the numbers in answers
_NS = "https://w3id.org/paperatlas/ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question."""

    name: str
    kinds: tuple[str, ...]  # classes of a node, or one of text, integer, decimal
    optional: bool
    example: str

    @property
    def is_node(self) -> bool:
        """Say whether the value is a node."""
        return self.kinds[0][:1].isupper()


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its query."""

    name: str
    number: int
    title: str
    words: str
    parameters: tuple[Parameter, ...]
    notes: str
    query: str
    columns: tuple[str, ...]


@cache
def questions() -> Mapping[str, Question]:
    """Read the questions that ship with the package, by name, in the order of their numbers."""
    found = [read_question(path.read_text(encoding="utf-8"), path.stem) for path in Path(__file__).parent.glob("*.rq")]
    return {question.name: question for question in sorted(found, key=lambda q: q.number)}


def get_question(name: str) -> Question:
    """Give a question by its name; raises DataError with the names that there are."""
    known = questions()
    if name not in known:
        raise DataError(f"no question called {name!r}; there are: {', '.join(known)}")
    return known[name]


def read_question(text: str, name: str) -> Question:
    """Read a question from the text of its file; raises DataError where its head is not as it should be."""
    head = [line[1:].strip() for line in text.split("\n") if line.startswith("#")]
    titled = re.fullmatch(r"(\d+)\. (.+)", head[0]) if head else None
    words = [line.removeprefix("question: ") for line in head if line.startswith("question: ")]
    columns = re.search(r"SELECT (?:DISTINCT )?(.*?) WHERE", text, re.S)
    if not titled or len(words) != 1 or not columns:
        raise DataError(f"{name}.rq: needs a first line '# NUMBER. TITLE', one '# question: …' and a SELECT … WHERE")
    parameters = tuple(_parameter(line, name) for line in head if line.startswith("parameter "))
    notes = " ".join(line for line in head[1:] if not line.startswith(("question: ", "parameter ")))
    # variables, and names given by (… AS ?name)
    names = re.findall(r"\?(\w+)", re.sub(r"\((?:[^()]|\([^()]*\))*\bAS (\?\w+)\)", r"\1", columns[1]))
    return Question(name, int(titled[1]), titled[2], words[0], parameters, notes, text, tuple(names))


def _parameter(line: str, name: str) -> Parameter:
    found = re.fullmatch(r"parameter (\w+)(\??): ([\w|]+) = (.+)", line)
    if not found:
        raise DataError(f"{name}.rq: {line!r} is not 'parameter NAME: KIND = EXAMPLE'")
    return Parameter(found[1], tuple(found[3].split("|")), bool(found[2]), found[4])


_TOKEN = re.compile(r'''"(?:\\.|[^"\\\n])*"|<[^<>"\s]*>|#[^\n]*|\$(\w+)''')


def fill(question: Question, values: Mapping[str, Any], *, base: str) -> str:
    """Put values (ids of nodes, texts, numbers) in the place of a question's parameters.

    Raises DataError for a value that is missing, unknown or not of the parameter's kind.
    """
    known = {p.name: p for p in question.parameters}
    if unknown := values.keys() - known.keys():
        there = ", ".join(known) or "none"
        raise DataError(f"{question.name}: no parameter {', '.join(sorted(unknown))}; it has: {there}")
    if missing := [p.name for p in known.values() if not p.optional and values.get(p.name) is None]:
        raise DataError(f"{question.name}: give --{', --'.join(missing)}")
    terms = {name: _term(known[name], value, base) for name, value in values.items() if value is not None}
    return _TOKEN.sub(lambda m: terms.get(m[1], f"?no_{m[1]}") if m[1] else m[0], question.query)


def _term(parameter: Parameter, value: Any, base: str) -> str:
    from kg.writers.terms import decimal, literal, reference

    if parameter.is_node:
        return reference(base)(str(value))
    try:
        if parameter.kinds[0] == "integer":
            return str(int(value))
        if parameter.kinds[0] == "decimal":
            return f'"{decimal(float(value))}"^^<{_XSD}decimal>'
    except (ValueError, OverflowError) as error:
        raise DataError(f"--{parameter.name} {value}: not a{'n' if parameter.kinds[0][0] in 'aei' else ''} "
                        f"{parameter.kinds[0]}; for example {parameter.example}") from error
    return literal(str(value))


def cell(term: Any, base: str) -> Any:
    """Give an RDF term as the value of a cell: the id of a node, a number, a truth value, a text; None for nothing."""
    from kg.writers.terms import id_of

    if term is None:
        return None
    datatype = getattr(term, "datatype", None)
    if datatype is None:
        if term.value.startswith(_NS):
            return f"pa:{term.value.removeprefix(_NS)}"
        return id_of(term.value, base) if term.value.startswith(base) else term.value
    kind = datatype.value.removeprefix(_XSD)
    if kind == "integer":
        return int(term.value)
    if kind in ("decimal", "double", "float"):
        return round(float(term.value), _DIGITS)
    return term.value in ("true", "1") if kind == "boolean" else term.value


def table(solutions: Iterable[Any], columns: Iterable[str], *, base: str) -> list[tuple[Any, ...]]:
    """Give the solutions of a query as rows."""
    names = list(columns)
    return [tuple(cell(solution[name], base) for name in names) for solution in solutions]
