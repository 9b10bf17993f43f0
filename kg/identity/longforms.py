"""Short and long forms across papers: which long form a short one stands for, and which long forms are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from kg.identity.normal import is_acronym, key_of, stems, words
from kg.identity.rows import Row, Rows
from kg.identity.sightings import Sighting, strict_initials

__all__ = ["Forms", "admitted", "agree", "forms_of", "long_concept"]

_CROWD = 8  # papers from which on it is known which acronym a long form has


@dataclass(frozen=True, slots=True)
class Forms:
    """What all papers say of short and long forms, by (class, key)."""

    longs: Mapping[tuple[str, str], Counter[str]]  # short form → its long forms, with how many papers pair them
    partner: Mapping[tuple[str, str], str]  # long form → the short form most often beside it
    spelt: Mapping[tuple[str, str], str]  # long key → its commonest spelling
    used: frozenset[tuple[str, str]]  # long keys that some paper names without proposing the thing


def forms_of(sightings: Iterable[Sighting]) -> Forms:
    """Count the pairs of short and long forms of sightings."""
    longs: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    shorts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    spelt: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    used: set[tuple[str, str]] = set()
    for s in sightings:
        if not s.proposed:
            used.update((s.cls, long) for long in s.longs)
        for name in s.surfaces if s.longs else ():
            key = key_of(name, s.cls)
            if key in s.longs:
                spelt[s.cls, key][name] += 1
        for long in s.longs:
            for short in s.shorts:
                longs[s.cls, short][long] += 1
                shorts[s.cls, long][short] += 1
    return Forms(longs, {k: top(c) for k, c in shorts.items()}, {k: top(c) for k, c in spelt.items()},
                 frozenset(used))


def top(counts: Mapping[str, int]) -> str:
    """Give the commonest key, of equals the first by name."""
    if len(counts) == 1:
        return next(iter(counts))
    return min(counts, key=lambda k: (-counts[k], k))


def _content(name: str, cls: str) -> list[str]:
    """Give the words that mean something."""
    return [w for w in stems(name, cls) if w not in words().function]


@lru_cache(maxsize=1 << 16)
def _one_word(one: str, other: str) -> bool:
    """Say whether two words are one but for their endings or a slip: what they begin with is most of the longer one.

    Reduced and reduction are one, and adversarial and adverserial; multimodal and multilingual are not, nor are
    transfer and transformer.
    """
    longest, first = max(len(one), len(other)), len(_beginning(one, other))
    last = len(_beginning(one[:first - 1:-1], other[:first - 1:-1]))
    return one == other or (first >= 5 and (9 * first >= 5 * longest or 5 * (first + last) >= 4 * longest))


def _beginning(one: str, other: str) -> str:
    """Give what two words begin with."""
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _within(small: Iterable[str], large: Sequence[str]) -> bool:
    """Say whether each word of one list stands in the other."""
    return all(any(_one_word(a, b) for b in large) for a in small)


def agree(one: str, other: str, cls: str) -> bool:
    """Say whether two long forms of one short form mean one thing: the same words, or more of the same."""
    a, b = (list(dict.fromkeys(_content(name, cls))) for name in (one, other))
    if "".join(a) == "".join(b) or (_within(a, b) and _within(b, a)):
        return True
    small, large = sorted((a, b), key=len)
    return len(small) >= 2 and 0 < len(large) - len(small) <= 2 and _within(small, large)


def admitted(s: Sighting, forms: Forms, rows: Rows) -> Sighting:
    """Take from a sighting the long forms that belong to another acronym.

    Where most papers pair a long form with one acronym, a single paper that sets another beside it, whose letters do
    not begin the words (EP-EM and expectation-maximization), speaks of another thing.
    """
    foreign = {long for long in s.longs if s.shorts and _foreign(s, long, forms, rows)}
    if not foreign:
        return s
    return s._replace(longs=tuple(k for k in s.longs if k not in foreign),
                      surfaces=tuple(n for n in s.surfaces if key_of(n, s.cls) not in foreign))


def _foreign(s: Sighting, long: str, forms: Forms, rows: Rows) -> bool:
    owner = forms.partner[s.cls, long]
    if owner in s.shorts or long == s.key or forms.longs[s.cls, owner][long] < _CROWD:
        return False
    if any(forms.longs[s.cls, short][long] > 1 for short in s.shorts):
        return False
    concept = long_concept(s.cls, long, forms, rows)
    if any(concept in rows.by_key.get((s.cls, short), ()) for short in s.shorts):
        return False
    spelt = [stems(n, s.cls) for n in s.surfaces if key_of(n, s.cls) == long]
    return not any(strict_initials(n, words) for n in s.surfaces if is_acronym(n) for words in spelt)


def long_concept(cls: str, long: str, forms: Forms, rows: Rows) -> str:
    """Give the concept that a long form stands for: a lexicon row, the head of its group, or itself."""
    known = rows.by_key.get((cls, long))
    if known:
        return known[0]
    short = forms.partner.get((cls, long))
    if short is None:
        return f"{cls}|{long}"
    spelling = forms.spelt[cls, long]
    for row_id in rows.by_key.get((cls, short), ()):
        if _fits(rows.by_id[row_id], cls, short, long, spelling, forms):
            return row_id
    head = _head(cls, short, spelling, forms, rows)
    return rows.by_key.get((cls, head), (f"{cls}|{head}",))[0]


def _fits(row: Row, cls: str, short: str, long: str, spelling: str, forms: Forms) -> bool:
    """Say whether a long form is one of a row's, or the one that most papers give where the row has none."""
    if row.longs:
        return any(agree(spelling, known, cls) for known in row.longs)
    first = forms.spelt[cls, top(forms.longs[cls, short])]
    return agree(spelling, first, cls) and ((cls, long) in forms.used or row.cls not in ("Method", "Data"))


def _head(cls: str, short: str, spelling: str, forms: Forms, rows: Rows) -> str:
    """Give the long form of a short one that agrees with a spelling, known ones and common ones first."""
    counts = forms.longs[cls, short]
    own = [k for k in counts if forms.partner[cls, k] == short]
    ranked = sorted(own, key=lambda k: ((cls, k) not in rows.by_key, -counts[k], k))
    heads: list[str] = []
    for key in ranked:
        name = forms.spelt[cls, key]
        head = next((h for h in heads if agree(name, forms.spelt[cls, h], cls)), None)
        if head is None:
            heads.append(head := key)
        if name == spelling:
            return head
    return key_of(spelling, cls)
