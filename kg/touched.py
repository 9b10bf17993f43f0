"""What changed papers touch: the blocks of names that they are tied to, settled anew, and who is who after that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from extractors.records import Paper
from kg.assembly.share import Seen
from kg.identity.blocks import ties
from kg.identity.files import State
from kg.identity.identify import Identity, Rest, Settled, identify, settle
from kg.identity.rows import lexicon_rows
from kg.identity.sightings import Sighting
from kg.memory import KeptBlock, Memory, read_sightings

__all__ = ["Touched", "identify_touched"]


class Touched(NamedTuple):
    """The blocks that were settled anew, those that stay as they were, and who is who in all of them."""

    settled: Settled
    stay: list[KeptBlock]
    identity: Identity


def identify_touched(memory: Memory, came: Sequence[Seen], went: Sequence[Seen], paper_of: Callable[[str], Paper],
                     state: State) -> Touched:
    """Settle the blocks of papers that come or go, and all that decisions concern; then name all things.

    A paper that changed both goes and comes. Where naming gives a thing of another block another IRI, or a decision
    turns out to concern it, that block is settled anew too.
    """
    rows, changed = lexicon_rows(), {one.paper for one in chain(came, went)}
    new = [s for one in came for s in one.sightings]
    touched = _touched(memory, chain(new, (s for one in went for s in one.sightings)))
    while True:
        stay = [block for at, block in enumerate(memory.blocks) if at not in touched]
        held = (s for at in touched for s in read_sightings(memory.blocks[at]) if s.paper not in changed)
        settled = settle(chain(held, new), paper_of, rows)
        rest = Rest([t for b in stay for t in b.things], [d for b in stay for d in b.doubts])
        identity = identify(settled, rest, rows=rows, registry=state.registry, decisions=state.decisions)
        other = {at for at, block in enumerate(memory.blocks) if at not in touched and _is_other(block, identity)}
        if not other:
            return Touched(settled, stay, identity)
        touched |= other


def _touched(memory: Memory, sightings: Iterable[Sighting]) -> set[int]:
    """Find the blocks that sightings are tied to, or that decisions concerned so far."""
    rows = lexicon_rows()
    home = {tie: at for at, block in enumerate(memory.blocks) for tie in block.ties}
    touched = {home[tie] for s in sightings for tie in ties(s, rows) if tie in home}
    if memory.concerned:
        touched |= {at for at, block in enumerate(memory.blocks)
                    if any(t.signature in memory.concerned for t in block.things)}
    return touched


def _is_other(block: KeptBlock, identity: Identity) -> bool:
    """Say whether a thing of a block has another IRI than before, or is named by a decision."""
    return any(identity.iris[t.signature] != iri or t.signature in identity.concerned
               for t, iri in zip(block.things, block.iris, strict=True))
