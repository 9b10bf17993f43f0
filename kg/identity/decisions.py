"""The user's decisions: `merge A B`, `split A paper …`, `rename A name`, one a line, applied at every build."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import DataError
from kg.identity.registry import entity_iri

__all__ = ["Decision", "check_merges", "parse_decision", "parse_decisions", "read_text", "same_class"]

_FORMS = {"merge": "merge A B: B becomes A", "split": "split A PAPER …: A in these papers is another thing",
          "rename": "rename A NAME: A is called NAME"}
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"(?!\S)|\S+')  # a paper's id with blanks in it stands in quotes, as in JSON


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: what is done to which node, with which node, papers or name; and where that is written."""

    verb: str
    node: str
    arguments: tuple[str, ...]
    where: str = field(default="decision", compare=False)

    @property
    def line(self) -> str:
        """The line of the decisions file."""
        words = map(_quoted, self.arguments) if self.verb == "split" else self.arguments
        return " ".join((self.verb, self.node, *words))

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes that it names."""
        return (self.node, *self.arguments) if self.verb == "merge" else (self.node,)


def _quoted(paper: str) -> str:
    """Write the id of a paper as one word, as it is wherever it reads as one."""
    plain = paper.split() == [paper] and not paper.startswith('"')
    return paper if plain else json.dumps(paper, ensure_ascii=False)


def _unquoted(word: str) -> str:
    """Read it back; what is no text in quotes is the id as it stands."""
    try:
        return str(json.loads(word)) if word.startswith('"') else word
    except ValueError:
        return word


def parse_decision(line: str, where: str = "decision") -> Decision:
    """Read one decision; raises DataError where it has not the form of one, or can be true of no atlas."""
    verb, *rest = line.split()
    if verb not in _FORMS:
        raise DataError(f"{where}: {verb!r} is none of {', '.join(sorted(_FORMS))}; correct or delete the line")
    if len(rest) < 2 or (verb == "merge" and len(rest) != 2):
        raise DataError(f"{where}: {line!r} is not complete; the form is {_FORMS[verb]}")
    words = {"rename": (" ".join(rest[1:]),), "split": tuple(map(_unquoted, _WORD.findall(line)[2:]))}
    made = Decision(verb, rest[0], words.get(verb, tuple(rest[1:])), where)
    if other := next((node for node in made.nodes if not entity_iri(node)), None):
        raise DataError(f"{where}: {other!r} is no id of a method, data set, benchmark, metric or task, such as "
                        "method/bert; correct or delete the line")
    if verb == "merge" and (len(set(made.nodes)) == 1 or not same_class(*made.nodes)):
        why = "is one node" if len(set(made.nodes)) == 1 else "names things of different types, which cannot be one"
        raise DataError(f"{where}: {line!r} {why}; correct or delete the line")
    return made


def same_class(one: str, other: str) -> bool:
    """Say whether two ids are of types that one thing may have: data sets and benchmarks are told apart by hand."""
    heads = {"dataset" if head == "benchmark" else head for head in (i.partition("/")[0] for i in (one, other))}
    return len(heads) == 1


def parse_decisions(text: str, path: Path) -> tuple[Decision, ...]:
    """Read the decisions in the text of a file; lines that begin with # are notes. Raises DataError as above, and
    where merges contradict each other."""
    found = tuple(parse_decision(line, f"{path}:{n}") for n, line in enumerate(text.split("\n"), 1)
                  if line.strip() and not line.lstrip().startswith("#"))
    check_merges(found)
    return found


def check_merges(decisions: Iterable[Decision]) -> None:
    """Raise DataError where merges go round in a circle, so that nothing would be left of what they name."""
    became: dict[str, list[Decision]] = {}
    for d in decisions:
        if d.verb == "merge":
            if circle := _path(became, d.node, d.arguments[0]):
                others = " and ".join(f"{c.line!r} ({c.where})" for c in circle)
                raise DataError(f"{d.where}: {d.line!r} contradicts {others}: each node would become another of them; "
                                "delete one of the lines")
            became.setdefault(d.arguments[0], []).append(d)


def _path(became: dict[str, list[Decision]], start: str, end: str) -> Sequence[Decision]:
    """Give the merges by which one node becomes another; none where it does not."""
    todo: list[tuple[str, tuple[Decision, ...]]] = [(start, ())]
    seen: set[str] = set()
    while todo:
        at, way = todo.pop()
        if at == end:
            return way
        if at not in seen:
            seen.add(at)
            todo += [(d.node, (*way, d)) for d in became.get(at, ())]
    return ()


def read_text(path: Path) -> str:
    """Read a text that people write, with any line ends and byte order mark; raises DataError where it is none."""
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = data[:error.start].count(b"\n") + 1
        raise DataError(f"{path}:{line}: not UTF-8 (0x{data[error.start]:02x}); save the file as UTF-8") from error
