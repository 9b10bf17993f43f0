"""Describe numbers, and numbers beside names, as binary features for the linear models of results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.clauses import Item, Place, View, lists_of
from extractors.entity_features import bucket, entity_features

__all__ = ["Groups", "group_sentences", "number_features", "slot_features"]

_WINDOW = 6
Groups = tuple[dict[str, list[list[int]]], ...]
_KINDS = ("number", "Metric", "Dataset", "Task", "Method")


def group_sentences(view: View) -> Groups:
    """Give the lists of numbers and of names of every sentence."""
    return tuple({kind: lists_of(row, kind) for kind in _KINDS} for row in view.items)


def _word(items: Sequence[Item], position: int) -> str:
    if not 0 <= position < len(items):
        return "<edge>"
    return items[position].word if len(items[position].word) < 20 else "<long>"


def _size_features(digits: str) -> Iterator[str]:
    whole, _, decimals = digits.partition(".")
    yield f"decimals={len(decimals) if decimals else 0}"
    yield f"magnitude={len(whole.lstrip('0'))}"
    if not decimals and len(whole) == 4 and 1950 <= int(whole) <= 2035:
        yield "year"


def number_features(view: View, ref: int, groups: Groups) -> list[str]:
    """Describe a number by its form, its neighbours, its sentence and the names around it."""
    number, place = view.numbers[ref], view.number_places[ref]
    items = view.items[place.sentence]
    at = place.position
    unit = number.unit_class
    out = [f"unit={unit}", f"signed={number.signed}", f"range={len(number.values) > 1}", *_size_features(number.values[0])]
    size = next(len(g) for g in groups[place.sentence]["number"] if at in g)
    out += [f"list={min(size, 4)}", f"where={_where(place.sentence, len(view.sentences))}"]
    for offset in (-3, -2, -1, 1, 2, 3):
        word = _word(items, at + offset)
        out += [f"w{offset}={word}", f"w{offset}={word}&{unit}"]
    out += [f"w-21={_word(items, at - 2)} {_word(items, at - 1)}", f"w12={_word(items, at + 1)} {_word(items, at + 2)}"]
    out += [f"before:{i.word}" for i in items[max(0, at - 12):at] if i.kind == "word"]
    out += [f"after:{i.word}" for i in items[at + 1:at + 9] if i.kind == "word"]
    out += _nearest(groups[place.sentence], at, unit)
    return out


def _where(sentence: int, sentences: int) -> str:
    if sentence == 0:
        return "title"
    return f"{min(3, 4 * sentence // max(1, sentences))}" if sentence < sentences - 1 else "last"


def _nearest(groups: dict[str, list[list[int]]], at: int, unit: str) -> Iterator[str]:
    for kind in _KINDS[1:]:
        gaps = [position - at for group in groups[kind] for position in group]
        if not gaps:
            yield f"no {kind}"
            yield f"no {kind}&{unit}"
            continue
        gap = min(gaps, key=abs)
        yield f"{kind}{'+' if gap > 0 else '-'}{bucket(abs(gap))}"


def slot_features(view: View, ref: int, entity: int, groups: Groups, slot: str) -> list[str]:
    """Describe an entity as the filler of a slot of a number."""
    place = view.number_places[ref]
    unit = view.numbers[ref].unit_class
    out = [f"unit={unit}"]
    out += entity_features(view, entity)
    inside = [p for p in view.entity_places[entity] if p.sentence == place.sentence]
    kind = "Dataset" if view.entities[entity].type == "Benchmark" else view.entities[entity].type
    rivals = sum(len(g) for g in groups[place.sentence][kind])
    out.append(f"rivals={min(rivals, 4)}&in={bool(inside)}")
    if not inside:
        return [*out, *_outside(view, place, entity)]
    items = view.items[place.sentence]
    best = min(inside, key=lambda p: (abs(p.position - place.position), p.position))
    out += _between(items, place.position, best.position, kind, slot)
    out += _aligned(items, groups[place.sentence], place.position, [p.position for p in inside], kind)
    return out


def _outside(view: View, place: Place, entity: int) -> Iterator[str]:
    """Describe where an entity stands that the number's sentence does not name."""
    gaps = [place.sentence - p.sentence for p in view.entity_places[entity]]
    if not gaps:
        yield "nowhere"
        return
    before = [g for g in gaps if g > 0]
    yield f"outside before={min(min(before), 4)}" if before else "outside after"
    role = view.entities[entity].role
    yield f"outside before={min(min(before), 4)}&{role}" if before else f"outside after&{role}"


def _between(items: Sequence[Item], at: int, there: int, kind: str, slot: str) -> Iterator[str]:
    """Describe the way from a number to a name of the same sentence."""
    low, high = min(at, there), max(at, there)
    way = items[low + 1:high]
    side = "+" if there > at else "-"
    words = [i.word for i in way]
    same = min(sum(i.kind == kind for i in way), 2)
    numbers = min(sum(i.kind == "number" for i in way), 2)
    yield f"side{side}&gap={bucket(high - low)}"
    yield f"side{side}&same={same}&numbers={numbers}"
    yield f"clause={min(abs(items[at].clause - items[there].clause), 2)}{side}"
    yield f"lead{side}={_word(items, there - 1)}"
    yield f"follow{side}={_word(items, there + 1)}"
    yield f"lead2{side}={_word(items, there - 2)} {_word(items, there - 1)}"
    if len(words) <= 4:
        yield f"way{side}={' '.join(words)}"
    for word in sorted(set(words[:12] + words[-12:])):
        yield f"way{side}:{word}"
    yield f"brackets={_depth(way)}{side}"


def _depth(way: Sequence[Item]) -> int:
    """Count brackets opened less brackets closed, within -1 … 1."""
    return max(-1, min(1, sum((i.word == "(") - (i.word == ")") for i in way)))


def _aligned(items: Sequence[Item], groups: dict[str, list[list[int]]], at: int, places: list[int], kind: str) -> Iterator[str]:
    """Say whether the name has the number's place in a list of the same length."""
    mine = next(g for g in groups["number"] if at in g)
    flag = "respectively" if any(i.word == "respectively" for i in items) else "plain"
    mates = [p for group in groups["number"] for p in group if items[p].kind == "number"]
    for label, numbers in (("list", mine), ("all", mates)):
        if len(numbers) < 2:
            continue
        lists = [g for g in groups[kind] if len(g) == len(numbers) and set(g) & set(places)]
        if lists:
            same = any(g.index(p) == numbers.index(at) for g in lists for p in places if p in g)
            yield f"aligned {label}={same}&{flag}"
    own = [g for g in groups[kind] if set(g) & set(places)]
    yield f"member of list={min(max(map(len, own)), 3)}&numbers={min(len(mine), 3)}"
    if any(b - a > 40 for a, b in pairwise(mine)):
        yield "long list"
