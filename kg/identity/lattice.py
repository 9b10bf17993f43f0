"""The lattice: which things are versions or parts of others, by the rules on names and by the lexicons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.identity.normal import key_of
from kg.identity.rows import Row, Rows
from kg.identity.things import Thing
from kg.identity.versions import Step, steps

__all__ = ["Link", "lattice", "settled_types"]

_Index = dict[tuple[str, str], str]  # (class, key) → the commonest thing that bears it
_Wanted = dict[tuple[str, str], list[tuple[str, Step]]]  # (class, key) → the versions of it


@dataclass(frozen=True, slots=True)
class Link:
    """A step of the lattice: a thing is a version or a part of another, by which rule."""

    sort: str  # versionOf, partOf
    child: str
    parent: str
    rule: str


def lattice(things: dict[str, Thing], rows: Rows) -> list[Link]:
    """Link versions to their families and parts to their suites; adds the families that no paper names itself.

    The order of the things does not matter.
    """
    index = _index(things)
    wanted: _Wanted = {}
    links: list[Link] = []
    todo = list(things)
    while todo:
        known = len(things)
        for signature in sorted(s for s in todo if s in rows.by_id):
            links += _lexicon_links(things, things[signature], index, rows)
        _want(wanted, (things[s] for s in todo))
        _add_families(things, wanted, index, rows)
        todo = list(things)[known:]
    links = _nearest([*links, *_rule_links(things, index, rows)])
    return sorted({(k.sort, k.child, k.parent): k for k in links}.values(), key=lambda k: (k.child, k.sort, k.parent))


def _index(things: Mapping[str, Thing]) -> _Index:
    """Give the commonest thing that bears each key."""
    index: _Index = {}
    for thing in things.values():
        for key in thing.bears:
            held = things[index.setdefault((thing.cls, key), thing.signature)]
            if (-thing.papers, thing.signature) < (-held.papers, held.signature):
                index[thing.cls, key] = thing.signature
    return index


def _want(wanted: _Wanted, things: Iterable[Thing]) -> None:
    """Note which bases each thing's name has."""
    for thing in things:
        for step in thing.steps:
            wanted.setdefault((thing.cls, step.key), []).append((thing.signature, step))


def _new_family(cls: str, key: str, name: str, like: Thing, rows: Rows) -> Thing:
    """Make a family that no paper names."""
    row_id = next(iter(rows.by_key.get((cls, key), ())), None)
    row = rows.by_id[row_id] if row_id else None
    called = row.name if row else name
    return Thing(row_id or f"{cls}|{key}", cls, row.type if row else like.type, called,
                 (row.kind if row else None) or like.kind, (called,), (), (f"~{cls}:{key}",), 0, "", steps(called, cls))


def _add_families(things: dict[str, Thing], wanted: _Wanted, index: _Index, rows: Rows) -> None:
    """Add the wanted bases that a lexicon knows or two versions share."""
    for (cls, key), askers in sorted(item for item in wanted.items() if item[0] not in index):
        shared = {s for s, step in askers if step.rule != "version:setting"}
        if (cls, key) in rows.by_key or len(shared) >= 2:
            first = min(askers, key=lambda a: (a[1].base, a[0]))
            made = _new_family(cls, key, first[1].base, things[first[0]], rows)
            index[cls, key] = things.setdefault(made.signature, made).signature


def _lexicon_links(things: dict[str, Thing], thing: Thing, index: _Index, rows: Rows) -> list[Link]:
    """Give the links that a lexicon row states, adding parents that no paper names."""
    row, links = rows.by_id[thing.signature], []
    for sort, parents in (("versionOf", row.versions_of), ("partOf", row.parts_of)):
        for name in parents:
            key = key_of(name, thing.cls)
            row_id = next(iter(rows.by_key.get((thing.cls, key), ())), None)
            parent = row_id if row_id in things else index.get((thing.cls, key))
            if parent is None:
                made = _new_family(thing.cls, key, name, thing, rows)
                parent = index[thing.cls, key] = things.setdefault(made.signature, made).signature
            if parent != thing.signature:
                links.append(Link(sort, thing.signature, parent, f"lexicon:{row.file}"))
    return links


def _rule_links(things: Mapping[str, Thing], index: _Index, rows: Rows) -> list[Link]:
    """Link each thing to the nearest base of its name that there is.

    Where a lexicon says of what the thing is a version, the base must be a version of that too.
    """
    links = []
    for signature, thing in things.items():
        for step in thing.steps:
            parent = index.get((thing.cls, step.key))
            if parent and parent != signature:
                if _agrees(rows.by_id.get(signature), things[parent], rows):
                    links.append(Link("versionOf", signature, parent, step.rule))
                break
    return links


def _agrees(row: Row | None, base: Thing, rows: Rows) -> bool:
    """Say whether the base of a name lies on the way to what a lexicon row of that name is a version of."""
    if row is None or not row.versions_of:
        return True
    own = rows.by_id.get(base.signature)
    stated = own.versions_of if own else ()
    above = {*(step.key for step in base.steps), *(key_of(name, base.cls) for name in stated)}
    return all(key_of(name, base.cls) in above for name in row.versions_of)


def _nearest(links: Sequence[Link]) -> list[Link]:
    """Leave out links to what another version of the same child leads to: GPT-4V is of GPT-4, and so of GPT."""
    parents: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.sort == "versionOf":
            parents[link.child].add(link.parent)
    return [k for k in links if k.sort != "versionOf" or not any(
        _above(k.parent, other, parents) for other in parents[k.child] - {k.parent, k.child})]


def _above(node: str, start: str, parents: Mapping[str, set[str]]) -> bool:
    """Say whether the way up from a node passes another; of a circle nothing is above."""
    todo, seen = [start], {start}
    while todo:
        for parent in parents.get(todo.pop(), ()):
            if parent == node:
                return start not in parents.get(node, ())
            if parent not in seen:
                seen.add(parent)
                todo.append(parent)
    return False


def settled_types(things: Mapping[str, Thing], links: Iterable[Link]) -> dict[str, str]:
    """Give the types that versions have of their families, Dataset or Benchmark, by signature."""
    parent = {k.child: k.parent for k in links if k.sort == "versionOf"}
    out: dict[str, str] = {}
    for child in parent:
        root, seen = child, {child}
        while root in parent and parent[root] not in seen:
            root = parent[root]
            seen.add(root)
        out[child] = out.get(root, things[root].type)
    return out
