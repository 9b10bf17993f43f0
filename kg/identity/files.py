"""The files of an atlas that hold identity: registry.tsv, ledger.tsv, decisions.txt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import orjson

from extractors.records import ENTITY_TYPES
from kg.atlas import MANIFEST
from kg.errors import DataError
from kg.identity.decisions import Decision, check_merges, parse_decisions, read_text
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
    """Read the state of the atlas in a folder; an empty one where there is none yet.

    Raises DataError where a file is damaged: to go on without a registry would give things other ids than before.
    """
    file = folder / DECISIONS
    text = read_text(file) if file.exists() else _NOTE
    registry = read_registry(folder / REGISTRY)
    if len(registry) < (things := _things(folder)):
        raise DataError(f"{folder / REGISTRY}: missing or cut short: {len(registry)} rows for {things} things; restore "
                        f"it from a copy, or delete {folder} and build it again, with new ids")
    return State(registry, parse_decisions(text, file), text)


def _things(folder: Path) -> int:
    """Count the things that have a row in the registry, as the manifest has them; none where that cannot be read."""
    try:
        nodes = orjson.loads((folder / MANIFEST).read_bytes())["counts"]["nodes"]
        return sum(int(nodes.get(type_, 0)) for type_ in ENTITY_TYPES)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return 0


def write_state(folder: Path, identity: Identity, seen: Iterable[Sighting], state: State, *,
                kept: Iterable[LedgerRow] = ()) -> None:
    """Write the registry, the ledger and the decisions of a build; `kept` are the ledger's rows of what nobody saw."""
    write_registry(identity.registry, folder / REGISTRY)
    write_ledger(chain(kept, ledger_rows(identity, seen)), folder / LEDGER)
    (folder / DECISIONS).write_text(state.text, encoding="utf-8")


def add_decision(folder: Path, state: State, decision: Decision) -> State:
    """Give the state with one more decision; one that is the last word on its node already is not added again."""
    last = next((d for d in reversed(state.decisions) if not {*d.nodes}.isdisjoint(decision.nodes)), None)
    if last == decision:
        return state
    text = state.text if state.text.endswith("\n") or not state.text else state.text + "\n"
    made = replace(decision, where=f"{folder / DECISIONS}:{text.count(chr(10)) + 1}")
    decisions = (*state.decisions, made)
    check_merges(decisions)
    return State(state.registry, decisions, f"{text}{made.line}\n")
