from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.identity.registry import Claimant, Entry, assign_iris, read_registry, write_registry

STAR = Claimant("Method|star", "Method", "STAR", frozenset({"~Method:star"}), 2)
TRACK = Claimant("Method|trackreader", "Method", "STAR", frozenset({"=Method:trackreader", "~Method:star"}), 3)
SPEECH = Claimant("Method|speechreader", "Method", "STAR", frozenset({"=Method:speechreader", "~Method:star"}), 1)


def test_the_commoner_of_two_things_gets_the_plain_slug() -> None:
    iris, _ = assign_iris([SPEECH, TRACK], {})
    assert iris == {"Method|trackreader": "method/star", "Method|speechreader": "method/star~2"}


def test_an_iri_stays_when_another_thing_of_the_name_gets_commoner() -> None:
    _, registry = assign_iris([SPEECH], {})
    iris, _ = assign_iris([SPEECH, TRACK], registry)
    assert iris == {"Method|speechreader": "method/star", "Method|trackreader": "method/star~2"}


def test_an_iri_stays_when_a_long_form_is_learnt() -> None:
    _, registry = assign_iris([STAR], {})
    assert assign_iris([replace(TRACK, name="Track Reader")], registry)[0] == {"Method|trackreader": "method/star"}


def test_a_merged_iri_points_to_its_heir() -> None:
    alone = Claimant("Method|track", "Method", "Track", frozenset({"=Method:trackreader"}), 1)
    _, registry = assign_iris([alone, STAR], {})
    iris, after = assign_iris([TRACK], registry)
    kept = iris["Method|trackreader"]
    gone = ({"method/star", "method/track"} - {kept}).pop()
    assert (kept, after[gone].replaced_by, after[kept].replaced_by) == ("method/track", "method/track", "")


def test_a_second_build_with_the_registry_changes_nothing() -> None:
    first = assign_iris([STAR, TRACK, SPEECH], {})
    assert assign_iris([SPEECH, STAR, TRACK], first[1]) == first


def test_a_removed_thing_keeps_its_iri_for_its_return() -> None:
    first, registry = assign_iris([TRACK, SPEECH], {})
    _, without = assign_iris([SPEECH], registry)
    assert assign_iris([TRACK, SPEECH], without)[0] == first


def test_a_registry_reads_as_it_was_written(tmp_path: Path) -> None:
    registry = {"method/a": Entry("method/a", "Method|a", frozenset({"~Method:a", "=Method:aa"})),
                "method/b": Entry("method/b", "Method|b", frozenset(), "method/a")}
    write_registry(registry, tmp_path / "registry.tsv")
    assert read_registry(tmp_path / "registry.tsv") == registry


def test_a_damaged_registry_is_named(tmp_path: Path) -> None:
    (tmp_path / "registry.tsv").write_text("iri\tsignature\tkeys\treplaced_by\nmethod/a\n")
    with pytest.raises(DataError, match=r"registry\.tsv:2: 1 cells instead of 4"):
        read_registry(tmp_path / "registry.tsv")
