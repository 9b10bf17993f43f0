"""What a metric's name says of its scores."""

import pytest

from extractors.metric_directions import _head, is_better_higher, is_share, metric_directions
from extractors.tables import read_tsv


@pytest.mark.parametrize("row", read_tsv("frames/metric_heads.tsv"), ids=lambda row: row["head"])
def test_each_head_takes_its_example_and_leaves_the_other(row: dict[str, str]) -> None:
    assert _head(row["match"]) == (row["better"] == "higher", bool(row["share"]))
    assert _head(row["miss"]) is None


@pytest.mark.parametrize(("name", "higher", "share"), [
    ("accuracy", True, True), ("16-shot accuracy", True, True), ("test error", False, False), ("mIoU", True, True),
    ("Recall@10", True, True), ("word error rate (WER)", False, True), ("FID", False, False),
    ("colour", None, False), ("accuracy loss", False, False),
])
def test_direction_and_share(name: str, higher: bool | None, share: bool) -> None:
    assert (is_better_higher(name, metric_directions()), is_share(name)) == (higher, share)
