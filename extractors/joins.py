"""Join the names of one thing in a paper that stand apart: `SSL` and `self-supervised learning`.

Short and long forms that the text sets side by side are one from the start (`abbreviations.py`). A linear model weighs
pairs of names that share words or letters (`join_features.py`); its weights are data (`induced/joins.json`, made by
`kg learn --gold`). A paper on `aerial action recognition` goes on to say `action recognition`: one thing, whose name is
the narrower one; across papers the wider surface is no name of it (`kg/identity/sightings.py`). What only praises
(`robust gait recognition`) makes nothing narrower.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product
from typing import Any

from extractors.join_features import Names, join_features, spell_out
from extractors.linear import probability, reasons
from extractors.records import Entity, merge_mentions
from extractors.scorer import ROLES, group_of
from extractors.words import word_of

__all__ = ["MODELS", "join_names", "pairs_to_join"]

MODELS = {"same": ("threshold", "doubt")}  # the model of the file, and the numbers that it needs beside its weights

_WAYS = frozenset({  # how two names may be related that are joined: forms of one name, or one narrower than the other
    "same", "same words", "spelt same", "spelt same words", "letters", "letters inner", "letters gap",
    "letters inner gap", "end", "beginning", "within", "spelt end", "spelt beginning", "spelt within"})
_MOST_ENTITIES = 60  # entities of a group that are compared: keeps a text of endless names linear
_WORD = re.compile(r"[^\W_]+")
_MOST_NAMES = 8  # of an entity that are compared
Pairs = dict[tuple[int, int], list[str]]


def pairs_to_join(names: Names, entities: Sequence[Entity]) -> Pairs:
    """Describe the pairs of entities that may be one thing, by their places."""
    groups: dict[str, list[int]] = {}
    for at, entity in enumerate(entities):
        groups.setdefault(group_of(entity.type), []).append(at)
    pairs = (pair for members in groups.values() for pair in combinations(members[:_MOST_ENTITIES], 2))
    described = ((pair, join_features(names, *(entities[at] for at in pair))) for pair in pairs)
    return {pair: features for pair, features in described if features}


def join_names(names: Names, entities: Sequence[Entity], model: Mapping[str, Any]) -> tuple[Entity, ...]:
    """Give the entities of a paper with those joined that name one thing, in their order.

    The surest pairs come first; what joins two clusters must not be doubtful for any two of their names.
    """
    pairs = pairs_to_join(names, entities)
    sure = {pair: probability(model, features) for pair, features in pairs.items()}
    clusters = {at: [at] for at in range(len(entities))}
    why: dict[int, str] = {}
    for pair in sorted(sure, key=lambda p: (-sure[p], p)):
        one, other = (clusters[at] for at in pair)
        if sure[pair] < float(model["threshold"]):
            break
        if pairs[pair][0] not in _WAYS or one is other:
            continue
        if any(sure.get((min(p), max(p)), 1.0) < float(model["doubt"]) for p in product(one, other)):
            continue
        rule = "same thing:" + "+".join(reasons(model, pairs[pair], most=1))
        why |= dict.fromkeys((*one, *other), rule)
        one += other
        clusters |= dict.fromkeys(other, one)
    return tuple(_joined([entities[a] for a in sorted(cluster)], names, why.get(at, ""))
                 for at, cluster in clusters.items() if at == min(cluster))


def _joined(parts: Sequence[Entity], names: Names, rule: str) -> Entity:
    """Make one entity of several: the name that tells most, the strongest role, all surfaces and mentions."""
    if len(parts) == 1:
        return parts[0]
    best = _telling(parts, names)
    mentions = merge_mentions(*(part.mentions for part in parts))
    surfaces = dict.fromkeys([best.name, *(s for part in (best, *parts) for s in part.surfaces)])
    return replace(best, surfaces=tuple(surfaces), role=_strongest(parts), mentions=mentions,
                   confidence=max(part.confidence for part in parts), rules=(*best.rules, rule))


def _telling(parts: Sequence[Entity], names: Names) -> Entity:
    """Give the part whose name is narrower than the most frequent one, the narrowest of such, else that one."""
    words = [(part, _words(part, names)) for part in parts]
    known, its = max(words, key=lambda p: (len(p[0].mentions), p[0].confidence))
    narrower = [p for p in words if any(one < other for one, other in product(its, p[1]))]
    best, _ = max(narrower, default=(known, its),
                  key=lambda p: (max(map(len, p[1])), len(p[0].mentions), p[0].confidence))
    return best


def _words(entity: Entity, names: Names) -> list[set[str]]:
    """Give the words of each of a thing's names, folded and spelt out, without those that only praise."""
    bare = (" ".join(w for w in _WORD.findall(name) if not word_of(w).loose) for name in entity.surfaces[:_MOST_NAMES])
    return [set(spell_out(name, names)) for name in bare]


def _strongest(parts: Sequence[Entity]) -> str:
    """Give the strongest role that one of the parts has."""
    order = ROLES[group_of(parts[0].type)]
    return min((part.role for part in parts), key=order.index)
