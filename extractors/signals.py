"""Say what speaks for and against a candidate: words, shape, neighbours, lexicon, frames, place, repetition.

A signal is a slot and a value (`head=detection`, `left=on`, `frame=x-dataset`). A `Slots` object turns signals
into row numbers of the weight table; rows of signals that training never saw are 0.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.candidates import Candidate, Found, Span
from extractors.frames import Votes
from extractors.tables import read_tsv
from extractors.text import Text, Word, word_of

__all__ = ["SLOTS", "Slots", "Surroundings", "gather", "surroundings"]

SLOTS = ("bias", "head", "first", "word", "suffix", "shape", "units", "left", "left2", "leftpair", "right", "right2",
         "rightpair", "frame", "lexicon", "cover", "part", "place", "count", "source", "chunk", "tag", "tagcover",
         "near", "strong", "lexframe", "shapeframe", "coord", "corpus", "title", "sentence", "headright", "lexleft")
_MOST = 4  # mentions looked at


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

    __slots__ = ("begins", "chunk_ends", "chunk_starts", "cues", "ends", "found", "lexcover", "tagcover", "text", "votes")

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
                self.tagcover.setdefault(token, []).append((span, tags[0][0]))
        self.cues = _cues(text)


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
    for frame in around.votes[0].get(start, ()):
        out += [("frame", frame), ("shapeframe", frame + strong)]
    for frame in around.votes[1].get(end, ()):
        out += [("frame", frame), ("shapeframe", frame + strong)]
    return out + _covers(around, span) + _near(around, span)


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
    for source in candidate.sources:
        out["source", source] = None
    for span in spans[:8]:
        for label, score in around.found.tags.get(span, ()):
            out["tag", f"{label}{int(score * 5)}"] = None
    first = spans[0]
    in_title = text.starts[first[0]] < text.title_end
    sentences = {text.sentence[s] for s, _ in spans}
    out["title", ("t" if in_title else "-") + ("0" if first[0] == 0 else "")] = None
    out["count", str(min(len(spans), 5))] = None
    last = max(1, text.sentence[-1])
    out["place", ("t" if in_title else "") + str(4 * min(sentences - {0} or {0}) // (last + 1))] = None
    out["place", "z" + str(4 * max(sentences) // (last + 1))] = None
    return list(out)
