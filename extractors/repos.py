"""Find the addresses of code, models, datasets and project pages in a text, as a person would open them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.addresses import find_addresses, place_of
from extractors.records import Repo
from extractors.tables import read_tsv

__all__ = ["find_repos", "repo_kind"]

_DATA = re.compile(r"\b(?:dataset|data set|corpus|corpora|benchmark|data|annotations)\b", re.I)
_CODE = re.compile(r"\b(?:code|codes|source|implementation|codebase|package|library|toolkit|software|scripts?)\b", re.I)
_MODEL = re.compile(r"\b(?:models?|weights|checkpoints?)\b", re.I)
_CODE_HOST = re.compile(r"(?:github\.com|gitlab\.|bitbucket\.org|codeberg\.org|anonymous\.4open\.science|"
                        r"git\.|gitee\.com|sourceforge\.net)", re.I)
_HUB = re.compile(r"(?:huggingface\.co|hf\.co)/(datasets/|spaces/|collections/)?([^/?#]+)(/[^/?#]+)?", re.I)


def _held(place: str) -> str:
    """Say what all addresses of a host hold, by the longest entry of `frames/hosts.tsv`: dataset, other, or unknown."""
    host, slash, path = place.lower().partition("/")
    labels = host.split(".")
    tails = [".".join(labels[at:]) + slash + path for at in range(len(labels))]
    fits = [(len(row["address"]), row["holds"]) for row in read_tsv("frames/hosts.tsv") for tail in tails
            if tail.startswith(row["address"]) and tail[len(row["address"]):][:1] in ("", ".", "/", "?", "#", ":")]
    return max(fits, default=(0, ""))[1]


def repo_kind(url: str, context: str = "") -> str:
    """Say what an address leads to: code, model, dataset or project; `context` is the text before it.

    What a paper, an article or a licence stands at (arXiv, a DOI, Wikipedia) is none of these: the kind is empty.
    """
    place = place_of(url)
    hub = _HUB.match(place)
    if hub:
        section = (hub[1] or "").lower()
        return "dataset" if section == "datasets/" else "model" if hub[3] and not section else "project"
    if held := _held(place):
        return "" if held == "other" else held
    says_data, says_code, says_model = (bool(p.search(context)) for p in (_DATA, _CODE, _MODEL))
    if _CODE_HOST.match(place):
        if says_data and not says_code:
            return "dataset"
        return "model" if says_model and not says_code and not says_data else "code"
    if re.match(r"(?:aka\.ms|bit\.ly|goo\.gl|tinyurl\.com)", place) and says_code and not says_data:
        return "code"
    if says_data and re.search(r"data(?!centric)", place, re.I):
        return "dataset"
    return "project"


def _context(text: str, start: int) -> str:
    """Give the clause before an address."""
    before = text[max(0, start - 160):start]
    cut = max(before.rfind(". "), before.rfind("! "), before.rfind("? "))
    return before[cut + 1:]


def _in_text(text: str) -> Iterator[Repo]:
    for url, start, end in find_addresses(text):
        if kind := repo_kind(url, _context(text, start)):
            yield Repo(url=url, kind=kind, start=start, end=end, rule="repo:address")


def _key(url: str) -> str:
    return re.sub(r"\.git$", "", re.sub(r"^https?://(www\.)?", "", url, flags=re.I).rstrip("/")).casefold()


def find_repos(text: str, links: Iterable[str] = ()) -> tuple[Repo, ...]:
    """Find every address in `text`, then those of `links` that the text lacks; each once."""
    found: dict[str, Repo] = {}
    for repo in _in_text(text):
        found.setdefault(_key(repo.url), repo)
    for link in filter(None, map(str.strip, links)):
        if kind := repo_kind(link):
            found.setdefault(_key(link), Repo(link, kind, rule="repo:link"))
    return tuple(found.values())
