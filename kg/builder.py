"""Build the graph from papers: in memory, or as an atlas folder on disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol, TypeVar

import orjson

from extractors.own import Own
from extractors.records import Paper, record_from_json
from kg.assembly.share import Share, write_share
from kg.atlas import EDGES, LAYOUT, MANIFEST, NODES, RECORDS, Atlas, Lines, new_atlas, open_atlas, write_lines
from kg.errors import DataError, OnBad, stop
from kg.graph import Edge, Graph, Node, to_networkx
from kg.identity.files import State, read_state, write_state
from kg.pool import extract_lines
from kg.readers import PaperSet, survey
from kg.runs import run_of_own
from kg.stores.ladybug import ensure_store
from kg.stores.neo4j import ATLAS
from kg.validate import check
from kg.writers import BASE, DEFAULT, WRITERS, write_graph

__all__ = ["About", "Summary", "Track", "build", "build_atlas", "conforming", "finish_atlas", "write_manifest"]

T = TypeVar("T")


class Track(Protocol):
    """A wrapper that shows how far an iteration has come."""

    def __call__(self, items: Iterable[T], label: str, total: int | None = None) -> Iterable[T]:
        """Give the items on, unchanged."""


def _untracked(items: Iterable[T], label: str, total: int | None = None) -> Iterable[T]:  # noqa: ARG001
    return items


@dataclass(frozen=True, slots=True)
class About:
    """What an atlas is beside its papers: the run that read them, the base of its IRIs, its id, its formats."""

    run: Node = field(default_factory=run_of_own)
    base: str = BASE
    id: str = ATLAS
    formats: Sequence[str] = ()


@dataclass(slots=True)
class Summary:
    """What a build read and made."""

    entries: int = 0
    papers: int = 0
    silent: int = 0  # papers that gave no entity, repository or result
    nodes: Counter[str] = field(default_factory=Counter)  # by type
    mentions: Counter[str] = field(default_factory=Counter)  # by type of the entity
    edges: Counter[str] = field(default_factory=Counter)  # by type
    results: int = 0
    repos: int = 0
    notes: tuple[str, ...] = ()  # on the user's decisions: which lines do nothing, and why

    @property
    def duplicates(self) -> int:
        """Count the entries beyond the first of each paper."""
        return self.entries - self.papers

    def count_papers(self, shares: Iterable[Share], times: int = 1) -> None:
        """Count what is the papers' own, or take it off (-1)."""
        for share in shares:
            for name, count in (("nodes", self.nodes), ("edges", self.edges), ("mentions", self.mentions)):
                for type_, number in share.counts[name].items():
                    count[type_] += times * number
            more = share.counts["more"]
            self.results += times * more["results"]
            self.repos += times * more["repos"]
            self.silent += times * more["silent"]

    def counts(self) -> dict[str, Any]:
        """Give the counts as JSON, sorted."""
        by_type = {name: dict(sorted((+getattr(self, name)).items())) for name in ("nodes", "mentions", "edges")}
        return {"entries": self.entries, "papers": self.papers, "duplicates": self.duplicates,
                "silent": self.silent, "results": self.results, "repositories": self.repos, **by_type}

    @classmethod
    def of_counts(cls, counts: Mapping[str, Any]) -> Summary:
        """Read what `counts` gave."""
        nodes, mentions, edges = (Counter[str](counts[name]) for name in ("nodes", "mentions", "edges"))
        return cls(counts["entries"], counts["papers"], counts["silent"], nodes, mentions, edges,
                   counts["results"], counts["repositories"])


def build(papers: Iterable[Paper], *, jobs: int = 1, own: Own = Own(), on_bad: OnBad = stop) -> Graph:  # noqa: B008
    """Make the NetworkX graph of papers; papers given twice are merged."""
    from kg.assemble import assemble, in_order

    unique = _distinct(papers)
    lines = sorted((_paper_id(line), line) for line in extract_lines(unique, jobs=jobs, own=own, on_bad=on_bad))
    nodes, edges = assemble(record_from_json(orjson.loads(line)) for _, line in lines)
    return to_networkx(in_order([run_of_own(own), *nodes]), edges)


def build_atlas(papers: Iterable[Paper], output: str | Path, *, jobs: int = 1, formats: Sequence[str] = DEFAULT,
                base: str = BASE, atlas_id: str = ATLAS, own: Own = Own(),  # noqa: B008
                on_bad: OnBad = stop, track: Track = _untracked) -> tuple[Atlas, Summary]:
    """Write the atlas of papers to a folder: records, nodes, edges, the formats asked for and the Cypher store.

    The folder appears, or takes the place of an older one, when all but the store is done, which any query can make
    again. Raises DataError where `output` cannot be written or holds something else.
    """
    with new_atlas(output) as folder:
        state = read_state(Path(output))
        unique = _distinct(papers)
        summary = Summary(entries=unique.entries, papers=unique.papers)
        lines = track(extract_lines(unique, jobs=jobs, own=own, on_bad=on_bad), "extract", unique.papers)
        _write_records(lines, folder / RECORDS)
        about = About(run_of_own(own), base, atlas_id, formats)
        finish_atlas(folder, summary, about, track=track, state=state)
    atlas = open_atlas(output)
    ensure_store(atlas)
    return atlas, summary


def finish_atlas(folder: Path, summary: Summary, about: About, *, state: State, track: Track = _untracked) -> None:
    """Make everything else of an atlas folder from its records, but the stores: these the first query makes."""
    write_graph_lines(folder, summary, track, state, about.run)
    atlas = Atlas(folder, {})
    for name in track(about.formats, "write", len(about.formats)):
        options = {"replaced": atlas.replaced()} if WRITERS[name].rdf else {}
        write_graph(name, atlas.nodes(), atlas.edges(), folder / WRITERS[name].file, base=about.base, **options)
    write_manifest(folder, summary, about)


def write_manifest(folder: Path, summary: Summary, about: About) -> None:
    """Write the manifest of an atlas folder."""
    manifest = {"layout": LAYOUT, "paperatlas": version("paperatlas"), "id": about.id, "base": about.base,
                "run": {"id": about.run.id, **about.run.props}, "formats": sorted(about.formats),
                "counts": summary.counts()}
    (folder / MANIFEST).write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def _distinct(papers: Iterable[Paper]) -> PaperSet:
    if isinstance(papers, PaperSet):
        return papers
    held = list(papers)
    return survey(held, lambda: held)


def _paper_id(line: bytes) -> str:
    return str(orjson.loads(line)["id"])


def _write_records(lines: Iterable[bytes], path: Path) -> None:
    """Write records in the order of ids, holding no more than where each stands in a spool."""
    spool, places, at = path.with_suffix(".spool"), [], 0
    with spool.open("wb") as file:
        for line in lines:
            file.write(line)
            places.append((_paper_id(line), at, len(line)))
            at += len(line)
    if not places:
        raise DataError("no papers: nothing to build")
    with spool.open("rb") as source, path.open("wb") as target:
        for _, start, size in sorted(places):
            source.seek(start)
            target.write(source.read(size))
    spool.unlink()


def write_graph_lines(folder: Path, summary: Summary, track: Track, state: State, run: Node) -> None:
    """Write the nodes, the edges and the state of identity that the records of a folder give."""
    from kg.assemble import assemble_all, in_order
    from kg.memory import block_lines, write_memory

    records = Lines(folder / RECORDS, record_from_json)
    made = assemble_all(track(records, "assemble", summary.papers), registry=state.registry, decisions=state.decisions)
    nodes = in_order([run, *made.nodes])
    conforming(nodes, made.edges)
    write_lines(folder / NODES, nodes)
    write_lines(folder / EDGES, made.edges)
    summary.count_papers(made.shares)
    summary.nodes = Counter(n.type for n in nodes)
    summary.edges = Counter(e.type for e in made.edges)
    summary.notes = tuple(made.identity.notes)
    write_state(folder, made.identity, made.sightings, state)
    papers = (write_share(one.paper, one.address, share) for one, share in zip(made.seen, made.shares, strict=True))
    write_memory(folder, papers, block_lines(made.settled, made.identity), made.identity)


def conforming(nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    """Refuse a graph that breaks the schema before anything of it is written."""
    if problems := list(check(nodes, edges)):
        raise DataError(f"the graph breaks the schema in {len(problems)} places, the first: {problems[0]}")
