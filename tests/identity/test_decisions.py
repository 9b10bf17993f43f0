from __future__ import annotations

from pathlib import Path

import pytest

from kg.assemble import Assembly, assemble_all
from kg.errors import DataError
from kg.identity.decisions import parse_decision
from kg.identity.files import DECISIONS, add_decision, read_state, write_state
from kg.identity.rows import Rows
from tests.identity.makers import entity, record

RECORDS = [record("a", entity("Method", "Alpha")), record("b", entity("Method", "Alphanet")),
           record("c", entity("Method", "Alpha"))]
NONE = Rows()


def decide(*lines: str, base: Assembly | None = None) -> Assembly:
    """Assemble the records with decisions."""
    registry = base.registry if base else {}
    return assemble_all(RECORDS, registry=registry, decisions=[parse_decision(line) for line in lines], rows=NONE)


def where(made: Assembly) -> list[str]:
    """Give the node of each paper's method."""
    return [made.identity.iri_of[r.paper.id, 0] for r in RECORDS]


@pytest.mark.parametrize(("line", "expected"), [
    ("merge method/alpha method/alphanet", ["method/alpha"] * 3),
    ("merge method/alphanet method/alpha", ["method/alphanet"] * 3),
    ("split method/alpha c", ["method/alpha", "method/alphanet", "method/alpha~2"]),
    ("rename method/alpha The Alpha", ["method/alpha", "method/alphanet", "method/alpha"]),
    ("merge method/alpha method/unknown", ["method/alpha", "method/alphanet", "method/alpha"]),
])
def test_a_decision_is_applied_and_undone(line: str, expected: list[str]) -> None:
    before = decide()
    after = decide(line, base=before)
    assert where(after) == expected
    undone = decide(base=after)
    assert (undone.nodes, undone.edges) == (before.nodes, before.edges)


def test_a_merged_node_stays_resolvable() -> None:
    assert decide("merge method/alpha method/alphanet").registry["method/alphanet"].replaced_by == "method/alpha"


def test_a_renamed_node_keeps_its_other_names() -> None:
    node = next(n for n in decide("rename method/alpha The Alpha").nodes if n.id == "method/alpha")
    assert (node.name, node.props["aliases"]) == ("The Alpha", ["Alpha"])


@pytest.mark.parametrize(("line", "message"), [
    ("join a b", "'join' is none of merge, rename, split"), ("merge method/a", "not complete"),
    ("merge method/a method/b c", "not complete"),
])
def test_a_bad_decision_is_named(line: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        parse_decision(line)


def test_decisions_and_notes_are_kept_once(tmp_path: Path) -> None:
    (tmp_path / DECISIONS).write_text("# mine\nmerge method/a method/b\n")
    state = read_state(tmp_path)
    for line in ("merge method/a method/b", "rename method/c The C", "rename method/c The C"):
        state = add_decision(tmp_path, state, parse_decision(line))
    assert state.text == "# mine\nmerge method/a method/b\nrename method/c The C\n"


def test_the_ledger_says_why(tmp_path: Path) -> None:
    records = [record("a", entity("Method", "SAM", "Segment Anything Model")), record("b", entity("Method", "SAMs")),
               record("c", entity("Method", "SAM", "Sharpness-Aware Minimization"))]
    made = assemble_all(records, rows=NONE)
    write_state(tmp_path, made.identity, made.sightings, read_state(tmp_path))
    rows = [line.split("\t") for line in (tmp_path / "ledger.tsv").read_text().splitlines()]
    assert ["split", "method/sam", "method/sam~2", "different long forms", "1"] in rows
    assert ["merge", made.identity.iri_of["b", 0], "SAMs", "spelling", "1"] in rows
    assert ["merge", made.identity.iri_of["a", 0], "Segment Anything Model", "same paper", "1"] in rows
