"""Try cue-gated patterns: each says that what starts (or ends) at a place is named in a certain way.

A frame is a line of `frames/frames.jsonl`: `id`, `label` (what it votes for), `cue` (words where it is tried),
`side` (`right`: a name starts where the match ends; `left`: a name ends before the cue), `pattern` (a regular
expression tried at the cue), `match` and `no` (a text where it must fire on the bracketed name, one where it must
not fire). Patterns are tried only where a cue stands, so that their number costs little.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

from extractors.tables import read_lines_of
from extractors.text import Text

__all__ = ["Frame", "Votes", "frames_by_cue", "read_frames", "vote"]

Votes = tuple[dict[int, list[str]], dict[int, list[str]]]  # token → frames of names that start, end there


@dataclass(frozen=True, slots=True)
class Frame:
    """One pattern and what it says."""

    id: str
    label: str
    cue: tuple[str, ...]
    right: bool
    pattern: re.Pattern[str]
    match: str
    no: str


def read_frames() -> tuple[Frame, ...]:
    """Read the frames that ship with the package."""
    rows = map(json.loads, read_lines_of("frames/frames.jsonl"))
    return tuple(Frame(r["id"], r["label"], tuple(r["cue"]), r["side"] == "right",
                       re.compile(r["pattern"], 0 if "(?=[A-Z" in r["pattern"] else re.I),
                       r["match"], r["no"]) for r in rows)


@cache
def frames_by_cue() -> dict[str, tuple[Frame, ...]]:
    """Give the frames to try at each cue word."""
    out: dict[str, list[Frame]] = {}
    for frame in read_frames():
        for cue in frame.cue:
            out.setdefault(cue, []).append(frame)
    return {cue: tuple(found) for cue, found in out.items()}


def _title(text: Text, starts: dict[int, list[str]]) -> None:
    """Vote for the name before the colon of a title."""
    colon = text.view.find(":", 0, min(text.title_end, 60))
    if colon > 0 and text.view[:colon].count(" ") <= 3:
        starts.setdefault(0, []).append("title-name")


def vote(text: Text) -> Votes:
    """Try every frame at its cues: token → ids of the frames that say that a name starts, or ends, there."""
    by_cue, starts, ends = frames_by_cue(), {}, {}  # type: tuple[dict[str, tuple[Frame, ...]], dict[int, list[str]], dict[int, list[str]]]
    view, offsets, at_start = text.view, text.starts, text.at_start
    _title(text, starts)
    for k, word in enumerate(text.words):
        frames = by_cue.get(word.lower)
        if frames is None:
            continue
        for frame in frames:
            match = frame.pattern.match(view, offsets[k])
            if match is None:
                continue
            if not frame.right:
                if k:
                    ends.setdefault(k, []).append(frame.id)
            else:
                at = match.end()
                token = at_start.get(at)
                if token is not None:
                    starts.setdefault(token, []).append(frame.id)
    return starts, ends
