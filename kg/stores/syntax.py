"""Say where a SPARQL query is wrong.

The parser names the furthest place that it looked at, which can be some characters past the error. So the query is
tried again cut after each word (halving, so few tries): the first word that no longer could be gone on from is wrong.
"""

from __future__ import annotations

import re

__all__ = ["explain"]

_WORD = re.compile(r'''"{3}.*?"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|'''
                   r"""<[^<>"{}|^`\\\s]*>|[\w?$@][\w:.%-]*(?<!\.)|:[\w.-]*(?<!\.)|\S""", re.S)
_PAD = " " * 64  # longer than any keyword that the parser looks ahead for


def explain(query: str, reason: str, prefixes: dict[str, str] | None = None) -> str:
    """Give one line with the line and the column, both from 1, of the first word that is wrong."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(_blank_comments(query))]
    low, high = 0, len(words)  # the first `low` words can be gone on from; with `high` they cannot
    while low < high:
        middle = (low + high) // 2
        if _open(query[:words[middle][1]], prefixes or {}):
            low = middle + 1
        else:
            high = middle
    if low == len(words):
        return f"query: {_place(query, len(query.rstrip()))}: it ends too early"
    start, end = words[low]
    why = "unknown prefix in" if "Prefix not found" in reason else "unexpected"
    return f"query: {_place(query, start)}: {why} {query[start:end][:60]!r}"


def _blank_comments(query: str) -> str:
    found = re.compile(r'''("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>"{}|^`\\\s]*>)|#[^\n]*''')
    return found.sub(lambda m: m[1] or " " * len(m[0]), query)


def _open(start: str, prefixes: dict[str, str]) -> bool:
    """Say whether a query could begin so: it parses, or the parser only misses what comes after."""
    import pyoxigraph as ox

    text = start + _PAD
    try:
        ox.Store().query(text, prefixes=prefixes)
    except SyntaxError as error:
        found = re.match(r"error at (\d+):(\d+):", str(error))
        lines = text.split("\n")
        return found is not None and (int(found[1]), int(found[2])) == (len(lines), len(lines[-1]) + 1)
    except (OSError, RuntimeError, ValueError):
        return True
    return True


def _place(query: str, at: int) -> str:
    line = query.count("\n", 0, at) + 1
    return f"line {line}, column {at - (query.rfind(chr(10), 0, at) + 1) + 1}"
