from __future__ import annotations

import re
from typing import Any

import pytest

from extractors.lexicon import load_lexicon
from extractors.phrases import Phrases, anchor
from extractors.text import read_text, trim
from extractors.tokens import blank, split_tokens
from extractors.words import word_of

TOKENIZER: Any = blank().tokenizer
EXCEPTIONS = frozenset(TOKENIZER.rules)
ONE, TWO = frozenset({"Method:named"}), frozenset({"Task"})


@pytest.mark.parametrize(("phrase", "word"), [
    ("graph neural network", "network"), ("self-attention", "attention"), ("gpt-4 model", "model"), ("resnet50", ""),
    ("cannot", ""), ("bézier-curve", ""), ("10km run", "run"), ("", ""),
])
def test_the_anchor_is_the_longest_sure_token(phrase: str, word: str) -> None:
    assert anchor(phrase, EXCEPTIONS) == word


def test_every_anchor_of_a_shipped_name_is_one_of_its_tokens() -> None:
    names = {n.lower() for row in load_lexicon().rows.values() for n in (row.name, *row.aliases)}
    wrong = [n for n in names if (word := anchor(n, EXCEPTIONS)) and word not in {t.text for t in TOKENIZER(n)}]
    assert wrong == []


def test_phrases_are_found_by_their_tokens() -> None:
    phrases = Phrases(any_case=False)
    for phrase, labels in (("self-attention", ONE), ("attention", TWO), ("self - attention", TWO), ("gpt-4", ONE),
                           ("", TWO)):
        phrases.add(phrase, labels)
    words = [word_of(text) for text in ("self", "-", "attention", "in", "gpt-4", "self", "-")]
    assert phrases.find(words) == {(0, 3): ONE | TWO, (2, 3): TWO, (4, 5): ONE}
    assert phrases.find([word_of("nothing")]) == {}


@pytest.mark.parametrize("text", ["ImageNet-1K", "imagenet-1k", "IMAGENET-1k", "ID Switch", "id switch"])
def test_any_case(text: str) -> None:
    phrases = Phrases(any_case=True)
    for phrase in ("ImageNet-1K", "ID switch"):
        phrases.add(phrase, ONE)
    assert [*phrases.find(split_tokens(text).words).values()] == [ONE]


@pytest.mark.parametrize("around", [
    "on {} we", "on {}. We", "on {}, and", "on {}; and", "on {}: we", "on {}'s own", "on ({}). We",
    "on “{}.” We", "on {}—we", "\n{} is",
])
def test_every_shipped_surface_is_found_beside_signs(around: str) -> None:
    lexicon, text, places = load_lexicon(), "", {}
    surfaces = {surface for row in lexicon.rows.values() for surface in (row.name, *row.aliases)}
    for surface in sorted(s for s in surfaces if not re.search(r" \(\w+\)$", s)):  # `(FID):` is taken apart
        start = len(text) + around.index("{}")
        places[start] = surface
        text += around.format(surface) + "\n"
    read = read_text(text, 0)
    found = {trim(text, read.starts[first], read.ends[last - 1]) for first, last in lexicon.match(read)}
    assert [name for at, name in places.items() if trim(text, at, at + len(name)) not in found] == []


@pytest.mark.parametrize("text", ["GSM8K", "GSM8K.", "On GSM8K", "GTA V.", "(ViT)"])
def test_a_surface_is_found_where_a_text_begins_and_ends(text: str) -> None:
    assert load_lexicon().match(read_text(text, 0))
