"""The user's decisions: `merge A B`, `split A paper …`, `rename A name`, one a line, applied at every build."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError

__all__ = ["Decision", "parse_decision", "read_decisions"]

_FORMS = {"merge": "merge A B: B becomes A", "split": "split A PAPER …: A in these papers is another thing",
          "rename": "rename A NAME: A is called NAME"}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: what is done to which node, with which node, papers or name."""

    verb: str
    node: str
    arguments: tuple[str, ...]

    @property
    def line(self) -> str:
        """The line of the decisions file."""
        return " ".join((self.verb, self.node, *self.arguments))


def parse_decision(line: str, where: str = "decision") -> Decision:
    """Read one decision; raises DataError where it has not the form of one."""
    verb, *rest = line.split()
    if verb not in _FORMS:
        raise DataError(f"{where}: {verb!r} is none of {', '.join(sorted(_FORMS))}; correct or delete the line")
    if len(rest) < 2 or (verb == "merge" and len(rest) != 2):
        raise DataError(f"{where}: {line!r} is not complete; the form is {_FORMS[verb]}")
    arguments = (" ".join(rest[1:]),) if verb == "rename" else tuple(rest[1:])
    return Decision(verb, rest[0], arguments)


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read the decisions of an atlas; none where there is no file. Lines that begin with # are notes."""
    if not path.exists():
        return ()
    lines: Iterable[tuple[int, str]] = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return tuple(parse_decision(line, f"{path}:{n}") for n, line in lines
                 if line.strip() and not line.lstrip().startswith("#"))
