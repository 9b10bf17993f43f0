"""Say what speaks for and against a candidate: words, shape, neighbours, lexicon, frames, place, repetition.

A signal is a slot and a value (`head=detection`, `left=on`, `frame=x-dataset`). A `Slots` object turns signals
into row numbers of the weight table; rows of signals that training never saw are 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np

from extractors.candidates import Candidate, Found, Span
from extractors.frames import Votes
from extractors.tables import read_tsv
from extractors.text import Text, Word, word_of
from extractors.word_table import load_words

__all__ = ["SLOTS", "Slots", "Surroundings", "gather", "surroundings"]

SLOTS = ("bias", "head", "first", "word", "suffix", "shape", "units", "left", "left2", "leftpair", "right", "right2",
         "rightpair", "frame", "lexicon", "cover", "part", "place", "count", "source", "chunk", "tag", "tagcover",
         "near", "strong", "lexframe", "shapeframe", "coord", "corpus", "title", "sentence", "headright", "lexleft",
         "kin", "leftkin", "rightkin", "margin", "spread", "isa")
_MOST = 4  # mentions looked at
_CLAUSE_ENDS = frozenset({".", "that", "which", "for", "to", "where", "with", "by", ",", "(", ";", "of", "in", "on", "using", "via"})
_LISTS = frozenset({",", "and", "or", "/", "&", "the", "both"})


class Slots(dict[str, dict[str, int]]):
    """Row numbers of signals, by slot and value; `grow` gives new signals a row (in training)."""

    def __init__(self, rows: dict[str, dict[str, int]] | None = None, *, grow: bool = False) -> None:
        """Start from known rows, or empty to grow; row 0 is nothing."""
        super().__init__({slot: dict((rows or {}).get(slot, {})) for slot in SLOTS})
        self.grow = grow
        self.size = 1 + sum(map(len, self.values()))

    def rows(self, signals: Iterable[tuple[str, str]]) -> list[int]:
        """Turn signals into row numbers."""
        if not self.grow:
            return [row for slot, value in signals if (row := self[slot].get(value))]
        out = []
        for slot, value in signals:
            table = self[slot]
            if value not in table:
                table[value] = self.size
                self.size += 1
            out.append(table[value])
        return out


class Surroundings:
    """What the signals of all candidates of one text share."""

    __slots__ = ("begins", "chunk_ends", "chunk_starts", "cues", "ends", "found", "label_ends", "label_starts", "lexcover", "margins", "tagcover", "text", "votes")

    def __init__(self, text: Text, found: Found, votes: Votes) -> None:
        """Index lexicon matches, tags, chunk edges and cues by token."""
        self.text, self.found, self.votes = text, found, votes
        self.chunk_starts = {s for s, _ in found.chunks}
        self.chunk_ends = {e for _, e in found.chunks}
        self.lexcover: dict[int, list[tuple[Span, str]]] = {}
        for span, labels in found.lexicon.items():
            for token in range(*span):
                self.lexcover.setdefault(token, []).append((span, "|".join(sorted(labels))))
        self.tagcover: dict[int, list[tuple[Span, str]]] = {}
        for span, tags in found.tags.items():
            for token in range(*span):
                self.tagcover.setdefault(token, []).append((span, tags[0]))
        self.cues = _cues(text)
        self.label_ends: dict[int, list[str]] = {}
        self.label_starts: dict[int, list[str]] = {}
        for span, labels in found.lexicon.items():
            said = ["lex " + "|".join(sorted(labels))]
            self.label_starts.setdefault(span[0], []).extend(said)
            self.label_ends.setdefault(span[1], []).extend(said)
        for span, (label, _) in found.tags.items():
            self.label_starts.setdefault(span[0], []).append("tag " + label)
            self.label_ends.setdefault(span[1], []).append("tag " + label)
        self.margins = _margins(found)


def _margins(found: Found) -> Any:
    """Sum the tagger's margins over "outside" from the left: (tokens + 1) × labels of entities."""
    if found.tagged is None or not len(found.tagged.scores):
        return None
    scores = found.tagged.scores
    best = np.maximum(scores[:, 1::2], scores[:, 2::2]) - scores[:, :1]  # O, then B and I of each label
    return np.vstack([np.zeros((1, best.shape[1]), np.float32), best.cumsum(axis=0)])


def _cue_classes() -> dict[str, str]:
    return {row["word"]: row["class"] for row in read_tsv("frames/cues.tsv")}


def _cues(text: Text) -> dict[int, list[tuple[int, str]]]:
    """Give the cue words of each sentence: sentence → (token, class)."""
    classes, out = _cue_classes(), {}  # type: tuple[dict[str, str], dict[int, list[tuple[int, str]]]]
    for k, word in enumerate(text.words):
        kind = classes.get(word.lower)
        if kind:
            out.setdefault(text.sentence[k], []).append((k, kind))
    return out


@cache
def _not_names() -> dict[str, str]:
    """Give the strings that look like names and are none, with the reason."""
    return {row["text"]: row["why"] for row in read_tsv("lexicons/not_names.tsv")}


def surroundings(text: Text, found: Found, votes: Votes) -> Surroundings:
    """Prepare the surroundings of a text's candidates."""
    return Surroundings(text, found, votes)


_EDGE = word_of("<edge>")


def _word_at(text: Text, token: int) -> Word:
    return text.words[token] if 0 <= token < len(text.words) else _EDGE


def _form(text: Text, span: Span) -> list[tuple[str, str]]:
    """Signals of the words of a form."""
    words = text.words[span[0]:span[1]]
    head = words[-1].lower
    shape = " ".join(w.shape for w in words[:5])
    out = [("head", head), ("first", words[0].lower), ("suffix", head[-3:]), ("shape", shape),
           ("units", str(min(len(words), 7))), ("strong", str(max(w.strength for w in words)) + str(min(len(words), 3)))]
    kin = load_words()
    for slot, word in (("h", words[-1]), ("f", words[0])):
        stats = kin.get(word.text) or kin.get(word.lower)
        if stats:
            out += [("kin", f"{slot}f{stats.fine}"), ("kin", f"{slot}m{stats.middle}"),
                    ("kin", f"{slot}n{min(stats.count, 1 << 20).bit_length()}"), ("kin", f"{slot}l{stats.lower}")]
        else:
            out.append(("kin", slot + "?"))
    if len(words) > 1:
        out += [("word", w.lower) for w in words if w.fold]
        out.append(("head", words[-2].lower + " " + head))
    return out


def _place(around: Surroundings, span: Span) -> list[tuple[str, str]]:
    """Signals of the neighbours of one mention."""
    text, (start, end) = around.text, span
    l1, l2 = _word_at(text, start - 1).lower, _word_at(text, start - 2).lower
    r1, r2 = _word_at(text, end).lower, _word_at(text, end + 1).lower
    strong = str(max(w.strength for w in text.words[start:end]))
    out = [("left", l1), ("left2", l2), ("leftpair", l2 + " " + l1), ("right", r1), ("right2", r2),
           ("rightpair", r1 + " " + r2), ("chunk", ("s" if start in around.chunk_starts else "-")
                                         + ("e" if end in around.chunk_ends else "-"))]
    kin = load_words()
    for slot, word in (("leftkin", l1), ("rightkin", r1)):
        stats = kin.get(word)
        if stats:
            out += [(slot, f"m{stats.middle}"), (slot, f"f{stats.fine}")]
    for frame in around.votes[0].get(start, ()):
        out += [("frame", frame), ("shapeframe", frame + strong)]
    for frame in around.votes[1].get(end, ()):
        out += [("frame", frame), ("shapeframe", frame + strong)]
    return out + _covers(around, span) + _near(around, span) + _coordinated(around, span) + _said_to_be(text, span)


def _covers(around: Surroundings, span: Span) -> list[tuple[str, str]]:
    """Signals of lexicon matches and tags that hold the mention, or that it holds."""
    out = []
    seen = set()
    for token in {span[0], span[1] - 1}:
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


def _coordinated(around: Surroundings, span: Span) -> list[tuple[str, str]]:
    """Signals of what stands beside the mention in a list: what the lexicon and the tagger call it."""
    text, (start, end) = around.text, span
    out = []
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


def _said_to_be(text: Text, span: Span) -> list[tuple[str, str]]:
    """Signals of what the text calls the mention: `X, a new dataset`, `X: A Benchmark`, `the framework, X`."""
    kinds, words, out = _kinds(), text.words, []
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


def _near(around: Surroundings, span: Span) -> list[tuple[str, str]]:
    """Signals of the cue words nearest before and after in the sentence."""
    before = after = "none"
    sentence = around.text.sentence[span[0]]
    for token, kind in around.cues.get(sentence, ()):
        if token < span[0]:
            before = kind
        elif token >= span[1] and after == "none":
            after = kind
            break
    return [("near", "b:" + before), ("near", "a:" + after), ("near", before + "/" + after)]


def gather(around: Surroundings, candidate: Candidate) -> list[tuple[str, str]]:
    """Gather the signals of one candidate, each once, in a fixed order."""
    text = around.text
    spans = sorted(candidate.spans)
    out: dict[tuple[str, str], None] = {("bias", ""): None}
    forms = list(candidate.forms.values()) or [spans[0]]
    for span in forms[:3]:
        out.update(dict.fromkeys(_form(text, span)))
    for span in spans[:_MOST]:
        out.update(dict.fromkeys(_place(around, span)))
    labels = sorted({label for span in spans for label in around.found.lexicon.get(span, ())})
    for label in labels or ["none"]:
        out["lexicon", label] = None
    if len(labels) > 1:
        out["lexicon", "+".join(labels)] = None
    why = _not_names().get(text.surface(*spans[0]))
    if why:
        out["source", "not a name: " + why] = None
    for source in sorted(candidate.sources):
        out["source", source] = None
    for span in spans[:8]:
        if span in around.found.tags:
            label, margin = around.found.tags[span]
            out["tag", label] = None
            out["tag", f"{label}{min(int(margin), 6)}"] = None
    if around.margins is not None:
        some = np.array(spans[:_MOST])
        sums = around.margins[some[:, 1]] - around.margins[some[:, 0]]
        best = (sums / (some[:, 1:] - some[:, :1])).max(axis=0).tolist()
        for at, margin in enumerate(best):
            out["margin", f"{at}:{max(-5, min(6, round(margin)))}"] = None
    first = spans[0]
    in_title = text.starts[first[0]] < text.title_end
    sentences = {text.sentence[s] for s, _ in spans}
    out["title", ("t" if in_title else "-") + ("0" if first[0] == 0 else "")] = None
    out["count", str(min(len(spans), 5))] = None
    strength = max(w.strength for w in text.words[first[0]:first[1]])
    spread = ("t" if in_title else "-") + ("a" if text.starts[spans[-1][0]] >= text.title_end else "-")
    colon = _word_at(text, first[1]).text == ":" and first[0] == 0
    units = min(first[1] - first[0], 4)
    out["spread", f"{spread}{strength}"] = None
    out["spread", f"{spread}{strength}{units}{colon:d}"] = None
    paired = "p" if "paired" in candidate.sources else "-"
    out["spread", f"{paired}{strength}{min(len(spans), 3)}"] = None
    for label in labels:
        out["lexframe", f"{label}{strength}{min(len(spans), 3)}"] = None
        out["lexframe", f"{label}{'t' if first in around.found.tags else '-'}"] = None
        out["lexframe", f"{label}{'s' if first[0] in around.chunk_starts else '-'}{'e' if first[1] in around.chunk_ends else '-'}"] = None
    last = max(1, text.sentence[-1])
    out["place", ("t" if in_title else "") + str(4 * min(sentences - {0} or {0}) // (last + 1))] = None
    out["place", "z" + str(4 * max(sentences) // (last + 1))] = None
    return list(out)
