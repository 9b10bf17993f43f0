"""Long and short forms, in both directions."""

import pytest

from extractors.abbreviations import find_abbreviations


@pytest.mark.parametrize(("text", "pairs"), [
    ("we use Foo Bar Networks (FBN) here", [("Foo Bar Networks", "FBN")]),
    ("we use Foo Bar Networks (FBNs) here", [("Foo Bar Networks", "FBNs")]),
    ("we use FBN (Foo Bar Network) here", [("Foo Bar Network", "FBN")]),
    ("the Graph Foo Bar (GFB, 2019) here", [("Graph Foo Bar", "GFB")]),
    ("as Smith (2019) said", []),
    ("a set of items (see Table) here", []),
    ("accuracy (ACC)", []),
    ("Foo\u2060\u2060 Bar Net\u2060 (F\u2060BN)", [("Foo\u2060\u2060 Bar Net", "F\u2060BN")]),
    ("a lower perplexity (PPL) of the model", [("perplexity", "PPL")]),
    ("semi-supervised (SS) learning", []),
    ("a model of minority maximization (MM)", []),
])
def test_find_abbreviations(text: str, pairs: list[tuple[str, str]]) -> None:
    found = find_abbreviations(text, 0)
    assert [(text[a:b], text[c:d]) for (a, b), (c, d) in found] == pairs


def test_title() -> None:
    title = "FBN: Foo Bar Networks for Baz"
    assert [(title[a:b], title[c:d]) for (a, b), (c, d) in find_abbreviations(title + "\n", len(title))] == [
        ("Foo Bar Networks", "FBN")]
