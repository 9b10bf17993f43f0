"""What one paper adds to the graph: what is its own, and its share in what several papers say together.

The own part (its node, mentions and results, and all edges from them) depends on the record, the id of the paper's
node and who its entities are. The share is small; an atlas keeps it, so that an update makes anew only what changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from extractors.records import Record
from kg.assembly.claims import Claim, Claims
from kg.assembly.paper import paper_parts
from kg.graph import Edge, Node
from kg.identity.iris import digest, paper_iri
from kg.identity.sightings import Sighting, sightings

__all__ = ["Own", "Seen", "Share", "own_part", "paper_ids", "read_share", "see", "shared_claims", "write_share"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What identity needs of one paper."""

    paper: str  # its id in the input
    address: str  # the id that its node has where no paper before it claims the same
    size: int  # entities
    sightings: list[Sighting]


@dataclass(frozen=True, slots=True)
class Share:
    """What a paper says together with others, as JSON: see `own_part`."""

    node: str
    iris: list[str | None]  # of its entities
    repos: list[list[Any]]  # id, name, props
    claims: dict[str, list[Any]]  # those whose subject is not the paper
    counts: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Own:
    """The nodes and edges that are one paper's own, sorted by nothing."""

    nodes: list[Node]
    edges: list[Edge]


def see(record: Record) -> Seen:
    """Look at a record for identity."""
    return Seen(record.paper.id, paper_iri(record.paper), len(record.entities), list(sightings([record])))


def paper_ids(addresses: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give each paper its node id, of papers and addresses; where two claim one, the second's gets a hash of its id."""
    taken: set[str] = set()
    out = {}
    for paper, address in addresses:
        out[paper] = f"{address}-{digest(paper, length=8)}" if address in taken else address
        taken.add(address)
    return out


def own_part(record: Record, node: str, iris: list[str | None], types: Mapping[str, str]) -> tuple[Own, Share]:
    """Make the own part and the share of a paper whose entities are known."""
    claims = Claims()
    own, repos = Own([], []), []
    for part in paper_parts(record, node, iris, types, claims):
        if isinstance(part, Edge):
            own.edges.append(part)
        elif part.type == "Repository":
            repos.append([part.id, part.name, dict(part.props)])
        else:
            own.nodes.append(part)
    shared = {}
    for key, claim in claims.items():
        if claim.source == node:
            own.edges.append(claim.edge(key))
        else:
            shared[key] = [claim.source, claim.type, claim.target, dict(claim.where), claim.extra,
                           claim.sure.get(node), sorted(claim.evidence), sorted(claim.rules)]
    return own, Share(node, iris, repos, shared, _counts(record, own))


def _counts(record: Record, own: Own) -> dict[str, dict[str, int]]:
    mentions: Counter[str] = Counter()
    for entity in record.entities:
        mentions[entity.type] += len(entity.mentions)
    silent = not (record.entities or record.repos or record.results)
    return {"nodes": dict(sorted(Counter(n.type for n in own.nodes).items())),
            "edges": dict(sorted(Counter(e.type for e in own.edges).items())),
            "mentions": dict(sorted(mentions.items())),
            "more": {"results": len(record.results), "repos": len(record.repos), "silent": int(silent)}}


def shared_claims(shares: Iterable[Share], wanted: Callable[[str, str], bool] | None = None) -> Claims:
    """Join the claims of all shares, or those that are wanted by their id and type."""
    claims = Claims()
    for share in shares:
        for key, (source, kind, target, where, extra, sure, evidence, rules) in share.claims.items():
            if wanted is None or wanted(key, kind):
                papers = {} if sure is None else {share.node: sure}
                claims.join(key, Claim(source, kind, target, where, dict(extra), papers, set(evidence), set(rules)))
    return claims


def write_share(paper: str, address: str, share: Share) -> bytes:
    """Write a line of what an atlas keeps of a paper: its id, the id that its node asks for, its share."""
    return orjson.dumps([paper, address, share.node, share.iris, share.repos, share.claims, share.counts],
                        option=orjson.OPT_APPEND_NEWLINE)


def read_share(line: bytes) -> tuple[str, str, Share]:
    """Read it back."""
    paper, address, *share = orjson.loads(line)
    return paper, address, Share(*share)
