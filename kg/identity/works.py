"""Works: what several entries of one paper share, whatever their ids and versions."""

from __future__ import annotations

import re

from extractors.records import Paper

__all__ = ["venues_agree", "version_of", "work_iri"]

_OPENREVIEW = re.compile(r"openreview\.net/(?:forum|pdf)\?(?:.*&)?id=([\w-]+)")
_ACL = re.compile(r"aclanthology\.org/(?:anthology/)?([\w.-]+?)(?:\.pdf|/)?$")
_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf|html)/([\w.-]+/?\d+(?:\.\d+)?)")
_ARXIV_ID = re.compile(r"(?:arxiv:\s?|https?://(?:www\.)?arxiv\.org/(?:abs|pdf|html)/)?"
                       r"([\w.-]+(?:/\d+)?(?:v\d+)??)(?:\.pdf)?", re.IGNORECASE)
_DOI_HOST = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s?)")
_VERSION = re.compile(r"(?:\d{4}\.\d{4,5}|/\d{7})v(\d{1,2})(?!\d)")


def work_iri(paper: Paper) -> str | None:
    """Give the id that all entries of one work share, whatever the version: by arXiv, DOI, OpenReview or ACL id."""
    url = paper.url or ""
    arxiv = _ARXIV_ID.fullmatch(paper.arxiv.strip()) if paper.arxiv else _ARXIV.search(url)
    if arxiv:
        return "paper/arxiv-" + re.sub(r"v\d+$", "", arxiv[1]).replace("/", "-")
    if paper.doi:
        return "paper/doi-" + re.sub(r"[^a-z0-9.]+", "-", _DOI_HOST.sub("", paper.doi.lower())).strip("-")
    if found := _OPENREVIEW.search(url):
        return f"paper/openreview-{found.group(1)}"
    if found := _ACL.search(url):
        return f"paper/acl-{found.group(1)}"
    return None


def version_of(paper: Paper) -> int:
    """Give the arXiv version of an entry where its id or address says one, else 0."""
    found = next(filter(None, (_VERSION.search(text) for text in (paper.arxiv or "", paper.url or "", paper.id))), None)
    return int(found[1]) if found else 0


def venues_agree(one: str | None, other: str | None) -> bool:
    """Say whether entries of one work at these venues are one paper: an extended abstract elsewhere is another."""
    return one is None or other is None or one == other
