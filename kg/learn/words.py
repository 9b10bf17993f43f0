"""Learn the word table from a corpus: how often each word type stands, how often in lower case, which words it is like.

Words are alike when the same words stand one and two places before and after them: positive pointwise mutual
information of those counts, a truncated singular value decomposition, k-means at three grains.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from extractors.records import Paper
from extractors.text import clean
from extractors.tokens import blank
from extractors.word_table import COLUMNS
from kg.errors import DataError

__all__ = ["learn_words", "write_words"]

GRAINS = (64, 256, 1024)  # clusters
_OFFSETS = (-2, -1, 1, 2)
_CONTEXTS = 6000  # most frequent lower-cased words that count as neighbours
_SIZE = 100  # dimensions kept
_SEED = 0

Row = tuple[str, int, int, int, int, int]


def learn_words(papers: Iterable[Paper], *, least: int = 4) -> list[Row]:
    """Make the rows of the word table (see `extractors.word_table.WordStats`), for types seen `least` times.

    DataError where there is none.
    """
    ids, starts, words = _tokenise(papers)
    counts = np.bincount(ids, minlength=len(words))
    lowered: Counter[str] = Counter()
    for word, count in zip(words, counts.tolist(), strict=True):
        lowered[word.lower()] += count
    as_written = dict(zip(words, counts.tolist(), strict=True))
    kept = np.flatnonzero(counts >= least)
    if not len(kept):
        raise DataError(f"the corpus is too small: no word stands in it {least} times")
    clusters = _cluster(_embed(ids, starts, words, kept), counts[kept])
    return sorted(
        (words[k], lowered[words[k].lower()], 10 * as_written.get(words[k].lower(), 0) // lowered[words[k].lower()],
         *row) for k, row in zip(kept.tolist(), clusters, strict=True))


def write_words(rows: Iterable[Row], path: Path) -> None:
    """Write the word table; the same rows give the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as out:
        out.write(("\t".join(COLUMNS) + "\n").encode())
        out.writelines(("\t".join(map(str, row)) + "\n").encode() for row in rows)


def _tokenise(papers: Iterable[Paper]) -> tuple[Any, Any, list[str]]:
    """Number the word types of all papers: ids of all tokens, the offsets of papers in them, the types."""
    tokenizer = blank().tokenizer
    types: dict[str, int] = {}
    ids: list[int] = []
    starts = [0]
    for paper in papers:
        ids.extend(types.setdefault(token.text, len(types)) for token in tokenizer(clean(paper.text))
                   if not token.is_space)
        starts.append(len(ids))
    return np.array(ids, np.int32), np.array(starts), list(types)


def _embed(ids: Any, starts: Any, words: list[str], kept: Any) -> Any:
    """Give the kept types unit vectors of `_SIZE` dimensions from their neighbours."""
    from scipy import sparse
    from sklearn.utils.extmath import randomized_svd

    lowers: dict[str, int] = {}
    lower_of = np.array([lowers.setdefault(word.lower(), len(lowers)) for word in words], np.int32)
    neighbours = lower_of[ids]
    frequent = np.argsort(-np.bincount(neighbours, minlength=len(lowers)), kind="stable")[:_CONTEXTS]
    row_of, column_of = _index(kept, len(words)), _index(frequent, len(lowers))
    paper_of = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    blocks = []
    for offset in _OFFSETS:
        here, there = (slice(None, -offset), slice(offset, None)) if offset > 0 else (slice(-offset, None),
                                                                                     slice(None, offset))
        rows, columns = row_of[ids[here]], column_of[neighbours[there]]
        use = (rows >= 0) & (columns >= 0) & (paper_of[here] == paper_of[there])
        ones = np.ones(int(use.sum()), np.float32)
        blocks.append(sparse.coo_matrix((ones, (rows[use], columns[use])), shape=(len(kept), len(frequent))).tocsr())
    left, singular, _ = randomized_svd(_information(sparse.hstack(blocks).tocsr()), _SIZE, n_iter=3,
                                       random_state=_SEED)
    vectors = left * np.sqrt(singular)
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def _index(kept: Any, size: int) -> Any:
    out = np.full(size, -1)
    out[kept] = np.arange(len(kept))
    return out


def _information(counts: Any) -> Any:
    """Turn counts into positive pointwise mutual information, contexts smoothed by the power 0.75
    (Levy, Goldberg, Dagan 2015)."""
    from scipy import sparse

    of_rows = np.asarray(counts.sum(axis=1)).ravel() + 1e-9
    of_columns = np.asarray(counts.sum(axis=0)).ravel() ** 0.75
    of_columns /= of_columns.sum()
    cells = counts.tocoo()
    values = np.log(np.maximum(cells.data / (of_rows[cells.row] * of_columns[cells.col] + 1e-12), 1.0))
    return sparse.csr_matrix((values.astype(np.float32), (cells.row, cells.col)), shape=counts.shape)


def _cluster(vectors: Any, counts: Any) -> list[list[int]]:
    """Cluster vectors by k-means at each grain; frequent words weigh more."""
    from sklearn.cluster import MiniBatchKMeans

    columns = [MiniBatchKMeans(min(k, len(vectors)), random_state=_SEED, n_init=3, batch_size=4096, max_iter=60)
               .fit(vectors, sample_weight=np.sqrt(counts)).predict(vectors).tolist() for k in GRAINS]
    return [list(row) for row in zip(*columns, strict=True)]
