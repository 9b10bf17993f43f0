"""A name that lost the space before it is found, at its own offsets; a name with a small first letter stays whole."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.records import Paper
from extractors.tables import read_tsv
from extractors.text import read_text
from extractors.tokens import blank


def _tokens(text: str) -> list[str]:
    return [word.text for word in read_text(text, 0).words]


@pytest.mark.parametrize("row", read_tsv("frames/glued.tsv"), ids=lambda row: row["word"])
def test_words_are_taken_apart_or_not(row: dict[str, str]) -> None:
    assert _tokens(row["match"]) == [row["word"], "FooNet", "helps"]
    assert _tokens(row["miss"]) == row["miss"].split()


@pytest.mark.parametrize("text", ["https://github.com/a/ofGPT2", "@ofGPT2", "x-ofGPT2", "miniImageNet", "inDO"])
def test_other_words_stay_whole(text: str) -> None:
    assert _tokens(text) == [token.text for token in blank().tokenizer(text)]


def test_the_name_has_its_own_offsets() -> None:
    record = extract(Paper("x", "A Study", "We proposeQuillNet, a network.\n\nThe loss  ofQuillNet is new."))
    quill = next(e for e in record.entities if e.name == "QuillNet")
    assert [record.paper.text[m.start - 2:m.end] for m in quill.mentions] == ["seQuillNet", "ofQuillNet"]
    assert quill.role == "proposed"
