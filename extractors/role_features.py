"""Describe a method in its paper for the second look at its role: its mentions, their sentences, its company."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractors.clauses import Place, View, lists_of
from extractors.entity_features import bucket, entity_features, main_methods
from extractors.tables import read_lines
from extractors.word_kinds import kinds_of

__all__ = ["role_features"]

_MOST_MENTIONS = 4
_SPEAKERS = frozenset({"we", "our", "paper"})
_MOST_WAY = 25  # words between a method and the main one that are read


def role_features(view: View, ref: int) -> list[str]:
    """Describe a method: what it was taken for at first, and what stands around its first mentions."""
    role = view.entities[ref].role
    others = [main for main in main_methods(view) if main != ref]
    out = ["bias", *entity_features(view, ref), f"proposed={min(len(main_methods(view)), 4)}&{role}"]
    for place in view.entity_places[ref][:_MOST_MENTIONS]:
        title = "title " if place.sentence == 0 else ""
        found = [*_beside(view, place, role), *_sentence(view, place.sentence, role), *_peers(view, place, ref, role),
                 *_to_main(view, place, others[0] if others else -1, role)]
        out += [title + feature for feature in found]
    return list(dict.fromkeys(out))


def _beside(view: View, place: Place, role: str) -> Iterator[str]:
    """Describe the words before and behind a mention."""
    items, at = view.items[place.sentence], place.position
    lead, follow = items[max(0, at - 10):at], items[at + 1:at + 6]
    for label, near in (("near", lead[-4:]), ("wide", lead), ("follow", follow)):
        for kind in kinds_of(near):
            yield f"{label} kind:{kind}"
            yield f"{label} kind:{kind}&{role}"
    yield from (f"lead:{item.word}" for item in lead[-4:])
    yield from (f"follow:{item.word}" for item in follow[:3])
    last = [item.word for item in lead[-2:]] or ["<edge>"]
    yield f"last:{last[-1]}&{role}"
    yield f"last:{' '.join(last)}"
    yield f"next:{follow[0].word if follow else '<edge>'}&{role}"


def _sentence(view: View, sentence: int, role: str) -> Iterator[str]:
    """Describe the sentence of a mention, and whether it stands before the paper first speaks of itself."""
    kinds, words = _of_sentence(view)[sentence]
    yield from (f"sentence kind:{kind}&{role}" for kind in kinds)
    for word in words:
        yield f"sentence:{word}"
        yield f"sentence:{word}&{role}"
    yield f"before we={sentence < _first_we(view)}"
    yield f"before we={sentence < _first_we(view)}&{role}"


@lru_cache(maxsize=8)
def _of_sentence(view: View) -> tuple[tuple[list[str], list[str]], ...]:
    """Give the kinds and the telling words (`frames/role_words.txt`) of each sentence."""
    telling = read_lines("frames/role_words.txt")
    return tuple((kinds_of(items), sorted(telling.intersection(item.word for item in items))) for items in view.items)


@lru_cache(maxsize=8)
def _first_we(view: View) -> int:
    """Give the first sentence after the title in which the paper speaks of itself."""
    speaking = (at for at, items in enumerate(view.items) if at and any(item.word in _SPEAKERS for item in items))
    return next(speaking, len(view.items))


def _peers(view: View, place: Place, ref: int, role: str) -> Iterator[str]:
    """Describe what the other members of a mention's list were taken for."""
    items = view.items[place.sentence]
    for members in lists_of(items, "Method"):
        if place.position in members:
            for other in {items[at].ref for at in members} - {ref}:
                yield f"peer {view.entities[other].role}"
                yield f"peer {view.entities[other].role}&{role}"


def _to_main(view: View, place: Place, main: int, role: str) -> Iterator[str]:
    """Describe the words between a mention and the main proposed method, where one sentence names both."""
    there = [p.position for p in view.entity_places[main] if p.sentence == place.sentence] if main >= 0 else []
    if not there:
        yield f"main apart&{role}"
        return
    nearest = min(there, key=lambda at: abs(at - place.position))
    low, high = sorted((nearest, place.position))
    side = ">" if nearest < place.position else "<"
    yield f"main {side}{bucket(high - low)}&{role}"
    for kind in kinds_of(view.items[place.sentence][low + 1:high][:_MOST_WAY]):
        yield f"way {side}kind:{kind}"
        yield f"way {side}kind:{kind}&{role}"
