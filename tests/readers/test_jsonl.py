"""JSON Lines: fields of a paper, and what is wrong with a line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from extractors.records import Paper
from kg.errors import DataError
from kg.readers.jsonl import read_jsonl

BARE: dict[str, Any] = {"id": "p1", "title": " A title", "abstract": "An abstract.\n"}


def _read(*values: Any) -> list[Paper]:
    return list(read_jsonl((json.dumps(v).encode() + b"\n" for v in values), name="f"))


@pytest.mark.parametrize(("fields", "facts"), [
    pytest.param({}, {}, id="bare, text untouched"),
    pytest.param({"venue": "ICLR", "year": 2024, "authors": ["A", "B"]},
                 {"venue": "ICLR", "year": 2024, "authors": ("A", "B")}, id="facts"),
    pytest.param({"year": "2024", "authors": "A; B", "keywords": "x, y"},
                 {"year": 2024, "authors": ("A", "B"), "keywords": ("x", "y")}, id="texts for lists and years"),
    pytest.param({"site": "https://openreview.net/x"}, {"url": "https://openreview.net/x"}, id="site"),
    pytest.param({"github": "https://github.com/a/b", "project": "https://a.io"},
                 {"links": ("https://github.com/a/b", "https://a.io")}, id="code links"),
    pytest.param({"project": "https://arxiv.org/abs/2303.02153v2"}, {"arxiv": "2303.02153"}, id="a link to arXiv"),
    pytest.param({"url": "https://doi.org/10.1000/xyz"}, {"url": "https://doi.org/10.1000/xyz", "doi": "10.1000/xyz"},
                 id="a DOI"),
    pytest.param({"venue": None, "authors": [], "year": None, "other": {"x": 1}}, {}, id="empty and unknown fields"),
    pytest.param({"pages": ["p (Aug 7)"], "links": ["x.io"]}, {"pages": ("p (Aug 7)",), "links": ("x.io",)},
                 id="fields of a record"),
])
def test_fields(fields: dict[str, Any], facts: dict[str, Any]) -> None:
    assert _read({**BARE, **fields}) == [Paper(**{**BARE, **facts})]


def test_a_number_for_an_id_is_kept_as_text() -> None:
    assert _read({**BARE, "id": 17})[0].id == "17"


@pytest.mark.parametrize(("line", "reason"), [
    (b"[1, 2]", "an array, not an object; give one JSON object a line"),
    (b'"text"', "a string, not an object; give one JSON object a line"),
    (b"null", "null, not an object; give one JSON object a line"),
    (b"17", "a number, not an object; give one JSON object a line"),
    (b'{"title": "t", "abstract": "a"}', 'no field "id"; a paper needs id, title and abstract'),
    (b'{"id": "i", "abstract": "a"}', 'no field "title"; a paper needs id, title and abstract'),
    (b'{"id": "i", "title": "t"}', 'no field "abstract"; a paper needs id, title and abstract'),
    (b'{"id": "i", "title": "t", "abstract": " "}', 'the field "abstract" is empty; '
                                                  "a paper needs id, title and abstract"),
    (b'{"id": "i", "title": ["t"], "abstract": "a"}', 'the field "title" is not a text: ["t"]'),
    (b'{"id": "i", "title": "t", "abstract": "a", "year": "soon"}', 'the field "year" is not a year: "soon"'),
    (b'{"id": "i", "title": "t", "abstract": "a", "authors": [1]}', 'the field "authors" is not a list of texts: [1]'),
    (b'{"id": "i", "title": "t", "abstract": "caf\xe9"}', "not UTF-8 at byte 43 (0xe9); save the file as UTF-8"),
])
def test_what_is_wrong_is_named_with_its_line(line: bytes, reason: str) -> None:
    with pytest.raises(DataError) as error:
        list(read_jsonl([json.dumps(BARE).encode(), b"", line], name="f.jsonl"))
    assert str(error.value) == f"f.jsonl: line 3: {reason}"


def test_broken_json_is_named_with_its_column() -> None:
    with pytest.raises(DataError, match=r"^f: line 1: not JSON: .* at column \d+; give one JSON object a line$"):
        list(read_jsonl([b'{"id": '], name="f"))


def test_skipping_goes_on_with_the_rest() -> None:
    bad: list[str] = []
    papers = list(read_jsonl([b"{}", json.dumps(BARE).encode()], name="f", on_bad=lambda e: bad.append(str(e))))
    assert (papers, bad) == ([Paper(**BARE)], ['f: line 1: no field "id"; a paper needs id, title and abstract'])
