"""Mentions as nodes: the spans of a paper's text that claims and results stand on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.records import Entity, Mention, Paper
from extractors.sentences import split_sentences
from kg.graph import Edge, Node
from kg.identity.iris import mention_iri

__all__ = ["Spans", "best_mention"]


@dataclass(slots=True)
class Spans:
    """The spans of one paper that are evidence for something, each once, with the rules that saw it."""

    paper: Paper
    paper_id: str
    rules: dict[tuple[int, int], set[str]] = field(default_factory=dict)

    def put(self, start: int, end: int, rule: str) -> str:
        """Keep a span, and give the id of its Mention."""
        self.rules.setdefault((start, end), set()).add(rule or "given")
        return mention_iri(self.paper, self.paper_id, start, end)

    def parts(self) -> Iterator[Node | Edge]:
        """Give the Mention nodes and their inPaper edges, in the order of the text."""
        text = self.paper.text
        bounds = list(_bounds(text)) if self.rules else []
        for (start, end), rules in sorted(self.rules.items()):
            node_id = mention_iri(self.paper, self.paper_id, start, end)
            exact = text[start:end]
            yield Node(node_id, "Mention", exact, {"start": start, "end": end, "exact": exact,
                                                   "sentence": _sentence(text, bounds, start, end),
                                                   "rules": sorted(rules)})
            yield Edge(node_id, "inPaper", self.paper_id, "inPaper")


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Give the sentences of a text as spans."""
    yield from split_sentences(text)


def _sentence(text: str, bounds: Sequence[tuple[int, int]], start: int, end: int) -> str:
    """Give the sentence, or the sentences, around a span."""
    at = max(0, bisect_right(bounds, (start, len(text) + 1)) - 1)
    last = at
    while last + 1 < len(bounds) and bounds[last][1] < end:
        last += 1
    return text[bounds[at][0]:max(end, bounds[last][1])].strip() if bounds else text[start:end]


def best_mention(entity: Entity) -> Mention | None:
    """Choose the mention that shows an entity best: the one whose rule is the entity's strongest, else the first."""
    strongest = entity.rules[0] if entity.rules else ""
    return min(entity.mentions, key=lambda m: (m.rule != strongest, m.start, m.end), default=None)
