"""HTML is seen through: words whole, offsets in the original text, names as a reader sees them."""

from __future__ import annotations

import time

import pytest

from extractors import extract
from extractors.latex import plain_name
from extractors.markup import FILL, see_through, take_in_tags
from extractors.records import Paper
from extractors.tables import read_tsv
from extractors.text import clean, read_text


@pytest.mark.parametrize("row", read_tsv("frames/tags.tsv"), ids=lambda row: row["tag"])
def test_tags_match_and_refuse(row: dict[str, str]) -> None:
    seen = see_through(row["match"])
    assert seen.replace(FILL, "").split() == ["a", "FooNet"]
    assert (FILL in seen) is not bool(row["parts"])
    assert see_through(row["miss"]) == row["miss"]


@pytest.mark.parametrize(("surface", "name"), [
    ("FooNet<sub>2</sub>", "FooNet2"), ("A&amp;B", "A&B"), ("A&B", "A&B"),
    ("Foo &lt; Bar", "Foo < Bar"), ("Foo", "Foo"),
])
def test_plain_names(surface: str, name: str) -> None:
    assert plain_name(surface) == name


@pytest.mark.parametrize(("raw", "cut", "whole"), [
    ("FooNet<sub>2</sub> is", "FooNet<sub>2", "FooNet<sub>2</sub>"), ("<i>FooNet</i> is", "FooNet", "FooNet"),
    ("<i>Foo<b>2</b></i>", "Foo<b>2", "Foo<b>2</b>"), ("Foo<b>2", "Foo<b>2", "Foo<b>2"),
])
def test_tags_that_open_in_a_name_are_closed(raw: str, cut: str, whole: str) -> None:
    start = raw.index(cut)
    assert raw[start:take_in_tags(raw, start, start + len(cut))] == whole


@pytest.mark.parametrize(("abstract", "name", "printed"), [
    ("We propose <i>FooNet</i>, a new network.", "FooNet", "FooNet"),
    ("We propose FooNet<sub>2</sub>, a new network.", "FooNet2", "FooNet<sub>2</sub>"),
    ("We train the &quot;ResNet-50&quot; network.", "ResNet-50", "ResNet-50"),
    ("We test on <span>CIFAR-<b>10</b></span>.", "CIFAR-10", "CIFAR-<b>10</b>"),
    ("我们提出FooNet模型。", "FooNet", "FooNet"), ("使用ResNet-50和BERT模型。", "BERT", "BERT"),
    ("\u6587" * 500 + "使用BERT模型。", "BERT", "BERT"),
])
def test_names_have_their_offsets_in_the_original(abstract: str, name: str, printed: str) -> None:
    record = extract(Paper("x", "A Study", abstract))
    assert all(record.paper.text[m.start:m.end] == m.text for e in record.entities for m in e.mentions)
    assert [m.text for e in record.entities for m in e.mentions if e.name == name] == [printed]


@pytest.mark.parametrize("piece", ["<i>", "&amp;", "<a x=", "<i a=b ", "</", "&#", "x<sub>2</sub>", "文x", "文"])
def test_markup_is_read_in_linear_time(piece: str) -> None:
    raw = piece * (200_000 // len(piece))
    start = time.process_time()
    assert len(clean(raw)) == len(raw)
    text = read_text(raw, 0)
    assert all(a < b for a, b in zip(text.starts, text.ends, strict=True))
    assert time.process_time() - start < 10
