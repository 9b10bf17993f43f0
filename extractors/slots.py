"""Turn atoms of evidence into row numbers of the weight table, each atom once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from extractors.expand import Atom, Signal, Words, spell

__all__ = ["Slots"]

_KEPT = 300_000  # atoms whose rows are kept


class Slots:
    """Row numbers of signals, by slot and value; signals that training never saw have none."""

    def __init__(self, rows: Mapping[str, Mapping[str, int]], words: Words) -> None:
        """Start from the known rows; `words` is the table that atoms are spelled out with."""
        self.known, self.words = rows, words
        self._rows: dict[Atom, tuple[int, ...]] = {}

    def say(self, atom: Atom) -> list[Signal]:
        """Give the signals that an atom stands for."""
        return spell(atom, self.words)

    def row(self, signal: Signal) -> int | None:
        """Give the row of one signal."""
        return self.known.get(signal[0], {}).get(signal[1])

    def rows(self, atoms: Iterable[Atom]) -> list[int]:
        """Give the rows of what atoms say, one after another."""
        kept = self._rows
        out: list[int] = []
        for atom in atoms:
            rows = kept.get(atom)
            if rows is None:
                rows = tuple([row for slot, value in self.say(atom) if (row := self.known.get(slot, {}).get(value))])
                if len(kept) >= _KEPT:
                    kept.clear()
                kept[atom] = rows
            out += rows
        return out
