"""Extraction beside spaCy's bare tokenizer on the same texts: `python benchmarks/extraction.py PAPERS... [--first N]`.

PAPERS is what `kg build` reads. Extraction is all of it: entities, roles, links, results, relations and the record as
a line of JSON; the tokenizer is one of its own. The first half of the papers warms both up, as in a long run: what is
loaded once is loaded, and common words are known. The second half, which neither has seen, is timed in parts, by
turns, in CPU time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice

import spacy
from spacy.tokenizer import Tokenizer

from extractors import extract_all
from extractors.records import Paper
from kg.pool import record_line
from kg.readers import read_papers

__all__ = ["compare", "main"]


def _extract(papers: Sequence[Paper]) -> int:
    return sum(len(record_line(record)) for record in extract_all(papers))


def _tokenize(tokenizer: Tokenizer, papers: Sequence[Paper]) -> int:
    return sum(len(doc) for doc in tokenizer.pipe(paper.text for paper in papers))


def _seconds(work: Callable[[Sequence[Paper]], int], papers: Sequence[Paper]) -> float:
    began = time.process_time()
    work(papers)
    return time.process_time() - began


def compare(papers: Sequence[Paper], *, parts: int = 4) -> tuple[float, float, int]:
    """Give the times in seconds of the tokenizer and of extraction on the second half, and its tokens."""
    tokenize = partial(_tokenize, spacy.blank("en").tokenizer)
    half = len(papers) // 2
    tokenize(papers[:half])
    _extract(papers[:half])
    new = [papers[half + part::parts] for part in range(parts)]
    times = [(_seconds(tokenize, part), _seconds(_extract, part)) for part in new]
    return sum(t for t, _ in times), sum(t for _, t in times), tokenize(papers[half:])


def main(arguments: Sequence[str] | None = None) -> None:
    """Time both on papers and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("papers", nargs="+")
    parser.add_argument("--first", type=int, default=4000, help="papers to read (default: %(default)s)")
    options = parser.parse_args(arguments)
    papers = list(islice(read_papers(*options.papers), options.first))
    bare, all_of_it, tokens = compare(papers)
    timed = len(papers) - len(papers) // 2
    print(f"{timed:,} papers, {tokens:,} tokens")
    for what, seconds in (("tokenizer", bare), ("extraction", all_of_it)):
        print(f"{what:<10} {seconds:8.3f} s  {timed / seconds:8.0f} papers/s  {tokens / seconds:10,.0f} tokens/s")
    print(f"ratio      {all_of_it / bare:8.2f}")


if __name__ == "__main__":
    main()
