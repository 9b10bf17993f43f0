"""Pair numbers with names that stand in a list of the same length: `FooNet-B and FooNet-L reach 81.2% and 84.5%`.

In 3,535 abstracts the weights give 363 numbers of such lists a member, each that of its own place: only what they miss
is put in order here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from extractors.clauses import Item, View
from extractors.records import Result
from extractors.result_features import Groups
from extractors.tables import read_lines
from extractors.word_kinds import word_kinds

__all__ = ["before_change", "echoes", "in_order", "runs"]

_KINDS = ("Method", "Dataset", "Metric")
_ENTITIES = 200  # entities of a paper that are weighed at all
_GAP = 5  # most items between two numbers of a list
_LAST = frozenset({"and", "or", "&", "/"})  # what stands before the last member of a list
_WHERE = frozenset({"at", "for", "in", "on", "under", "with"})  # words that lead to what a number was measured on
_UNITS = frozenset({"%", "points", "point", "percent", "$", "\\"})
_NEXT = frozenset({",", ";", "|", *_LAST})  # what stands before the next member of a run
_TELLING = frozenset({"change", "contrast", "even", "hold", "propose", "reach", "win"})  # kinds of words that end a run
_LONGEST = 12  # items between two numbers of a run


def in_order(view: View, ref: int, groups: Groups) -> Mapping[int, int]:
    """Give the entity of a number's place for each member of the list of names that is as long as the number's list.

    Empty where no list of the clause is, or more than one.
    """
    place = view.number_places[ref]
    row, lists = view.items[place.sentence], groups[place.sentence]
    mine = _numbers(row, next(group for group in lists["number"] if place.position in group))
    fits = [group for kind in _KINDS for group in lists[kind] if _fits(row, mine, group)] if mine[1:] else []
    if len(fits) != 1:
        return {}
    own = row[fits[0][mine.index(place.position)]].ref
    members = {row[at].ref for at in fits[0]}
    return dict.fromkeys((*members, *_families(view, members)), own)


def _families(view: View, members: Collection[int]) -> list[int]:
    """Give the entities whose name every member of a list begins with: `DaViT` for `DaViT-S and DaViT-B`."""
    names = [view.entities[ref].name for ref in members]
    kind = view.entities[min(members)].type
    return [ref for ref, entity in enumerate(view.entities[:_ENTITIES])
            if entity.type == kind == "Method" and all(name.startswith(entity.name) for name in names)]


def _numbers(row: Sequence[Item], group: Sequence[int]) -> Sequence[int]:
    """Give the list of a number that stands alone and has its measure with it: `73.4 AUC, 86.1 AUC and 78.2 AO`."""
    if len(group) > 1:
        return group
    before, after = (_measured(row, group[0], step) for step in (-1, 1))
    return (*reversed(before), *group, *after)


def _measured(row: Sequence[Item], at: int, step: int) -> list[int]:
    """Give the numbers of a list to one side of a number, between which only measures and glue stand."""
    glue, out, last = read_lines("frames/results_glue.txt"), [], at  # type: frozenset[str], list[int], int
    while 0 <= (at := at + step) < len(row) and abs(at - last) <= _GAP:
        if row[at].kind == "number":
            out.append(last := at)
        elif row[at].kind != "Metric" and row[at].word not in glue:
            break
    return out


def _fits(row: Sequence[Item], numbers: Sequence[int], names: Sequence[int]) -> bool:
    """Say whether names, each another's, are as many as numbers alike, in their clause, with no number between."""
    if len(names) != len(numbers) or len({row[at].ref for at in names}) < len(names):
        return False
    if len({row[at].clause for at in (*names, *numbers)}) > 1 or len({row[at].word for at in numbers}) > 1:
        return False
    if not any(item.word in _LAST for item in row[names[-2] + 1:names[-1]]):
        return False
    way = row[min(names[-1], numbers[-1]) + 1:max(names[0], numbers[0])]
    apart = names[-1] < numbers[0] or numbers[-1] < names[0]
    return apart and all(item.kind != "number" for item in way)


def runs(view: View, groups: Groups, sentence: int) -> list[list[int]]:
    """Join the lists of numbers of a sentence that say one thing of several: `92.1% on FooSet and 71.3% on BarSet`.

    The numbers are alike, the same word leads to what each was measured on, and no method or telling verb stands
    between. In labelled papers all 127 such runs have one form.
    """
    row = view.items[sentence]
    out: list[list[int]] = []
    for group in groups[sentence]["number"]:
        if out and _runs_on(view, row, out[-1][-1], group[0], group[-1]):
            out[-1] += group
        else:
            out.append([*group])
    return out


def _runs_on(view: View, row: Sequence[Item], before: int, first: int, last: int) -> bool:
    """Say whether the list from `first` to `last` goes on as the number `before` it did."""
    one, other = view.numbers[row[before].ref], view.numbers[row[first].ref]
    way, where = row[before + 1:first], _where(row, before)
    return ((one.unit_class, one.signed) == (other.unit_class, other.signed) and len(way) <= _LONGEST
            and where != "" and where == _where(row, last) and way[-1].word in _NEXT
            and not any(item.kind == "Method" or _TELLING & word_kinds(item.word) for item in way))


def _where(row: Sequence[Item], at: int) -> str:
    """Give the word that leads to what a number was measured on; empty where none is beside it."""
    for item in row[at + 1:at + 4]:
        if item.word in _WHERE:
            return item.word
        if item.kind != "Metric" and item.word not in _UNITS:
            break
    return ""


def echoes(view: View, groups: Groups, made: Mapping[int, Sequence[Result]]) -> dict[int, list[Result]]:
    """Give a list of gains the data sets of as many scores before it, in their order.

    `52.3 PQ on COCO and 68.4 PQ on Cityscapes, gains of 1.4 and 0.9 PQ`: no data set is named after the gains.
    """
    out: dict[int, list[Result]] = {}
    for sentence, group in groupby(made, key=lambda ref: view.number_places[ref].sentence):
        refs, row = list(group), view.items[sentence]
        first = next((k for k, ref in enumerate(refs) if made[ref][0].form != "absolute"), len(refs))
        gains, scores = refs[first:], refs[max(0, 2 * first - len(refs)):first]
        if len(gains) < 2 or len(scores) != len(gains) or any(made[ref][0].form == "absolute" for ref in gains):
            continue
        at = view.number_places[gains[0]].position
        listed = _numbers(row, next(g for g in groups[sentence]["number"] if at in g))
        named = [{result.dataset for result in made[ref]} for ref in scores]
        if (len(listed) == len(gains) and all(len(names) == 1 for names in named)
                and len(set[str | None]().union(*named) - {None}) == len(gains)
                and not any(item.kind == "Dataset" for item in row[at:])):
            out |= {ref: [replace(result, dataset=name) for result in made[ref] for name in names]
                    for ref, names in zip(gains, named, strict=True)}
    return out


def before_change(view: View, made: Mapping[int, Sequence[Result]]) -> dict[int, list[Result]]:
    """Give the first score of `FooNet improves BarNet from 76.1% to 79.3%` to what was changed, where that is named.

    Of 96 such numbers in labelled papers the proposed method has two, and both are gains: `from 8% up to 40%`.
    """
    proposed = {entity.name for entity in view.entities[:_ENTITIES] if entity.role == "proposed"}
    out: dict[int, list[Result]] = {}
    for ref, results in made.items():
        after = made.get(ref + 1)
        if after and after[0].method in proposed and results[0].form == "absolute" and _changes(view, ref):
            out[ref] = [replace(r, method=after[0].baseline, baseline=None, role="cited")
                        if r.method is None or r.method in proposed else r for r in results]
    return out


def _changes(view: View, ref: int) -> bool:
    """Say whether a number and the next stand as `from 12% to 34%`, hedges and a measure aside."""
    one, other = view.number_places[ref], view.number_places[ref + 1]
    row = view.items[one.sentence]
    lead, way = row[max(0, one.position - 3):one.position], row[one.position + 1:other.position]
    return (one.sentence == other.sentence and len(way) <= _GAP and any(item.word == "from" for item in lead)
            and any(item.word == "to" for item in way[-3:]))
