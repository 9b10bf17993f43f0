"""What an atlas keeps to be brought up to date: a line for each paper in `papers.jsonl`, and what made them.

The first line names the code and word lists that read the papers, and the sizes of the files that the lines go with;
where any of these is another, the lines are not used and the atlas is assembled anew from its records.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import orjson

from kg.assembly.share import Seen, Share, read_share, write_share
from kg.atlas import EDGES, NODES, RECORDS

__all__ = ["MEMORY", "Kept", "read_memory", "write_kept", "write_memory"]

MEMORY = "papers.jsonl"
_MADE_BY = ("kg/identity", "kg/assembly", "extractors")  # whose files decide what the lines say
Kept = tuple[Seen, Share, bytes]  # a paper, what it adds, and the line that says so


def write_memory(folder: Path, papers: Iterable[tuple[Seen, Share]]) -> None:
    """Write what to keep of the papers of an atlas, after its records, nodes and edges."""
    write_kept(folder, (write_share(seen, share) for seen, share in papers))


def write_kept(folder: Path, lines: Iterable[bytes]) -> None:
    """Write lines that are made."""
    with (folder / MEMORY).open("wb") as file:
        file.write(orjson.dumps(_head(folder), option=orjson.OPT_APPEND_NEWLINE))
        file.writelines(lines)


def read_memory(folder: Path) -> list[Kept] | None:
    """Read what is kept; None where there is nothing, or it was made by other code or for other files."""
    try:
        with (folder / MEMORY).open("rb") as file:
            if orjson.loads(file.readline()) != _head(folder):
                return None
            return [(*read_share(line), line) for line in file]
    except (OSError, ValueError, TypeError):
        return None


def _head(folder: Path) -> dict[str, object]:
    return {"made_by": _fingerprint(), **{name: (folder / name).stat().st_size for name in (RECORDS, NODES, EDGES)}}


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
