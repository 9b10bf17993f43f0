"""Apply the user's decisions, in their order, to what the names of papers were found to mean.

A decision names things by IRI. What was merged before is followed to what it became; what was split off stays apart
from what it was split from, whatever becomes of that, and can be merged, split and renamed in its turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.identity.decisions import Decision
from kg.identity.iris import digest
from kg.identity.normal import key_of
from kg.identity.registry import SPLIT, Registry, current
from kg.identity.things import Thing

__all__ = ["At", "Decided", "Note", "decide", "renames"]

At = tuple[str, int]  # an entity: its paper, and its place in the record
Note = tuple[int, str]  # which decision it is on, and what people should know of that


@dataclass(slots=True)
class Decided:
    """What decisions came to so far: who names what, which IRI bears which concept, what became of others.

    A thing goes by its IRI, or by its signature where a split made it that has no IRI yet.
    """

    naming: dict[str, list[At]]  # the entities that name each thing
    signature: dict[str, str]  # of each thing
    known: Mapping[str, str]  # the IRI of each split that the registry knows, by signature
    registry: Registry
    later: Mapping[str, str]  # all merges that there are, done or not
    merged: dict[str, str] = field(default_factory=dict)
    moved: dict[At, tuple[str, str]] = field(default_factory=dict)  # the concept of an entity, and why
    notes: list[Note] = field(default_factory=list)

    def replaced(self) -> dict[str, str]:
        """Give what each merged IRI became in the end."""
        return {iri: current(iri, self.merged) for iri in self.merged}

    def now(self, iri: str) -> str:
        """Give what an IRI is now; of one whose papers are gone, what it is merged into sooner or later."""
        at = current(iri, self.merged)
        return at if at in self.signature else current(at, self.later)

    def move(self, entities: Collection[At], old: str, new: str, d: Decision) -> None:
        """Let entities name another thing than they do."""
        went = set(entities)
        for at in entities:
            self.moved[at] = self.signature[new], f"decision: {d.line}"
            self.naming.setdefault(new, []).append(at)
        self.naming[old] = [at for at in self.naming.get(old, ()) if at not in went]


def decide(decisions: Sequence[Decision], iri_of: Mapping[At, str], signature: Mapping[str, str],
           registry: Registry) -> Decided:
    """Apply merges and splits to entities whose IRIs are given, as is the concept that bears each IRI."""
    known = {e.signature: e.iri for e in registry.values() if e.signature.startswith(SPLIT)}
    later = {d.arguments[0]: d.node for d in decisions if d.verb == "merge"}
    naming: dict[str, list[At]] = defaultdict(list)
    for at, iri in iri_of.items():
        naming[iri].append(at)
    done = Decided(dict(naming), dict(signature), known, registry, later)
    for number, d in enumerate(decisions):
        if d.verb != "rename" and (why := (_merge if d.verb == "merge" else _split)(done, d)):
            done.notes.append((number, _idle(d, why)))
    return done


def _idle(d: Decision, why: str) -> str:
    return f"{d.where}: {d.line!r} does nothing{why}; correct or delete the line"


def _absent(iri: str, registry: Registry) -> str:
    """Say that there is no such thing, and what took its place where that is known."""
    heir = registry[iri].replaced_by if iri in registry else ""
    return f": {iri} is not in this atlas" + (f"; {heir} took its place" if heir else "")


def _merge(done: Decided, d: Decision) -> str:
    """Apply a merge; says why it does nothing, where it does not."""
    new, old = done.now(d.node), current(d.arguments[0], done.merged)
    if new == old:
        return f": both are {new} already"
    if new not in done.signature:
        return _absent(new, done.registry)
    entities = done.naming.get(old, [])
    if old in done.signature and not entities:
        return f": no paper names {old} itself"
    if old not in done.signature and old not in done.registry:
        return _absent(old, done.registry)
    done.move(entities, old, new, d)
    done.merged[old] = new
    return ""


def _split(done: Decided, d: Decision) -> str:
    """Apply a split; says for which papers it does nothing."""
    node = done.now(d.node)
    if node not in done.signature:
        return _absent(node, done.registry)
    entities = [at for at in done.naming.get(node, ()) if at[0] in d.arguments]
    made = f"{SPLIT}{digest(d.line)}"
    home = done.known.get(made, made)
    if home == node:
        return f": {node} is what the same line split off before"
    if entities:
        done.signature[home] = made
        done.merged.pop(home, None)  # where it was split off, merged back, and is split off again
        done.move(entities, node, home, d)
    absent = sorted(set(d.arguments) - {paper for paper, _ in entities})
    return f" for {', '.join(absent)}, where nothing names {node}" if absent else ""


def renames(decisions: Iterable[Decision], merged: Mapping[str, str], things: Mapping[str, Thing],
            types: Mapping[str, str], registry: Registry) -> tuple[dict[str, str], list[Note]]:
    """Give the names that things are to go by, by IRI, and notes: of what there is not, and of names taken twice."""
    last: dict[str, tuple[int, Decision]] = {}
    notes = []
    for number, d in enumerate(decisions):
        if d.verb == "rename":
            iri = current(d.node, merged)
            if iri in things:
                last[iri] = number, d
            else:
                notes.append((number, _idle(d, _absent(iri, registry))))
    names = {iri: d.arguments[0] for iri, (_, d) in last.items()}
    for iri, (number, d) in last.items():
        if others := sorted(_namesakes(iri, names, things, types)):
            notes.append((number, f"{d.where}: {d.line!r}: that name is borne by {', '.join(others)} too; "
                                  "merge them if they are one"))
    return names, notes


def _namesakes(iri: str, names: Mapping[str, str], things: Mapping[str, Thing],
               types: Mapping[str, str]) -> Iterator[str]:
    """Give the other things of its type that bear the name that a thing was given."""
    key = key_of(names[iri], things[iri].cls)
    for other, thing in things.items():
        if other != iri and types[other] == types[iri] and (key in thing.bears or names.get(other) == names[iri]):
            yield other
