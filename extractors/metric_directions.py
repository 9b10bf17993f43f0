"""Load which metrics are better higher, from the column `better` of the metric lexicons."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

from extractors.tables import read_tsv

__all__ = ["fold_metric", "metric_directions"]


def fold_metric(name: str) -> str:
    """Fold a metric's name to what lookups compare: case, accents, punctuation and a plural s go."""
    folded = "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum() or c in "+^@")
    return folded[:-1] if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss") else folded


@cache
def metric_directions() -> dict[str, bool]:
    """Give whether higher is better for the folded names and aliases of the metric lexicons."""
    out: dict[str, bool] = {}
    lexicons = files("extractors").joinpath("lexicons")
    names = sorted(f.name for f in lexicons.iterdir() if f.name.startswith("metrics") and f.name.endswith(".tsv"))
    for row in (row for name in names for row in read_tsv(f"lexicons/{name}")):
        if row["better"] in ("higher", "lower"):
            for surface in (row["name"], *filter(None, row["aliases"].split("|"))):
                out.setdefault(fold_metric(surface), row["better"] == "higher")
    return out
