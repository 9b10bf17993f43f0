"""The lexicon rows that identity uses: names, aliases, parents and external ids, by class and key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from extractors.lexicon_rows import EXTERNAL, Cells, read_cells, shipped_lexicons, split_cell
from kg.errors import DataError
from kg.identity.normal import class_of, is_long, key_of, stems, tokens

__all__ = ["Row", "Rows", "index_rows", "lexicon_rows", "read_rows"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a lexicon file: a thing that is known by name."""

    type: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    versions_of: tuple[str, ...] = ()
    parts_of: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    higher_is_better: bool | None = None
    file: str = ""

    @property
    def cls(self) -> str:
        """The class of names that the row belongs to."""
        return class_of(self.type)

    @property
    def id(self) -> str:
        """What tells the row from all others."""
        return f"{self.cls}|{key_of(self.name, self.cls)}"

    @property
    def longs(self) -> tuple[str, ...]:
        """The names of the row that spell it out."""
        return tuple(n for n in (self.name, *self.aliases) if is_long(n))


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows, by id, and the ids that a key of a class may mean."""

    by_id: Mapping[str, Row] = field(default_factory=dict)
    by_key: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


def read_rows(path: Path) -> list[Row]:
    """Read a lexicon file. DataError says what is wrong with it."""
    try:
        return [_row(cells, path.name) for _, cells in read_cells(path)]
    except ValueError as error:
        raise DataError(str(error)) from error


def _row(cells: Cells, file: str) -> Row:
    """Make a row of its cells."""
    parents = [p.partition(":") for p in split_cell(cells["parent"])]
    external = [value.partition(":") for value in split_cell(cells["sameas"])]
    return Row(
        cells["type"], cells["name"], split_cell(cells["aliases"]), cells["kind"] or None,
        tuple(name for sort, _, name in parents if sort == "version"),
        tuple(name for sort, _, name in parents if sort == "part"),
        tuple(EXTERNAL[scheme] + rest for scheme, _, rest in external),
        {"higher": True, "lower": False}.get(cells["better"]), file)


def _merged(one: Row, other: Row) -> Row:
    """Join two rows of one thing; where they differ the first holds."""
    def both(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a + b))
    better = one.higher_is_better if one.higher_is_better is not None else other.higher_is_better
    return Row(one.type, one.name, both(one.aliases, (other.name, *other.aliases)), one.kind or other.kind,
               both(one.versions_of, other.versions_of), both(one.parts_of, other.parts_of),
               both(one.same_as, other.same_as), better, one.file)


def index_rows(rows: Iterable[Row]) -> Rows:
    """Index rows by id and by key; rows are one thing where the name of one is a name or an alias of the other."""
    given = sorted(rows, key=lambda r: (r.file, r.type, r.name))
    home: dict[tuple[str, str], str] = {}
    by_id: dict[str, Row] = {}
    for row in given:
        key = (row.cls, key_of(row.name, row.cls))
        target = home.setdefault(key, row.id)
        by_id[target] = _merged(by_id[target], row) if target in by_id else row
    moved: dict[str, str] = {}
    for row_id in list(by_id):
        for alias in by_id[row_id].aliases if row_id in by_id else ():
            row = by_id[row_id]
            other = home.get((row.cls, key_of(alias, row.cls)))
            while other in moved:
                other = moved[other]
            if other and other != row_id and _whole(alias, row.cls):
                by_id[row_id] = _merged(row, by_id.pop(other))
                moved[other] = row_id
    keys: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row_id, row in by_id.items():
        for name in (row.name, *row.aliases):
            key = (row.cls, key_of(name, row.cls))
            if _whole(name, row.cls) or key not in home:
                keys[key].append(row_id)
    return Rows(by_id, {k: tuple(dict.fromkeys(v)) for k, v in keys.items() if k[1]})


def _whole(name: str, cls: str) -> bool:
    """Say whether the key of a name has all its words: "SAM optimizer" is not all of what SAM may be."""
    return len(tokens(name)) == len(stems(name, cls))


@lru_cache(maxsize=1)
def lexicon_rows() -> Rows:
    """Read and index the lexicons that come with the extractors, and the rows that only identity needs, once."""
    paths = [*shipped_lexicons(), Path(__file__).with_name("known.tsv")]
    return index_rows(row for path in paths for row in read_rows(path))
