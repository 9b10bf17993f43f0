"""Which concept each sighting names: one name may have several senses, and a sense several names.

A long form settles the sense. A bare short form means the only sense there is, or else the one whose company it
keeps; in doubt the commonest, and the doubt is kept. Papers that propose a thing of one name without a long form
propose different things, unless they are versions of one work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import log

from extractors.records import Paper
from kg.identity.company import Company, centroid, company_of, nearness, same_work
from kg.identity.iris import digest
from kg.identity.longforms import Forms, long_concept
from kg.identity.normal import key_of
from kg.identity.rows import Rows
from kg.identity.sightings import Sighting

__all__ = ["Assignment", "Doubt", "assign_senses"]

_JOIN = 0.4  # a second proposer this near to a sense speaks of it
_KNOWN = 0.2  # how near to anything a sense is that a lexicon knows and no paper of the set explains
_MARGIN = 0.05  # a bare mention this much nearer to one sense than to the next is sure
_SAMPLE = 40  # papers that make the company of a sense
_CROWD = 8  # from so many papers on that name a thing in passing, only a title proves another thing of its name


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two senses that may be one thing, or that a paper may have meant either of."""

    one: str
    other: str
    score: float
    papers: tuple[str, ...]
    reason: str


@dataclass(slots=True)
class Assignment:
    """The concept of each sighting by (paper, index), why, and the doubts."""

    concept: dict[tuple[str, int], str] = field(default_factory=dict)
    reason: dict[tuple[str, int], str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def put(self, sighting: Sighting, concept: str, reason: str) -> None:
        """Keep what a sighting names, and why."""
        self.concept[sighting.paper, sighting.place] = concept
        self.reason[sighting.paper, sighting.place] = reason


def assign_senses(sightings: Iterable[Sighting], forms: Forms, rows: Rows,
                  paper_of: Callable[[str], Paper]) -> Assignment:
    """Assign every sighting to its concept; the order of sightings does not matter."""
    out = Assignment()
    bare: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
    anchors: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for s in sightings:
        if s.longs:
            long = min(s.longs, key=lambda k: (-_weight(s, k, forms, rows), k != s.key, k))
            concept = long_concept(s.cls, long, forms, rows)
            out.put(s, concept, "long form" if s.shorts else "name")
            for short in s.shorts:
                anchors[s.cls, short][concept].append(s.paper)
        else:
            known = (k for k in (s.key, *s.shorts) if (s.cls, k) in rows.by_key)
            bare[s.cls, next(known, s.key)].append(s)
    for (cls, key), group in sorted(bare.items()):
        _Block(cls, key, rows, paper_of, out).settle(sorted(group, key=_order), anchors.get((cls, key), {}), forms)
    return out


def _order(s: Sighting) -> tuple[str, int]:
    return s.paper, s.place


def _weight(s: Sighting, long: str, forms: Forms, rows: Rows) -> int:
    """Rank the long forms of a sighting: known ones first, then those that most papers pair with its short form."""
    known = 1 << 30 if (s.cls, long) in rows.by_key else 0
    return known + sum(forms.longs[s.cls, short][long] for short in s.shorts)


@dataclass(slots=True)
class _Block:
    """The sightings of one bare name of one class, and the senses it may have."""

    cls: str
    key: str
    rows: Rows
    paper_of: Callable[[str], Paper]
    out: Assignment
    senses: dict[str, list[str]] = field(default_factory=dict)  # concept → papers that surely mean it
    seen: dict[str, Company] = field(default_factory=dict)
    centres: dict[tuple[str, ...], Company] = field(default_factory=dict)

    def settle(self, group: list[Sighting], anchors: dict[str, list[str]], forms: Forms) -> None:
        """Give every sighting of the block its sense."""
        known = self.rows.by_key.get((self.cls, self.key), ())
        if (self.cls, self.key) in forms.spelt:  # elsewhere the same key is a long form
            known = (long_concept(self.cls, self.key, forms, self.rows),)
        self.senses = {c: [] for c in known} | {c: sorted(p) for c, p in sorted(anchors.items())}
        proposers = [s for s in group if s.proposed and s.kind != "term" and self.cls in ("Method", "Data")]
        if len(self.senses) + len(proposers) > 1:
            rest = [s for s in group if s not in proposers]
            self._propose(proposers, rest)
        if not self.senses:
            self.senses = {f"{self.cls}|{self.key}": []}
        for s in group:
            if (s.paper, s.place) not in self.out.concept:
                self._mention(s)

    def company(self, paper: str) -> Company:
        """Give the company of a paper, made once."""
        if paper not in self.seen:
            self.seen[paper] = company_of(self.paper_of(paper))
        return self.seen[paper]

    def near(self, paper: str, members: list[str]) -> float:
        """Say how near a paper is to the papers of a sense."""
        sample = tuple(members[:_SAMPLE])
        if sample not in self.centres:
            self.centres[sample] = centroid(map(self.company, sample))
        return nearness(self.company(paper), self.centres[sample], without=self.key)

    def _propose(self, proposers: list[Sighting], rest: list[Sighting]) -> None:
        """Let each proposing paper join the sense it is a version of, or found one of its own.

        Where the name is known, or is what a paper's title opens with, a paper that names it otherwise speaks of that.
        """
        founders: dict[str, str] = {}
        known = (len(rest) >= _CROWD or any(c in self.rows.by_id for c, members in self.senses.items() if members)
                 or any(self._titled(self.paper_of(s.paper)) for s in proposers))
        for s in sorted(proposers, key=lambda s: (self._year(s.paper), s.paper, s.place)):
            paper = self.paper_of(s.paper)
            if known and not self._titled(paper):
                continue
            twin = next((c for c, p in founders.items() if same_work(self.paper_of(p), paper)), None)
            concept = twin or self._nearest(s, rest)
            if concept is None:
                concept = f"{self.cls}|{self.key}|{digest(s.paper)}"
                self._remember_doubts(s, concept)
                founders[concept] = s.paper
            else:
                founders.setdefault(concept, s.paper)
            self.senses.setdefault(concept, []).append(s.paper)
            self.out.put(s, concept, "same work" if twin else "proposed here")

    def _nearest(self, s: Sighting, rest: list[Sighting]) -> str | None:
        """Find the sense that a proposing paper speaks of; None where it founds its own."""
        scored = [(self.near(s.paper, members), concept) for concept, members in self.senses.items() if members]
        best = max(scored, default=(0.0, ""), key=lambda x: (x[0], x[1]))
        if best[0] >= _JOIN:
            return best[1]
        empty = [c for c, members in self.senses.items() if not members]
        if not empty:
            return None
        others = [r.paper for r in rest if r.paper != s.paper]
        if not others or not self._titled(self.paper_of(s.paper)) or self.near(s.paper, others) >= _KNOWN:
            return empty[0]
        return None

    def _remember_doubts(self, s: Sighting, concept: str) -> None:
        """Keep how near a new sense is to those there are."""
        for other, members in self.senses.items():
            if members:
                score = self.near(s.paper, members)
                self.out.doubts.append(Doubt(concept, other, score, (s.paper,), "one name, two proposals"))

    def _mention(self, s: Sighting) -> None:
        """Give a mention in passing the sense whose company it keeps, in doubt the commonest."""
        ranked = sorted(self.senses, key=lambda c: (-len(self.senses[c]), c))
        if len(ranked) == 1:
            self.out.put(s, ranked[0], "only sense")
            return
        total = sum(map(len, self.senses.values())) + len(ranked)
        scores = {c: (self.near(s.paper, m) if m else _KNOWN) + 0.05 * log(1 + (len(m) + 1) / total)
                  for c, m in self.senses.items()}
        best, second = sorted(ranked, key=lambda c: (-scores[c], c))[:2]
        if scores[best] - scores[second] >= _MARGIN:
            self.out.put(s, best, f"company {scores[best]:.2f}" if self.senses[best] else "known to a lexicon")
            if not self.senses[best]:  # no paper shows the company that it keeps
                self._doubt(s, best, second, scores[second])
            return
        common = max((best, second), key=lambda c: (len(self.senses[c]), c))
        other = second if common == best else best
        self.out.put(s, common, "in doubt the commonest sense")
        self._doubt(s, common, other, scores[other])

    def _doubt(self, s: Sighting, taken: str, other: str, score: float) -> None:
        self.out.doubts.append(Doubt(taken, other, max(0.0, score), (s.paper,), "bare name in doubt"))

    def _titled(self, paper: Paper) -> bool:
        """Say whether a paper's title opens with the name of the block."""
        head, colon, _ = paper.title.partition(":")
        return bool(colon) and key_of(head, self.cls) == self.key

    def _year(self, paper: str) -> int:
        return self.paper_of(paper).year or 9999

