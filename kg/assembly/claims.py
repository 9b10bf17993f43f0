"""Claims: statements that several papers may make, gathered with their support."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.graph import Edge
from kg.identity.iris import claim_iri

__all__ = ["Claim", "Claims"]


@dataclass(slots=True)
class Claim:
    """One statement and what speaks for it; `where` holds the dataset, metric and delta of a comparison."""

    source: str
    type: str
    target: str
    where: Mapping[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    sure: dict[str, float] = field(default_factory=dict)  # paper → confidence of its best evidence
    evidence: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)

    def edge(self, key: str) -> Edge:
        """Give the edge of the claim: papers are independent, so that each takes away from the doubt."""
        doubt = 1.0
        for _, confidence in sorted(self.sure.items()):
            doubt *= 1.0 - confidence
        props = {"papers": sorted(self.sure), "support": len(self.sure), "confidence": round(min(1.0 - doubt, 1.0), 3),
                 "evidence": sorted(self.evidence), "rules": sorted(self.rules)}
        return Edge(self.source, self.type, self.target, key, {**props, **self.where, **self.extra})


class Claims:
    """The claims of all papers, by id."""

    def __init__(self) -> None:
        """Begin with none."""
        self._claims: dict[str, Claim] = {}

    def put(self, source: str, kind: str, target: str, *, paper: str = "", confidence: float = 1.0,
            evidence: str = "", rules: tuple[str, ...] = (), where: Mapping[str, Any] | None = None,
            hedged: bool | None = None) -> None:
        """Add what one paper says, or what a rule knows without a paper."""
        where = where or {}
        comparison = (str(where.get(k, "")) for k in ("dataset", "metric", "delta")) if kind == "outperforms" else ()
        key = claim_iri(source, kind, target, *comparison)
        claim = self._claims.setdefault(key, Claim(source, kind, target, where))
        if paper:
            claim.sure[paper] = max(confidence, claim.sure.get(paper, 0.0))
        if evidence:
            claim.evidence.add(evidence)
        claim.rules.update(rules)
        if hedged is not None:
            claim.extra["hedged"] = hedged and claim.extra.get("hedged", True)

    def state(self, source: str, kind: str, target: str, *, confidence: float, rule: str, papers: Mapping[str, float],
              **extra: Any) -> None:
        """Add a statement that rests on a rule: its confidence is the rule's, the papers are those it concerns."""
        key = claim_iri(source, kind, target)
        self._claims[key] = Claim(source, kind, target, {}, {"confidence": round(confidence, 3), **extra},
                                  dict(papers), set(), {rule})

    def join(self, key: str, claim: Claim) -> None:
        """Add what another paper says in a claim; the claim is kept, and changed by later ones."""
        held = self._claims.setdefault(key, claim)
        if held is not claim:
            held.sure |= claim.sure
            held.evidence |= claim.evidence
            held.rules |= claim.rules
            if "hedged" in claim.extra:
                held.extra["hedged"] = claim.extra["hedged"] and held.extra.get("hedged", True)

    def items(self) -> Iterable[tuple[str, Claim]]:
        """Give the claims with their ids."""
        return self._claims.items()

    def edges(self) -> Iterator[Edge]:
        """Give the edges of all claims."""
        for key, claim in self._claims.items():
            yield claim.edge(key)
