"""What changed from one graph to another: nodes, results, claims and merges, by paper and by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.graph import Edge, Node
from kg.identity.registry import Entry

__all__ = ["Changes", "Diff", "diff_graphs"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What came, went and changed of one sort; of a change, the properties that differ as [old, new]."""

    came: list[dict[str, Any]] = field(default_factory=list)
    went: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Diff:
    """The difference of two graphs."""

    papers: Changes
    nodes: Changes
    results: Changes
    edges: Changes
    merges: Changes
    by_paper: dict[str, dict[str, int]]
    by_rule: dict[str, dict[str, int]]

    def to_json(self) -> dict[str, Any]:
        """Give the difference as JSON."""
        return asdict(self)


def diff_graphs(old: tuple[Iterable[Node], Iterable[Edge]], new: tuple[Iterable[Node], Iterable[Edge]], *,
                registries: tuple[Mapping[str, Entry], Mapping[str, Entry]] | None = None) -> Diff:
    """Compare two graphs, mentions apart; registries tell which things were merged in between."""
    nodes = [{n.id: {"type": n.type, "name": n.name, **n.props} for n in g[0] if n.type != "Mention"}
             for g in (old, new)]
    edges = [{(e.source, e.type, e.target, e.key): dict(e.props) for e in g[1] if e.type not in _TO_MENTION}
             for g in (old, new)]
    sorts = {sort: [{k: v for k, v in side.items() if _sort(v["type"]) == sort} for side in nodes]
             for sort in ("papers", "nodes", "results")}
    compared = {sort: _compare(sides[0], sides[1], _node_label) for sort, sides in sorts.items()}
    links = _compare(edges[0], edges[1], _edge_label)
    before, after = registries or ({}, {})
    merged = [{iri: {"into": e.replaced_by} for iri, e in side.items() if e.replaced_by} for side in (before, after)]
    return Diff(**compared, edges=links, merges=_compare(merged[0], merged[1], lambda iri: {"id": iri}),
                by_paper=_by(links, "papers"), by_rule=_by(links, "rules"))


_TO_MENTION = frozenset({"inPaper", "hasEvidence"})


def _sort(type_: str) -> str:
    return {"Paper": "papers", "Result": "results"}.get(type_, "nodes")


def _node_label(key: str) -> dict[str, Any]:
    return {"id": key}


def _edge_label(key: tuple[str, str, str, str]) -> dict[str, Any]:
    return {"source": key[0], "edge": key[1], "target": key[2]}


def _compare(old: Mapping[Any, dict[str, Any]], new: Mapping[Any, dict[str, Any]], label: Any) -> Changes:
    """Compare things by key; evidence ids are left out, since a paper's text alone can change them."""
    out = Changes()
    for key in sorted(old.keys() | new.keys()):
        if key not in old:
            out.came.append({**label(key), **_shown(new[key])})
        elif key not in new:
            out.went.append({**label(key), **_shown(old[key])})
        elif old[key] != new[key]:
            names = sorted(n for n in old[key].keys() | new[key].keys() if old[key].get(n) != new[key].get(n))
            out.changed.append({**label(key), "was": {n: old[key].get(n) for n in names},
                                "is": {n: new[key].get(n) for n in names},
                                **{n: new[key][n] for n in ("papers", "rules") if n in new[key]}})
    return out


def _shown(props: Mapping[str, Any]) -> dict[str, Any]:
    """Give the properties that a reader needs of a thing that came or went."""
    wanted = ("type", "name", "value", "papers", "rules", "rule", "dataset", "metric", "delta", "score", "into")
    return {k: props[k] for k in wanted if k in props}


def _by(changes: Changes, prop: str) -> dict[str, dict[str, int]]:
    """Count the changes of claims by paper or by rule."""
    counts: dict[str, Counter[str]] = {}
    for what in ("came", "went", "changed"):
        for item in getattr(changes, what):
            for value in item.get(prop, ()):
                counts.setdefault(value, Counter())[what] += 1
    return {k: dict(sorted(v.items())) for k, v in sorted(counts.items())}
