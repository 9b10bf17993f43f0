"""What an atlas keeps to be brought up to date: a line a paper and a line a block of names, and what made them.

`papers.jsonl` holds the shares of papers, `sightings.jsonl` and `blocks.jsonl`, line by line, the sightings of blocks
and what they came to. The first line of `papers.jsonl` names the code and word lists that all this rests on, and the
sizes of the files that it goes with; where any of these is another, the atlas is assembled anew from its records.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import orjson

from kg.assembly.share import Share, read_share
from kg.atlas import EDGES, NODES, RECORDS
from kg.identity.blocks import Block
from kg.identity.files import LEDGER, REGISTRY
from kg.identity.identify import Identity, Settled
from kg.identity.normal import class_of
from kg.identity.senses import Doubt
from kg.identity.sightings import Sighting
from kg.identity.things import Thing, thing_from_json, thing_to_json

__all__ = ["MEMORY", "BlockLines", "KeptBlock", "KeptPaper", "Memory", "block_lines", "read_memory", "read_sightings",
           "write_memory"]

MEMORY, BLOCKS, SIGHTINGS = "papers.jsonl", "blocks.jsonl", "sightings.jsonl"
_BESIDE = (RECORDS, NODES, EDGES, REGISTRY, LEDGER, BLOCKS, SIGHTINGS)
_MADE_BY = ("kg/identity", "kg/assembly", "extractors")  # whose files decide what the lines say


class KeptPaper(NamedTuple):
    """A paper, the id that its node asks for, what it adds, and the line that says so."""

    paper: str
    address: str
    share: Share
    line: bytes


class BlockLines(NamedTuple):
    """The name of a block and its lines in the two files."""

    name: str
    block: bytes
    sightings: bytes


class KeptBlock(NamedTuple):
    """What a block came to: its ties, the IRIs of its things, these, its doubts; and the lines that say so."""

    ties: list[str]
    iris: list[str]
    things: list[Thing]
    doubts: list[Doubt]
    lines: BlockLines


class Memory(NamedTuple):
    """All that is kept; `concerned` are the concepts that decisions named."""

    papers: dict[str, KeptPaper]
    blocks: list[KeptBlock]
    concerned: frozenset[str]


def write_memory(folder: Path, papers: Iterable[bytes], blocks: Iterable[BlockLines], identity: Identity) -> None:
    """Write lines that are made, after all other files; blocks in the order of their names."""
    with (folder / BLOCKS).open("wb") as file, (folder / SIGHTINGS).open("wb") as beside:
        for lines in blocks:
            file.write(lines.block)
            beside.write(lines.sightings)
    with (folder / MEMORY).open("wb") as file:
        head = {**_head(folder), "concerned": sorted(identity.concerned)}
        file.write(orjson.dumps(head, option=orjson.OPT_APPEND_NEWLINE))
        file.writelines(papers)


def read_memory(folder: Path) -> Memory | None:
    """Read what is kept; None where there is nothing, or it was made by other code or for other files."""
    try:
        with (folder / MEMORY).open("rb") as file:
            head = orjson.loads(file.readline())
            concerned = frozenset(head.pop("concerned"))
            if head != _head(folder):
                return None
            papers = [KeptPaper(*read_share(line), line) for line in file]
        with (folder / BLOCKS).open("rb") as file, (folder / SIGHTINGS).open("rb") as beside:
            blocks = [_read_block(line, seen) for line, seen in zip(file, beside, strict=True)]
        return Memory({p.paper: p for p in papers}, blocks, concerned)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def block_lines(settled: Settled, identity: Identity) -> Iterator[BlockLines]:
    """Write what settled blocks came to, before decisions."""
    doubts: dict[str, dict[tuple[str, str, str], list[Doubt]]] = defaultdict(lambda: defaultdict(list))
    for d in settled.assignment.doubts:
        doubts[d.one][d.one, d.other, d.reason].append(d)
    for block in settled.blocks:
        signatures = sorted({settled.assignment.concept[s.paper, s.place] for s in block.sightings})
        things = [thing_to_json(settled.clusters[s].thing()) for s in signatures]
        said = [_joined(same) for s in signatures if s in doubts for _, same in sorted(doubts[s].items())]
        line = [block.ties, [identity.iris[s] for s in signatures], things, said]
        yield BlockLines(block.ties[0], orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE), _sightings_line(block))


def _joined(doubts: list[Doubt]) -> tuple[str, str, float, list[str], str]:
    """Write doubts of one pair and reason as one."""
    papers = sorted({paper for d in doubts for paper in d.papers})
    return doubts[0].one, doubts[0].other, max(d.score for d in doubts), papers, doubts[0].reason


def _read_block(line: bytes, seen: bytes) -> KeptBlock:
    ties, iris, things, doubts = orjson.loads(line)
    return KeptBlock(ties, iris, [thing_from_json(t) for t in things], [Doubt(*d) for d in doubts],
                     BlockLines(ties[0], line, seen))


def _sightings_line(block: Block) -> bytes:
    rows = [(s.paper, s.place, s.type, s.name, s.kind, s.proposed, s.key, s.shorts, s.longs, s.surfaces)
            for s in block.sightings]
    return orjson.dumps(rows, option=orjson.OPT_APPEND_NEWLINE)


def read_sightings(block: KeptBlock) -> list[Sighting]:
    """Read the sightings of a block."""
    rows = orjson.loads(block.lines.sightings)
    return [Sighting(paper, i, class_of(kind), kind, name, sort, proposed, key, tuple(shorts), tuple(longs),
                     tuple(surfaces)) for paper, i, kind, name, sort, proposed, key, shorts, longs, surfaces in rows]


def _head(folder: Path) -> dict[str, object]:
    return {"made_by": _fingerprint(), **{name: (folder / name).stat().st_size for name in _BESIDE}}


@lru_cache(maxsize=1)
def _fingerprint() -> str:
    """Hash the code and the word lists that identity and assembly rest on."""
    import extractors

    root, found = Path(__file__).parents[1], hashlib.sha256()
    folders = [Path(extractors.__file__).parent if name == "extractors" else root / name for name in _MADE_BY]
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".py", ".tsv", ".txt")):
            found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]
