"""British spelling is read as American."""

import pytest

from extractors.spelling import american
from extractors.tables import read_tsv


@pytest.mark.parametrize("row", read_tsv("frames/spellings.tsv"), ids=lambda row: row["british"])
def test_each_row_respells_its_example_and_leaves_the_other(row: dict[str, str]) -> None:
    old, new = row["british"].lstrip("-"), row["american"].lstrip("-")
    assert american(f"a {row['match']} b") == f"a {row['match'].replace(old, new)} b" != f"a {row['match']} b"
    assert american(row["miss"]) == row["miss"]


@pytest.mark.parametrize(("text", "same"), [
    ("unsupervised localisation of neighbours", "unsupervised localization of neighbors"),
    ("relocalisation", "relocalization"), ("analyses of noises", "analyses of noises"), ("arise", "arise"),
])
def test_only_what_is_british_changes(text: str, same: str) -> None:
    assert american(text) == same
