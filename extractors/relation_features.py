"""Describe a pair of entities as binary features for the linear models of relations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.clauses import Item, Place, View
from extractors.entity_features import bucket, entity_features, main_methods
from extractors.metric_directions import fold_metric
from extractors.word_kinds import word_kinds

__all__ = ["closest_places", "pair_features", "pair_span"]

_MOST_CONTEXTS = 4  # mentions of an entity whose surroundings are described
_MOST_PLACES = 12  # mentions of an entity that are weighed: keeps a text that repeats one name linear


def closest_places(view: View, head: int, tail: int) -> tuple[Place, Place] | None:
    """Give the closest mentions of two entities that share a sentence, the earliest among equals."""
    tails: dict[int, list[Place]] = {}
    for place in view.entity_places[tail][:_MOST_PLACES]:
        tails.setdefault(place.sentence, []).append(place)
    pairs = [(abs(a.position - b.position), a, b) for a in view.entity_places[head][:_MOST_PLACES]
             for b in tails.get(a.sentence, ())]
    if not pairs:
        return None
    _, first, second = min(pairs, key=lambda p: (p[0], p[1].sentence, p[1].position))
    return first, second


def pair_span(view: View, head: int, tail: int) -> tuple[int, int]:
    """Give the span of text that ties two entities: between their closest mentions, else the tail's sentence."""
    near = closest_places(view, head, tail)
    if near:
        items = view.items[near[0].sentence]
        spans = [items[p.position] for p in near]
        return min(i.start for i in spans), max(i.end for i in spans)
    places = view.entity_places[tail] or view.entity_places[head]
    return view.sentences[places[0].sentence] if places else (0, 0)


def pair_features(view: View, head: int, tail: int) -> list[str]:
    """Describe head and tail: what each is to the paper, the way between them, the sentences of the tail."""
    heads = [f"h {f}" for f in entity_features(view, head)]
    tails = [f"t {f}" for f in entity_features(view, tail)]
    a, b = view.entities[head], view.entities[tail]
    roles = f"{a.role}>{b.role}"
    out = [*heads, *tails, roles, f"{roles}&{a.kind}>{b.kind}", f"{roles}&types={a.type}>{b.type}"]
    main = main_methods(view)
    rank = min(main.index(head), 3) if head in main else "no"
    other = min(main.index(tail), 3) if tail in main else "no"
    out += [f"ranks={rank}>{other}", f"ranks={rank}>{b.role}&{b.kind}", f"proposed={min(len(main), 3)}",
            f"proposed={min(len(main), 3)}&rank={rank}"]
    out += _names(a.name, b.name)
    near = closest_places(view, head, tail)
    out += _way(view, near, roles) if near else _apart(view, head, tail)
    out += _around_tail(view, tail, roles)
    out += _contexts(view, head, "h", f"{roles}&{rank}")
    out += _contexts(view, tail, "t", f"{roles}&{rank}")
    return list(dict.fromkeys(out))


def _contexts(view: View, ref: int, label: str, pair: str) -> Iterator[str]:
    """Describe what leads to the mentions of an entity, wherever they stand."""
    for place in view.entity_places[ref][:_MOST_CONTEXTS]:
        items = view.items[place.sentence]
        where = "title " if place.sentence == 0 else ""
        lead = items[max(0, place.position - 10):place.position]
        near = {kind for item in lead[-5:] for kind in word_kinds(item.word)}
        wide = {kind for item in lead for kind in word_kinds(item.word)}
        for kind in sorted(near):
            yield f"{label} {where}near:{kind}"
            yield f"{label} {where}near:{kind}&{pair}"
        for kind in sorted(wide):
            yield f"{label} {where}wide:{kind}&{pair}"
        for item in lead[-4:]:
            if item.kind == "word":
                yield f"{label} {where}lead:{item.word[:7]}"
        yield f"{label} {where}follow:{_word(items, place.position + 1)}"
        speakers = {i.word for i in items} & {"we", "our", "it"}
        for kind in sorted(near) if speakers else ():
            yield f"{label} we:{kind}&{pair}"


def _names(head: str, tail: str) -> Iterator[str]:
    """Compare the names: one inside the other says part or version."""
    first, second = fold_metric(head), fold_metric(tail)
    if second and second in first:
        yield "tail in head name"
    if first and first in second:
        yield "head in tail name"
    word = tail.casefold().split()[-1:] or [""]
    yield f"t last={word[0]}"
    word = head.casefold().split()[-1:] or [""]
    yield f"h last={word[0]}"


def _word(items: Sequence[Item], position: int) -> str:
    return items[position].word if 0 <= position < len(items) else "<edge>"


def _way(view: View, near: tuple[Place, Place], pair: str) -> Iterator[str]:
    """Describe the words between two mentions of one sentence and those beside them."""
    first, second = near
    items = view.items[first.sentence]
    low, high = sorted((first.position, second.position))
    side = ">" if first.position < second.position else "<"
    words = [i.word for i in items[low + 1:high]]
    yield "together"
    yield f"gap{side}{bucket(high - low)}"
    kinds = sorted({kind for word in words[:25] for kind in word_kinds(word)})
    for kind in kinds:
        yield f"way{side}kind:{kind}"
        yield f"way{side}kind:{kind}&{pair}"
    row = {kind for item in items for kind in word_kinds(item.word)}
    for kind in sorted(row & {"win", "even", "contrast", "test", "train"}):
        yield f"row{side}kind:{kind}&{pair}"
    for kind in sorted({k for i in items[max(0, low - 8):low] for k in word_kinds(i.word)}):
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


def _apart(view: View, head: int, tail: int) -> Iterator[str]:
    """Describe how far two entities stand apart that share no sentence."""
    yield "apart"
    heads = [p.sentence for p in view.entity_places[head][:_MOST_PLACES]]
    tails = [p.sentence for p in view.entity_places[tail][:_MOST_PLACES]]
    if not heads or not tails:
        yield "unplaced"
        return
    gap = min((t - h for h in heads for t in tails), key=lambda g: (abs(g), g))
    yield f"apart by={max(-4, min(4, gap))}"
    yield f"first apart={max(-4, min(4, tails[0] - heads[0]))}"


def _around_tail(view: View, tail: int, roles: str) -> Iterator[str]:
    """Describe the sentence that names the tail first after the title."""
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
    for item in items[max(0, place.position - 10):place.position]:
        if item.kind == "word":
            yield f"t before:{item.word}"
