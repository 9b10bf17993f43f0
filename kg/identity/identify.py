"""Identity of a whole set of papers: every entity of every record gets the IRI of the one thing that it names.

What the names of a block mean is settled for the block alone (`settle`); links and IRIs are given to all things at
once (`identify`), for which it is enough to know what the blocks that nobody touched came to (`Rest`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from extractors.records import Paper
from kg.identity.blocks import Block, blocks_of
from kg.identity.clusters import Cluster, clusters_of
from kg.identity.decide import Decided, decide, renames
from kg.identity.decisions import Decision
from kg.identity.lattice import Link, lattice, settled_types
from kg.identity.longforms import admitted, forms_of
from kg.identity.registry import SPLIT, Entry, Registry, assign_iris
from kg.identity.rows import Rows
from kg.identity.senses import Assignment, Doubt, assign_senses
from kg.identity.sightings import Sighting
from kg.identity.things import Thing

__all__ = ["Identity", "Rest", "Settled", "identify", "settle"]


@dataclass(frozen=True, slots=True)
class Settled:
    """What the sightings of whole blocks name."""

    blocks: list[Block]
    sightings: list[Sighting]  # of all blocks, without the long forms that belong to other things
    assignment: Assignment
    clusters: Mapping[str, Cluster]  # by signature


@dataclass(frozen=True, slots=True)
class Rest:
    """What the blocks that are not settled anew came to."""

    things: Sequence[Thing] = ()
    doubts: Sequence[Doubt] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is who. Of the settled blocks also the IRI of each entity by (paper, index), why, and their clusters."""

    iri_of: Mapping[tuple[str, int], str]
    reasons: Mapping[tuple[str, int], str]
    clusters: Mapping[str, Cluster]  # by IRI
    things: Mapping[str, Thing]  # all, by IRI
    types: Mapping[str, str]  # of the things, by IRI
    iris: Mapping[str, str]  # of all concepts by signature, those too that decisions did away with
    links: Sequence[Link]  # between IRIs
    doubts: Sequence[Doubt]  # between IRIs
    registry: Mapping[str, Entry]
    rows: Rows
    names: Mapping[str, str] = field(default_factory=dict)  # of things that the user renamed
    decided: Mapping[str, str] = field(default_factory=dict)  # IRI merged by decision → IRI that took it in
    concerned: frozenset[str] = frozenset()  # concepts that decisions name
    notes: Sequence[str] = ()  # of decisions that do nothing, or less than they seem to


def settle(seen: Iterable[Sighting], paper_of: Callable[[str], Paper], rows: Rows) -> Settled:
    """Say which concept each sighting of whole blocks names; the order of the sightings does not matter."""
    blocks = blocks_of(seen, rows)
    forms = forms_of(chain.from_iterable(block.sightings for block in blocks))
    held = [admitted(s, forms, rows) for block in blocks for s in block.sightings]
    assignment = assign_senses(held, forms, rows, paper_of)
    return Settled(blocks, held, assignment, clusters_of(held, assignment, rows))


def identify(settled: Settled, rest: Rest, *, rows: Rows, registry: Registry,
             decisions: Sequence[Decision]) -> Identity:
    """Link and name all things; the blocks that decisions concern must be among those settled."""
    first = _name(settled, rest, rows, registry)
    if not decisions:
        return first
    named = {iri for d in decisions for iri in d.nodes}
    signature = {iri: thing.signature for iri, thing in first.things.items()}
    held = first.registry
    while True:
        done = decide(decisions, first.iri_of, signature, held)
        second = _name(_moved(settled, first, done, rows), rest, rows, held)
        fresh = {i: e for i, e in second.registry.items() if i not in held and e.signature.startswith(SPLIT)}
        if not named & fresh.keys():  # else a decision names what one before it split off just now
            break
        held = {**held, **fresh}
    merged = {old: new for old, new in done.replaced().items() if old not in second.things}
    names, notes = renames(decisions, done.merged, second.things, second.types, second.registry)
    entries = {i: replace(e, replaced_by=merged[i]) if i in merged else e for i, e in second.registry.items()}
    return replace(second, iris={**first.iris, **second.iris}, names=names, decided=merged, registry=entries,
                   concerned=frozenset(signature[iri] for iri in named & signature.keys()),
                   notes=[text for _, text in sorted([*done.notes, *notes])])


def _moved(settled: Settled, first: Identity, done: Decided, rows: Rows) -> Settled:
    """Give what is settled with the entities moved that decisions move."""
    concept = settled.assignment.concept | {at: signature for at, (signature, _) in done.moved.items()}
    reason = {**first.reasons, **{at: why for at, (_, why) in done.moved.items()}}
    moved = replace(settled.assignment, concept=concept, reason=reason)
    return replace(settled, assignment=moved, clusters=clusters_of(settled.sightings, moved, rows))


def _name(settled: Settled, rest: Rest, rows: Rows, registry: Registry) -> Identity:
    """Link and name the things of an assignment and of the rest."""
    things = {t.signature: t for t in rest.things}
    things |= {s: c.thing() for s, c in settled.clusters.items()}
    links = lattice(things, rows)
    types = settled_types(things, links)
    iris, entries = assign_iris((t._replace(type=types[s]) if s in types else t for s, t in things.items()), registry)
    doubts = [replace(d, one=iris[d.one], other=iris[d.other]) for d in chain(rest.doubts, settled.assignment.doubts)
              if d.one in iris and d.other in iris and d.one != d.other]
    return Identity({at: iris[s] for at, s in settled.assignment.concept.items()}, settled.assignment.reason,
                    {iris[s]: c for s, c in settled.clusters.items()}, {iris[s]: t for s, t in things.items()},
                    {iris[s]: _type_of(iris[s], types.get(s, t.type)) for s, t in things.items()}, iris,
                    [replace(k, child=iris[k.child], parent=iris[k.parent]) for k in links], doubts, entries,
                    rows)


def _type_of(iri: str, otherwise: str) -> str:
    """Give the type that an IRI was made for, so that it never changes."""
    head = iri.partition("/")[0].capitalize()
    return head if head in ("Dataset", "Benchmark") else otherwise
