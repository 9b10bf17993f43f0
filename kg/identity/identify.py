"""Identity of a whole set of papers: every entity of every record gets the IRI of the one thing that it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.records import Paper
from kg.identity.clusters import Cluster, Link, clusters_of, lattice
from kg.identity.decisions import Decision
from kg.identity.iris import digest
from kg.identity.registry import Entry, Registry, assign_iris
from kg.identity.rows import Rows
from kg.identity.senses import Assignment, Doubt, assign_senses
from kg.identity.sightings import Sighting

__all__ = ["Identity", "identify"]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is who: the IRI of each entity by (paper, index), the things, their lattice, doubts and registry."""

    iri_of: Mapping[tuple[str, int], str]
    things: Mapping[str, Cluster]  # by IRI
    names: Mapping[str, str]  # of things that the user renamed
    links: Sequence[Link]  # between IRIs
    doubts: Sequence[Doubt]  # between IRIs
    reasons: Mapping[tuple[str, int], str]
    registry: Mapping[str, Entry]
    decided: Mapping[str, str]  # IRI merged by decision → IRI that took it in


def identify(seen: Sequence[Sighting], paper_of: Callable[[str], Paper], *, rows: Rows, registry: Registry,
             decisions: Sequence[Decision]) -> Identity:
    """Say which thing each sighted entity names; the order of the sightings does not matter."""
    assignment = assign_senses(seen, rows, paper_of)
    first = _name(seen, assignment, rows, registry)
    if not decisions:
        return first
    merged = _decide(assignment, first, decisions)
    second = _name(seen, assignment, rows, first.registry)
    names = {merged.get(d.node, d.node): d.arguments[0] for d in decisions if d.verb == "rename"}
    entries = {i: replace(e, replaced_by=merged[i]) if i in merged else e for i, e in second.registry.items()}
    return replace(second, names=names, decided=merged, registry=entries)


def _name(seen: Sequence[Sighting], assignment: Assignment, rows: Rows, registry: Registry) -> Identity:
    """Gather, link and name the things of an assignment."""
    clusters = clusters_of(seen, assignment, rows)
    links = lattice(clusters, rows)
    iris, entries = assign_iris((c.claimant() for c in clusters.values()), registry)
    for signature, cluster in clusters.items():
        cluster.type = _type_of(iris[signature], cluster.type)
    named = [replace(k, child=iris[k.child], parent=iris[k.parent]) for k in links]
    doubts = [replace(d, one=iris[d.one], other=iris[d.other]) for d in assignment.doubts
              if d.one in iris and d.other in iris and d.one != d.other]
    return Identity({at: iris[s] for at, s in assignment.concept.items()}, {iris[s]: c for s, c in clusters.items()},
                    {}, named, doubts, assignment.reason, entries, {})


def _type_of(iri: str, otherwise: str) -> str:
    """Give the type that an IRI was made for, so that it never changes."""
    head = iri.partition("/")[0].capitalize()
    return head if head in ("Dataset", "Benchmark") else otherwise


def _decide(assignment: Assignment, first: Identity, decisions: Sequence[Decision]) -> dict[str, str]:
    """Apply merges and splits to the assignment; gives the IRIs that merges did away with."""
    signature = {iri: c.signature for iri, c in first.things.items()}
    home = dict(first.iri_of)
    merged: dict[str, str] = {}
    for d in decisions:
        if d.verb == "merge":
            merged |= {old: d.node for old, new in merged.items() if new == d.arguments[0]} | {d.arguments[0]: d.node}
        moved = _moved(d, home)
        target = signature.get(d.node) if d.verb == "merge" else f"{signature.get(d.node)}|split|{digest(d.line)}"
        if target is None or d.node not in signature:
            continue
        for at in moved:
            assignment.concept[at], assignment.reason[at] = target, f"decision: {d.line}"
            if d.verb == "merge":
                home[at] = d.node
    return merged


def _moved(d: Decision, home: Mapping[tuple[str, int], str]) -> list[tuple[str, int]]:
    """Give the entities that a decision moves."""
    if d.verb == "merge":
        return [at for at, iri in home.items() if iri == d.arguments[0]]
    if d.verb == "split":
        return [at for at, iri in home.items() if iri == d.node and at[0] in d.arguments]
    return []
