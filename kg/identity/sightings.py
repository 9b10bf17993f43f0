"""Sightings: what identity needs to know of one entity of one record, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extractors.abbreviations import find_abbreviations
from extractors.records import Entity, Record
from kg.identity.normal import class_of, is_acronym, is_long, key_of, stems

__all__ = ["Sighting", "initials", "sightings", "strict_initials"]

_PLURAL = re.compile(r"(?<=[A-Z])['’]?s$")
_SIGN = re.compile(r"[+*]+$")
PROPOSING = frozenset({"proposed", "introduced"})


class Sighting(NamedTuple):
    """One entity of one paper: its names as keys, short forms apart from long ones."""

    paper: str
    place: int  # in the record
    cls: str
    type: str
    name: str
    kind: str | None
    proposed: bool
    key: str  # of the name
    shorts: tuple[str, ...]  # keys of its acronyms, or of all its names where it has no long form
    longs: tuple[str, ...]  # keys of long forms, the likeliest first
    surfaces: tuple[str, ...]


def initials(short: str, long: tuple[str, ...], *, whole: bool = False) -> bool:
    """Say whether the letters of a short form stand in this order in a long one, the first at the start of a word.

    Of three letters or more the last may be missing, unless `whole`: SAM is Segment Anything too. A plural s is no
    letter, and a sign at the end must stand in the long form as well: SLAM++ is not Simultaneous Localization and
    Mapping.
    """
    one, sign = _PLURAL.sub("", short), _SIGN.search(short)
    letters = [c for c in one.lower() if c.isalnum()]
    text = "".join(long)
    if sign and sign[0] not in text:
        return False
    if not letters or not text or letters[0] not in {w[0] for w in long}:
        return False
    at = 0
    for number, letter in enumerate(letters):
        at = text.find(letter, at) + 1
        if not at:
            return letter.isdigit() or (not whole and number >= 2 and number == len(letters) - 1)
    return True


def strict_initials(short: str, long: tuple[str, ...]) -> bool:
    """Say whether a short form is made of the beginnings of words of a long one: SVM, BayesOpt; the last letter of
    initials alone may be missing."""
    letters = "".join(c for c in _PLURAL.sub("", short).lower() if c.isalnum())
    begins = iter(word[0] for word in long)
    return _beginnings(letters, long) or (len(letters) >= 3 and all(any(b == c for b in begins) for c in letters[:-1]))


def _beginnings(letters: str, words: Sequence[str]) -> bool:
    """Say whether letters are the beginnings of words, in order, joined."""
    return not letters or any(
        letters.startswith(word[:size]) and _beginnings(letters[size:], words[at + 1:])
        for at, word in enumerate(words) if word[0] == letters[0] for size in range(1, len(word) + 1))


def _sighting(paper: str, index: int, entity: Entity, pairs: Mapping[str, str]) -> Sighting | None:
    """Make the sighting of an entity; None where its name has no letter.

    `pairs` are the short forms that the paper's text spells out; they serve where the entity has no long form.
    """
    cls = class_of(entity.type)
    key = key_of(entity.name, cls)
    if not key:
        return None
    names = list(dict.fromkeys((entity.name, *entity.surfaces)))
    if not any(is_long(n) for n in names):
        names += [pairs[n] for n in names if n in pairs]
    if len(names) > 1:
        breadths = _breadths(names, cls, pairs)
        names = [n for n in names if not _other(n, entity.name, cls) and not _other_width(n, entity.name, breadths)]
    spelt = [n for n in names if is_long(n) and len(stems(n, cls)) > 1]
    capital = [n for n in names if is_acronym(n) and key_of(n, cls)]
    short = [n for n in capital if not any(s != n and _spells(n, s) for s in capital)]
    bare = {key_of(n, cls) for n in short}
    longs = [n for n in spelt if not bare & set(stems(n, cls))  # "LSTM cell" spells nothing out
             and (not short or any(initials(s, stems(n, cls)) for s in short))]
    if not longs and short:  # PPL and perplexity: one word may spell an acronym out
        longs = [n for n in names if n not in short and len(stems(n, cls)) == 1 and key_of(n, cls) not in bare
                 and any(initials(s, stems(n, cls)) for s in short)]
    longs = [n for n in longs if any(initials(s, stems(n, cls), whole=True) for s in short)] or longs
    others = short if longs else names
    return Sighting(paper, index, cls, entity.type, entity.name, entity.kind, entity.role in PROPOSING, key,
                    _keys(others, cls), _keys(longs, cls), tuple(names))


def _spells(word: str, short: str) -> bool:
    """Say whether the capitals of a word are just a short form: FabricFlowNet and FFN."""
    return len(word) > 2 * len(short) and "".join(c for c in word if c.isupper()) == short


def _other(name: str, own: str, cls: str) -> bool:
    """Say whether a surface names a kind, a part or the base of a thing rather than the thing.

    A phrase around an acronym (GAN prior, LLM self-inconsistency) is no name of what the acronym names, nor the
    acronym of what such a phrase names; and what differs by a sign at the end (RRT and RRT*, SLAM++ and its long form)
    differs.
    """
    if is_acronym(own):
        return _around(name, own, cls) or _signed(name, own, cls)
    return cls in ("Method", "Task") and is_acronym(name) and _around(own, name, cls)


Breadths = Mapping[str, frozenset[str]]  # name → its words, short forms spelt out where another name does so


def _breadths(names: Iterable[str], cls: str, pairs: Mapping[str, str]) -> Breadths:
    """Give the words of each name; `pairs` are the short forms that the paper's text spells out."""
    words = {name: stems(name, cls) for name in names}
    spelt: dict[str, frozenset[str]] = {}
    for short in filter(is_acronym, words):
        key = key_of(short, cls)
        longs = [frozenset(stems(pairs[short], cls))] if short in pairs else [
            frozenset(w) for w in words.values() if len(w) > 1 and key not in w and strict_initials(short, w)]
        if longs:
            spelt[key] = min(longs, key=lambda long: (len(long), sorted(long)))
    return {name: frozenset().union(*(spelt.get(word, {word}) for word in parts)) for name, parts in words.items()}


def _other_width(name: str, own: str, breadths: Breadths) -> bool:
    """Say whether a surface is wider than the thing's name, or narrower than another surface.

    A reader of one paper says `gait recognition` for `3D gait recognition`; across papers they are two things. So are
    what `LiDAR SLAM` names and what the paper spells SLAM out as.
    """
    mine, its = breadths[name], breadths[own]
    if mine == its or mine < its or (is_acronym(name) and len(mine) < 2):
        return mine < its
    return any(other < mine for n, other in breadths.items() if len(other) > 1 or (other and not is_acronym(n)))


def _signed(name: str, own: str, cls: str) -> bool:
    """Say whether a name is, or spells out, an acronym with or without its sign."""
    one, other = key_of(name, cls), key_of(own, cls)
    base = _SIGN.sub("", other)
    if is_acronym(name):
        return one != other and _SIGN.sub("", one) == base
    return base != other and other[len(base):] not in one and initials(base, stems(name, cls))


def _around(phrase: str, acronym: str, cls: str) -> bool:
    """Say whether a phrase holds an acronym and other words that are no generic nouns."""
    parts = stems(phrase, cls)
    return len(parts) > 1 and key_of(acronym, cls) in parts and key_of(phrase, cls) != key_of(acronym, cls)


def _keys(names: Iterable[str], cls: str) -> tuple[str, ...]:
    """Give the distinct keys of names, in order."""
    return tuple(dict.fromkeys(k for k in (key_of(n, cls) for n in names) if k))


def _pairs(record: Record) -> dict[str, str]:
    """Give the long forms that a paper's text sets beside its short forms, or whose capitals are just the short one."""
    text = record.paper.text
    names = {n for e in record.entities for n in (e.name, *e.surfaces)}
    capitals = {"".join(c for c in n if c.isupper()): n for n in sorted(names, reverse=True) if is_long(n)}
    spelt = {n: capitals[n] for n in names if n.isupper() and len(n) >= 3 and n in capitals}
    found = ((text[a:b], text[c:d]) for (a, b), (c, d) in find_abbreviations(text, len(record.paper.title)))
    return spelt | {short: long for long, short in found
                    if not set("()[]{}~’\"") & set(long) and len(long.split()) <= 10}


def sightings(records: Iterable[Record]) -> Iterator[Sighting]:
    """Give the sightings of records, in the order of their papers and entities."""
    for record in records:
        pairs = _pairs(record) if record.entities else {}
        for index, entity in enumerate(record.entities):
            made = _sighting(record.paper.id, index, entity, pairs)
            if made is not None:
                yield made
