"""Spell out what an atom of evidence says: the signals of a word, of a pair of neighbours, of a frame.

An atom is a tuple whose first part names how it is spelled out; what it says depends on its parts alone, so that
its row numbers are worked out once and kept. A signal is a slot and a value: `head=detection`, `left=on`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extractors.word_table import WordStats
from extractors.words import word_of

__all__ = ["Atom", "Signal", "Words", "spell"]

Atom = tuple[str, ...]
Signal = tuple[str, str]
Words = Mapping[str, WordStats]


def _kin(table: Words, slot: str, text: str) -> list[Signal]:
    """Signals of the company that a word keeps in the corpus."""
    stats = table.get(text) or table.get(text.lower())
    if stats is None:
        return [("kin", slot + "?")]
    return [("kin", f"{slot}f{stats.fine}"), ("kin", f"{slot}m{stats.middle}"),
            ("kin", f"{slot}n{stats.seen.bit_length()}"), ("kin", f"{slot}l{stats.lower}")]


def _form(table: Words, *texts: str) -> list[Signal]:
    """Signals of the words of a form."""
    words = [word_of(text) for text in texts]
    head = words[-1].lower
    strong = max(w.strength for w in words)
    out = [("head", head), ("first", words[0].lower), ("suffix", head[-3:]),
           ("shape", " ".join(w.shape for w in words[:5])), ("units", str(min(len(words), 7))),
           ("strong", f"{strong}{min(len(words), 3)}")]
    out += _kin(table, "h", texts[-1]) + _kin(table, "f", texts[0])
    if len(words) > 1:
        out += [("word", w.lower) for w in words if w.fold]
        out.append(("head", words[-2].lower + " " + head))
    return out


def _side(table: Words, slot: str, near: str, far: str) -> list[Signal]:
    """Signals of the two words beside a mention."""
    out = [(slot, near), (slot + "2", far), (slot + "pair", f"{near} {far}")]
    stats = table.get(near)
    return [*out, (slot + "kin", f"m{stats.middle}"), (slot + "kin", f"f{stats.fine}")] if stats else out


def _frame(_: Words, frame: str, strong: str) -> list[Signal]:
    return [("frame", frame), ("shapeframe", frame + strong)]


def _near(_: Words, before: str, after: str) -> list[Signal]:
    return [("near", "b:" + before), ("near", "a:" + after), ("near", before + "/" + after)]


def _governed(_: Words, word: str, kind: str, reach: str) -> list[Signal]:
    return [("governed", word), ("governed", kind + reach)]


def _corpus(_: Words, *buckets: str) -> list[Signal]:
    return [("corpus", f"{at}:{bucket}") for at, bucket in enumerate(buckets)]


_SPELL: dict[str, Callable[..., list[Signal]]] = {
    "form": _form, "beside": _side, "voted": _frame, "around": _near, "known": _corpus, "governed": _governed,
}


def spell(atom: Atom, words: Words) -> list[Signal]:
    """Give the signals that an atom stands for, given the table of words; one without a way of its own is a signal."""
    how = _SPELL.get(atom[0])
    return how(words, *atom[1:]) if how else [(atom[0], atom[1])]
