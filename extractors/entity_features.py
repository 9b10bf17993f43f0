"""Describe an entity of a paper as binary features: role, kind, how often and where it is named."""

from __future__ import annotations

from extractors.clauses import View

__all__ = ["bucket", "entity_features", "main_methods", "opens_title"]


def bucket(gap: int) -> str:
    """Round a distance in words to a class."""
    for bound in (1, 2, 3, 4, 6, 9, 14, 20, 30):
        if gap <= bound:
            return str(bound)
    return "far"


def main_methods(view: View) -> tuple[int, ...]:
    """Order the proposed methods: named before terms, in the title first, then the oftenest named."""
    refs = [r for r, e in enumerate(view.entities) if e.type == "Method" and e.role == "proposed"]
    return tuple(sorted(refs, key=lambda r: (
        view.entities[r].kind != "named", not opens_title(view, r), not any(p.sentence == 0 for p in view.entity_places[r]),
        -len(view.entity_places[r]), view.entity_places[r][0].sentence if view.entity_places[r] else 0, r)))


def opens_title(view: View, ref: int) -> bool:
    """Say whether the title begins with the entity and a colon."""
    title = view.items[0] if view.items else ()
    return len(title) > 1 and title[0].ref == ref and title[0].kind == "Method" and title[1].word in (":", "-", "—", "–")


def entity_features(view: View, ref: int) -> list[str]:
    """Describe what an entity is to its paper."""
    entity, places = view.entities[ref], view.entity_places[ref]
    peers = [e for e in view.entities if e.type == entity.type]
    roles = sum(e.role == entity.role for e in peers)
    out = [f"role={entity.role}", f"kind={entity.kind}", f"type={entity.type}",
           f"role={entity.role}&kind={entity.kind}&type={entity.type}",
           f"title={any(p.sentence == 0 for p in places)}", f"named={min(len(places), 3)}",
           f"peers={min(len(peers), 4)}", f"role peers={min(roles, 4)}&{entity.role}"]
    if entity.type == "Method":
        out.append(f"opens title={opens_title(view, ref)}&{entity.role}")
    if entity.role == "proposed":
        order = main_methods(view)
        rank = order.index(ref) if ref in order else -1
        out += [f"main={min(rank, 3)}", f"main={min(rank, 3)}&kind={entity.kind}&of={min(len(order), 3)}"]
    return out
