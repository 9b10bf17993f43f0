"""Tokens are those of spaCy's tokenizer, wherever a string stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.tokens import blank, split_tokens

_PIECES = ("cannot", "e.g.", "(i.e.,", "don't", "U.S.", "10am", "CIFAR-10", "87.8%", "$k$-means", "http://a.b/c?d",
           ":-D", "“Foo”", "a", "–", "İ", " ", "  ", "\n", "\t", "\u2003", "...", "x's", "ﬁne", "3D", "GPT-4o")


def _same(text: str) -> None:
    tokens, doc = split_tokens(text), blank().tokenizer(text)
    assert [(start, word.text) for start, word in zip(tokens.starts, tokens.words, strict=True)] == [
        (token.idx, token.text) for token in doc]
    assert tokens.ends == [token.idx + len(token) for token in doc]


@settings(deadline=None)  # the first text loads spaCy
@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_the_same_as_the_tokenizer(text: str) -> None:
    _same(text)


@pytest.mark.parametrize("text", ["", " ", "  a", " a", "a ", "a  ", "a\n b", "a \n\nb", "\n", "a\u2003b", "a \tb\n"])
def test_white_space(text: str) -> None:
    _same(text)


@pytest.mark.parametrize(("text", "last"), [
    ("GSM8K.", "."), ("ViT-B.", "."), ('ViT-S."', '"'), ("in 3D.", "."), ("mIoU.", "."), ("$k$.", "."),
    ("CIFAR$_{10}.", "."), ("the U.S.", "U.S."), ("by J.", "."),
    ("GTA V.", "."), ("Theil-Sen.", "."), ("(at 8)", ")"), ("FN(x):", ":"), ("8K[1]", "]"), ("a Ph.D.", "Ph.D."),
    ("i.e.", "i.e.")])
def test_a_stop_behind_a_name(text: str, last: str) -> None:
    assert split_tokens(text).words[-1].text == last


@pytest.mark.parametrize(("text", "units"), [
    ("self-attention is", [True, False, False, True]), ("1K images", [True, False, True]), ("a b", [True, True])])
def test_units(text: str, units: list[bool]) -> None:
    assert split_tokens(text).unit_start == units
