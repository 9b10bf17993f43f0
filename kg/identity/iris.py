"""IRIs below the base: slugs of names, ids of papers, repositories, mentions, results and claims."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from extractors.records import Paper
from kg.identity.normal import plain
from kg.identity.works import work_iri

__all__ = ["claim_iri", "digest", "mention_iri", "paper_iri", "repo_iri", "repo_name", "result_iri", "slug"]

_SIGNS = {"+": "plus", "@": "at", "#": "sharp", "%": "pct", "*": "star"}


def digest(*parts: str, length: int = 16) -> str:
    """Give the first hexadecimal digits of the SHA-256 of parts joined by bars."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:length]


@lru_cache(maxsize=1 << 17)
def slug(name: str) -> str:
    """Make the slug of a name: ASCII, lower case, signs spelt out, other runs one hyphen; a hash if none is left."""
    spelt = "".join(f" {_SIGNS[c]} " if c in _SIGNS else c for c in plain(name))
    text = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:80].strip("-") or f"x-{digest(name, length=8)}"


def paper_iri(paper: Paper) -> str:
    """Give the id of a paper's node: by arXiv, DOI, OpenReview or ACL id, else by title and a hash of its id."""
    return work_iri(paper) or f"paper/{slug(paper.title)[:60].strip('-')}-{digest(paper.id, length=8)}"


def repo_iri(url: str) -> str:
    """Give the id of a repository's node: host, owner and name, or the whole path elsewhere."""
    host, path = _address(url)
    clean = re.sub(r"[^\w./~-]+", "-", path.lower() if host in ("github.com", "gitlab.com") else path)
    return f"repo/{host}/{clean}".rstrip("/")


def repo_name(url: str) -> str:
    """Give the name of a repository: owner/name on a code host, else host and path."""
    host, path = _address(url)
    return path if host in ("github.com", "gitlab.com") and path else f"{host}/{path}".rstrip("/")


def _address(url: str) -> tuple[str, str]:
    """Split an address into its host and the path that tells the repository."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    host, path = parts.netloc.lower().removeprefix("www."), parts.path.strip("/").removesuffix(".git")
    if host in ("github.com", "gitlab.com"):
        path = "/".join(path.split("/")[:2]).removesuffix(".git")
    return host, path + (f"-{digest(parts.query, length=8)}" if parts.query else "")


def mention_iri(paper: Paper, paper_id: str, start: int, end: int) -> str:
    """Give the id of a span of a paper's text (RFC 5147)."""
    return f"text/{paper_id.removeprefix('paper/')}/{_text_hash(paper.text)}#char={start},{end}"


@lru_cache(maxsize=64)
def _text_hash(text: str) -> str:
    return digest(text)


def result_iri(paper_id: str, *slots: str) -> str:
    """Give the id of a result: its paper and a hash of what identifies it, the value apart."""
    return f"result/{paper_id.removeprefix('paper/')}/{digest(*slots)}"


def claim_iri(subject: str, predicate: str, target: str, *where: str) -> str:
    """Give the id of a claim: a hash of subject, predicate, object and, for comparisons, where and by how much."""
    return "claim/" + digest(subject, predicate, target, *where)
