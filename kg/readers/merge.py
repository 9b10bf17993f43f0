"""Find papers that were met more than once, and make one paper of them.

Two entries are one paper when they share an id, or the arXiv id (whatever the version), DOI or the like and no two
venues, or, but for case and blanks, title and abstract. Entries are read twice: first to see which belong together,
then to give each paper when its last entry has come. So nothing is held but hashes and the papers that wait for their
other entries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from hashlib import blake2b

from extractors.records import Paper
from kg.identity.works import venues_agree, version_of, work_iri
from kg.readers.daily import page_id
from kg.readers.normal import fold

__all__ = ["PaperSet", "merge_papers", "survey", "text_key"]


@dataclass(frozen=True, slots=True)
class PaperSet:
    """The distinct papers of inputs: how many entries and papers there are; iterating gives the papers."""

    read: Callable[[], Iterable[Paper]]  # reads every entry anew
    groups: dict[bytes, int]  # hash of title and abstract -> number of its paper
    sizes: Counter[int]  # number of a paper -> entries
    entries: int

    @property
    def papers(self) -> int:
        """Count the distinct papers."""
        return len(self.sizes)

    @property
    def duplicates(self) -> int:
        """Count the entries beyond the first of each paper."""
        return self.entries - self.papers

    def __iter__(self) -> Iterator[Paper]:
        waiting: dict[int, list[Paper]] = {}
        for paper in self.read():
            group = self.groups[text_key(paper)]
            if self.sizes[group] == 1:
                yield paper
                continue
            copies = waiting.setdefault(group, [])
            copies.append(paper)
            if len(copies) == self.sizes[group]:
                yield merge_papers(waiting.pop(group))


def survey(first: Iterable[Paper], again: Callable[[], Iterable[Paper]]) -> PaperSet:
    """Read the entries once, to see which are one paper; `again` reads them for good."""
    numbers: dict[bytes, int] = {}
    ids: dict[str, int] = {}
    works: dict[str, dict[str | None, int]] = {}
    parents: list[int] = []
    counts: Counter[int] = Counter()
    for paper in first:
        number = numbers.setdefault(text_key(paper), len(parents))
        if number == len(parents):
            parents.append(number)
        counts[number] += 1
        _join(parents, number, ids.setdefault(paper.id, number))
        if work := work_iri(paper):
            others = works.setdefault(work, {})
            for venue, other in others.items():
                if venues_agree(venue, paper.venue):
                    _join(parents, number, other)
            others.setdefault(paper.venue, number)
    sizes: Counter[int] = Counter()
    for number, count in counts.items():
        sizes[_root(parents, number)] += count
    groups = {key: _root(parents, number) for key, number in numbers.items()}
    return PaperSet(again, groups, sizes, counts.total())


def text_key(paper: Paper) -> bytes:
    """Hash title and abstract, blind to case and blanks."""
    return blake2b(f"{fold(paper.title)}\n{fold(paper.abstract)}".encode(), digest_size=16).digest()


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = number = parents[parents[number]]
    return number


def _join(parents: list[int], one: int, two: int) -> None:
    one, two = sorted((_root(parents, one), _root(parents, two)))
    parents[two] = one


def merge_papers(copies: Iterable[Paper]) -> Paper:
    """Make one paper of its copies, whatever their order.

    An id that an input gave goes before one that was made here, then the least; the text is that of the latest
    version, of equals the one with the longest abstract; lists are joined, other facts are the first given, those of
    the latest version before others, then in the order of ids.
    """
    ordered = sorted(copies, key=lambda p: (p.id == page_id(p.title, p.abstract), p.id, repr(p)))
    text = max(ordered, key=lambda p: (version_of(p), len(p.abstract), p.abstract, p.title))
    latest = sorted(ordered, key=lambda p: -version_of(p))
    facts: dict[str, object] = {}
    for field in fields(Paper):
        values = [getattr(p, field.name) for p in (ordered if field.name == "id" else latest)]
        if isinstance(values[0], tuple):
            facts[field.name] = _union(field.name, values)
        else:
            facts[field.name] = next((v for v in values if v is not None), None)
    return Paper(**{**facts, "title": text.title, "abstract": text.abstract})  # type: ignore[arg-type]


def _union(name: str, values: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Join lists; of authors the first list alone, since two spellings would be two persons."""
    if name == "authors":
        return next((v for v in values if v), ())
    joined = dict.fromkeys(x for v in values for x in v)
    return tuple(sorted(joined)) if name == "pages" else tuple(joined)
