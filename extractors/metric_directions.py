"""Know which metrics are better higher, and which are shares of one that papers print as percentages.

The lexicons say of the metrics that they name which way is better (column `better`); of others the last words of the
name say it (`frames/metric_heads.tsv`), as they say what is a share: accuracy of 51.5 is 51.5 %.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from extractors.tables import read_tsv

__all__ = ["fold_metric", "is_better_higher", "is_share", "metric_directions"]


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


@cache
def _heads() -> tuple[tuple[re.Pattern[str], bool, bool], ...]:
    return tuple((re.compile(rf"(?:^|.*[\s(/-])(?:{row['head']})s?\)?"), row["better"] == "higher", bool(row["share"]))
                 for row in read_tsv("frames/metric_heads.tsv"))


@lru_cache(maxsize=1 << 14)
def _head(name: str) -> tuple[bool, bool] | None:
    """Give what the last words of a metric's name say: whether higher is better, whether it is a share."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return next(((higher, share) for head, higher, share in _heads() if head.fullmatch(plain)), None)


def is_share(name: str) -> bool:
    """Say whether a metric is a share of one by its name."""
    head = _head(name)
    return head is not None and head[1]


def is_better_higher(name: str, directions: Mapping[str, bool]) -> bool | None:
    """Say whether higher is better: by `directions` (folded name), else by the last words of the name."""
    known = directions.get(fold_metric(name))
    head = _head(name) if known is None else None
    return known if head is None else head[0]
