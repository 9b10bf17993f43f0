"""Tag tokens with a linear model of words, neighbours and lexicon matches, in one numpy pass over a batch.

All features of a word type at an offset fold into one row of a table, made once per type; a batch of papers is
then a sum of gathers and a Viterbi pass over all of them at once. The weights are those of a linear-chain
conditional random field (`kg learn tagger`); `explain_tag` names the features that weigh most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import numpy.typing as npt

from extractors.learned_files import read_learned
from extractors.tag_features import (
    EDGE,
    LEXICON_OFFSETS,
    WIDE,
    lexicon_features,
    narrow_features,
    wide_features,
)
from extractors.word_table import WordStats

__all__ = ["LABELS", "Tagged", "Tagger", "explain_tag", "load_tagger", "tag"]

LABELS = ("O", *(f"{place}-{label}" for label in (
    "Benchmark", "Dataset", "MethodNamed", "MethodTerm", "Metric", "Task") for place in "BI"))
_OFFSETS = (-3, -2, -1, 0, 1, 2, 3)
_PAD = 3  # tokens of EDGE between papers
_NEVER = np.float32(-1e4)

Floats = npt.NDArray[np.float32]
Match = Mapping[tuple[int, int], frozenset[str]]
Tokens = tuple[Sequence[str], Match]  # the words of a paper and its lexicon matches (token ranges → classes)


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tagger's word on one paper: spans of tokens with label and margin, and the scores they come from."""

    spans: tuple[tuple[int, int, str, float], ...]  # start, end, label, mean margin over "outside" a token
    scores: Floats  # tokens × labels, as `Tagger.labels`


@dataclass(slots=True)
class Tagger:
    """Weights, and the rows made of them so far."""

    labels: tuple[str, ...]  # "O", "B-Task", "I-Task", …
    features: dict[str, int]  # feature → row of weights
    weights: Floats  # rows × labels; row 0 weighs nothing
    transitions: Floats  # labels × labels, from → to
    words: Mapping[str, WordStats]
    _rows: dict[str, int] = field(default_factory=dict)
    _table: Floats = field(default_factory=lambda: np.zeros((0, 0, 0), np.float32))  # word types × offsets × labels
    _lexicon_rows: dict[tuple[str, ...], int] = field(default_factory=dict)
    _lexicon_table: Floats = field(default_factory=lambda: np.zeros((0, 0, 0), np.float32))

    def sum_weights(self, places: Iterable[tuple[int, Iterable[str]]]) -> Floats:
        """Sum the weights of features at offsets: offsets × labels; unknown features weigh nothing."""
        rows = [[0, *(row for name in names if (row := self.features.get(f"{offset}:{name}")) is not None)]
                for offset, names in places]
        begins = [0, *accumulate(map(len, rows))][:-1]
        total: Floats = np.add.reduceat(self.weights[[row for part in rows for row in part]], begins, axis=0)
        return total

    def word_ids(self, words: Sequence[str]) -> list[int]:
        """Give the table rows of words, made where they lack."""
        rows = self._rows
        out = [rows.get(word, -1) for word in words]
        if -1 in out:
            for at, word in enumerate(words):
                if out[at] < 0:
                    out[at] = self._add_word(word)
        return out

    def _add_word(self, word: str) -> int:
        if word in self._rows:
            return self._rows[word]
        wide, narrow = wide_features(word, self.words), narrow_features(word, self.words)
        row = self.sum_weights((o, wide if o in WIDE else narrow) for o in _OFFSETS)
        self._table = _put(self._table, len(self._rows), row)
        return self._rows.setdefault(word, len(self._rows))

    def lexicon_id(self, names: tuple[str, ...]) -> int:
        """Give the table row of a token's lexicon features."""
        if names not in self._lexicon_rows:
            row = self.sum_weights((o, names) for o in LEXICON_OFFSETS)
            self._lexicon_table = _put(self._lexicon_table, len(self._lexicon_rows), row)
            self._lexicon_rows[names] = len(self._lexicon_rows)
        return self._lexicon_rows[names]

    def emit(self, papers: Sequence[Tokens]) -> tuple[Floats, list[tuple[int, int]]]:
        """Score the tokens of papers: all rows together, and the range of rows of each paper."""
        names = [EDGE] * _PAD
        lexicon: dict[int, tuple[str, ...]] = {}
        ranges = []
        for words, matches in papers:
            at = len(names)
            ranges.append((at - _PAD, at - _PAD + len(words)))
            lexicon |= {at + k: found for k, found in lexicon_features(matches).items()}
            names += [*words, *([EDGE] * _PAD)]
        rows = np.array(self.word_ids(names))
        table, size = self._table, len(rows) - 2 * _PAD
        scores = sum(table[rows[_PAD + o:_PAD + o + size], k] for k, o in enumerate(_OFFSETS))
        lexed = np.full(len(rows), self.lexicon_id(()))
        lexed[list(lexicon)] = [self.lexicon_id(found) for found in lexicon.values()]
        for k, o in enumerate(LEXICON_OFFSETS):
            scores = scores + self._lexicon_table[lexed[_PAD + o:_PAD + o + size], k]
        out: Any = scores
        return out, ranges


def _put(table: Floats, at: int, row: Floats) -> Floats:
    """Write a row into a table that doubles when it is full."""
    if at >= len(table):
        grown = np.zeros((max(1024, 2 * at), *row.shape), np.float32)
        grown[:at] = table[:at] if at else 0
        table = grown
    table[at] = row
    return table


def load_tagger(path: Path, words: Mapping[str, WordStats]) -> Tagger:
    """Load the weights that were learned with a table of words; ValueError names a file that is damaged.

    The file holds a line of labels, a line of transitions a label, then a line a feature with its weights.
    """
    return read_learned(path, lambda lines: _tagger(lines, words))


def _tagger(lines: TextIO, words: Mapping[str, WordStats]) -> Tagger:
    if (labels := tuple(next(lines, "").rstrip("\n").split("\t"))) != LABELS:
        raise ValueError(f"its labels are not {', '.join(LABELS)}")
    transitions = np.array([[float(x) for x in next(lines, "").split("\t")] for _ in labels], np.float32)
    if transitions.shape != (len(labels), len(labels)):
        raise ValueError("it has not a transition for each two labels")
    rows = [line.rstrip("\n").partition("\t") for line in lines]
    names = {name: row for row, (name, _, _) in enumerate(rows, 1)}
    cells = np.array(" ".join(pairs for _, _, pairs in rows).replace(":", " ").split(), np.float64).reshape(-1, 2)
    weights = np.zeros((len(names) + 1, len(labels)), np.float32)
    at = np.repeat(np.arange(1, len(names) + 1), np.array([pairs.count(":") for _, _, pairs in rows], int))
    weights[at, cells[:, 0].astype(int)] = cells[:, 1]
    return Tagger(labels, names, weights, transitions, words)


def _follow(labels: Sequence[str], transitions: Floats) -> Floats:
    """Forbid an inside label after anything but its own beginning or inside."""
    out = transitions.copy()
    for k, label in enumerate(labels):
        if label.startswith("I-"):
            out[[j for j, before in enumerate(labels) if before[2:] != label[2:]], k] = _NEVER
    return out


def _decode(tagger: Tagger, scores: list[Floats]) -> list[list[int]]:
    """Find the best label sequence of each paper (Viterbi), all papers step by step together, the longest first."""
    order = sorted(range(len(scores)), key=lambda k: -len(scores[k]))
    steps, size = len(scores[order[0]]), len(tagger.labels)
    padded = np.zeros((steps, size, len(scores)), np.float32)
    for at, k in enumerate(order):
        padded[:len(scores[k]), :, at] = scores[k]
    moves = _follow(tagger.labels, tagger.transitions)[:, :, None]
    inside = np.array([label.startswith("I-") for label in tagger.labels])[:, None]
    best = padded[0] + np.where(inside, _NEVER, 0).astype(np.float32)  # labels × papers
    back = np.zeros((steps, size, len(scores)), np.int8)
    lengths = [len(scores[k]) for k in order]
    alive = len(order)
    last = best.argmax(axis=0)
    for step in range(1, steps):
        while lengths[alive - 1] <= step:
            alive -= 1
        through = best[:, None, :alive] + moves
        back[step, :, :alive] = through.argmax(axis=0)
        best = through.max(axis=0) + padded[step, :, :alive]
        last[:alive] = best.argmax(axis=0)
    paths = {k: _trace(back[:, :, at], int(last[at]), lengths[at]) for at, k in enumerate(order)}
    return [paths[k] for k in range(len(scores))]


def _trace(back: npt.NDArray[np.int8], label: int, length: int) -> list[int]:
    """Follow the back pointers of one paper from its last token."""
    out = [label]
    pointers = back[:length].tolist()
    for step in range(length - 1, 0, -1):
        label = pointers[step][label]
        out.append(label)
    return out[::-1]


def _spans(tagger: Tagger, path: Sequence[int], scores: Floats) -> tuple[tuple[int, int, str, float], ...]:
    """Turn a label sequence into spans with their mean margin over "outside"."""
    outside = tagger.labels.index("O")
    over = (scores[range(len(path)), path] - scores[:, outside]).tolist() if path else []
    out: list[tuple[int, int, str, float]] = []
    start = 0
    while start < len(path):
        label = tagger.labels[path[start]]
        end = start + 1
        if label != "O":
            while end < len(path) and tagger.labels[path[end]] == f"I-{label[2:]}":
                end += 1
            out.append((start, end, label[2:], sum(over[start:end]) / (end - start)))
        start = end
    return tuple(out)


def tag(tagger: Tagger, papers: Sequence[Tokens]) -> list[Tagged]:
    """Tag a batch of papers, each as words and lexicon matches; some 64 papers a batch are fastest."""
    scores, ranges = tagger.emit(papers)
    parts = [scores[a:b] for a, b in ranges]
    full = [k for k, part in enumerate(parts) if len(part)]
    paths = dict(zip(full, _decode(tagger, [parts[k] for k in full]), strict=True)) if full else {}
    return [Tagged(_spans(tagger, paths.get(k, []), part), part) for k, part in enumerate(parts)]


def explain_tag(tagger: Tagger, paper: Tokens, at: int, label: str, *, top: int = 8) -> list[tuple[str, float]]:
    """Name the features that weigh most for a label over "outside" at token `at`, with their weights."""
    words, matches = paper
    column, outside = tagger.labels.index(label), tagger.labels.index("O")
    lexicon = lexicon_features(matches)
    names: list[str] = []
    for offset in _OFFSETS:
        inside = 0 <= at + offset < len(words)
        word = words[at + offset] if inside else EDGE
        describe = wide_features if offset in WIDE else narrow_features
        names += [f"{offset}:{name}" for name in describe(word, tagger.words)]
        if offset in LEXICON_OFFSETS and inside:
            names += [f"{offset}:{name}" for name in lexicon.get(at + offset, ())]
    rows = [(name, tagger.features[name]) for name in names if name in tagger.features]
    weighed = [(name, float(tagger.weights[row, column] - tagger.weights[row, outside])) for name, row in rows]
    return sorted(weighed, key=lambda pair: (-abs(pair[1]), pair[0]))[:top]
