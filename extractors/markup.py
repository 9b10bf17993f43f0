"""See through HTML and the math of names in a text: a view of the same length in which markup is out of the way.

What takes no room between letters becomes `FILL`, so that `FooNet<sub>2</sub>` is one word, `A&amp;B` reads `A&B` and
`$k$-means` reads `k-means`.
"""

from __future__ import annotations

import html
import re
from functools import cache

from extractors.tables import read_tsv

__all__ = ["FILL", "plain_name", "see_through", "take_in_tags"]

FILL = "\u2060"  # word joiner: it is no white space, prints nothing, and tokens leave it out
_REFERENCE = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8}[0-9]{0,2});")
_VALUE = r"""(?:"[^"<>]{0,300}"|'[^'<>]{0,300}'|[^\s"'<>]{1,99})"""
_MATH = re.compile(  # what a name begins with, such as $\beta$-Net, or goes on with, such as Net$^2$ or Net$_{20}$
    r"(?<![\w$\\])(\$\\?)([A-Za-z]{1,12})(\$)(?=-?[A-Za-z])"
    r"|(?<=[A-Za-z)-])(\$[_^]?\{?)([\w+*]{1,6}|\\ast|\\star)(\}?\$)(?![\w$]*\\)")
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


def _open(match: re.Match[str]) -> str:
    """Leave the letters, digits and signs of the math of a name."""
    before, inner, after = (part for part in match.groups() if part is not None)
    sign = "*" + FILL * (len(inner) - 1) if inner.startswith("\\") else inner
    return FILL * len(before) + sign + FILL * len(after)


def see_through(text: str) -> str:
    """Give a view of the same length without tags, character references and the signs of math within names."""
    view = _tag().sub(_hide, text) if "<" in text else text
    view = _MATH.sub(_open, view) if "$" in view else view
    return _REFERENCE.sub(_read, view) if "&" in view else view


def plain_name(surface: str) -> str:
    """Give a name as a reader sees it, without markup; math stays as it is written."""
    return see_through(surface).replace(FILL, "") if "<" in surface or "&" in surface else surface


def take_in_tags(raw: str, start: int, end: int) -> int:
    """Give the end of a span of characters with the tags that close what opens in it: all of `FooNet<sub>2</sub>`."""
    while "<" in raw[start:end] and (closing := _CLOSING.match(raw, end)):
        name = closing[0][2:-1]
        if raw.count(f"<{name}", start, end) <= raw.count(f"</{name}", start, end):
            break
        end = closing.end()
    return end
