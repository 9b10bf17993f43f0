"""Lexicons: the shipped ones are sound, a user's rows add and override, bad rows are named."""

from pathlib import Path

import pytest

from extractors.lexicon import Lexicon, read_rows, variants
from extractors.lexicon_rows import shipped_lexicons
from extractors.text import read_text
from kg.identity.rows import lexicon_rows

HEADER = "name\taliases\ttype\tkind\tcase\tparent\tsameas\tbetter\tsource\n"


def _write(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "my.tsv"
    path.write_text(header + "".join(line + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(("line", "reason"), [
    ("\t\tMethod\tnamed\tany\t\t\t\tme", "the name is empty"),
    ("Foo\t\tThing\t\tany\t\t\t\tme", "type 'Thing' is none of"),
    ("Foo\t\tMethod\tquality\tany\t\t\t\tme", "kind 'quality' is not known for Method"),
    ("Foo\t\tDataset\t\tsome\t\t\t\tme", "case 'some' is neither exact nor any"),
    ("Foo\t\tDataset\t\t\t\t\t\tme\tmore", "'more' stands behind the last of 9 columns"),
    ("--\t\tDataset\t\t\t\t\t\tme", "name '--' has no letter and no digit"),
    ("Foo\tFoo!|%\tDataset\t\t\t\t\t\tme", "aliases '%' has no letter and no digit"),
    ("Foo\t\tMetric\t\t\t\t\tup\tme", "better 'up' is neither higher nor lower"),
    ("Foo\t\tDataset\t\t\t\t\thigher\tme", "better is for a Metric; this is a Dataset"),
    ("Foo\t\tDataset\t\t\tfooparent\t\t\tme", "parent 'fooparent' is none of version:NAME, part:NAME"),
    ("Foo\t\tDataset\t\t\tversion:\t\t\tme", "parent 'version:' is none of"),
    ("Foo\t\tDataset\t\t\t\tblah\t\tme", "sameas 'blah' is none of arxiv:ID, hf:ID"),
    ("Foo\t\tDataset\t\t\t\tarxiv:1|doi:2\t\tme", "sameas 'doi:2' is none of"),
])
def test_bad_row(tmp_path: Path, line: str, reason: str) -> None:
    path = _write(tmp_path, "Good\t\tDataset\t\texact\t\t\t\tme", line)
    with pytest.raises(ValueError, match=reason) as caught:
        list(read_rows(path))
    assert str(caught.value).startswith(f"{path}:3:")


@pytest.mark.parametrize(("header", "reason"), [
    ("a\tb\n", "the header lacks name or type"),
    ("name\ttype\talias\n", "unknown column 'alias'; the columns are name, aliases, type"),
    ("name\ttype\tname\n", "two columns 'name'"),
])
def test_bad_header(tmp_path: Path, header: str, reason: str) -> None:
    path = _write(tmp_path, header=header)
    with pytest.raises(ValueError, match=rf"my\.tsv:1: {reason}"):
        list(read_rows(path))


def test_a_byte_order_mark_and_empty_cells_are_passed_over(tmp_path: Path) -> None:
    path = _write(tmp_path, "FooSet\tDataset\t\t", header="\ufeffname\ttype\n")
    assert [(row.name, row.type) for row in read_rows(path)] == [("FooSet", "Dataset")]


def test_shipped_lexicons_pass() -> None:
    assert len(shipped_lexicons()) == 6
    assert len(lexicon_rows().by_id) > 15_000


@pytest.mark.parametrize(("text", "found"), [
    ("on FooSet-10 and", {"FooSet-10": {"Dataset"}}),
    ("on FooSet10 and", {"FooSet10": {"Dataset"}}),
    ("on FooSet$10$ and", {"FooSet$10": {"Dataset"}}),  # the tokenizer leaves the last sign apart
    ("US$10 of $x$-axis", {}),
    ("foo learning is", {"foo learning": {"Method:term"}}),
    ("a fooset-10", {}),
])
def test_match(tmp_path: Path, text: str, found: dict[str, set[str]]) -> None:
    lexicon = Lexicon(read_rows(_write(tmp_path, "FooSet-10\t\tDataset\t\texact\t\t\t\tme",
                                       "foo learning\t\tMethod\tterm\tany\t\t\t\tme")))
    read = read_text(text, 0)
    assert {read.surface(a, b): set(labels) for (a, b), labels in lexicon.match(read).items()} == found


def test_later_rows_override(tmp_path: Path) -> None:
    rows = [*read_rows(_write(tmp_path, "Foo\t\tMethod\tterm\tany\t\t\t\tme")),
            *read_rows(_write(tmp_path, "foo\t\tMethod\tnamed\tany\t\t\t\tyou"))]
    assert [(row.kind, row.source) for row in Lexicon(rows).rows.values()] == [("named", "you")]


@pytest.mark.parametrize(("surface", "exact", "some"), [
    ("CIFAR-10", True, {"CIFAR-10", "CIFAR10", "CIFAR 10"}),
    ("few-shot learning", False, {"few shot learning", "few-shot learnings"}),
    ("ability", False, {"abilities"}),
])
def test_variants(surface: str, exact: bool, some: set[str]) -> None:
    assert some <= variants(surface, exact=exact)
