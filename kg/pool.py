"""Extract papers in worker processes of our own: batches of papers go out, record lines come back in order.

spaCy's own workers send Docs through pipes and are slower than one process; these send a few kilobytes a paper.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from multiprocessing import active_children, get_context
from pathlib import Path

import orjson

from extractors.own import Own
from extractors.records import Paper, Record, record_to_json
from kg.errors import DataError, OnBad, stop

__all__ = ["BATCH", "check_own", "cores", "extract_ahead", "extract_lines", "record_line"]

BATCH = 200  # papers sent to a worker at a time: enough that sending costs nothing
STEP = 25  # papers done in this process between two signs of progress
_Lines = list[bytes | str]  # a record's line, or what went wrong with a paper


def cores() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def record_line(record: Record) -> bytes:
    """Write a record as one line of JSON."""
    return orjson.dumps(record_to_json(record), option=orjson.OPT_APPEND_NEWLINE)


def extract_lines(papers: Iterable[Paper], *, jobs: int = 1, own: Own = Own(),  # noqa: B008
                  on_bad: OnBad = stop) -> Iterator[bytes]:
    """Extract papers and give their records' lines in the papers' order: the same bytes for any `jobs`.

    A single batch is done in this process. A paper that extraction fails on is handed to `on_bad`. `own` is what a
    user adds; DataError where it cannot be used.
    """
    check_own(own)
    rest = iter(papers)
    first = list(islice(rest, BATCH + 1))
    every = chain(first, rest)
    done = map(partial(_extract, own), _batches(every, STEP)) if jobs == 1 or len(first) <= BATCH else _pooled(
        every, jobs, own)
    yield from _good(done, on_bad)


def extract_ahead(papers: Iterable[Paper], *, jobs: int = 1, own: Own = Own()) -> Iterator[bytes]:  # noqa: B008
    """Extract as `extract_lines` does, but begin at once in other processes, so that this one can do something else."""
    if jobs == 1:
        return extract_lines(papers, own=own)
    check_own(own)
    done = _pooled(papers, jobs, own)
    next(done)
    return _good(done, stop)


def _good(done: Iterable[_Lines], on_bad: OnBad) -> Iterator[bytes]:
    """Give the lines; hand what went wrong to `on_bad`."""
    for lines in done:
        for line in lines:
            if isinstance(line, bytes):
                yield line
            else:
                on_bad(DataError(line))


def _batches(papers: Iterable[Paper], size: int) -> Iterator[list[Paper]]:
    rest = iter(papers)
    while batch := list(islice(rest, size)):
        yield batch


def check_own(own: Own) -> None:
    """Read a user's rows and files and make the components once, so that what is wrong is said before work starts."""
    if own == Own():
        return
    from extractors.learned import load_learned
    from extractors.lexicon import read_rows
    from extractors.own import make_components

    try:
        for path in own.lexicons:
            deque(read_rows(Path(path)), maxlen=0)
        make_components(own)
        if own.induced:
            load_learned(own.induced)
    except OSError as error:
        raise DataError(f"{error.filename}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise DataError(str(error)) from error


def _pooled(papers: Iterable[Paper], jobs: int, own: Own) -> Iterator[_Lines]:
    """Keep every worker busy with one batch in hand and one waiting; give results in order, nothing at first."""
    others = set(active_children())
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start_worker)
    waiting: deque[Future[_Lines]] = deque()
    try:
        sent = (pool.submit(_extract, own, batch) for batch in _batches(papers, BATCH))
        waiting.extend(islice(sent, 2 * jobs))
        yield []
        for one in sent:
            yield waiting.popleft().result()
            waiting.append(one)
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise DataError("a worker process was ended from outside (out of memory?); try fewer --jobs") from error
    except BaseException:
        for worker in set(active_children()) - others:
            worker.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, which ends the workers in good order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _extract(own: Own, papers: list[Paper]) -> _Lines:
    """Extract one batch; where that fails, each paper alone, so that the one at fault is named."""
    from extractors import extract_all
    from extractors.own import make_components

    try:
        records = extract_all(papers, lexicons=own.lexicons, components=make_components(own), induced=own.induced)
        return [record_line(record) for record in records]
    except Exception as error:
        if len(papers) == 1:
            return [f"{papers[0].id}: extraction failed: {type(error).__name__}: {error}"]
        return [line for paper in papers for line in _extract(own, [paper])]
