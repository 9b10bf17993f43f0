"""Find the addresses of code, models, datasets and project pages in a text, as a person would open them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.records import Repo

__all__ = ["find_repos", "repo_kind"]

_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "huggingface.co", "hf.co", "codeberg.org", "zenodo.org",
          "kaggle.com", "sites.google.com", "anonymous.4open.science", "osf.io", "aka.ms", "bit.ly", "goo.gl",
          "tinyurl.com", "rb.gy", "youtu.be")
_SIGNS = ("http", "www.", "github.io", "gitlab.io", *_HOSTS)  # what every address holds one of
_STOP = r"[^\s<>\"{}\\|^`\[\]]"
_URL = re.compile(
    rf"(?:https?:\s?/\s?/\s?|www\.){_STOP}+|(?<![\w@./-])(?:{'|'.join(map(re.escape, _HOSTS))})/{_STOP}+"
    rf"|(?<![\w@./-])[\w-]+\.(?:github|gitlab)\.io(?:/{_STOP}*)?", re.I)
_TAIL = ".,;:!?'\"*)”’…"
_AGAIN = re.compile(r"(?<=.)https?://", re.I)
_DATA = re.compile(r"\b(?:dataset|data set|corpus|corpora|benchmark|data|annotations)\b", re.I)
_CODE = re.compile(r"\b(?:code|codes|source|implementation|codebase|package|library|toolkit|software|scripts?)\b", re.I)
_MODEL = re.compile(r"\b(?:models?|weights|checkpoints?)\b", re.I)
_CODE_HOST = re.compile(r"(?:www\.)?(?:github\.com|gitlab\.|bitbucket\.org|codeberg\.org|anonymous\.4open\.science|"
                        r"git\.|gitee\.com|sourceforge\.net)", re.I)
_HUB = re.compile(r"(?:www\.)?(?:huggingface\.co|hf\.co)/(datasets/|spaces/|collections/)?([^/?#]+)(/[^/?#]+)?", re.I)
_DATA_HOST = re.compile(r"(?:www\.)?(?:zenodo\.org|kaggle\.com/datasets|physionet\.org|dataverse\.)", re.I)


def _trim(url: str) -> str:
    """Drop what follows an address in print: punctuation, a bracket that it did not open, a second copy."""
    again = _AGAIN.search(url)
    if again:
        url = url[:again.start()]
    while url and (url[-1] in _TAIL or (url[-1] == ")" and url.count("(") < url.count(")"))):
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = url[:-1]
    return url.split(")", 1)[0] if ")" in url and "(" not in url else url


def repo_kind(url: str, context: str = "") -> str:
    """Say what an address leads to: code, model, dataset or project; `context` is the text before it."""
    place = re.sub(r"^https?:\s?/\s?/\s?", "", url, flags=re.I)
    hub = _HUB.match(place)
    if hub:
        section = (hub[1] or "").lower()
        return "dataset" if section == "datasets/" else "model" if hub[3] and not section else "project"
    if _DATA_HOST.match(place):
        return "dataset"
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
    lower = text.lower()
    for match in _URL.finditer(text) if any(sign in lower for sign in _SIGNS) else ():
        url = _trim(match[0])
        if len(url) < 8 or "." not in url:
            continue
        yield Repo(url=re.sub(r"\s", "", url), kind=repo_kind(url, _context(text, match.start())),
                   start=match.start(), end=match.start() + len(url), rule="repo:address")


def _key(url: str) -> str:
    return re.sub(r"\.git$", "", re.sub(r"^https?://(www\.)?", "", url, flags=re.I).rstrip("/")).casefold()


def find_repos(text: str, links: Iterable[str] = ()) -> tuple[Repo, ...]:
    """Find every address in `text`, then those of `links` that the text lacks; each once."""
    found: dict[str, Repo] = {}
    for repo in _in_text(text):
        found.setdefault(_key(repo.url), repo)
    for link in links:
        if link.strip():
            found.setdefault(_key(link.strip()), Repo(link.strip(), repo_kind(link.strip()), rule="repo:link"))
    return tuple(found.values())
