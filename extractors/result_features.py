"""Describe numbers, and numbers beside names, as binary features for the linear models of results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.clauses import Item, Place, View, lists_of
from extractors.entity_features import bucket, entity_features, main_methods, opens_title
from extractors.tables import read_lines

__all__ = ["Groups", "group_sentences", "null_features", "number_features", "slot_features"]

_WINDOW = 6
Groups = tuple[dict[str, list[list[int]]], ...]
_SLOT_KINDS = {"metric": "Metric", "dataset": "Dataset", "method": "Method", "task": "Task", "baseline": "Method"}
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


def slot_features(view: View, ref: int, entity: int, groups: Groups, slot: str, known_so_far: Sequence[str] = (),
                  ) -> list[str]:
    """Describe an entity as the filler of a slot of a number; `known_so_far` says its form and kind of metric."""
    place = view.number_places[ref]
    unit = view.numbers[ref].unit_class
    items, lists = view.items[place.sentence], groups[place.sentence]
    mine = next(g for g in lists["number"] if place.position in g)
    known = view.entities[entity]
    kind = "Dataset" if known.type == "Benchmark" else known.type
    described = entity_features(view, entity)
    inside = [p.position for p in view.entity_places[entity] if p.sentence == place.sentence]
    rivals = len({items[p].ref for g in lists[kind] for p in g})
    here = "in" if inside else "out"
    lead = f"{_word(items, mine[0] - 2)} {_word(items, mine[0] - 1)}"
    if slot in ("method", "baseline"):
        described = _standing(view, entity, items, lists, place.position, here)
    else:
        described = [*described, *(f"{f}&{here}" for f in described)]
    out = [*described, f"rivals={min(rivals, 4)}&{here}",
           f"unit={unit}&kind={known.kind}&{here}", f"lead={_word(items, mine[0] - 1)}&{known.role}&{here}",
           f"lead2={lead}&{known.role}&{here}", *(f"{f}&{here}&{known.role}" for f in known_so_far)]
    if slot in ("method", "baseline"):
        out += _voices(items, place.position, known.role, here)
    if not inside:
        return [*out, *_outside(view, place, entity, kind, len(mine), mine.index(place.position), groups)]
    best = min(inside, key=lambda p: (abs(p - place.position), p))
    out += _between(items, place.position, best, kind)
    out += [f"{f}&numbers={sum(i.kind == 'number' for i in items[min(best, place.position) + 1:max(best, place.position)]) > 0}"
            f"&{'after' if best > place.position else 'before'}" for f in known_so_far]
    out += _list_way(items, mine, inside, kind, lists)
    out += _aligned(items, lists, place.position, inside, kind)
    if slot in ("method", "baseline"):
        out += [f"lead={_word(items, best - 1)}&{known.role}", f"follow={_word(items, best + 1)}&{known.role}"]
    return out


def null_features(view: View, ref: int, groups: Groups, slot: str, known_so_far: Sequence[str] = ()) -> list[str]:
    """Describe a number for which a slot may stay empty."""
    place = view.number_places[ref]
    items, lists = view.items[place.sentence], groups[place.sentence]
    mine = next(g for g in lists["number"] if place.position in g)
    kind = _SLOT_KINDS[slot]
    peers = [e for e in view.entities if ("Dataset" if e.type == "Benchmark" else e.type) == kind]
    out = ["null", f"null unit={view.numbers[ref].unit_class}", f"null lead={_word(items, mine[0] - 1)}",
           f"null lead2={_word(items, mine[0] - 2)} {_word(items, mine[0] - 1)}",
           f"null follow={_word(items, mine[-1] + 1)}", f"null where={_where(place.sentence, len(view.sentences))}",
           f"null here={min(sum(map(len, lists[kind])), 2)}", f"null numbers={min(sum(map(len, lists['number'])), 4)}"]
    out += [f"null {f}" for f in known_so_far]
    for role in ("proposed", "used", "baseline", "evaluated", "reported", "addressed"):
        out.append(f"null has {role}={min(sum(e.role == role for e in peers), 3)}")
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
    return [f"who={who}", f"who={who}&{known.kind}", f"{here}&{who}", f"{paper}&{here}&{known.role}", *states,
            *(f"{s}&{who}" for s in states), *(f"{s}&{here}" for s in states), f"{states[0]}&{here}&{who}",
            f"{states[0]}&{close}", f"{states[1]}&{states[2]}&{known.role}", f"kind={known.kind}&{here}",
            f"title={_in_title(view, entity)}&{known.role}", f"opens={opens_title(view, entity)}&{known.role}",
            f"named={min(len(view.entity_places[entity]), 3)}&{known.role}"]


def _in_title(view: View, entity: int) -> bool:
    return any(p.sentence == 0 for p in view.entity_places[entity])


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
    for word in sorted({i.word for i in items[max(0, at - 25):at] if i.kind == "word"} & read_lines("frames/results_voices.txt")):
        yield f"voice:{word}&{role}&{here}"
    for word in sorted({i.word for i in items[max(0, at - 4):at] if i.kind == "word"} & read_lines("frames/results_voices.txt")):
        yield f"near voice:{word}&{role}&{here}"


def _outside(view: View, place: Place, entity: int, kind: str, size: int, index: int, groups: Groups) -> Iterator[str]:
    """Describe where an entity stands that the number's sentence does not name."""
    known, places = view.entities[entity], view.entity_places[entity]
    gaps = [place.sentence - p.sentence for p in places]
    if not gaps:
        yield "nowhere"
        return
    before = [g for g in gaps if g > 0]
    label = f"outside before={min(min(before), 4)}" if before else "outside after"
    yield label
    yield f"{label}&{known.role}"
    words = {i.word for i in view.items[place.sentence] if i.kind == "word"}
    for word in sorted(words & read_lines("frames/results_plurals.txt")):
        yield f"outside&{word}&{known.role}"
    latest = max((p.sentence for p in places if p.sentence < place.sentence), default=None)
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
    yield f"lead{side}={_word(items, there - 1)}"
    yield f"follow{side}={_word(items, there + 1)}"
    yield f"lead2{side}={_word(items, there - 2)} {_word(items, there - 1)}"
    yield f"lead{side}={_word(items, there - 1)}&same={same}&numbers={numbers}"
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


def _aligned(items: Sequence[Item], groups: dict[str, list[list[int]]], at: int, places: list[int], kind: str) -> Iterator[str]:
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
