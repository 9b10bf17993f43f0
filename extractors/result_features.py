"""Describe numbers as binary features for the linear model that says which are results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.clauses import Item, View, lists_of
from extractors.entity_features import bucket

__all__ = ["Groups", "group_sentences", "number_features", "sentence_third", "word_at"]

Groups = tuple[dict[str, list[list[int]]], ...]
_KINDS = ("number", "Metric", "Dataset", "Task", "Method")


def group_sentences(view: View) -> Groups:
    """Give the lists of numbers and of names of every sentence."""
    return tuple({kind: lists_of(row, kind) for kind in _KINDS} for row in view.items)


def word_at(items: Sequence[Item], position: int) -> str:
    """Give the word at a position, "<edge>" beyond the sentence."""
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
    out = [f"unit={unit}", f"signed={number.signed}", f"range={len(number.values) > 1}",
           *_size_features(number.values[0])]
    size = next(len(g) for g in groups[place.sentence]["number"] if at in g)
    out += [f"list={min(size, 4)}", f"where={sentence_third(place.sentence, len(view.sentences))}"]
    for offset in (-3, -2, -1, 1, 2, 3):
        word = word_at(items, at + offset)
        out += [f"w{offset}={word}", f"w{offset}={word}&{unit}"]
    out += [f"w-21={word_at(items, at - 2)} {word_at(items, at - 1)}",
            f"w12={word_at(items, at + 1)} {word_at(items, at + 2)}"]
    out += [f"before:{i.word}" for i in items[max(0, at - 12):at] if i.kind == "word"]
    out += [f"after:{i.word}" for i in items[at + 1:at + 9] if i.kind == "word"]
    out += _nearest(groups[place.sentence], at, unit)
    return out


def sentence_third(sentence: int, sentences: int) -> str:
    """Say in which part of a paper a sentence stands."""
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
