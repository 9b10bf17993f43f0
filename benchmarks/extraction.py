"""Extraction beside spaCy's bare tokenizer on the same texts: `python benchmarks/extraction.py PAPERS... [--first N]`.

PAPERS is what `kg build` reads. Extraction is all of it: entities, roles, links, results, relations and the record as
a line of JSON. Both are timed in this process, by turns, in CPU time; the shortest of some runs counts. The first run,
which loads what is loaded once and meets the words, is not timed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from extractors import extract_all
from extractors.records import Paper
from extractors.tokens import blank
from kg.pool import record_line
from kg.readers import read_papers

__all__ = ["compare", "main"]


def _extract(papers: Sequence[Paper]) -> int:
    return sum(len(record_line(record)) for record in extract_all(papers))


def _tokenize(papers: Sequence[Paper]) -> int:
    tokenizer: Any = blank().tokenizer
    return sum(len(doc) for doc in tokenizer.pipe(paper.text for paper in papers))


def _seconds(work: Callable[[Sequence[Paper]], int], papers: Sequence[Paper]) -> float:
    began = time.process_time()
    work(papers)
    return time.process_time() - began


def compare(papers: Sequence[Paper], *, runs: int = 5) -> tuple[float, float]:
    """Give the shortest times in seconds of the tokenizer and of extraction, timed by turns."""
    _tokenize(papers)
    _extract(papers)
    times = [(_seconds(_tokenize, papers), _seconds(_extract, papers)) for _ in range(runs)]
    return min(t for t, _ in times), min(t for _, t in times)


def main(arguments: Sequence[str] | None = None) -> None:
    """Time both on papers and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("papers", nargs="+")
    parser.add_argument("--first", type=int, default=2000, help="papers to read (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="runs, of which the shortest counts (default: %(default)s)")
    options = parser.parse_args(arguments)
    papers = list(islice(read_papers(*options.papers), options.first))
    tokens = _tokenize(papers)
    bare, all_of_it = compare(papers, runs=options.runs)
    print(f"{len(papers):,} papers, {tokens:,} tokens")
    for what, seconds in (("tokenizer", bare), ("extraction", all_of_it)):
        print(f"{what:<10} {seconds:8.3f} s  {len(papers) / seconds:8.0f} papers/s  {tokens / seconds:10,.0f} tokens/s")
    print(f"ratio      {all_of_it / bare:8.2f}")


if __name__ == "__main__":
    main()
