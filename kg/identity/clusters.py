"""Clusters: all sightings of one concept, and what they say together of its name, type and kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.identity.iris import digest
from kg.identity.longforms import top
from kg.identity.normal import key_of
from kg.identity.registry import Claimant
from kg.identity.rows import Row, Rows
from kg.identity.senses import Assignment
from kg.identity.sightings import Sighting
from kg.identity.versions import Step, steps

__all__ = ["Cluster", "Link", "clusters_of", "lattice"]


@dataclass(slots=True)
class Cluster:
    """One thing, as all papers name it."""

    signature: str
    cls: str
    row: Row | None = None
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)
    shorts: set[str] = field(default_factory=set)
    longs: set[str] = field(default_factory=set)
    papers: set[str] = field(default_factory=set)
    proposers: set[str] = field(default_factory=set)
    type: str = ""

    @property
    def name(self) -> str:
        """The name that most papers give it; a lexicon's where none does."""
        return top(self.names) if self.names else self.row.name if self.row else self.signature

    @property
    def kind(self) -> str | None:
        """The kind that a lexicon or else most papers give it."""
        known = self.row.kind if self.row else None
        return known or (top(self.kinds) if self.kinds else None)

    def add(self, s: Sighting) -> None:
        """Count one more sighting."""
        self.names[_title(s)] += 1
        self.types[s.type] += 1
        self.surfaces.update(s.surfaces)
        if s.kind:
            self.kinds[s.kind] += 1
        self.shorts.update(s.shorts or (() if s.longs else (s.key,)))
        self.longs.update(s.longs)
        self.papers.add(s.paper)
        if s.proposed:
            self.proposers.add(s.paper)

    def claimant(self) -> Claimant:
        """Give what the registry needs to know it by."""
        keys = {f"={self.cls}:{k}" for k in self.longs} | {f"~{self.cls}:{k}" for k in self.shorts}
        if len(self.proposers) <= 3:
            keys |= {f"@{self.cls}:{digest(p)}" for p in self.proposers}
        return Claimant(self.signature, self.type, self.name, frozenset(keys), len(self.papers),
                        min(self.papers, default=""))


def _title(s: Sighting) -> str:
    """Give the name that a sighting goes by: its own, or its long form where its own is a part of that."""
    if not s.longs or s.key in s.longs or s.key in s.shorts:
        return s.name
    return next((n for n in s.surfaces if key_of(n, s.cls) in s.longs), s.name)


@dataclass(frozen=True, slots=True)
class Link:
    """A step of the lattice: a thing is a version or a part of another, by which rule."""

    sort: str  # versionOf, partOf
    child: str
    parent: str
    rule: str


def clusters_of(sightings: Iterable[Sighting], assignment: Assignment, rows: Rows) -> dict[str, Cluster]:
    """Gather sightings by concept and settle the type of each."""
    out: dict[str, Cluster] = {}
    for s in sightings:
        signature = assignment.concept[s.paper, s.place]
        if signature not in out:
            out[signature] = Cluster(signature, s.cls, rows.by_id.get(signature))
        out[signature].add(s)
    for cluster in out.values():
        cluster.type = cluster.row.type if cluster.row else top(cluster.types)
    return dict(sorted(out.items()))


def lattice(clusters: dict[str, Cluster], rows: Rows) -> list[Link]:
    """Link versions to their families and parts to their suites; adds the families that no paper names itself."""
    index = _index(clusters)
    wanted: dict[tuple[str, str], list[tuple[str, Step]]] = {}
    links: list[Link] = []
    done: set[str] = set()
    while todo := [s for s in clusters if s not in done]:
        done.update(todo)
        for signature in todo:
            links += _lexicon_links(clusters, clusters[signature], index, rows)
        _want(wanted, [clusters[s] for s in todo])
        _add_families(clusters, wanted, index, rows)
    links += _rule_links(clusters, index)
    _settle_types(clusters, links)
    return sorted({(k.sort, k.child, k.parent): k for k in links}.values(), key=lambda k: (k.child, k.sort, k.parent))


def _index(clusters: Mapping[str, Cluster]) -> dict[tuple[str, str], str]:
    """Give the commonest cluster that bears each key."""
    bearers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for signature, cluster in clusters.items():
        keys = {key_of(n, cluster.cls) for n in (*cluster.surfaces, *(cluster.row.aliases if cluster.row else ()))}
        for key in keys | {key_of(cluster.name, cluster.cls)}:
            bearers[cluster.cls, key].append(signature)
    return {k: min(b, key=lambda s: (-len(clusters[s].papers), s)) for k, b in bearers.items()}


def _want(wanted: dict[tuple[str, str], list[tuple[str, Step]]], clusters: Sequence[Cluster]) -> None:
    """Note which base each cluster's name has."""
    for cluster in clusters:
        for step in steps(cluster.name, cluster.cls):
            wanted.setdefault((cluster.cls, step.key), []).append((cluster.signature, step))


def _new_family(cls: str, key: str, name: str, like: Cluster, rows: Rows) -> Cluster:
    """Make the cluster of a family that no paper names."""
    row_id = next(iter(rows.by_key.get((cls, key), ())), None)
    row = rows.by_id[row_id] if row_id else None
    made = Cluster(row_id or f"{cls}|{key}", cls, row, type=row.type if row else like.type)
    made.names[row.name if row else name] = 1
    made.shorts.add(key)
    if like.kind:
        made.kinds[like.kind] += 1
    return made


def _add_families(clusters: dict[str, Cluster], wanted: Mapping[tuple[str, str], list[tuple[str, Step]]],
                  index: dict[tuple[str, str], str], rows: Rows) -> None:
    """Add the wanted bases that a lexicon knows or two versions share."""
    for (cls, key), askers in sorted(wanted.items()):
        shared = {s for s, step in askers if step.rule != "version:setting"}
        if (cls, key) in index or not ((cls, key) in rows.by_key or len(shared) >= 2):
            continue
        first = min(askers, key=lambda a: (a[1].base, a[0]))
        made = _new_family(cls, key, first[1].base, clusters[first[0]], rows)
        clusters.setdefault(made.signature, made)
        index[cls, key] = made.signature


def _lexicon_links(clusters: dict[str, Cluster], cluster: Cluster, index: dict[tuple[str, str], str],
                   rows: Rows) -> list[Link]:
    """Give the links that a lexicon row states, adding parents that no paper names."""
    row, links = cluster.row, []
    if row is None:
        return []
    for sort, parents in (("versionOf", row.versions_of), ("partOf", row.parts_of)):
        for name in parents:
            key = key_of(name, cluster.cls)
            row_id = next(iter(rows.by_key.get((cluster.cls, key), ())), None)
            parent = row_id if row_id in clusters else index.get((cluster.cls, key))
            if parent is None:
                made = _new_family(cluster.cls, key, name, cluster, rows)
                parent = made.signature
                clusters.setdefault(parent, made)
                index[cluster.cls, key] = parent
            if parent != cluster.signature:
                links.append(Link(sort, cluster.signature, parent, f"lexicon:{row.file}"))
    return links


def _rule_links(clusters: Mapping[str, Cluster], index: Mapping[tuple[str, str], str]) -> list[Link]:
    """Link each thing to the nearest base of its name that there is, where no lexicon says of what it is a version."""
    links = []
    for signature, cluster in clusters.items():
        if cluster.row and cluster.row.versions_of:
            continue
        for step in steps(cluster.name, cluster.cls):
            parent = index.get((cluster.cls, step.key))
            if parent and parent != signature:
                links.append(Link("versionOf", signature, parent, step.rule))
                break
    return links


def _settle_types(clusters: Mapping[str, Cluster], links: Iterable[Link]) -> None:
    """Give versions the type of their family: Dataset or Benchmark."""
    parent = {k.child: k.parent for k in links if k.sort == "versionOf"}
    for child in parent:
        root, seen = child, {child}
        while root in parent and parent[root] not in seen:
            root = parent[root]
            seen.add(root)
        clusters[child].type = clusters[root].type
