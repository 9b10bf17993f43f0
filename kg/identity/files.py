"""The files of an atlas that hold identity: registry.tsv, ledger.tsv, decisions.txt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from kg.identity.decisions import Decision, parse_decision, read_decisions
from kg.identity.identify import Identity
from kg.identity.ledger import LedgerRow, ledger_rows, write_ledger
from kg.identity.registry import Entry, read_registry, write_registry
from kg.identity.sightings import Sighting

__all__ = ["DECISIONS", "LEDGER", "REGISTRY", "State", "add_decision", "read_state", "write_state"]

REGISTRY, LEDGER, DECISIONS = "registry.tsv", "ledger.tsv", "decisions.txt"
_NOTE = "# merge A B | split A PAPER … | rename A NAME: applied at every build; delete a line to undo it\n"


@dataclass(frozen=True, slots=True)
class State:
    """What an atlas knows of identity from earlier builds."""

    registry: Mapping[str, Entry] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    text: str = _NOTE  # of the decisions file, the user's notes and all


def read_state(folder: Path) -> State:
    """Read the state of the atlas in a folder; an empty one where there is none yet."""
    file = folder / DECISIONS
    text = file.read_text(encoding="utf-8") if file.exists() else _NOTE
    return State(read_registry(folder / REGISTRY), read_decisions(file), text)


def write_state(folder: Path, identity: Identity, seen: Iterable[Sighting], state: State, *,
                kept: Iterable[LedgerRow] = ()) -> None:
    """Write the registry, the ledger and the decisions of a build; `kept` are the ledger's rows of what nobody saw."""
    write_registry(identity.registry, folder / REGISTRY)
    write_ledger(chain(kept, ledger_rows(identity, seen)), folder / LEDGER)
    (folder / DECISIONS).write_text(state.text, encoding="utf-8")


def add_decision(folder: Path, line: str) -> Decision:
    """Add a decision to those of an atlas; one that is there already is not added again."""
    decision = parse_decision(line)
    state = read_state(folder)
    if decision not in state.decisions:
        text = state.text if state.text.endswith("\n") or not state.text else state.text + "\n"
        (folder / DECISIONS).write_text(f"{text}{decision.line}\n", encoding="utf-8")
    return decision
