"""Find pairs of long and short form: `Long Form (LF)`, `LF (Long Form)`, `LF: Long Form …` in a title.

After Schwartz and Hearst (2003): the letters of the short form stand in the long form, in order, the first at
the start of a word; here a capital of the short form prefers a word's start as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from extractors.markup import FILL

__all__ = ["Pair", "find_abbreviations", "match_long"]

Span = tuple[int, int]
Pair = tuple[Span, Span]  # long form, short form, in characters

_PAREN = re.compile(r"\(([^()]{2,120})\)")
_SHORT = re.compile(r"[A-Za-z0-9][\w.+*@/&^-]{0,14}(?: [A-Z0-9][\w+-]{0,8})?")
_BEFORE = re.compile(r"[A-Za-z0-9][\w.+*@/&^-]{1,14}$")
_TITLE = re.compile(r"([A-Za-z0-9][\w.+*@/&^-]{1,18}): ")
_WORD = re.compile(r"[^\W_]+")
_LONE = 9  # letters of a word that is a long form by itself, at least


def _is_short(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    return 2 <= len(text) <= 15 and capitals >= 1 and (capitals >= 2 or len(text) <= 6 or any(map(str.isdigit, text)))


def match_long(short: str, long: str) -> int | None:
    """Give where in `long` the long form of `short` starts, matching letters from the right; None if it can't."""
    letters = [c for c in short.lower() if c.isalnum()]
    if len(letters) > 2 and letters[-1] == "s" and short[-1] == "s" and short[-2].isupper():
        letters.pop()
    text, at = long.lower(), len(long)
    for k in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (text[at] != letters[k] or (k == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    return at


def _good(short: str, long: str) -> bool:
    """Say whether a matched long form of several words is a believable one."""
    words = _WORD.findall(long)
    letters = sum(map(str.isalnum, short))
    starts = {w[0].lower() for w in words}
    initials = sum(c.lower() in starts for c in short if c.isupper())
    return (len(words) >= 2 and len(words) <= min(letters + 5, letters * 2 + 1) and len(long) > len(short)
            and initials * 2 >= sum(map(str.isupper, short)) and short.lower() not in long.lower().split())


def _one_word(text: str, start: int, end: int, short: str) -> bool:
    """Say whether a word alone spells a short form out: perplexity (PPL), not semi-supervised (SS).

    The word is long, stands free, and none of the few words before it could be where the long form begins.
    """
    if end - start < max(_LONE, 2 * len(short)) or not text[start:end].isalpha() or text[start - 1:start] != " ":
        return False
    before = text[max(0, text.rfind(". ", 0, start)):start].split()[-len(short):]
    return not any(part[0].lower() == short[0].lower() for word in before for part in _WORD.findall(word))


def _long_before(text: str, end: int, short: str) -> int | None:
    """Give the start of the long form that ends at `end`."""
    floor = max(0, end - 12 * (len(short) + 5), text.rfind("\n", 0, end) + 1, text.rfind(". ", 0, end) + 1,
                text.rfind("(", 0, end) + 1)
    words = [m.start() for m in _WORD.finditer(text, floor, end)][-min(len(short) + 5, 2 * len(short) + 1):]
    if not words:
        return None
    at = match_long(short, text[words[0]:end])
    return None if at is None else words[0] + at


def _long_first(text: str, paren: re.Match[str]) -> Iterator[Pair]:
    at = paren.start(1)
    for part in re.split(r"([,;] ?(?:or |a\.k\.a\.? )?| or |/)", paren[1])[::2]:
        start = text.index(part, at) if part else at
        at = start + len(part)
        match = _SHORT.fullmatch(part.strip())
        end = paren.start()
        while end > 0 and text[end - 1] in " \"'":
            end -= 1
        if match and _is_short(match[0]) and (long := _long_before(text, end, match[0])) is not None \
                and (_good(match[0], text[long:end]) or _one_word(text, long, end, match[0])):
            lead = len(part) - len(part.lstrip())
            yield (long, end), (start + lead, start + lead + len(match[0]))


def _short_first(text: str, paren: re.Match[str]) -> Iterator[Pair]:
    end = paren.start()
    while end > 0 and text[end - 1] == " ":
        end -= 1
    before = _BEFORE.search(text, max(0, end - 16), end)
    inside = re.split(r"[;,]", paren[1])[0].rstrip()
    if before and _is_short(before[0]) and " " in inside and match_long(before[0], inside) == 0 \
            and _good(before[0], inside):
        yield (paren.start(1), paren.start(1) + len(inside)), before.span()


def _in_title(text: str, title_end: int) -> Iterator[Pair]:
    head = _TITLE.match(text, 0, title_end)
    if head is None or not _is_short(head[1]):
        return
    ends = [m.end() for m in _WORD.finditer(text, head.end(), title_end)]
    first = _WORD.search(text, head.end(), title_end)
    for end in ends[1:9]:
        long = text[first.start():end] if first else ""
        if match_long(head[1], long) == 0 and _good(head[1], long):
            yield (end - len(long), end), head.span(1)
            return


def _pairs(text: str, title_end: int) -> list[Pair]:
    pairs = list(_in_title(text, title_end))
    for paren in _PAREN.finditer(text):
        pairs += list(_long_first(text, paren)) or list(_short_first(text, paren))
    return pairs


def find_abbreviations(text: str, title_end: int) -> list[Pair]:
    """Find the pairs of long and short form in a text whose title ends at `title_end`, as if no markup filled it up."""
    if FILL not in text:
        return _pairs(text, title_end)
    places = [at for at, char in enumerate(text) if char != FILL]
    bare = "".join(text[at] for at in places)

    def back(span: Span) -> Span:
        return places[span[0]], places[span[1] - 1] + 1

    return [(back(long), back(short)) for long, short in _pairs(bare, bisect_left(places, title_end))]
