"""Learn what the names of a corpus are: in how many papers the extractor meets each, and how sure it is of what.

What earlier names say is left out of the judgement, so that a corpus never confirms itself.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import numpy as np

from extractors.candidates import find_candidates
from extractors.decide import merge_forms
from extractors.expand import Atom
from extractors.frames import vote
from extractors.induced import COLUMNS
from extractors.learned import load_learned
from extractors.lexicon import load_lexicon
from extractors.records import Paper
from extractors.scorer import CLASSES, Weights, group_of, score_rows, softmax
from extractors.signals import Surroundings, gather, margins_of
from extractors.tagger import Tagged, tag
from extractors.text import Text, read_text

__all__ = ["count_names", "learn_names", "name_rows", "write_names"]

_GROUPS = ("Method:named", "Method:term", "Data", "Metric", "Task")
_MEMBERS = np.array([[(label if label.startswith("Method") else group_of(label)) == group for group in _GROUPS]
                     for label in CLASSES], np.float32)  # classes × groups
_LONGEST = 45  # characters of a folded name
_BATCH = 64  # papers
_TIDY = 12_800  # papers after which what was met once, and is hardly a name, is forgotten

Counts = dict[str, list[float]]  # folded name → papers, then the sums of the probabilities of _GROUPS
Row = tuple[str, int, int, int, int, int, int]


def learn_names(papers: Iterable[Paper], *, least: int = 3) -> list[Row]:
    """Make the rows of the table of names (see `extractors.induced.load_names`), for names of `least` papers."""
    return name_rows(count_names(papers), least=least)


def count_names(papers: Iterable[Paper]) -> Counts:
    """Sum over papers how likely each candidate is a name of each class."""
    learned, lexicon = load_learned(), load_lexicon()
    counts: Counts = {}
    rest, done = iter(papers), 0
    while batch := list(islice(rest, _BATCH)):
        texts = [read_text(paper.text, len(paper.title)) for paper in batch]
        matched = [lexicon.match(text) for text in texts]
        tagged = tag(learned.tagger, [([w.text for w in t.words], m) for t, m in zip(texts, matched, strict=True)])
        for text, found, said in zip(texts, matched, tagged, strict=True):
            for key, shares in _judged(text, found, said, learned.weights):
                _add(counts, key, shares)
        done += len(batch)
        if done % _TIDY == 0:
            counts = {key: c for key, c in counts.items() if c[0] > 1 or max(c[1:]) > 0.3}
    return counts


def _add(counts: Counts, key: str, shares: list[float]) -> None:
    held = counts.setdefault(key, [0.0] * (1 + len(_GROUPS)))
    for at, value in enumerate((1.0, *shares)):
        held[at] += value


def _judged(text: Text, matched: Mapping[tuple[int, int], frozenset[str]], tagged: Tagged,
            weights: Weights) -> Iterator[tuple[str, list[float]]]:
    """Give each folded form of each candidate of a text with the probabilities of _GROUPS."""
    found = find_candidates(text, matched, tagged)
    candidates = merge_forms(text, found)
    around, margins = Surroundings(text, found, vote(text), {}), margins_of(found, candidates)
    atoms = [_unlearned(gather(around, c, margins[at] if margins else None)) for at, c in enumerate(candidates)]
    scores = score_rows(weights.table, [weights.slots.rows(a) or [0] for a in atoms])
    shares: list[list[float]] = (softmax(scores[:, :len(CLASSES)]) @ _MEMBERS).tolist()
    for candidate, row in zip(candidates, shares, strict=True):
        yield from ((key, row) for key in sorted({candidate.key, *candidate.forms}) if len(key) <= _LONGEST)


def _unlearned(atoms: Iterable[Atom]) -> list[Atom]:
    """Leave out what earlier names say."""
    return [atom for atom in atoms if atom[0] != "known"]


def name_rows(counts: Mapping[str, list[float]], *, least: int = 3) -> list[Row]:
    """Turn counts into buckets: bits of the number of papers (at most 10), tenths of the mean probabilities.

    Left out are names of fewer than `least` papers, and rare ones that nothing speaks for.
    """
    rows: list[Row] = []
    for key, (papers, *sums) in sorted(counts.items()):
        means = [value / papers for value in sums]
        if papers < least or (papers < 8 and max(means) < 0.06):
            continue
        named, term, data, metric, task = (min(9, int(mean * 10 + 0.3)) if mean > 0.03 else 0 for mean in means)
        rows.append((key, min(int(papers).bit_length(), 10), named, term, data, metric, task))
    return rows


def write_names(rows: Iterable[Row], path: Path) -> None:
    """Write the table of names; the same rows give the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as out:
        out.write(("\t".join(COLUMNS) + "\n").encode())
        out.writelines(("\t".join(map(str, row)) + "\n").encode() for row in rows)
