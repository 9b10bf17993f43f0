"""Describe entities as the fillers of a number's slots, as binary features for the linear models of results."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractors.clauses import Item, Place, View
from extractors.entity_features import (
    bucket,
    entity_features,
    homes,
    kind_of,
    main_methods,
    opens_title,
    positions,
    role_counts,
)
from extractors.metric_directions import fold_metric
from extractors.result_features import Groups, sentence_third, word_at
from extractors.tables import read_lines
from extractors.word_kinds import word_kinds

__all__ = ["SLOT_KINDS", "null_features", "slot_features"]

SLOT_KINDS = {"metric": "Metric", "dataset": "Dataset", "method": "Method", "task": "Task", "baseline": "Method"}


def slot_features(view: View, ref: int, entity: int, groups: Groups, slot: str, known_so_far: Sequence[str] = (),
                  ) -> list[str]:
    """Describe an entity as the filler of a slot of a number; `known_so_far` says its form and kind of metric."""
    place = view.number_places[ref]
    unit = view.numbers[ref].unit_class
    items, lists = view.items[place.sentence], groups[place.sentence]
    mine = next(g for g in lists["number"] if place.position in g)
    known, kind = view.entities[entity], kind_of(view, entity)
    described: Sequence[str] = entity_features(view, entity)
    inside = positions(view)[place.sentence].get(entity, [])
    rivals = len({items[p].ref for g in lists[kind] for p in g})
    here = "in" if inside else "out"
    lead = f"{word_at(items, mine[0] - 2)} {word_at(items, mine[0] - 1)}"
    if slot in ("method", "baseline"):
        described = _standing(view, entity, items, lists, place.position, here)
    else:
        described = [*described, *(f"{f}&{here}" for f in described)]
    out = [*described, f"rivals={min(rivals, 4)}&{here}",
           f"unit={unit}&kind={known.kind}&{here}", f"lead={word_at(items, mine[0] - 1)}&{known.role}&{here}",
           f"lead2={lead}&{known.role}&{here}", *(f"{f}&{here}&{known.role}" for f in known_so_far)]
    if slot in ("method", "baseline"):
        out += _voices(items, place.position, known.role, here)
    if not inside:
        return [*out, *_outside(view, place, entity, kind, len(mine), mine.index(place.position), groups)]
    best = min(inside, key=lambda p: (abs(p - place.position), p))
    out += _between(items, place.position, best, kind)
    way = items[min(best, place.position) + 1:max(best, place.position)]
    label = f"numbers={any(i.kind == 'number' for i in way)}&{'after' if best > place.position else 'before'}"
    out += [f"{f}&{label}" for f in known_so_far]
    out += _list_way(items, mine, inside, kind, lists)
    out += _aligned(items, lists, place.position, inside, kind)
    if slot in ("method", "baseline"):
        out += [f"lead={word_at(items, best - 1)}&{known.role}", f"follow={word_at(items, best + 1)}&{known.role}"]
    return out


def null_features(view: View, ref: int, groups: Groups, slot: str, known_so_far: Sequence[str] = ()) -> list[str]:
    """Describe a number for which a slot may stay empty."""
    place = view.number_places[ref]
    items, lists = view.items[place.sentence], groups[place.sentence]
    mine = next(g for g in lists["number"] if place.position in g)
    kind = SLOT_KINDS[slot]
    out = ["null", f"null unit={view.numbers[ref].unit_class}",
           f"null lead={word_at(items, mine[0] - 1)}",
           f"null lead2={word_at(items, mine[0] - 2)} {word_at(items, mine[0] - 1)}",
           f"null follow={word_at(items, mine[-1] + 1)}",
           f"null where={sentence_third(place.sentence, len(view.sentences))}",
           f"null here={min(sum(map(len, lists[kind])), 2)}",
           f"null numbers={min(sum(map(len, lists['number'])), 4)}"]
    out += [f"null {f}" for f in known_so_far]
    for role in ("proposed", "used", "baseline", "evaluated", "reported", "addressed"):
        out.append(f"null has {role}={min(role_counts(view)[kind, role], 3)}")
    for word in sorted({i.word for i in items[max(0, place.position - 25):place.position] if i.kind == "word"}
                       & read_lines("frames/results_voices.txt")):
        out.append(f"null voice:{word}")
    return out


def _standing(view: View, entity: int, items: Sequence[Item], lists: dict[str, list[list[int]]], at: int, here: str,
              ) -> list[str]:
    """Say how a method stands to a number: whether it acts, what else acts, and what it is to the paper."""
    known = view.entities[entity]
    main = main_methods(view)
    rank = min(main.index(entity), 2) if entity in main else "no"
    who = f"{known.role}{rank}"
    agent, subject, thing = _actors(items, lists, at)
    states = []
    for label, position in (("agent", agent), ("subject", subject), ("object", thing)):
        if position is None:
            states.append(f"no {label}")
        elif items[position].ref == entity:
            states.append(f"{label} is")
        else:
            states.append(f"{label}:{view.entities[items[position].ref].role}")
    paper = "proposes" if main else "studies"
    close = agent is not None and items[agent].clause == items[at].clause
    reaches = agent is not None and any("reach" in word_kinds(i.word) for i in items[agent + 1:at])
    lead = "" if agent is None else word_at(items, agent - 1)
    parent = main and entity != main[0] and _folded(view, main[0]) in _folded(view, entity)
    return [f"who={who}", f"who={who}&{known.kind}", f"{here}&{who}", f"{paper}&{here}&{known.role}", *states,
            *(f"{s}&{who}" for s in states), *(f"{s}&{here}" for s in states), f"{states[0]}&{here}&{who}",
            f"{states[0]}&reaches={reaches}", f"{states[0]}&reaches={reaches}&{who}", f"{states[0]}&lead={lead}&{here}",
            f"variant={bool(parent)}&{here}", f"{states[0]}&reaches={reaches}&{close}&{known.kind}",
            f"{states[0]}&{close}", f"{states[1]}&{states[2]}&{known.role}", f"kind={known.kind}&{here}",
            f"title={_in_title(view, entity)}&{known.role}", f"opens={opens_title(view, entity)}&{known.role}",
            f"named={min(len(view.entity_places[entity]), 3)}&{known.role}"]


def _in_title(view: View, entity: int) -> bool:
    return homes(view)[entity][:1] == (0,)


def _folded(view: View, entity: int) -> str:
    """Fold a method's name, to tell variants of the main one."""
    return fold_metric(view.entities[entity].name)


def _actors(items: Sequence[Item], lists: dict[str, list[list[int]]], at: int) -> tuple[
        int | None, int | None, int | None]:
    """Give the places of the method that acts nearest before a number, of the first that acts, of one compared to."""
    compared = read_lines("frames/results_comparators.txt")
    methods = [p for group in lists["Method"] for p in group]
    acting = [p for p in methods if not compared & {i.word for i in items[max(0, p - 3):p]}]
    before = [p for p in acting if p < at]
    objects = sorted(set(methods) - set(acting), key=lambda p: (abs(p - at), p))
    return (before[-1] if before else None), (before[0] if before else None), (objects[0] if objects else None)


def _voices(items: Sequence[Item], at: int, role: str, here: str) -> Iterator[str]:
    """Say who speaks before a number: us, the proposal, a comparison."""
    voices = read_lines("frames/results_voices.txt")
    for label, reach in (("voice", 25), ("near voice", 4)):
        for word in sorted({i.word for i in items[max(0, at - reach):at] if i.kind == "word"} & voices):
            yield f"{label}:{word}&{role}&{here}"


def _outside(view: View, place: Place, entity: int, kind: str, size: int, index: int, groups: Groups) -> Iterator[str]:
    """Describe where an entity stands that the number's sentence does not name."""
    known, found = view.entities[entity], homes(view)[entity]
    if not found:
        yield "nowhere"
        return
    at = bisect_left(found, place.sentence)
    latest = found[at - 1] if at else None
    label = "outside after" if latest is None else f"outside before={min(place.sentence - latest, 4)}"
    yield label
    yield f"{label}&{known.role}"
    words = {i.word for i in view.items[place.sentence] if i.kind == "word"}
    for word in sorted(words & read_lines("frames/results_plurals.txt")):
        yield f"outside&{word}&{known.role}"
    if latest is not None and size > 1:
        for group in groups[latest][kind]:
            refs = [view.items[latest][p].ref for p in group]
            if len(refs) == size and entity in refs:
                yield f"aligned before={refs.index(entity) == index}"


def _between(items: Sequence[Item], at: int, there: int, kind: str) -> Iterator[str]:
    """Describe the way from a number to a name of the same sentence."""
    low, high = min(at, there), max(at, there)
    way = items[low + 1:high]
    side = "+" if there > at else "-"
    words = [i.word for i in way]
    same = min(sum(i.kind == kind for i in way), 2)
    numbers = min(sum(i.kind == "number" for i in way), 2)
    yield f"side{side}&gap={bucket(high - low)}"
    yield f"side{side}&same={same}&numbers={numbers}"
    yield f"side{side}&same={same}&numbers={numbers}&near={high - low < 4}"
    yield f"clause={min(abs(items[at].clause - items[there].clause), 2)}{side}"
    yield f"lead{side}={word_at(items, there - 1)}"
    yield f"follow{side}={word_at(items, there + 1)}"
    yield f"lead2{side}={word_at(items, there - 2)} {word_at(items, there - 1)}"
    yield f"lead{side}={word_at(items, there - 1)}&same={same}&numbers={numbers}"
    yield f"nearest number={_is_nearest(items, at, there)}{side}"
    if len(words) <= 4:
        yield f"way{side}={' '.join(words)}"
    for word in sorted(set(words[:12] + words[-12:])):
        yield f"way{side}:{word}"
    yield f"brackets={_depth(way)}{side}"


def _is_nearest(items: Sequence[Item], at: int, there: int) -> bool:
    """Say whether no other number stands nearer to a name than this one does."""
    gap = abs(at - there)
    around = items[max(0, there - gap + 1):there + gap]
    return not any(i.kind == "number" for i in around)


def _depth(way: Sequence[Item]) -> int:
    """Count brackets opened less brackets closed, within -1 … 1."""
    return max(-1, min(1, sum((i.word == "(") - (i.word == ")") for i in way)))


def _list_way(items: Sequence[Item], mine: list[int], places: list[int], kind: str, lists: dict[str, list[list[int]]],
              ) -> Iterator[str]:
    """Describe the way from the edges of a number's list to the nearest name."""
    best = min(places, key=lambda p: (min(abs(p - mine[0]), abs(p - mine[-1])), p))
    low, high = (best, mine[0]) if best < mine[0] else (mine[-1], best)
    way = items[low + 1:high]
    same, numbers = min(sum(i.kind == kind for i in way), 2), min(sum(i.kind == "number" for i in way), 2)
    side = "-" if best < mine[0] else "+"
    yield f"list way{side}&same={same}&numbers={numbers}&size={min(len(mine), 3)}"
    yield f"list way{side}&gap={bucket(abs(high - low))}"
    group = max((len(g) for g in lists[kind] if best in g), default=1)
    yield f"list way{side}&numbers={numbers}&sizes={min(len(mine), 3)}:{min(group, 3)}"


def _aligned(items: Sequence[Item], groups: dict[str, list[list[int]]], at: int, places: list[int], kind: str,
             ) -> Iterator[str]:
    """Say whether the name has the number's place in a list of the same length."""
    mine = next(g for g in groups["number"] if at in g)
    flag = "respectively" if any(i.word == "respectively" for i in items) else "plain"
    unit = items[at].word
    mates = [p for group in groups["number"] for p in group if items[p].word == unit]
    for label, numbers in (("list", mine), ("all", mates)):
        if len(numbers) < 2:
            continue
        lists = [g for g in groups[kind] if len(g) == len(numbers) and set(g) & set(places)]
        if lists:
            same = any(g.index(p) == numbers.index(at) for g in lists for p in places if p in g)
            yield f"aligned {label}={same}&{flag}"
            yield f"aligned {label}={same}"
    own = [g for g in groups[kind] if set(g) & set(places)]
    yield f"member of list={min(max(map(len, own)), 3)}&numbers={min(len(mine), 3)}"
