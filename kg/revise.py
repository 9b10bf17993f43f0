"""Bring the graph of an atlas up to date: the blocks of names that changed papers touch are settled anew, the papers
that say something else than before, or name other things, are assembled anew; all else is copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import orjson

from extractors.records import Paper, Record, record_from_json
from kg.assemble import STATED, common_edges, edges_in_order, in_order, repo_nodes, thing_nodes
from kg.assembly.share import Own, Seen, Share, own_part, paper_ids, see, shared_claims, write_share
from kg.atlas import EDGES, NODES, RECORDS
from kg.builder import Summary, conforming
from kg.graph import Node
from kg.identity.files import LEDGER, State, write_state
from kg.identity.identify import Identity
from kg.identity.ledger import of_blocks, read_ledger
from kg.memory import Memory, block_lines, write_memory
from kg.rewrite import Place, edge_place, node_place, rewrite
from kg.splice import SortedLines
from kg.touched import Touched, identify_touched

__all__ = ["paper_of", "revise"]

_BARE: dict[str, list[object]] = {"entities": [], "repos": [], "results": [], "relations": []}


class _Change(NamedTuple):
    """The papers that there are now, and what of them is assembled anew or falls away."""

    nodes: Mapping[str, str]  # of papers, in their order
    addresses: Mapping[str, str]  # the nodes that they ask for
    own: list[Own]
    shares: Mapping[str, Share]  # of papers that are assembled anew
    gone: list[Share]  # the shares that these had, and those of papers that are no more


def revise(old: Path, folder: Path, memory: Memory, given: Iterable[str], gone: Iterable[str], state: State, run: Node,
           summary: Summary) -> Summary:
    """Write nodes, edges, registry, ledger and memory to `folder`, from the atlas in `old` and the records to be.

    `memory` and `summary` are those of `old`, `given` the ids of papers that are new or say something else, `gone` of
    those that are no more. Gives the summary of what there is now.
    """
    before, now = SortedLines(old / RECORDS), SortedLines(folder / RECORDS)
    fresh = {i: see(_record(now, i)) for i in given}
    addresses = {i: one.address for i, one in memory.papers.items()} | {i: s.address for i, s in fresh.items()}
    papers = sorted(addresses.keys() - set(gone))
    now.index(papers)
    nodes = paper_ids((i, addresses[i]) for i in papers)
    changed = {i for i, one in memory.papers.items() if nodes.get(i) != one.share.node} | fresh.keys()
    came = [fresh.get(i) or see(_record(now, i)) for i in sorted(changed & nodes.keys())]
    went = [see(_record(before, i)) for i in sorted(changed & memory.papers.keys())]
    touched = identify_touched(memory, came, went, lambda paper: paper_of(now.get(paper)), state)
    made = {i: own_part(_record(now, i), nodes[i], iris, touched.identity.types)
            for i, iris in _iris(memory, came, touched).items()}
    change = _Change(nodes, addresses, [own for own, _ in made.values()], {i: s for i, (_, s) in made.items()},
                     [one.share for i, one in memory.papers.items() if i in made or i not in nodes])
    return _write(old, folder, memory, touched, change, state, run, summary)


def _record(lines: SortedLines, paper: str) -> Record:
    return record_from_json(orjson.loads(lines.get(paper) or b""))


def paper_of(line: bytes | None) -> Paper:
    """Read the paper of a record's line without what it says."""
    return record_from_json({**orjson.loads(line or b""), **_BARE}).paper


def _iris(memory: Memory, came: Iterable[Seen], touched: Touched) -> dict[str, list[str | None]]:
    """Give the things that a paper's entities name, of papers that came or name other things than before."""
    out: dict[str, list[str | None]] = {one.paper: [None] * one.size for one in came}
    for s in touched.settled.sightings:
        iri = touched.identity.iri_of[s.paper, s.place]
        if s.paper in out:
            out[s.paper][s.place] = iri
        elif memory.papers[s.paper].share.iris[s.place] != iri:
            out[s.paper] = list(memory.papers[s.paper].share.iris)
            out[s.paper][s.place] = iri
    return out


def _write(old: Path, folder: Path, memory: Memory, touched: Touched, change: _Change, state: State, run: Node,
           summary: Summary) -> Summary:
    """Write the files of an atlas that is brought up to date."""
    identity, stay = touched.identity, {iri for block in touched.stay for iri in block.iris}
    shares = {i: change.shares.get(i) or memory.papers[i].share for i in change.nodes}
    _check(identity, change)
    summary.papers = summary.entries = len(shares)
    summary.nodes.update(_write_nodes(old, folder, identity, stay, shares.values(), change, run))
    summary.edges.update(_write_edges(old, folder, identity, shares.values(), change))
    summary.count_papers(change.shares.values())
    summary.count_papers(change.gone, -1)
    summary.notes = tuple(identity.notes)
    rows = (row for row in read_ledger(old / LEDGER) if row.node in stay and of_blocks(row))
    write_state(folder, identity, touched.settled.sightings, state, kept=rows)
    papers = (write_share(i, change.addresses[i], share) if i in change.shares else memory.papers[i].line
              for i, share in shares.items())
    blocks = chain((block.lines for block in touched.stay), block_lines(touched.settled, identity))
    write_memory(folder, papers, sorted(blocks), identity)
    return summary


def _check(identity: Identity, change: _Change) -> None:
    """Refuse new parts that break the schema: what the papers say alone, with the things that they name."""
    made, papers = change.shares.values(), {share.node for share in change.shares.values()}
    edges = [*chain.from_iterable(own.edges for own in change.own), *shared_claims(made).edges()]
    named = {end for e in edges for end in (e.source, e.target)}
    things = thing_nodes(identity, named & identity.things.keys(), change.nodes)
    conforming([*(_free(n, papers) for n in things), *repo_nodes(made),
                *chain.from_iterable(own.nodes for own in change.own)], edges)


def _free(node: Node, papers: set[str]) -> Node:
    """Leave out of what one paper a node is, where that is none of the papers at hand."""
    return replace(node, props={k: v for k, v in node.props.items() if k != "scope" or v in papers})


def _write_nodes(old: Path, folder: Path, identity: Identity, stay: set[str], shares: Iterable[Share],
                 change: _Change, run: Node) -> dict[str, int]:
    """Write the nodes; gives how many there are more of each type of what is no paper's own."""
    repos = {repo[0] for share in (*change.gone, *change.shares.values()) for repo in share.repos}
    fresh = [run, *thing_nodes(identity, identity.things.keys() - stay, change.nodes),
             *(n for n in repo_nodes(s for s in shares if s.repos) if n.id in repos)]

    def keep(place: Place) -> bool:
        node = place[0].decode()
        return node in stay or (node.startswith("repo/") and node not in repos)

    own = in_order(chain.from_iterable(own.nodes for own in change.own))
    return rewrite(old / NODES, folder / NODES, _homes(change), own, fresh, keep, node_place)


def _write_edges(old: Path, folder: Path, identity: Identity, shares: Iterable[Share],
                 change: _Change) -> dict[str, int]:
    """Write the edges, those that identity states all anew; gives how many there are more, as for nodes."""
    said = {key for share in (*change.gone, *change.shares.values()) for key in share.claims}
    claims = shared_claims(shares, lambda key, kind: key in said or kind in STATED)
    kinds, keys = {kind.encode() for kind in STATED}, {key.encode() for key in said}

    def keep(place: Place) -> bool:
        return place[3] not in keys and place[1] not in kinds

    own = edges_in_order(chain.from_iterable(own.edges for own in change.own))
    fresh = list(common_edges(identity, claims, change.nodes))
    return rewrite(old / EDGES, folder / EDGES, _homes(change), own, fresh, keep, edge_place)


def _homes(change: _Change) -> set[str]:
    """Give the nodes of papers that are made or gone."""
    return {share.node for share in (*change.gone, *change.shares.values())}
