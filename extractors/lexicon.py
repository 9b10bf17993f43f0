"""Load lexicons and match them on tokens, plural and hyphen variants included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractors.lexicon_rows import COLUMNS, read_cells, shipped_lexicons, split_cell
from extractors.phrases import Phrases
from extractors.text import Text
from extractors.words import fold

__all__ = ["COLUMNS", "Lexicon", "Matches", "Row", "load_lexicon", "read_rows", "variants"]

Matches = dict[tuple[int, int], frozenset[str]]
_GLUED = re.compile(r"^([A-Za-z]{2,})(\d[\w.]*)$")
_APART = re.compile(r"^([A-Za-z]{2,})[- ](\d[\w.]*)$")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a lexicon names."""

    name: str
    aliases: tuple[str, ...]
    type: str
    kind: str
    exact: bool
    better: str
    source: str
    file: str

    @property
    def label(self) -> str:
        """Give the class that a match of this row votes for."""
        return f"{self.type}:{self.kind}" if self.kind else self.type


def read_rows(path: Path) -> Iterator[Row]:
    """Read the rows of one lexicon; a bad file or row raises ValueError with file and line."""
    for _, cells in read_cells(path):
        kind = cells["kind"] or {"Method": "named", "Metric": "quality"}.get(cells["type"], "")
        yield Row(cells["name"], split_cell(cells["aliases"]), cells["type"], kind, cells["case"] == "exact",
                  cells["better"], cells["source"], path.stem)


def variants(surface: str, *, exact: bool) -> set[str]:
    """Give the spellings of a surface that name the same thing: hyphens, glued numbers, a plural."""
    out = {surface}
    for match, join in ((_GLUED.match(surface), "-"), (_APART.match(surface), "")):
        if match:
            out.add(match[1] + join + match[2])
            out.add(match[1] + " " + match[2])
            out.add(match[1] + "-" + match[2])
    if "-" in surface:
        out |= {surface.replace("-", " ")} | ({surface.replace("-", "")} if not exact else set())
    if " " in surface and not exact:
        words = surface.split(" ")
        out.add("-".join(words[:2]) + "".join(f" {w}" for w in words[2:]))
        if len(words) > 2:
            out.add(" ".join(words[:-2]) + f" {words[-2]}-{words[-1]}")
    for form in list(out):
        if form[-1:].isalpha() and not form.endswith("s") and len(form) > 2:
            out.add(form + "s")
            if form.endswith("y") and form[-2] not in "aeiou":
                out.add(form[:-1] + "ies")
    return out


class Lexicon:
    """Rows by folded name, and the phrases that find them in a text."""

    def __init__(self, rows: Iterable[Row], own: Iterable[Row] = ()) -> None:
        """Index the rows; a later row of the same type and folded name replaces the earlier one's kind and case.

        `own` are the rows of `rows` that a user gave: what they name is taken as what they say, whatever else speaks.
        """
        kept: dict[tuple[str, str], Row] = {}
        surfaces: dict[tuple[str, bool], set[str]] = {}
        for row in rows:
            kept[row.type, fold(row.name)] = row
        self.rows = kept
        for row in kept.values():
            for surface in (row.name, *row.aliases):
                exact = row.exact or (len(surface) <= 4 and surface.isupper() and row.type != "Metric")
                for form in variants(surface, exact=exact):
                    surfaces.setdefault((form, exact), set()).add(row.label)
        self.by_surface: dict[str, list[Row]] = {}
        for row in kept.values():
            for surface in (row.name, *row.aliases):
                self.by_surface.setdefault(fold(surface), []).append(row)
        self.own = {fold(surface): row.label for row in own for surface in (row.name, *row.aliases)}
        self._phrases = {exact: Phrases(any_case=not exact) for exact in (False, True)}
        for (form, exact), named in surfaces.items():
            self._phrases[exact].add(form, frozenset(named))

    def match(self, text: Text) -> Matches:
        """Find every surface in a text: token range → the classes of the rows it may name."""
        found = self._phrases[False].find(text.words)
        for span, labels in self._phrases[True].find(text.words).items():
            found[span] = found[span] | labels if span in found else labels
        return found


@lru_cache(maxsize=4)
def load_lexicon(extra: tuple[str, ...] = ()) -> Lexicon:
    """Load the lexicons that ship with the package, then `extra` files, whose rows add or override."""
    own = [row for path in extra for row in read_rows(Path(path))]
    return Lexicon([*(row for path in shipped_lexicons() for row in read_rows(path)), *own], own)
