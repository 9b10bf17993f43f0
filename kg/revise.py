"""Bring the graph of an atlas up to date: identity is decided anew for all, but only papers that say something else
than before, or name other things, are assembled; all other lines are copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import orjson

from extractors.collection import no_collection
from extractors.records import Paper, Record, record_from_json
from kg.assemble import common_part, edges_in_order, in_order, iris_of, types_of
from kg.assembly.share import Own, Seen, Share, own_part, paper_ids, see, shared_claims, write_share
from kg.atlas import EDGES, NODES
from kg.builder import Summary, conforming
from kg.graph import Edge, Node
from kg.identity.files import State, write_state
from kg.identity.identify import Identity, identify
from kg.identity.rows import lexicon_rows
from kg.memory import Kept, write_kept
from kg.splice import Range, exactly, splice, under

__all__ = ["revise"]

_COMMON = ("benchmark/", "dataset/", "method/", "metric/", "repo/", "run/", "task/")  # what ids of no one paper start
Lines = Mapping[str, bytes]  # record lines by id, in order


def revise(old: Path, folder: Path, kept: Iterable[Kept], lines: Lines, changed: Iterable[str],
           state: State, run: Node) -> Summary:
    """Write nodes, edges, registry, ledger and memory to `folder`, from the atlas in `old` and the records to be.

    `kept` is the memory of `old`; `changed` are the ids of papers whose line is not the one that was there.
    """
    with no_collection():
        before = {seen.paper: (seen, share, line) for seen, share, line in kept}
        fresh = {i: _record(lines[i]) for i in changed}
        seen = [see(fresh[i]) if i in fresh else before[i][0] for i in lines]
        identity = identify([s for one in seen for s in one.sightings], _paper_reader(lines), rows=lexicon_rows(),
                            registry=state.registry, decisions=state.decisions)
        ids = paper_ids(seen)
        made = dict(_made(seen, ids, identity, before, fresh, lines))
        shares = [made[i][1] if i in made else before[i][1] for i in lines]
        nodes, edges = common_part(identity, shares, ids)
        common = [run, *nodes], edges
        _check(made, common)
        gone = {share.node for i, (_, share, _) in before.items() if i not in lines or i in made}
        _write(old, folder, {share.node: own for own, share in made.values()}, gone, common)
        write_state(folder, identity, (s for one in seen for s in one.sightings), state)
        write_kept(folder, (write_share(one, share) if one.paper in made else before[one.paper][2]
                            for one, share in zip(seen, shares, strict=True)))
        return _summary(shares, common)


def _record(line: bytes) -> Record:
    return record_from_json(orjson.loads(line))


def _paper_reader(lines: Lines) -> Callable[[str], Paper]:
    """Give the function that reads a paper of record lines, each once."""
    held: dict[str, Paper] = {}
    bare: dict[str, list[object]] = {"entities": [], "repos": [], "results": [], "relations": []}

    def paper_of(paper: str) -> Paper:
        if paper not in held:
            held[paper] = record_from_json({**orjson.loads(lines[paper]), **bare}).paper
        return held[paper]

    return paper_of


def _made(seen: Sequence[Seen], ids: Mapping[str, str], identity: Identity, before: Mapping[str, Kept],
          fresh: Mapping[str, Record], lines: Lines) -> Iterator[tuple[str, tuple[Own, Share]]]:
    """Assemble the papers that are new or other, whose node has another id, or whose names name other things."""
    types = types_of(identity)
    for one in seen:
        iris = iris_of(one, identity)
        share = None if one.paper in fresh else before[one.paper][1]
        if share is None or share.node != ids[one.paper] or share.iris != iris:
            record = fresh.get(one.paper) or _record(lines[one.paper])
            yield one.paper, own_part(record, ids[one.paper], iris, types)


def _check(made: Mapping[str, tuple[Own, Share]], common: tuple[list[Node], list[Edge]]) -> None:
    """Refuse new parts that break the schema: what the papers say alone, with the things that they name."""
    owns, shares = [own for own, _ in made.values()], [share for _, share in made.values()]
    edges = [*chain.from_iterable(own.edges for own in owns), *shared_claims(shares).edges()]
    named, papers = {end for e in edges for end in (e.source, e.target)}, {share.node for share in shares}
    things = (n if n.props.get("scope", "") in papers else _free(n)
              for n in common[0] if n.id in named)
    conforming([*things, *chain.from_iterable(own.nodes for own in owns)], edges)


def _free(node: Node) -> Node:
    """Leave out of what one paper a node is."""
    return replace(node, props={k: v for k, v in node.props.items() if k != "scope"})


def _write(old: Path, folder: Path, made: Mapping[str, Own], gone: set[str],
           common: tuple[list[Node], list[Edge]]) -> None:
    """Write nodes and edges: those of papers that were made or are gone replaced, with all that are no paper's own."""
    nodes: dict[str, list[bytes]] = {}
    edges: dict[str, list[bytes]] = {}
    for node in in_order(chain(common[0], *(own.nodes for own in made.values()))):
        nodes.setdefault(_home(node.id), []).append(_line(node))
    for edge in edges_in_order(chain(common[1], *(own.edges for own in made.values()))):
        edges.setdefault(_home(edge.source), []).append(_line(edge))
    homes = sorted({*_COMMON, *(h for paper in gone | made.keys() for h in _homes(paper))})
    splice(old / NODES, folder / NODES, _ranges(homes, nodes), lambda line: str(orjson.loads(line)["id"]))
    splice(old / EDGES, folder / EDGES, _ranges(homes, edges), lambda line: str(orjson.loads(line)["source"]))


def _line(value: Node | Edge) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _homes(paper: str) -> tuple[str, str, str]:
    """Give the id of a paper and what the ids of its results and mentions begin with."""
    slug = paper.removeprefix("paper/")
    return paper, f"result/{slug}/", f"text/{slug}/"


def _home(node: str) -> str:
    """Give the range that an id belongs to: its first part, with the paper's where it is a paper's own."""
    kind, _, rest = node.partition("/")
    if kind == "paper":
        return node
    return f"{kind}/{rest.partition('/')[0]}/" if kind in ("result", "text") else f"{kind}/"


def _ranges(homes: Iterable[str], lines: Mapping[str, list[bytes]]) -> list[Range]:
    return [(under if home.endswith("/") else exactly)(home, lines.get(home, [])) for home in homes]


def _summary(shares: Sequence[Share], common: tuple[list[Node], list[Edge]]) -> Summary:
    """Count what there is now."""
    summary = Summary(entries=len(shares), papers=len(shares), nodes=Counter(n.type for n in common[0]),
                      edges=Counter(e.type for e in common[1]))
    summary.count_papers(shares)
    for share in shares:
        summary.nodes.update(share.counts["nodes"])
        summary.edges.update(share.counts["edges"])
    return summary
