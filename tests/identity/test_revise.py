"""An atlas brought up to date step by step is, byte for byte, the atlas of its papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import pytest
from hypothesis import HealthCheck, given, settings

import kg.update
from extractors.records import Paper, Record, record_to_json
from kg.atlas import MANIFEST, RECORDS, new_atlas
from kg.builder import About, Summary, finish_atlas
from kg.identity.files import DECISIONS as FILE
from kg.identity.files import State, read_state
from kg.memory import MEMORY, read_memory
from kg.splice import Range, exactly, splice, under
from kg.update import update_atlas
from tests.identity.drawn import DECISIONS, OPERATIONS

FIRST = Record(Paper("p9", "The first paper", "Nothing."), (), (), (), ())


def lines(records: Iterable[Record]) -> list[bytes]:
    """Write records as lines."""
    return [orjson.dumps(record_to_json(r), option=orjson.OPT_APPEND_NEWLINE) for r in records]


def build(folder: Path, records: Sequence[Record], state: State) -> dict[str, bytes]:
    """Build an atlas from scratch and read its files."""
    with new_atlas(folder) as made:
        (made / RECORDS).write_bytes(b"".join(lines(sorted(records, key=lambda r: r.paper.id))))
        finish_atlas(made, Summary(entries=len(records), papers=len(records)), About(), state=state)
    return files(folder)


def files(folder: Path) -> dict[str, bytes]:
    """Read all files of an atlas."""
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(OPERATIONS, DECISIONS)
def test_updates_on_disk_equal_a_build_from_scratch(operations: Sequence[Record | int], decisions: list[str]) -> None:
    with TemporaryDirectory() as name:
        atlas, held = Path(name) / "one", {"p9": FIRST}
        build(atlas, [FIRST], State())
        for at, operation in enumerate(operations):
            if at == len(operations) // 2:
                (atlas / FILE).write_text("".join(f"{line}\n" for line in decisions), encoding="utf-8")
            assert read_memory(atlas) is not None
            if isinstance(operation, Record):
                work = operation.paper.arxiv  # another entry of it is an earlier version
                held = {i: r for i, r in held.items() if work is None or r.paper.arxiv != work}
                held[operation.paper.id] = operation
                update_atlas(atlas, add=lines([operation]))
            elif held.pop(f"p{operation}", None):
                update_atlas(atlas, remove=[f"p{operation}"])
            else:
                update_atlas(atlas)
        assert build(Path(name) / "two", list(held.values()), read_state(atlas)) == files(atlas)


@pytest.mark.parametrize("damage", [None, b"", b"{}\n", b"no JSON\n"])
def test_without_a_fitting_memory_the_atlas_is_assembled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                              damage: bytes | None) -> None:
    before = build(tmp_path / "atlas", [FIRST], State())
    if damage is None:
        (tmp_path / "atlas" / MEMORY).unlink()
    else:
        (tmp_path / "atlas" / MEMORY).write_bytes(damage)
    monkeypatch.setattr(kg.update, "revise", None)
    update_atlas(tmp_path / "atlas")
    after = files(tmp_path / "atlas")
    assert {k: v for k, v in after.items() if k != MANIFEST} == {k: v for k, v in before.items() if k != MANIFEST}


@pytest.mark.parametrize(("old", "ranges", "new"), [
    ("", [exactly("a", [b"a1\n"])], "a1\n"),
    ("a1\nb1\nb2\nd1\n", [exactly("b", [b"b3\n"]), exactly("c", [b"c1\n"])], "a1\nb3\nc1\nd1\n"),
    ("a1\nb1\nd1\n", [exactly("z", [b"z1\n"]), exactly("a", [])], "b1\nd1\nz1\n"),
    ("a1\nb1\nc1\nd1\n", [Range("b", "d", [])], "a1\nd1\n"),
    ("a1\nb1\nc1\n", [under("b", [b"b2\n", b"b3\n"])], "a1\nb2\nb3\nc1\n"),
    ("a1\nb1\n", [], "a1\nb1\n"),
])
def test_ranges_are_spliced(tmp_path: Path, old: str, ranges: list[Range], new: str) -> None:
    (tmp_path / "old").write_text(old)
    splice(tmp_path / "old", tmp_path / "new", ranges, lambda line: line[:1].decode())
    assert (tmp_path / "new").read_text() == new
