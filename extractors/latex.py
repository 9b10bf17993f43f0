"""See through LaTeX in a text: a view of the same length in which commands and the math of names are out of the way.

What prints nothing becomes `FILL`, so that `\\textsc{Foo}Net` and `$k$-means` are one word each.
"""

from __future__ import annotations

import re

from extractors.markup import FILL, see_through

__all__ = ["blanks", "plain_name", "see_through_latex"]

_FONT = r"(?:text|emph|math|bf|em|it|sc|tt|rm|sf|operatorname)"
_COMMAND = re.compile(rf"\\{_FONT}[a-zA-Z]*\s{{0,2}}\{{([^{{}}]{{0,80}})\}}")
_EATEN = re.compile(  # the backslash is lost, or a tab was made of it and the first letter
    r"(?<![\\A-Za-z])(?:t?ext(?:bf|it|rm|sc|sf|tt)|emph)\{([^{}]{0,80})\}")
_GROUP = re.compile(r"\{\\(?:em|bf|it|sc|tt|rm|sf)[a-z]*\s([^{}]{0,80})\}")
_LOOSE = re.compile(
    r"\\[a-zA-Z]+\s?|\\(?=[%&#_$])|(?<=[\w}])~(?=[\w\\($])|\$(?=\\?[a-z]*\{?[A-Z][\w-]{2,}\}?\$)")
_MATH = re.compile(rf"(?<![$\\])\$([^$\s{FILL}]{{1,40}})\$")
_SIGNS = re.compile(rf"\\{_FONT}[a-zA-Z]*(?=\{{)|\\(?:ast|star)(?![a-zA-Z])|\\(?=[a-zA-Z{{}}])|[{{}}_^]")
_NAME = re.compile(rf"[\w+*{FILL}-]+")
_SET = re.compile(  # a name set in letters of its own
    rf"\\{_FONT}[a-zA-Z]*\{{[A-Za-z][\w-]|\\{_FONT}[a-zA-Z]*\{{[A-Z]\}}_\{{?[0-9]")
_AFTER = re.compile(r"-?[A-Za-z]")
_RELATION = re.compile(  # math that says how things stand to one another is part of no name
    r"\\(?:times|cdot|pm|mp|sim|simeq|approx|le|ge|leq|geq|ll|gg|neq|in|to|gets|mapsto|\w*arrow|circ|sqrt|frac|log)(?![a-z])")


def _inner(match: re.Match[str]) -> str:
    """Fill up a command around its argument, keeping the length."""
    start, end = match.span(1)
    return FILL * (start - match.start()) + match[1] + FILL * (match.end() - end)


def blanks(match: re.Match[str]) -> str:
    """Blank what matches, keeping the length."""
    return " " * len(match[0])


def _sign(match: re.Match[str]) -> str:
    star = match[0] in ("\\ast", "\\star")
    return "*" + FILL * (len(match[0]) - 1) if star else FILL * len(match[0])


def _of_name(match: re.Match[str]) -> str:
    """Leave the letters, digits and signs of math that a name begins with, goes on with, or is set in."""
    text, inner = match.string, match[1]
    before, after = text[match.start() - 1:match.start()], bool(_AFTER.match(text, match.end()))
    goes_on = before.isalpha() or before in (")", "-")
    shown = _SIGNS.sub(_sign, inner)
    bare = shown.replace(FILL, "")
    named = goes_on or (after and any(c.isalpha() for c in bare)) or _SET.match(inner) is not None
    if not bare or not named or _RELATION.search(inner) or not _NAME.fullmatch(shown):
        return match[0]
    return FILL + shown + FILL


def see_through_latex(view: str) -> str:
    """Give a view of the same length without commands and without the signs of math within names."""
    if "\\" in view or "~" in view or "$" in view:
        view = _MATH.sub(_of_name, view)
        for _ in range(2):
            view = _GROUP.sub(_inner, _COMMAND.sub(_inner, view))
        view = _LOOSE.sub(blanks, view)
    if "{" in view and ("ext" in view or "emph" in view):
        view = _EATEN.sub(_inner, view)
    return view


def plain_name(surface: str) -> str:
    """Give a name as a reader sees it, without tags, references and commands; math stays as it is written."""
    name = see_through(surface) if "<" in surface or "&" in surface else surface
    if "\\" in name and "$" not in name:
        for _ in range(2):
            name = _COMMAND.sub(_inner, name)
    return name.replace(FILL, "")
