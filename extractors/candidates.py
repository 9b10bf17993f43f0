"""Gather the strings of a text that could be names: lexicon matches, chunks, names by shape, short and long forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extractors.abbreviations import find_abbreviations
from extractors.lists import apart, listed
from extractors.tagger import Tagged
from extractors.text import Text, whole
from extractors.words import foreign, singular

__all__ = ["Candidate", "Found", "find_candidates"]

Span = tuple[int, int]  # tokens, end exclusive
_LONGEST = 6  # units in a chunk's part
_LONGEST_TAG = 40  # tokens that a tagger may call one name: what is longer is no name and would cover all others


@dataclass(slots=True)
class Candidate:
    """One folded name in one paper: where it stands, and what says that it could be a name."""

    key: str
    spans: list[Span] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)  # lexicon classes, shape, abbreviation, tagger labels
    forms: dict[str, Span] = field(default_factory=dict)  # folded form → its first span (long and short form)


@dataclass(slots=True)
class Found:
    """The candidates of a text, with the lexicon matches they came from."""

    candidates: dict[str, Candidate]
    lexicon: Mapping[Span, frozenset[str]]
    pairs: list[tuple[Span, Span]]  # long and short form, in tokens
    chunks: list[Span]
    tags: dict[Span, tuple[str, float]]
    tagged: Tagged | None
    listed: Mapping[Span, str]  # members of lists that say what they are → group


def _chunks(text: Text) -> Iterator[Span]:
    """Give the runs of tokens between stop words and punctuation, a dash between spaces too, never across sentences."""
    start, words, sentence = 0, text.words, text.sentence
    for k, word in enumerate(words):
        if (word.stop or word.text == "-") and text.unit_start[k] and text.unit_start[k + 1]:
            if k > start:
                yield start, k
            start = k + 1
        elif k > start and sentence[k] != sentence[k - 1]:
            yield start, k
            start = k
    if start < len(words):
        yield start, len(words)


def _parts(text: Text, chunk: Span) -> Iterator[Span]:
    """Give the parts of a chunk that could be names: its ends without openers and generic heads, its name runs."""
    words, unit = text.words, text.unit_start
    if chunk[1] - chunk[0] == 1:
        word = words[chunk[0]]
        if unit[chunk[0]] and (word.strength or word.number or not word.loose):
            yield chunk
        return
    edges = [k for k in range(chunk[0], chunk[1]) if unit[k]] + [chunk[1]]
    if len(edges) > 14:
        edges = edges[:14]
    last = len(edges) - 1
    ends = [last]
    while len(ends) < 3 and ends[-1] > 1 and words[edges[ends[-1]] - 1].generic:
        ends.append(ends[-1] - 1)
    for end in ends:
        for begin in range(max(0, end - _LONGEST), end):
            if begin == end - 1 and words[edges[begin]].loose:
                continue
            yield edges[begin], edges[end]
    for k in range(chunk[0], chunk[1] - 2):
        if words[k].strength == 2 and unit[k] and words[k + 1].text == "-" and whole(text, k, k + 1):
            yield k, k + 1
    strong = [max(words[t].strength for t in range(edges[k], edges[k + 1])) if edges[k + 1] > edges[k] else 0
              for k in range(last)]
    for begin in range(last):
        if strong[begin] or words[edges[begin]].number:
            best = 0
            for end in range(begin + 1, min(last, begin + 5) + 1):
                step = strong[end - 1]
                if not step and not (words[edges[end - 1]].number or words[edges[end - 1]].shape[:1] == "d"):
                    break
                best = max(best, step)
                if best:
                    yield edges[begin], edges[end]
        elif begin == 0 and last > 2:  # a prefix of a long chunk, up to its first generic head
            continue


def _token_span(text: Text, chars: Span) -> Span | None:
    start, end = text.at_start.get(chars[0]), text.at_end.get(chars[1])
    return (start, end) if start is not None and end is not None and start < end else None


def _latin(text: Text, start: int, end: int) -> Span:
    """Leave off words of scripts without spaces at the edges: `FooNet` of `FooNet` and a Chinese noun."""
    first, last = start, end
    while first < last and foreign(text.words[first].text):
        first += 1
    while first < last and foreign(text.words[last - 1].text):
        last -= 1
    return (first, last) if first < last else (start, end)


def find_candidates(text: Text, matched: Mapping[Span, frozenset[str]], tagged: Tagged | None = None) -> Found:
    """Find the candidates of a text, given its lexicon matches and what a tagger says of it."""
    words, unit = text.words, text.unit_start
    out: dict[str, Candidate] = {}
    placed: set[Span] = set()
    folds = [w.fold for w in words]

    def add(span: Span, source: str | None = None) -> None:
        key = singular("".join(folds[span[0]:span[1]]), words[span[1] - 1].text)
        if not key or (len(key) == 1 and source is None):
            return
        found = out.get(key)
        if found is None:
            found = out[key] = Candidate(key)
        if span not in placed:
            placed.add(span)
            found.spans.append(span)
        if source:
            found.sources.add(source)

    chunks = list(_chunks(text))
    seen: set[Span] = set()
    for chunk in chunks:
        for part in _parts(text, chunk):
            if part not in seen:
                seen.add(part)
                add(part)
    for span in matched:
        if span not in seen and ((unit[span[0]] and unit[span[1]]) or whole(text, *span)):
            seen.add(span)
            add(span, "lexicon")
    tags = {_latin(text, *part): (label, margin) for start, end, label, margin in (tagged.spans if tagged else ())
            if end - start <= _LONGEST_TAG for part in apart(text, (start, end), matched)}
    for span in tags:
        if span not in seen and ((unit[span[0]] and unit[span[1]]) or whole(text, *span)):
            seen.add(span)
            add(span, "tagger")
    lists = listed(text, matched)
    for span in lists:
        add(span, "listed")
    pairs = []
    for long, short in find_abbreviations(text.view, text.title_end):
        a, b = _token_span(text, long), _token_span(text, short)
        if a and b:
            pairs.append((a, b))
            add(a, "long")
            add(b, "short")
    return Found(out, matched, pairs, chunks, tags, tagged, lists)
