"""See through HTML in a text: a view of the same length in which tags and character references are out of the way.

What takes no room between letters becomes `FILL`, so that `FooNet<sub>2</sub>` is one word and `A&amp;B` reads `A&B`.
"""

from __future__ import annotations

import html
import re
from functools import cache

from extractors.tables import read_tsv

__all__ = ["FILL", "see_through", "take_in_tags"]

FILL = "\u2060"  # word joiner: it is no white space, prints nothing, and tokens leave it out
_REFERENCE = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8}[0-9]{0,2});")
_VALUE = r"""(?:"[^"<>]{0,300}"|'[^'<>]{0,300}'|[^\s"'<>]{1,99})"""
_CLOSING = re.compile(r"</[A-Za-z:-]{1,20}>")


@cache
def _tag() -> re.Pattern[str]:
    """Match a tag of `frames/tags.tsv`, in JATS too; the group holds one that parts words."""
    rows = read_tsv("frames/tags.tsv")
    apart, within = ("|".join(row["tag"] for row in rows if bool(row["parts"]) is parts) for parts in (True, False))
    return re.compile(rf"</?(?:jats:)?(?:({apart})|{within})(?:\s+[\w:-]{{1,30}}\s?=\s?{_VALUE}){{0,9}}\s?/?>",
                      re.IGNORECASE)


def _hide(match: re.Match[str]) -> str:
    return (" " if match[1] else FILL) * len(match[0])


def _read(match: re.Match[str]) -> str:
    """Put a character for its reference, filled up to its length; leave what is none."""
    char = html.unescape(match[0])
    if len(char) > 1:
        return match[0]
    return " " * len(match[0]) if char.isspace() else char + FILL * (len(match[0]) - 1)


def see_through(text: str) -> str:
    """Give a view of the same length without tags and character references."""
    view = _tag().sub(_hide, text) if "<" in text else text
    return _REFERENCE.sub(_read, view) if "&" in view else view


def take_in_tags(raw: str, start: int, end: int) -> int:
    """Give the end of a span of characters with the tags that close what opens in it: all of `FooNet<sub>2</sub>`."""
    while "<" in raw[start:end] and (closing := _CLOSING.match(raw, end)):
        name = closing[0][2:-1]
        if raw.count(f"<{name}", start, end) <= raw.count(f"</{name}", start, end):
            break
        end = closing.end()
    return end
