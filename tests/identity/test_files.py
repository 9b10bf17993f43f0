"""The files of identity that people may edit: what is damaged is one line that names it, and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.identity.decisions import parse_decision
from kg.identity.files import DECISIONS, LEDGER, REGISTRY, add_decision, read_state
from kg.identity.ledger import read_ledger
from kg.update import update_atlas
from tests.identity.makers import entity, record, write_atlas


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    """Give an atlas of three things."""
    return write_atlas(tmp_path / "atlas", [record("a", entity("Method", "Alpha"), entity("Method", "Beta")),
                                            record("my paper", entity("Method", "Gamma"))])


@pytest.mark.parametrize(("papers", "line"), [
    (("p1", "p2"), "split method/alpha p1 p2"),
    (("my paper", "p2"), 'split method/alpha "my paper" p2'),
    (('say "so" \\', "ü\u2028b\n"), 'split method/alpha "say \\"so\\" \\\\" "ü\u2028b\\n"'),
    (('"p1"', "p'2", 'p"3"', '"'), 'split method/alpha "\\"p1\\"" p\'2 p"3" "\\""'),
])
def test_any_id_of_a_paper_is_read_as_it_was_written(papers: tuple[str, ...], line: str) -> None:
    made = parse_decision("split method/alpha x")
    decision = type(made)("split", "method/alpha", papers)
    assert decision.line == line
    assert parse_decision(line) == decision


@pytest.mark.parametrize("line", ['split method/alpha "my paper', 'split method/alpha a"b c"d'])
def test_quotes_that_do_not_close_are_part_of_an_id(line: str) -> None:
    assert parse_decision(line).arguments == tuple(line.split()[2:])


@pytest.mark.parametrize(("text", "message"), [
    (b"merge method/alpha method/beta\nmerge method/beta method/alpha\n",
     "2: 'merge method/beta method/alpha' contradicts 'merge method/alpha method/beta' ({}:1): each node would become "
     "another of them; delete one of the lines"),
    (b"merge method/a method/b\n# x\nmerge method/b method/c\nmerge method/c method/a\n",
     "4: 'merge method/c method/a' contradicts 'merge method/b method/c' ({0}:3) and 'merge method/a method/b' ({0}:1)"
     ": each node would become another of them; delete one of the lines"),
    (b"merge method/a method/a\n", "1: 'merge method/a method/a' is one node; correct or delete the line"),
    (b"merge method/a dataset/a\n", "1: 'merge method/a dataset/a' names things of different types, which cannot be "
                                    "one; correct or delete the line"),
    (b"rename paper/x-1234 X\n", "1: 'paper/x-1234' is no id of a method, data set, benchmark, metric or task, such as "
                                 "method/bert; correct or delete the line"),
    (b"# n\xc3\xb6te\nrename method/alpha \xe9\n", "2: not UTF-8 (0xe9); save the file as UTF-8"),
])
def test_bad_decisions_are_named_and_change_nothing(atlas: Path, text: bytes, message: str) -> None:
    (atlas / DECISIONS).write_bytes(text)
    before = {p.name: p.read_bytes() for p in atlas.iterdir()}
    with pytest.raises(DataError) as said:
        update_atlas(atlas)
    assert str(said.value) == f"{atlas / DECISIONS}:{message.format(atlas / DECISIONS)}"
    assert {p.name: p.read_bytes() for p in atlas.iterdir()} == before


def test_a_merge_that_contradicts_is_not_added(atlas: Path) -> None:
    state = add_decision(atlas, read_state(atlas), parse_decision("merge method/alpha method/beta"))
    with pytest.raises(DataError, match=r"txt:3: .* contradicts 'merge method/alpha method/beta' .*txt:2"):
        add_decision(atlas, state, parse_decision("merge method/beta method/alpha"))


def test_merges_that_agree_are_no_circle(atlas: Path) -> None:
    (atlas / DECISIONS).write_text("merge method/a method/b\nmerge method/b method/c\nmerge method/a method/c\n")
    assert len(read_state(atlas).decisions) == 3


@pytest.mark.parametrize("text", [b"\xef\xbb\xbfrename method/alpha The Alpha\n", b"rename method/alpha The Alpha\r\n"])
def test_what_editors_do_to_a_text_is_read_through(atlas: Path, text: bytes) -> None:
    (atlas / DECISIONS).write_bytes(text)
    assert read_state(atlas).decisions == (parse_decision("rename method/alpha The Alpha"),)


def test_a_name_can_be_taken_back(atlas: Path) -> None:
    state = read_state(atlas)
    for name in ("A", "B", "A", "A"):
        state = add_decision(atlas, state, parse_decision(f"rename method/alpha {name}"))
    assert [d.arguments[0] for d in state.decisions] == ["A", "B", "A"]
    assert [d.where.rpartition(":")[2] for d in state.decisions] == ["2", "3", "4"]


def _replace(line: int, text: str) -> Callable[[list[str]], list[str]]:
    """Give a function that puts other lines in the place of one."""
    return lambda rows: [*rows[:line - 1], *([text] if text else []), *rows[line:]]


@pytest.mark.parametrize(("damage", "message"), [
    (lambda _: [], ": missing or cut short: 0 rows for 3 things; restore it from a copy, or delete {} and build it "
                   "again, with new ids"),
    (lambda rows: rows[:3], ": missing or cut short: 2 rows for 3 things; restore it from a copy, or delete {} and "
                            "build it again, with new ids"),
    (lambda rows: rows[1:], ":1: not the header of a registry"),
    (lambda rows: [*rows, rows[2]], ":5: method/beta stands in line 3 too"),
    (_replace(2, "method/al pha\tMethod|alpha\t\t"), ":2: 'method/al pha' is no id of a method, data set, benchmark, "
                                                     "metric or task"),
    (_replace(3, "paper/x\tMethod|alpha\t\t"), ":3: 'paper/x' is no id of a method, data set, benchmark, metric "
                                               "or task"),
    (_replace(2, "method/alpha\tMethod|alpha\t\tmethod/"), ":2: 'method/' is no id of a method, data set, benchmark, "
                                                           "metric or task"),
    (_replace(2, "method/alpha\tMethod|alpha\t\tmethod/alpha"), ":2: method/alpha is replaced by itself"),
    (_replace(2, "method/alpha\t\t\t"), ":2: no signature"),
    (_replace(2, "method/alpha\tMethod|alpha\tx\t"), ":2: the keys 'x' have not the form of keys"),
    (_replace(2, "method/alpha"), ":2: 1 cells instead of 4"),
    (_replace(2, "method/\udce9\tMethod|alpha\t\t"), ":2: not UTF-8"),
])
def test_a_damaged_registry_is_named(atlas: Path, damage: Callable[[list[str]], list[str]], message: str) -> None:
    file = atlas / REGISTRY
    rows = damage(file.read_text(encoding="utf-8").splitlines())
    file.write_bytes("".join(f"{row}\n" for row in rows).encode("utf-8", "surrogateescape"))
    with pytest.raises(DataError) as said:
        read_state(atlas)
    end = "" if message.endswith("ids") else "; restore the file from a copy"
    assert str(said.value) == f"{file}{message.format(atlas)}{end}"


def test_a_registry_that_is_gone_is_missed_where_there_was_one(atlas: Path, tmp_path: Path) -> None:
    (atlas / REGISTRY).unlink()
    with pytest.raises(DataError, match="missing or cut short"):
        update_atlas(atlas)
    assert read_state(tmp_path / "new").registry == {}


def test_a_registry_with_the_line_ends_of_windows_is_read(atlas: Path) -> None:
    before, file = read_state(atlas).registry, atlas / REGISTRY
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_state(atlas).registry == before


@pytest.mark.parametrize(("data", "message"), [(None, r"tsv: cannot be read: No such file"), (b"\xe9", "not UTF-8"),
                                               (b"head\nmerge\tx\n", r"tsv:2: no row of a ledger")])
def test_a_damaged_ledger_is_named(tmp_path: Path, data: bytes | None, message: str) -> None:
    if data is not None:
        (tmp_path / LEDGER).write_bytes(data)
    with pytest.raises(DataError, match=message):
        read_ledger(tmp_path / LEDGER)
