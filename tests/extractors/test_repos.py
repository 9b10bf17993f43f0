"""Addresses come out as a person would open them."""

import pytest

from extractors import extract
from extractors.records import Paper
from extractors.repos import find_repos, repo_kind


@pytest.mark.parametrize(("text", "urls"), [
    ("Code: https://github.com/a/b.", ["https://github.com/a/b"]),
    ("at \\url{https://github.com/a/b}.", ["https://github.com/a/b"]),
    ("at \\href{https://github.com/a/b}{https://github.com/a/b}.", ["https://github.com/a/b"]),
    ("at [https://github.com/a/b](https://github.com/a/b).", ["https://github.com/a/b"]),
    ("(https://a.github.io/page/), see", ["https://a.github.io/page/"]),
    ("code11https://github.com/a/b and video", ["https://github.com/a/b"]),
    ("available at github.com/a/b, and", ["github.com/a/b"]),
    ("see huggingface.co/datasets/a/b-c for it", ["huggingface.co/datasets/a/b-c"]),
    ("https://github.com/a/bhttps://github.com/a/b", ["https://github.com/a/b"]),
    ("The package is on github in public.", []),
    ("no address at all", []),
])
def test_find_repos(text: str, urls: list[str]) -> None:
    found = find_repos(text)
    assert [repo.url for repo in found] == urls
    assert all(text[repo.start:repo.end] == repo.url for repo in found)


@pytest.mark.parametrize(("text", "urls"), [
    (r"\url{https://github.com/foo/my\_repo}", ["https://github.com/foo/my_repo"]),
    (r"at https://github.com/docbank\_team/docbank\_xl for", ["https://github.com/docbank_team/docbank_xl"]),
    (r"at https://lab.edu/\~{}ann/a\%20b\#top.", ["https://lab.edu/~ann/a%20b#top"]),
    (r"at https://lab.edu/{\textasciitilde}ann/my{\_}repo.", ["https://lab.edu/~ann/my_repo"]),
    (r"at https://lab.edu/?a=1\&b=2, and", ["https://lab.edu/?a=1&b=2"]),
    ("at https://lab.edu/?a=1&amp;b=2, and", ["https://lab.edu/?a=1&b=2"]),
    (r"at https://github.com/foo/bar\footnote{x}", ["https://github.com/foo/bar"]),
    (r"at https://github.com/foo/bar\\ next", ["https://github.com/foo/bar"]),
    ("at https://github.com/foo/my\u00adrepo.", ["https://github.com/foo/myrepo"]),
    (r"at https://github.com/foo/my\-repo.", []),
    (r"at https://github.com/foo/\allowbreak repo.", []),
])
def test_signs_that_latex_escapes(text: str, urls: list[str]) -> None:
    assert [repo.url for repo in find_repos(text)] == urls


@pytest.mark.parametrize(("text", "urls"), [
    ("at https://github.com/ foo/bar.", ["https://github.com/foo/bar"]),
    ("at https://github. com/foo/bar.", ["https://github.com/foo/bar"]),
    ("at https://foo.github. io/bar/.", ["https://foo.github.io/bar/"]),
    ("at https://sites.google.com/ view/foo/home.", ["https://sites.google.com/view/foo/home"]),
    ("at https://github.com/foo/ FooBar.", ["https://github.com/foo/FooBar"]),
    ("at https://github.com/foo/ foo_bar for", ["https://github.com/foo/foo_bar"]),
    ("at https://github.com/foo/my_ Own_repo.", ["https://github.com/foo/my_Own_repo"]),
    ("at http://a.org/en/ dataset.html.", ["http://a.org/en/dataset.html"]),
    ("at https://github.com/foo/ bar.", []),  # a word of the sentence, or not
    ("at https://github.com/foo/ FooBar is", []),
    ("at https://github.com/foo/my- repo.", []),
    ("at https://github.com/ now.", []),
    ("at https://sites.google.com/view/ foo is", []),
    ("at www.lab.edu/ ann/page.", []),  # a tilde was lost
    ("at www.lab.cs. school.edu/page.", []),
    ("at https://github.com/foo/ for the code", ["https://github.com/foo/"]),
    ("at https://github.com/foo/bar/ with train/test splits", ["https://github.com/foo/bar/"]),
    ("at https://foo.github.io/ for videos", ["https://foo.github.io/"]),
])
def test_a_space_within_an_address(text: str, urls: list[str]) -> None:
    assert [repo.url for repo in find_repos(text)] == urls


@pytest.mark.parametrize(("text", "urls"), [
    ("https://github.com/foo/y\u2019s page", ["https://github.com/foo/y"]),
    ("https://github.com/foo/y's page", ["https://github.com/foo/y"]),
    ("https://github.com/foo/y\u2014a page", ["https://github.com/foo/y"]),
    ("\u89c1https://github.com/foo/y\u3002\u8c22\u8c22", ["https://github.com/foo/y"]),
    ("hosted on https://github.com.", []),
    ("begins with https://. Then", []),
    ("hosted on https://huggingface.co/ and", []),
    ("at https://visualqa.org/ as", ["https://visualqa.org/"]),
])
def test_what_is_no_part_of_an_address(text: str, urls: list[str]) -> None:
    assert [repo.url for repo in find_repos(text)] == urls


def test_a_name_within_an_escaped_address_is_no_entity() -> None:
    abstract = r"We release code at https://github.com/docbank\_team/docbank\_xl for all."
    record = extract(Paper("x", "A Study of Pages", abstract))
    assert [e.name for e in record.entities if "docbank" in e.name.lower()] == []
    [repo] = record.repos
    assert record.paper.text[repo.start:repo.end] == r"https://github.com/docbank\_team/docbank\_xl"


@pytest.mark.parametrize("url", [
    "https://arxiv.org/abs/2112.04197", "https://doi.org/10.1007/s10458-021", "https://en.wikipedia.org/wiki/Foo",
    "https://openreview.net/forum?id=x", "https://aclanthology.org/2020.acl-main.1/", "https://dl.acm.org/doi/10.5/1"])
def test_papers_and_articles_are_no_repositories(url: str) -> None:
    assert find_repos(f"see {url} for it", [url]) == ()


@pytest.mark.parametrize(("url", "context", "kind"), [
    ("https://github.com/a/b", "Code is at", "code"),
    ("https://github.com/a/b", "The dataset is released at", "dataset"),
    ("https://github.com/a/b", "Our models are at", "model"),
    ("https://huggingface.co/a/b", "", "model"),
    ("https://huggingface.co/a", "", "project"),
    ("huggingface.co/datasets/a/b", "", "dataset"),
    ("https://huggingface.co/spaces/a/b", "", "project"),
    ("https://a.github.io/b", "Videos:", "project"),
    ("https://zenodo.org/record/1", "", "dataset"),
    ("https://doi.org/10.5281/zenodo.123", "", "dataset"),
    ("https://dx.doi.org/10.5281/zenodo.123", "", "dataset"),
    ("https://dataverse.harvard.edu/dataset.xhtml", "", "dataset"),
    ("https://youtu.be/abc", "", "project"),
    ("https://notarxiv.org/a", "", "project"),
])
def test_repo_kind(url: str, context: str, kind: str) -> None:
    assert repo_kind(url, context) == kind


def test_links_beside_the_text_have_no_offsets() -> None:
    repos = find_repos("Code: https://github.com/a/b.", ("https://github.com/A/b/", "https://github.com/c/d"))
    assert [(r.url, r.start) for r in repos] == [("https://github.com/a/b", 6), ("https://github.com/c/d", None)]
