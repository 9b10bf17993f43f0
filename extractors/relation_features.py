"""Describe a pair of entities as binary features for the linear models of relations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

from extractors.clauses import Item, Place, View
from extractors.entity_features import bucket, entity_features, main_methods
from extractors.metric_directions import fold_metric
from extractors.word_kinds import kinds_of

__all__ = ["SHARED", "Part", "closest_places", "pair_features", "pair_span", "part_features", "parts_of",
           "share_sentence"]

_MOST_CONTEXTS = 4  # mentions of an entity whose surroundings are described
_SPEAKERS = frozenset({"we", "our", "it"})
_ROW_KINDS = frozenset({"win", "even", "contrast", "test", "train"})
_MOST_PLACES = 12  # mentions of an entity that are weighed: keeps a text that repeats one name linear


Part = tuple[Any, ...]  # what some features of a pair turn on: the name of a rule, then its arguments
SHARED = frozenset({"h", "t", "standing", "apart"})  # parts that turn on a few roles, kinds and counts: alike in papers


def closest_places(view: View, head: int, tail: int) -> tuple[Place, Place] | None:
    """Give the closest mentions of two entities that share a sentence, the earliest among equals."""
    if not share_sentence(view, head, tail):
        return None
    pairs = [(abs(a.position - b.position), a, b) for a in view.entity_places[head][:_MOST_PLACES]
             for b in view.entity_places[tail][:_MOST_PLACES] if a.sentence == b.sentence]
    _, first, second = min(pairs, key=lambda p: (p[0], p[1].sentence, p[1].position))
    return first, second


def share_sentence(view: View, one: int, other: int) -> bool:
    """Say whether a sentence names both entities."""
    reach = _reach(view)
    return not reach[one].isdisjoint(reach[other])


@lru_cache(maxsize=8)
def _reach(view: View) -> tuple[frozenset[int], ...]:
    """Give the sentences in which each entity is weighed."""
    return tuple(frozenset([p.sentence for p in places[:_MOST_PLACES]]) for places in view.entity_places)


def pair_span(view: View, head: int, tail: int) -> tuple[int, int]:
    """Give the span of text that ties two entities: between their closest mentions, else the tail's sentence."""
    near = closest_places(view, head, tail)
    if near:
        items = view.items[near[0].sentence]
        spans = [items[p.position] for p in near]
        return min(i.start for i in spans), max(i.end for i in spans)
    places = view.entity_places[tail] or view.entity_places[head]
    return view.sentences[places[0].sentence] if places else (0, 0)


def parts_of(view: View, head: int, tail: int) -> tuple[Part, ...]:
    """Give what the features of a pair turn on: what each is to the paper, the way between them, sentences."""
    a, b = view.entities[head], view.entities[tail]
    main = main_methods(view)
    rank = min(main.index(head), 3) if head in main else "no"
    other = min(main.index(tail), 3) if tail in main else "no"
    near = share_sentence(view, head, tail)
    return (("h", entity_features(view, head)), ("t", entity_features(view, tail)),
            ("standing", a.role, a.kind, a.type, rank, b.role, b.kind, b.type, other, min(len(main), 3)),
            ("names", a.name, b.name), ("way", head, tail) if near else ("apart", *_distance(view, head, tail)),
            ("around", tail, a.role), ("h contexts", head, b.role, rank), ("t contexts", tail, a.role, rank))


def part_features(view: View, part: Part) -> Iterable[str]:
    """Describe one part of a pair; no feature comes twice, nor in two parts."""
    return _PARTS[part[0]](view, *part[1:])


def pair_features(view: View, head: int, tail: int) -> list[str]:
    """Describe head and tail: what each is to the paper, the way between them, the sentences of the tail."""
    return list(dict.fromkeys(chain.from_iterable(part_features(view, part) for part in parts_of(view, head, tail))))


def _standing(_: View, *standing: str | int | None) -> tuple[str, ...]:
    return _standings(*standing)


@lru_cache(maxsize=1 << 14)
def _standings(role: str, kind: str | None, type_: str, rank: int | str, role2: str, kind2: str | None, type2: str,
               rank2: int | str, mains: int) -> tuple[str, ...]:
    """Compare what two entities are to the paper."""
    roles = f"{role}>{role2}"
    return (roles, f"{roles}&{kind}>{kind2}", f"{roles}&types={type_}>{type2}", f"ranks={rank}>{rank2}",
            f"ranks={rank}>{role2}&{kind2}", f"proposed={mains}", f"proposed={mains}&rank={rank}")


Context = tuple[str, list[str], list[str], list[str], str, bool]


@lru_cache(maxsize=8)
def _memory(_: View) -> dict[int, list[Context]]:
    """Keep the surroundings of the entities of a paper, which many pairs ask for."""
    return {}


def _surroundings(view: View, ref: int) -> list[Context]:
    """Give for mentions of an entity: title or not, the kinds near and wide before, lead, follow, whether we speak."""
    memory = _memory(view)
    if ref not in memory:
        memory[ref] = [_surrounding(view, place) for place in view.entity_places[ref][:_MOST_CONTEXTS]]
    return memory[ref]


def _surrounding(view: View, place: Place) -> Context:
    items = view.items[place.sentence]
    lead = items[max(0, place.position - 10):place.position]
    near, wide = kinds_of(lead[-5:]), kinds_of(lead)
    words = [item.word[:7] for item in lead[-4:] if item.kind == "word"]
    speaks = bool(near) and not _SPEAKERS.isdisjoint([i.word for i in items])
    return ("title " if place.sentence == 0 else "", near, wide, words, _word(items, place.position + 1), speaks)


def _contexts(view: View, ref: int, label: str, pair: str) -> dict[str, None]:
    """Describe what leads to the mentions of an entity, wherever they stand."""
    out: list[str] = []
    for where, near, wide, words, follow, speaks in _surroundings(view, ref):
        lead = f"{label} {where}"
        for kind in near:
            out += (f"{lead}near:{kind}", f"{lead}near:{kind}&{pair}")
        out += [f"{lead}wide:{kind}&{pair}" for kind in wide]
        out += [f"{lead}lead:{word}" for word in words]
        out.append(f"{lead}follow:{follow}")
        if speaks:
            out += [f"{label} we:{kind}&{pair}" for kind in near]
    return dict.fromkeys(out)


def _head_contexts(view: View, head: int, role: str, rank: int | str) -> dict[str, None]:
    return _contexts(view, head, "h", f"{view.entities[head].role}>{role}&{rank}")


def _tail_contexts(view: View, tail: int, role: str, rank: int | str) -> dict[str, None]:
    return _contexts(view, tail, "t", f"{role}>{view.entities[tail].role}&{rank}")


def _names(_: View, head: str, tail: str) -> Iterator[str]:
    """Compare the names: one inside the other says part or version."""
    first, second = _folded(head), _folded(tail)
    if second and second in first:
        yield "tail in head name"
    if first and first in second:
        yield "head in tail name"
    word = tail.casefold().split()[-1:] or [""]
    yield f"t last={word[0]}"
    word = head.casefold().split()[-1:] or [""]
    yield f"h last={word[0]}"


@lru_cache(maxsize=1 << 12)
def _folded(name: str) -> str:
    return fold_metric(name)


def _word(items: Sequence[Item], position: int) -> str:
    return items[position].word if 0 <= position < len(items) else "<edge>"


@lru_cache(maxsize=64)
def _row_kinds(items: tuple[Item, ...]) -> list[str]:
    return sorted(_ROW_KINDS.intersection(kinds_of(items)))


def _way(view: View, head: int, tail: int) -> Iterator[str]:
    """Describe the words between two mentions of one sentence and those beside them."""
    near = closest_places(view, head, tail)
    if near is None:
        return
    first, second = near
    pair = f"{view.entities[head].role}>{view.entities[tail].role}"
    items = view.items[first.sentence]
    low, high = sorted((first.position, second.position))
    side = ">" if first.position < second.position else "<"
    words = [i.word for i in items[low + 1:high]]
    yield "together"
    yield f"gap{side}{bucket(high - low)}"
    for kind in kinds_of(items[low + 1:high][:25]):
        yield f"way{side}kind:{kind}"
        yield f"way{side}kind:{kind}&{pair}"
    for kind in _row_kinds(items):
        yield f"row{side}kind:{kind}&{pair}"
    for kind in kinds_of(items[max(0, low - 8):low]):
        yield f"ahead{side}kind:{kind}&{pair}"
    yield f"clause{side}{min(items[high].clause - items[low].clause, 2)}"
    yield f"title{side}{first.sentence == 0}"
    if len(words) <= 4:
        yield f"way{side}{' '.join(words)}"
    for word in sorted(set(words[:15] + words[-15:])):
        yield f"way{side}:{word}"
    for a, b in sorted({*pairwise(words[:16])}):
        yield f"way{side}:{a} {b}"
    for label, position in (("h", first.position), ("t", second.position)):
        yield f"{label} lead={_word(items, position - 1)}"
        yield f"{label} lead2={_word(items, position - 2)} {_word(items, position - 1)}"
        yield f"{label} follow={_word(items, position + 1)}"
    for word in sorted({i.word for i in items[max(0, low - 8):low] if i.kind == "word"}):
        yield f"ahead{side}:{word}"


def _distance(view: View, head: int, tail: int) -> tuple[int, int] | tuple[()]:
    """Give by how many sentences two entities stand apart, at the least and where each is named first."""
    heads, tails = view.entity_places[head][:_MOST_PLACES], view.entity_places[tail][:_MOST_PLACES]
    if not heads or not tails:
        return ()
    gaps = [t - h for h in _reach(view)[head] for t in _reach(view)[tail]]
    gap = min(gaps, key=lambda g: (abs(g), g)) if len(gaps) > 1 else gaps[0]
    return max(-4, min(4, gap)), max(-4, min(4, tails[0].sentence - heads[0].sentence))


def _apart(_: View, gap: int | None = None, first: int | None = None) -> tuple[str, ...]:
    """Describe how far two entities stand apart that share no sentence."""
    return ("apart", "unplaced") if gap is None else ("apart", f"apart by={gap}", f"first apart={first}")


def _around_tail(view: View, tail: int, role: str) -> Iterator[str]:
    """Describe the sentence that names the tail first after the title."""
    roles = f"{role}>{view.entities[tail].role}"
    places = view.entity_places[tail]
    place = next((p for p in places if p.sentence > 0), places[0] if places else None)
    if place is None:
        return
    items = view.items[place.sentence]
    words = {i.word for i in items if i.kind == "word"}
    yield f"t in sentence={min(place.sentence, 3)}of{'last' if place.sentence >= len(view.sentences) - 2 else 'more'}"
    for word in ("we", "our", "propose", "proposed", "present", "introduce", "this", "existing", "previous", "however"):
        if word in words:
            yield f"t sentence:{word}"
            yield f"t sentence:{word}&{roles}"
    for offset in (-3, -2, -1, 1, 2):
        yield f"t{offset}={_word(items, place.position + offset)}"
    yield f"t-21={_word(items, place.position - 2)} {_word(items, place.position - 1)}"
    for word in dict.fromkeys(i.word for i in items[max(0, place.position - 10):place.position] if i.kind == "word"):
        yield f"t before:{word}"


_PARTS: dict[str, Callable[..., Iterable[str]]] = {
    "h": lambda _, features: [f"h {f}" for f in features], "t": lambda _, features: [f"t {f}" for f in features],
    "standing": _standing, "names": _names, "way": _way, "apart": _apart, "around": _around_tail,
    "h contexts": _head_contexts, "t contexts": _tail_contexts}
