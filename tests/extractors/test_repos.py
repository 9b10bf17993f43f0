"""Addresses come out as a person would open them."""

import pytest

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
])
def test_repo_kind(url: str, context: str, kind: str) -> None:
    assert repo_kind(url, context) == kind


def test_links_beside_the_text_have_no_offsets() -> None:
    repos = find_repos("Code: https://github.com/a/b.", ("https://github.com/A/b/", "https://github.com/c/d"))
    assert [(r.url, r.start) for r in repos] == [("https://github.com/a/b", 6), ("https://github.com/c/d", None)]
