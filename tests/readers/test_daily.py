"""Pages of abstracts: what is a paper and what is not."""

from __future__ import annotations

import pytest

from kg.errors import DataError
from kg.readers.daily import page_id, read_daily

HEADER = ("new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n"
          "byAK and the research community\n")
ONE, ONE_TEXT = "Alpha: A Thing", "We present Alpha. It works on CIFAR-10."
TWO, TWO_TEXT = "Is Beta Better?", "Beta is a method. " * 12 + "Code: https://github.com/b/beta"


def _pairs(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    papers = read_daily(text.encode().splitlines(keepends=True), name="some/page.txt.gz")
    return [(p.title, p.abstract, p.pages) for p in papers]


BOTH = [(ONE, ONE_TEXT), (TWO, TWO_TEXT)]
BODY = f"\n{ONE}\n\n{ONE_TEXT}\n\n{TWO}\n\n{TWO_TEXT}\n"


@pytest.mark.parametrize(("text", "date"), [
    pytest.param(f"{HEADER}\nAug 7\n{BODY}", " (Aug 7)", id="as saved"),
    pytest.param(HEADER.replace("Daily Papers\n\n", "") + f"\nAug 7\n{BODY}", " (Aug 7)", id="no Daily Papers line"),
    pytest.param(f"Welcome to a page that nobody has seen before\n\nAug 7\n{BODY}", " (Aug 7)", id="another header"),
    pytest.param(f"{HEADER}{BODY}", "", id="no date"),
    pytest.param(BODY, "", id="no header"),
    pytest.param(f"Aug 7\n{BODY}".replace("\n\n", "\n"), " (Aug 7)", id="no blank lines"),
    pytest.param(f"Aug 7\n{BODY}".replace("\n\n", "\n \t\n\n\n"), " (Aug 7)", id="many blank lines"),
    pytest.param(f"\ufeff{HEADER}\nAug 7\n{BODY}".replace("\n", "\r\n"), " (Aug 7)", id="BOM and CRLF"),
    pytest.param(f"{HEADER}\nThursday, August 7, 2025\n{BODY}", " (Thursday, August 7, 2025)", id="long date"),
    pytest.param(f"{HEADER}\n2025-08-07\n{BODY}\nNext\n\nCompany\n", " (2025-08-07)", id="footer"),
    pytest.param(f"{HEADER}\nAug 7\n\n42\n\n3 authors\n{BODY}", " (Aug 7)", id="lone short lines"),
])
def test_papers_come_out_of_any_page(text: str, date: str) -> None:
    assert _pairs(text) == [(title, abstract, (f"page.txt{date}",)) for title, abstract in BOTH]


def test_each_paper_bears_the_date_above_it() -> None:
    page = f"Aug 7\n\n{ONE}\n\n{ONE_TEXT}\n\n{HEADER}\nAug 8, 2025\n\n{TWO}\n\n{TWO_TEXT}"
    papers = list(read_daily(page.encode().splitlines(), name="p"))
    assert [(p.title, p.pages, p.year) for p in papers] == [
        (ONE, ("p (Aug 7)",), None), (TWO, ("p (Aug 8, 2025)",), 2025)]


def test_paragraphs_of_an_abstract_are_joined() -> None:
    assert _pairs(f"{TWO}\n\n{TWO_TEXT}\n\nA last word.\n\n{ONE}\n\n{ONE_TEXT}")[0][1] == f"{TWO_TEXT} A last word."


@pytest.mark.parametrize(("page", "message"), [
    (f"{ONE_TEXT}\n\n{ONE}", "p: line 1: an abstract without a title: We present Alpha. It works on CIFAR-10."),
    (f"{ONE}\n\n{ONE_TEXT}\n\nA Title That Was Cut Off",
     "p: line 5: a title without an abstract: A Title That Was Cut Off"),
    ("Nothing here", "p: no paper found; a page has titles and abstracts by turns, a line each"),
    (f"{HEADER}\nAug 7\n", "p: no paper found; a page has titles and abstracts by turns, a line each"),
])
def test_what_is_wrong_is_named(page: str, message: str) -> None:
    with pytest.raises(DataError) as error:
        list(read_daily(page.encode().splitlines(), name="p"))
    assert str(error.value) == message


def test_a_line_in_another_encoding_is_named() -> None:
    with pytest.raises(DataError) as error:
        list(read_daily([ONE.encode(), b"Caf\xe9 is a method."], name="p"))
    assert str(error.value) == "p: line 2: not UTF-8 at byte 4 (0xe9); save the file as UTF-8"


def test_skipping_goes_on_with_the_rest() -> None:
    bad: list[str] = []
    lines = f"A Title That Was Cut Off\n\n{ONE}\n\n{ONE_TEXT}".encode().splitlines()
    papers = list(read_daily(lines, name="p", on_bad=lambda e: bad.append(str(e))))
    assert [p.title for p in papers] == [ONE]
    assert bad == ["p: line 1: a title without an abstract: A Title That Was Cut Off"]


def test_the_id_forgets_case_and_blanks_but_not_words() -> None:
    assert page_id("Alpha:  a thing", " We present ALPHA.") == page_id("ALPHA: A Thing", "We present Alpha.")
    assert page_id("Alpha", "One.") != page_id("Alpha", "Two.")
    assert page_id("Ünïcode & Co: λ-calculus", "Text.")[:-8] == "unicode-co-calculus-"
