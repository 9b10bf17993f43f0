"""See a paper as sequences of words, numbers and names: what results and relations are read from.

Each sentence becomes a tuple of items; a name is one item that carries its entity's position in the
record, a number one item that carries its position among the numbers. Runs of like items that only
commas, "and", slashes and the like separate are lists; their lengths pair numbers with names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.numbers import Number, find_numbers
from extractors.records import Entity
from extractors.tables import read_lines

__all__ = ["Item", "Place", "View", "lists_of", "view_paper"]

_TOKEN = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*|[0-9]+|[^\sA-Za-zÀ-ɏ0-9]")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_BREAKS = frozenset({";", "while", "whereas", "but", "although", "though", "however", "which", "where"})
_GAP = 5  # most words between two members of a list
_LONGEST = 240  # most items of a sentence that are weighed together: keeps endless sentences linear


class Item(NamedTuple):
    """A word ("word"), a number ("number") or a name (its entity type) at a span of the text."""

    kind: str
    word: str
    start: int
    end: int
    ref: int = -1
    clause: int = 0


class Place(NamedTuple):
    """Where an item stands: the sentence and the position in it."""

    sentence: int
    position: int


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A paper's text as items, with the places of every number and entity; it keys caches by identity.

    A sentence that holds neither has no items.
    """

    text: str
    sentences: tuple[tuple[int, int], ...]
    entities: tuple[Entity, ...]
    numbers: tuple[Number, ...]
    items: tuple[tuple[Item, ...], ...]
    number_places: tuple[Place, ...]
    entity_places: tuple[tuple[Place, ...], ...]


def _names(entities: Sequence[Entity]) -> list[tuple[int, int, int]]:
    """Give the spans of all mentions, longest first wins where two overlap, in text order."""
    spans = [(m.start, m.end, ref) for ref, e in enumerate(entities) for m in e.mentions if m.start < m.end]
    kept: list[tuple[int, int, int]] = []
    for start, end, ref in sorted(spans, key=lambda s: (s[0], -s[1], s[2])):
        if kept and start < kept[-1][1]:
            if end - start > kept[-1][1] - kept[-1][0]:
                kept[-1] = (start, end, ref)
            continue
        kept.append((start, end, ref))
    return kept


def _taken(text: str, entities: Sequence[Entity]) -> list[tuple[int, int, int]]:
    """Give the spans that numbers may not begin in: names, and addresses (ref -1)."""
    urls = [(m.start(), m.end(), -1) for m in _URL.finditer(text)]
    out: list[tuple[int, int, int]] = []
    for span in sorted([*_names(entities), *urls]):
        if not out or span[0] >= out[-1][1]:
            out.append(span)
    return out


def _spans_and_numbers(text: str, spans: list[tuple[int, int, int]]) -> tuple[list[Item], list[Number]]:
    """Merge names and numbers into items in text order; a unit that is itself a name stays a name.

    A number's item holds its spread and its interval: what is named there (`CI`) is no measure of it.
    """
    numbers: list[Number] = []
    at = 0
    stretches = [*spans, (len(text), len(text), -1)]
    kinds: list[tuple[int, int, int]] = []
    for number in find_numbers(text):
        while stretches[at][1] <= number.start:
            at += 1
        start, end, _ = stretches[at]
        if start <= number.start < end:
            continue
        stop = number.reach if number.reach > number.end else min(number.end, max(start, number.start + 1))
        kinds.append((number.start, stop, len(numbers)))
        numbers.append(number)
    wide = [(begin, stop) for begin, stop, ref in kinds if numbers[ref].reach > numbers[ref].end]
    spans = _outside(spans, wide)
    items = [Item("number", f"#{numbers[ref].unit_class}", start, end, ref) for start, end, ref in kinds]
    items += [Item("name", "", start, end, ref) for start, end, ref in spans]
    return sorted(items, key=lambda i: (i.start, i.end)), numbers


def _outside(spans: list[tuple[int, int, int]], wide: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Leave out the names that begin inside numbers with a spread; both are in text order."""
    at, out = 0, []
    for span in spans:
        while at < len(wide) and wide[at][1] <= span[0]:
            at += 1
        if at == len(wide) or span[0] < wide[at][0]:
            out.append(span)
    return out


def _add_words(out: list[Item], text: str, start: int, end: int, clause: int) -> int:
    """Add the words of a stretch; a semicolon, a contrast or a relative pronoun begins a new clause."""
    make = tuple.__new__  # an item without the checks of a call: words are many
    for match in _TOKEN.finditer(text, start, end):
        word = match[0].casefold()
        if word in _BREAKS:
            clause += 1
        out.append(make(Item, ("word", word, match.start(), match.end(), -1, clause)))
    return clause


def _sentence_items(text: str, start: int, end: int, fixed: list[Item], entities: Sequence[Entity]) -> tuple[Item, ...]:
    out: list[Item] = []
    if not fixed and end - start <= _LONGEST:
        return ()
    at, clause = start, 0
    for kind, word, begin, stop, ref, _ in fixed:
        clause = _add_words(out, text, at, max(at, begin), clause)
        at = max(at, stop)
        if kind == "number":
            out.append(Item(kind, word, begin, stop, ref, clause))
        elif ref >= 0:
            kind = entities[ref].type
            out.append(Item("Dataset" if kind == "Benchmark" else kind, kind.upper(), begin, stop, ref, clause))
        else:
            out.append(Item("word", "<url>", begin, stop, -1, clause))
    _add_words(out, text, at, end, clause)
    return tuple(out)


def view_paper(text: str, sentences: Sequence[tuple[int, int]], entities: Sequence[Entity]) -> View:
    """Lay out a paper's text as items, sentence by sentence."""
    fixed, numbers = _spans_and_numbers(text, _taken(text, entities))
    items: list[tuple[Item, ...]] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for start, end in sentences:
        while at < len(fixed) and fixed[at].end <= start:
            at += 1
        stop = at
        while stop < len(fixed) and fixed[stop].start < end:
            stop += 1
        row = _sentence_items(text, start, end, fixed[at:stop], entities)
        for part in range(0, max(1, len(row)), _LONGEST):
            items.append(row[part:part + _LONGEST])
            spans.append((start, end) if len(row) <= _LONGEST else _reach(items[-1]))
        at = stop
    number_places, entity_places = _places(items, len(numbers), len(entities))
    return View(text, tuple(spans), tuple(entities), tuple(numbers), tuple(items), number_places, entity_places)


def _reach(row: tuple[Item, ...]) -> tuple[int, int]:
    return row[0].start, row[-1].end


def _places(items: list[tuple[Item, ...]], numbers: int, entities: int) -> tuple[
        tuple[Place, ...], tuple[tuple[Place, ...], ...]]:
    of_number = [Place(-1, -1)] * numbers
    of_entity: list[list[Place]] = [[] for _ in range(entities)]
    for sentence, row in enumerate(items):
        for position, (kind, _, _, _, ref, _) in enumerate(row):
            if ref < 0:
                continue
            if kind == "number":
                of_number[ref] = Place(sentence, position)
            else:
                of_entity[ref].append(Place(sentence, position))
    return tuple(of_number), tuple(map(tuple, of_entity))


def lists_of(items: Sequence[Item], kind: str) -> list[list[int]]:
    """Group the positions of the items of one kind into lists that only glue words separate."""
    glue = read_lines("frames/results_glue.txt")
    groups: list[list[int]] = []
    for position, item in enumerate(items):
        if item.kind != kind:
            continue
        last = groups[-1][-1] if groups else -_GAP - 2
        near = position - last <= _GAP and all(i.kind == "word" and i.word in glue for i in items[last + 1:position])
        if near:
            groups[-1].append(position)
        else:
            groups.append([position])
    return groups
