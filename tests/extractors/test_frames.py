"""Every frame fires on its own example and not on its counter-example."""

import pytest

from extractors.frames import Frame, read_frames, vote
from extractors.text import read_text


def _fired(frame: Frame, raw: str) -> list[int]:
    """Give the characters where a name starts, or ends, by this frame."""
    title = len(raw) if frame.id == "title-name" else 0
    text = read_text(raw, title)
    starts, ends = vote(text)
    if frame.right:
        return [text.starts[token] for token, ids in starts.items() if frame.id in ids]
    return [text.ends[token - 1] for token, ids in ends.items() if frame.id in ids]


@pytest.mark.parametrize("frame", read_frames(), ids=lambda frame: frame.id)
def test_frame(frame: Frame) -> None:
    start, end = frame.match.index("["), frame.match.index("]") - 1
    raw = frame.match.replace("[", "").replace("]", "")
    assert (start if frame.right else end) in _fired(frame, raw)
    assert _fired(frame, frame.no) == []


def test_ids_are_unique_and_sorted() -> None:
    ids = [frame.id for frame in read_frames()]
    assert ids == sorted(set(ids))
