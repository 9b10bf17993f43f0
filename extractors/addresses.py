r"""Read addresses out of a text, whole: with the signs that LaTeX escapes, and over a space that a page break left.

An address that is cut is another address, which is worse than none: where it is not sure how one goes on, none is
given. `\url{https://github.com/a/b\_c}` gives `https://github.com/a/b_c`, `https://github.com/ a/b` gives
`https://github.com/a/b`, `https://github.com/a/ b.` gives nothing, since `b` may be a word of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.words import WIDE

__all__ = ["Address", "broken_addresses", "find_addresses", "place_of"]

_OWNED = ("github.com", "gitlab.com", "bitbucket.org", "huggingface.co", "hf.co", "codeberg.org", "sites.google.com")
_HOSTS = (*_OWNED, "zenodo.org", "kaggle.com", "anonymous.4open.science", "osf.io", "aka.ms", "bit.ly", "goo.gl",
          "tinyurl.com", "rb.gy", "youtu.be")
_PAGES = ("github.io", "gitlab.io")
_SIGNS = ("http", "www.", *_PAGES, *_HOSTS)  # what every address holds one of
_ESCAPES = {  # pattern → what it stands for
    r"\\_|\{\\_\}|\{?\\textunderscore\b(?:\{\})?\}?": "_", r"\\%(?=[0-9A-Fa-f])": "%", r"\\#(?=\w)": "#",
    r"(?:\\&|&amp;)(?=\w)": "&", r"\\/": "/",
    r"(?:\\~(?:\{\})?|\{\\~(?:\{\})?\}|\{?\\textasciitilde\b(?:\{\})?\}?|\$\\sim\$)(?=\w)": "~",
    "[\u200b\u2060\ufeff\u00ad]": ""}
_ESCAPE = re.compile("|".join(f"({pattern})" for pattern in _ESCAPES))
_CHAR = (rf"(?:{'|'.join(_ESCAPES)}|[^\s<>\"{{}}\\|^`\[\]\u2018\u2019\u201c\u201d\u00ab\u00bb\u2026\u2014{WIDE}])")


def _spaced(hosts: tuple[str, ...]) -> str:
    """Match hosts in which a space follows a dot."""
    return "|".join(re.escape(host).replace(r"\.", r"\.\s?") for host in hosts)


_URL = re.compile(
    rf"(?:https?:\s?/\s?/\s?|www\.)(?:(?:www\.)?(?:{_spaced(_HOSTS)}|[\w-]+\.(?:{_spaced(_PAGES)}))(?=/))?{_CHAR}+"
    rf"|(?<![\w@./-])(?:{'|'.join(map(re.escape, _HOSTS))})/{_CHAR}+"
    rf"|(?<![\w@./-])[\w-]+\.(?:{'|'.join(map(re.escape, _PAGES))})(?:/{_CHAR}*)?", re.I)
_REST = re.compile(rf"\s({_CHAR}+)")
_TAIL = ".,;:!?'\"*)~"
_AGAIN = re.compile(r"(?<=.)https?://", re.I)
_POSSESSIVE = re.compile(r"'s\Z")
_SCHEME = re.compile(r"^https?:\s?/\s?/\s?", re.I)
_CLOSED = re.compile(r"\s*\Z|[.,;:!?)\]}\"\u201d\u2019]")
_NAME_LIKE = re.compile(r"[A-Z0-9_/]|\w\.\w")
_SURELY_PATH = re.compile(r"_|/\Z|\.git\Z|\.html?\Z")
_OWNER_NAME = re.compile(r"[A-Za-z0-9][\w-]*/[\w.-]")
_CUT = re.compile(r"\\(?:-|allowbreak|linebreak|discretionary|penalty)|\{[-\\]")  # where LaTeX may part an address
_HOST_GOES_ON = re.compile(r"\.\s[a-z][\w.-]*/\w")


class Address(NamedTuple):
    """An address as a person would open it, and where it stands."""

    url: str
    start: int
    end: int


def place_of(url: str) -> str:
    """Give an address without scheme and `www.`."""
    return re.sub(r"^www\.", "", _SCHEME.sub("", url), flags=re.I)


def find_addresses(text: str) -> Iterator[Address]:
    """Find the addresses of a text in their order; what may be cut or is a mere host of others' pages is left out."""
    lower = text.lower()
    for match in _URL.finditer(text) if any(sign in lower for sign in _SIGNS) else ():
        raw = _trim(match[0])
        end = _end(text, _plain(raw), match.start() + len(raw))
        if end is None:
            continue
        url = _plain(_trim(text[match.start():end]))
        if len(url) >= 8 and "." in url and not _is_bare(url):
            yield Address(url, match.start(), end)


def broken_addresses(text: str) -> Iterator[Address]:
    """Find the addresses in which something stands that is no part of them."""
    if "/" in text and ("\\" in text or "/ " in text or ". " in text or "/\n" in text):
        yield from (found for found in find_addresses(text) if text[found.start:found.end] != found.url)


def _trim(url: str) -> str:
    """Drop what follows an address in print: punctuation, a possessive, a bracket not its own, a second copy."""
    again = _AGAIN.search(url)
    if again:
        url = url[:again.start()]
    while url and (url[-1] in _TAIL or _POSSESSIVE.search(url)):
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = _POSSESSIVE.sub("", url) if url[-1] == "s" else url[:-1]
    return url.split(")", 1)[0] if ")" in url and "(" not in url else url


def _plain(raw: str) -> str:
    """Give what the escapes of an address stand for, without its spaces."""
    signs = tuple(_ESCAPES.values())
    return re.sub(r"\s", "", _ESCAPE.sub(lambda m: signs[(m.lastindex or 1) - 1], raw))


def _is_bare(url: str) -> bool:
    """Say whether an address is no more than a host on which others have their pages."""
    host, _, path = place_of(url).lower().partition("/")
    parts = len(list(filter(None, path.split("/"))))
    return host in _PAGES or (host in _HOSTS and parts < (2 if host == "sites.google.com" else 1))


def _end(text: str, url: str, end: int) -> int | None:
    """Give where an address ends that was read up to `end`, over a space where it surely goes on; None if unsure."""
    rest = _REST.match(text, end)
    if _CUT.match(text, end) or (_HOST_GOES_ON.match(text, end) and "/" not in place_of(url)):
        return None  # my\-page, www.lab.cs. school.edu/page
    if not rest or not url.endswith(("/", "-", "_", "=")) or not place_of(url) or _URL.match(rest[1]):
        return end
    word = _trim(rest[1])
    after = rest.start(1) + len(word)
    joins = _joins(place_of(url).lower(), _plain(word), closed=bool(_CLOSED.match(text, after)))
    return after if joins else end if joins is False else None


def _joins(place: str, word: str, *, closed: bool) -> bool | None:
    """Say whether an address that ends in a sign such as a slash goes on with the word after a space; None if unsure.

    `closed` says that a sign that ends a clause follows the word.
    """
    if place[-1] != "/":  # a hyphen may be the address's own or that of a line break, an underscore is its own
        return True if place[-1] == "_" and ("_" in word or (closed and _NAME_LIKE.search(word))) else None
    host, _, path = place.partition("/")
    parts = path.count("/")
    if host in _HOSTS and parts == 0:
        return True if _OWNER_NAME.match(word) else None
    if host in _OWNED and parts == 1:
        like = bool(_NAME_LIKE.search(word))
        if _SURELY_PATH.search(word) or (closed and like):
            return True
        return None if closed or like else False
    if parts == 0 and not host.endswith(_PAGES):
        return None if "/" in word else False  # a tilde may be lost: school.edu/ name/page
    return bool(_SURELY_PATH.search(word))
