"""A name that lost the space before it is found, at its own offsets; a name with a small first letter stays whole."""

from __future__ import annotations

from pathlib import Path

import pytest

import extractors
from extractors import extract
from extractors.glued import glued_ends
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


@pytest.mark.parametrize(("text", "tokens"), [
    ("BarNet outperformsResNet-50 onCIFAR-10", ["BarNet", "outperforms", "ResNet-50", "on", "CIFAR-10"]),
    ("it surpassesConformer onLibriSpeech", ["it", "surpasses", "Conformer", "on", "LibriSpeech"]),
    ("the proposedDeepFuse outperformsU-Net", ["the", "proposed", "DeepFuse", "outperforms", "U", "-", "Net"]),
    ("it beatsnode2vec onYCB", ["it", "beats", "node2vec", "on", "YCB"]),
])
def test_several_words_in_a_row_are_taken_apart(text: str, tokens: list[str]) -> None:
    found = [word.text for word in read_text(text, 0).words]
    assert "".join(found) == "".join(tokens)
    assert {token for token in tokens if token.isalnum()} <= set(found)


@pytest.mark.parametrize("path", sorted(Path(extractors.__file__).parent.glob("lexicons/*.tsv")), ids=lambda p: p.stem)
def test_no_known_name_is_taken_apart(path: Path) -> None:
    names = [name for line in path.read_text(encoding="utf-8").splitlines()[1:]
             for cell in line.split("\t")[:2] for name in cell.split("|")]
    assert [name for name in names if glued_ends(name)] == []


@pytest.mark.parametrize("text", [
    "https://github.com/a/ofGPT2", "@ofGPT2", "x-ofGPT2", "miniImageNet", "inDO", "inPars", "iPhone", "eBay", "byT5",
    "word2vec", "node2vec", "forTEXT", "inSPECTion", "onLinE"])
def test_other_words_stay_whole(text: str) -> None:
    assert _tokens(text) == [token.text for token in blank().tokenizer(text)]


def test_the_name_has_its_own_offsets() -> None:
    record = extract(Paper("x", "A Study", "We proposeQuillNet, a network.\n\nThe loss  ofQuillNet is new."))
    quill = next(e for e in record.entities if e.name == "QuillNet")
    assert [record.paper.text[m.start - 2:m.end] for m in quill.mentions] == ["seQuillNet", "ofQuillNet"]
    assert quill.role == "proposed"
