"""Gather what speaks for and against a candidate: words, neighbours, lexicon, tagger, frames, place, repetition."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from extractors.candidates import Candidate, Found, Span
from extractors.expand import Atom
from extractors.frames import Votes
from extractors.induced import Names, known
from extractors.tables import read_tsv
from extractors.text import Text
from extractors.words import Word, word_of

__all__ = ["Surroundings", "gather", "hopeless", "margins_of", "unspoken"]

_MOST = 4  # mentions looked at
_CLAUSE_ENDS = frozenset({".", "that", "which", "for", "to", "where", "with", "by", ",", "(", ";", "of", "in", "on",
                          "using", "via"})
_LISTS = frozenset({",", "and", "or", "/", "&", "the", "both"})
_EDGE = word_of("<edge>")


class Surroundings:
    """What the evidence of all candidates of one text shares."""

    __slots__ = ("chunk_ends", "chunk_starts", "cues", "found", "label_ends", "label_starts", "lexcover", "names",
                 "said", "spoken", "tagcover", "text", "votes")

    def __init__(self, text: Text, found: Found, votes: Votes, names: Names) -> None:
        """Index lexicon matches, tags, chunk edges and cues by token."""
        self.text, self.found, self.votes, self.names = text, found, votes, names
        self.chunk_starts = {s for s, _ in found.chunks}
        self.chunk_ends = {e for _, e in found.chunks}
        self.cues = _cues(text)
        self.spoken = {*found.lexicon, *found.tags}
        self.said: dict[int, list[Atom]] = {}
        self.lexcover: dict[int, list[tuple[Span, str]]] = {}
        self.tagcover: dict[int, list[tuple[Span, str]]] = {}
        self.label_ends: dict[int, list[str]] = {}
        self.label_starts: dict[int, list[str]] = {}
        for span, labels in found.lexicon.items():
            self._put(self.lexcover, span, "|".join(sorted(labels)), "lex ")
        for span, (label, _) in found.tags.items():
            self._put(self.tagcover, span, label, "tag ")

    def _put(self, cover: dict[int, list[tuple[Span, str]]], span: Span, label: str, source: str) -> None:
        for token in range(*span):
            cover.setdefault(token, []).append((span, label))
        self.label_starts.setdefault(span[0], []).append(source + label)
        self.label_ends.setdefault(span[1], []).append(source + label)


@cache
def _cue_classes() -> dict[str, str]:
    return {row["word"]: row["class"] for row in read_tsv("frames/cues.tsv")}


def _cues(text: Text) -> dict[int, list[tuple[int, str, str]]]:
    """Give the cue words of each sentence: sentence → (token, class, word)."""
    classes, out = _cue_classes(), {}  # type: tuple[dict[str, str], dict[int, list[tuple[int, str, str]]]]
    for k, word in enumerate(text.words):
        kind = classes.get(word.lower)
        if kind:
            out.setdefault(text.sentence[k], []).append((k, kind, word.lower))
    return out


@cache
def _not_names() -> dict[str, str]:
    """Give the strings that look like names and are none, with the reason."""
    return {row["text"]: row["why"] for row in read_tsv("lexicons/not_names.tsv")}


def _word_at(text: Text, token: int) -> Word:
    return text.words[token] if 0 <= token < len(text.words) else _EDGE


def _place(around: Surroundings, span: Span) -> list[Atom]:
    """Evidence of the neighbours of one mention."""
    text, (start, end) = around.text, span
    strong = str(max(w.strength for w in text.words[start:end]))
    out: list[Atom] = [
        ("beside", "left", _word_at(text, start - 1).lower, _word_at(text, start - 2).lower),
        ("beside", "right", _word_at(text, end).lower, _word_at(text, end + 1).lower),
        ("chunk", ("s" if start in around.chunk_starts else "-") + ("e" if end in around.chunk_ends else "-"))]
    out += [("voted", frame, strong) for frame in around.votes[0].get(start, ())]
    out += [("voted", frame, strong) for frame in around.votes[1].get(end, ())]
    return out + _near(around, span) + _covers(around, span) + _coordinated(around, span) + _said_to_be(text, span)


def _covers(around: Surroundings, span: Span) -> list[Atom]:
    """Signals of lexicon matches and tags that hold the mention, or that it holds."""
    out: list[Atom] = []
    seen = set()
    for token in (span[0], span[1] - 1) if span[1] - span[0] > 1 else span[:1]:
        for (start, end), labels in around.lexcover.get(token, ()):
            if (start, end) in seen or (start, end) == span:
                continue
            seen.add((start, end))
            if start <= span[0] and end >= span[1]:
                out.append(("cover", labels + (">" if end > span[1] else "=")))
            elif start >= span[0] and end <= span[1]:
                out.append(("part", labels + ("e" if end == span[1] else "s")))
            else:
                out.append(("part", labels + "x"))
        for (start, end), label in around.tagcover.get(token, ()):
            if (start, end) == span:
                out.append(("tagcover", label + "=="))
            else:
                out.append(("tagcover", label + ("<" if start < span[0] else "=" if start == span[0] else ">")
                            + ("<" if end < span[1] else "=" if end == span[1] else ">")))
    return out


def _coordinated(around: Surroundings, span: Span) -> list[Atom]:
    """Signals of what stands beside the mention in a list: what the lexicon and the tagger call it."""
    text, (start, end) = around.text, span
    out: list[Atom] = []
    at = start
    while at > 0 and start - at < 3 and text.words[at - 1].lower in _LISTS:
        at -= 1
    if at < start:
        out += [("coord", label) for label in around.label_ends.get(at, ())]
    at = end
    while at < len(text.words) and at - end < 3 and text.words[at].lower in _LISTS:
        at += 1
    if at > end:
        out += [("coord", label) for label in around.label_starts.get(at, ())]
    return out


@cache
def _kinds() -> dict[str, str]:
    """Give the nouns that say what a name stands for."""
    return {row["word"]: row["class"] for row in read_tsv("frames/kinds.tsv")}


def _said_to_be(text: Text, span: Span) -> list[Atom]:
    """Signals of what the text calls the mention: `X, a new dataset`, `X: A Benchmark`, `the framework, X`."""
    kinds, words = _kinds(), text.words
    out: list[Atom] = []
    at = span[1]
    if at < len(words) and words[at].text == "(":  # over a short form in brackets
        close = next((k for k in range(at, min(at + 6, len(words))) if words[k].text == ")"), None)
        at = close + 1 if close else at
    opener = words[at].lower if at < len(words) else ""
    if opener in {",", ":", "is", "-", "--", "as"}:
        seen = ""
        for word in words[at + 1:at + 14]:
            if word.lower in _CLAUSE_ENDS:
                break
            if word.lower in kinds:
                seen = kinds[word.lower]
        out.append(("isa", f"{opener} {seen}"))
    elif at < len(words) and words[at].lower in kinds:
        out.append(("isa", "next " + kinds[words[at].lower]))
    for back in range(span[0] - 1, max(-1, span[0] - 6), -1):
        word = words[back]
        if word.lower in kinds:
            gap = "-".join(w.lower for w in words[back + 1:span[0]][:3])
            out += [("isa", "before " + kinds[word.lower]), ("isa", f"{kinds[word.lower]} {gap}")]
            break
        if word.text in ".;":
            break
    return out


def _near(around: Surroundings, span: Span) -> list[Atom]:
    """Evidence of the cue words nearest before and after in the sentence, and of all its cues."""
    before = after = word = "none"
    gap = 0
    sentence = around.text.sentence[span[0]]
    for token, kind, cue in around.cues.get(sentence, ()):
        if token < span[0]:
            before, word, gap = kind, cue, span[0] - token
        elif token >= span[1]:
            after = kind
            break
    reach = "1" if gap < 2 else "3" if gap < 4 else "7" if gap < 8 else "9"
    said = around.said.get(sentence)
    if said is None:
        kinds = {kind for _, kind, _ in around.cues.get(sentence, ())}
        said = around.said[sentence] = [("said", kind) for kind in sorted(kinds)]
    return [("around", before, after), ("governed", word, before, reach), *said]


def _looked_up(around: Surroundings, candidate: Candidate, spans: list[Span]) -> list[Atom]:
    """Evidence of lexicon, held-out strings, sources, tagger and corpus."""
    text, found, first = around.text, around.found, spans[0]
    labels = sorted({label for span in spans for label in found.lexicon.get(span, ())})
    out: list[Atom] = [("lexicon", label) for label in labels or ["none"]]
    if len(labels) > 1:
        out.append(("lexicon", "+".join(labels)))
    if (surface := text.surface(*first)) in _not_names():
        out.append(("source", "not a name: " + _not_names()[surface]))
    out += [("source", source) for source in sorted(candidate.sources)]
    for span in spans[:8]:
        if span in found.tags:
            label, margin = found.tags[span]
            out += [("tag", label), ("tag", f"{label}{min(int(margin), 6)}")]
    edges = ("s" if first[0] in around.chunk_starts else "-") + ("e" if first[1] in around.chunk_ends else "-")
    strength = max(w.strength for w in text.words[first[0]:first[1]])
    for label in labels:
        out += [("lexframe", f"{label}{strength}{min(len(spans), 3)}"), ("lexframe", label + edges),
                ("lexframe", label + ("t" if first in found.tags else "-"))]
    out.append(known(around.names, candidate.key, candidate.forms))
    return out


def _spread(text: Text, candidate: Candidate, spans: list[Span]) -> list[Atom]:
    """Evidence of where and how often a candidate stands."""
    first, words = spans[0], text.words
    in_title = text.starts[first[0]] < text.title_end
    sentences = {text.sentence[s] for s, _ in spans}
    strength = max(w.strength for w in words[first[0]:first[1]])
    colon = first[0] == 0 and _word_at(text, first[1]).text == ":"
    spread = ("t" if in_title else "-") + ("a" if text.starts[spans[-1][0]] >= text.title_end else "-")
    paired = "p" if "paired" in candidate.sources else "-"
    last = text.sentence[-1] + 1
    return [("title", ("t" if in_title else "-") + ("0" if first[0] == 0 else "")),
            ("count", str(min(len(spans), 5))), ("spread", f"{spread}{strength}"),
            ("spread", f"{spread}{strength}{min(first[1] - first[0], 4)}{colon:d}"),
            ("spread", f"{paired}{strength}{min(len(spans), 3)}"),
            ("place", ("t" if in_title else "") + str(4 * min(sentences - {0} or {0}) // last)),
            ("place", f"z{4 * max(sentences) // last}")]


def margins_of(found: Found, candidates: list[Candidate]) -> list[list[int]] | None:
    """Give the tagger's best mean margin over "outside" of each candidate and label, rounded; None without a tagger."""
    if found.tagged is None or not len(found.tagged.scores) or not candidates:
        return None
    scores = found.tagged.scores
    over = np.maximum(scores[:, 1::2], scores[:, 2::2]) - scores[:, :1]  # O first, then B and I of each label
    sums = np.vstack([np.zeros((1, over.shape[1]), np.float32), over.cumsum(axis=0)])
    spans = [span for c in candidates for span in c.spans[:_MOST]]
    begins = np.cumsum([0, *(min(len(c.spans), _MOST) for c in candidates)])[:-1]
    some = np.array(spans)
    means: Any = (sums[some[:, 1]] - sums[some[:, 0]]) / (some[:, 1:] - some[:, :1])
    best: list[list[int]] = np.clip(np.rint(np.maximum.reduceat(means, begins, axis=0)), -5, 6).astype(int).tolist()
    return best


def hopeless(text: Text, found: Found, candidate: Candidate, margins: list[int]) -> bool:
    """Say whether nothing but its words speaks for a candidate, and the tagger is against it."""
    return (max(margins) <= LEAST_MARGIN and not candidate.sources and candidate.spans[0] not in found.lexicon
            and max(w.strength for w in text.words[slice(*candidate.spans[0])]) < 2)


LEAST_MARGIN = -1


def unspoken(around: Surroundings, candidate: Candidate) -> bool:
    """Say whether a candidate can be left unjudged: no source, lexicon match or tag, and no frame at its edges.

    With a frame it is still left out where the corpus knows its name and it does not first stand in the title. What
    this costs and saves is in `docs/quality.md`.
    """
    if candidate.sources or not around.spoken.isdisjoint(candidate.spans):
        return False
    starts, ends = around.votes
    if all(start not in starts and end not in ends for start, end in candidate.spans):
        return True
    first = min(candidate.spans)[0]
    return candidate.key in around.names and around.text.starts[first] >= around.text.title_end


def gather(around: Surroundings, candidate: Candidate, margins: list[int] | None) -> list[Atom]:
    """Gather the evidence about one candidate, each atom once, in a fixed order."""
    text, spans = around.text, sorted(candidate.spans)
    out: list[Atom] = [("bias", "")]
    forms = list(candidate.forms.values()) or [spans[0]]
    out += [("form", *[w.text for w in text.words[s:e]]) for s, e in forms[:3]]
    for span in spans[:_MOST]:
        out += _place(around, span)
    out += _looked_up(around, candidate, spans)
    if margins is not None:
        out += [("margin", f"{at}:{margin}") for at, margin in enumerate(margins)]
    out += _spread(text, candidate, spans)
    return list(dict.fromkeys(out))
