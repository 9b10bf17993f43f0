"""Members of lists that say what they are."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.lexicon import load_lexicon
from extractors.lists import apart, listed
from extractors.records import Paper
from extractors.tables import read_tsv
from extractors.text import read_text


def _listed(text: str) -> dict[str, str]:
    read = read_text(text, 0)
    return {read.surface(*span): group for span, group in listed(read, load_lexicon().match(read)).items()}


@pytest.mark.parametrize("row", read_tsv("frames/list_kinds.tsv"), ids=lambda row: row["noun"])
def test_nouns_open_lists_or_do_not(row: dict[str, str]) -> None:
    assert {*_listed(f"we use {row['match']} here").values()} == {row["group"] or "Data"}
    assert _listed(f"we use {row['miss']} here") == {}


@pytest.mark.parametrize(("text", "members"), [
    ("datasets such as FooSet, BarSet (BS), and Baz Set 2.0. We", ["FooSet", "BarSet", "Baz Set 2.0"]),
    ("datasets (e.g., FooSet-10 and BarSet)", ["FooSet-10", "BarSet"]),
    ("datasets (FS, BS), namely FooSet or BarSet, which", ["FooSet", "BarSet"]),
    ("datasets including FooSet show", ["FooSet"]),
    ("datasets such as FooSet. However", ["FooSet"]),
    ("datasets such as FooSet, and We show", ["FooSet"]),
    ("datasets such as FooBoard v2, FooBoard v1.5, and CIFAR $10$.", ["FooBoard v2", "FooBoard v1.5", "CIFAR $10$"]),
    ("datasets [1, 2] such as FooSet [3], BarSet[4, 5] and BazSet", ["FooSet", "BarSet", "BazSet"]),
    ("datasets (FS (small), BS) such as FooSet (a set of 1,200 long texts (in English) that people wrote for money), "
     "BarSet (BS) [3] and BazSet", ["FooSet", "BarSet", "BazSet"]),
    ("datasets such as FooSet (never closed, BarSet", ["FooSet"]), ("datasets such as A, FooSet", ["FooSet"]),
    ("methods such as FooNet, FooLab detector, and BarNet", ["FooNet"]),
    ("datasets such as FooSet dataset, BarSet", ["FooSet"]), ("datasets like FooSet with BarNet", ["FooSet"]),
    ("datasets such as FooSet and Bar- set", ["FooSet"]),
    ("benchmarks, including 2D detection", []),
    ("datasets such as 18 of 20", []), ("datasets such as images", []), ("datasets such as", []),
])
def test_members(text: str, members: list[str]) -> None:
    assert [*_listed(text)] == members


def test_a_member_of_one_letter() -> None:
    paper = Paper("x", "A Study", "We use algorithms such as C, Foo and B, and models such as T (Tiny) or U.")
    assert all(entity.mentions for entity in extract(paper).entities)


def test_a_member_is_what_the_list_says() -> None:
    abstract = ("We compare with retrieval techniques such as Patch-Foo, Zorb and SuperGLUE. We test on "
                "benchmarks such as QQZ (Quick Zorb Evaluation) and VRRM (Very Red Roving Models).")
    types = {e.name: e.type for e in extract(Paper("x", "A Study", abstract)).entities}
    assert [types.get(name) for name in ("Zorb", "SuperGLUE")] == ["Method", "Method"]
    assert {types.get(name) for name in ("QQZ", "VRRM")} <= {"Benchmark", "Dataset"}


@pytest.mark.parametrize(("text", "groups"), [
    ("models such as FooNet and GSM8K", ["Method", "Method"]), ("datasets such as FooSet and BERT", ["Data", "Data"]),
    ("tasks such as FooNet, GSM8K, SLAM", ["Data", "Task"]), ("tasks such as FooNet", []),
])
def test_the_lexicon_says_what_a_list_of_tasks_holds(text: str, groups: list[str]) -> None:
    assert [*_listed(text).values()] == groups


@pytest.mark.parametrize(("name", "parts"), [
    ("BERT/RoBERTa", ["BERT", "RoBERTa"]), ("Foo momentum, Adam", ["Foo momentum", "Adam"]),
    ("CNN/DailyMail", ["CNN/DailyMail"]), ("FooNet/BarNet", ["FooNet/BarNet"]), ("Foo, Bar", ["Foo, Bar"]),
    ("BERT/FooSet", ["BERT/FooSet"]), ("SGD, Adam, AdamW", ["SGD", "Adam", "AdamW"]),
])
def test_what_was_taken_for_one_name_falls_apart_where_its_parts_are_known(name: str, parts: list[str]) -> None:
    read = read_text(name, 0)
    spans = apart(read, (0, len(read.words)), load_lexicon().match(read))
    assert [read.surface(*span) for span in spans] == parts
