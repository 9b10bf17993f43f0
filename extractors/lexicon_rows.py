"""Read the rows of a lexicon file and check them, once for all that uses them; what is wrong has its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from extractors.records import ENTITY_TYPES

__all__ = ["COLUMNS", "EXTERNAL", "Cells", "read_cells", "shipped_lexicons", "split_cell"]

COLUMNS = ("name", "aliases", "type", "kind", "case", "parent", "sameas", "better", "source")
EXTERNAL = {"arxiv": "https://arxiv.org/abs/", "hf": "https://huggingface.co/",
            "wikidata": "http://www.wikidata.org/entity/", "openalex": "https://openalex.org/"}
Cells = Mapping[str, str]  # column → what stands there; columns that the file lacks are empty
_KINDS = {"Method": ("named", "term"), "Metric": ("quality", "efficiency")}
_PARENTS = ("version", "part")
_BETTER = ("higher", "lower")


def shipped_lexicons() -> list[Path]:
    """Give the files of rows that the package has; `not_names.tsv` beside them lists what no row names."""
    paths = Path(__file__).with_name("lexicons").glob("*.tsv")
    return sorted(path for path in paths if path.name != "not_names.tsv")


def read_cells(path: Path) -> Iterator[tuple[str, Cells]]:
    """Read the rows of a lexicon, each with where it stands; ValueError says what is wrong with a file or a row."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise ValueError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8") from error
    header = [column.strip() for column in lines[0].split("\t")] if lines else []
    _refuse(f"{path}:1", _faults_of_header(header))
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            found = [cell.strip() for cell in line.split("\t")]
            cells = dict.fromkeys(COLUMNS, "") | dict(zip(header, found, strict=False))
            _refuse(f"{path}:{number}", _faults(cells, len(header), found))
            yield f"{path}:{number}", cells


def split_cell(cell: str) -> tuple[str, ...]:
    """Split a cell at its bars."""
    return tuple(filter(None, map(str.strip, cell.split("|"))))


def _refuse(where: str, faults: Iterator[str]) -> None:
    """Raise the first fault."""
    if fault := next(faults, None):
        raise ValueError(f"{where}: {fault}")


def _faults_of_header(header: list[str]) -> Iterator[str]:
    if not {"name", "type"} <= set(header):
        yield f"the header lacks name or type; the columns are {', '.join(COLUMNS)}"
    for at, column in enumerate(header):
        if column not in COLUMNS:
            yield f"unknown column {column!r}; the columns are {', '.join(COLUMNS)}"
        if column in header[:at]:
            yield f"two columns {column!r}; leave one out"


def _faults(cells: Cells, columns: int, found: list[str]) -> Iterator[str]:
    """Say what is wrong with a row."""
    if extra := list(filter(None, found[columns:])):
        yield f"{extra[0]!r} stands behind the last of {columns} columns; name its column in the header or leave it out"
    if not cells["name"]:
        yield "the name is empty; give the name of the thing in the first column"
    for column in ("name", "aliases"):
        yield from (f"{column} {name!r} has no letter and no digit; give a name that can be found in a text"
                    for name in ((cells["name"],) if column == "name" else split_cell(cells[column]))
                    if not any(map(str.isalnum, name)))
    if cells["type"] not in ENTITY_TYPES:
        yield f"type {cells['type']!r} is none of {', '.join(ENTITY_TYPES)}"
    if cells["kind"] and cells["kind"] not in _KINDS.get(cells["type"], ()):
        yield f"kind {cells['kind']!r} is not known for {cells['type']}"
    if cells["case"] not in ("", "exact", "any"):
        yield f"case {cells['case']!r} is neither exact nor any"
    if cells["better"] not in ("", *_BETTER):
        yield f"better {cells['better']!r} is neither higher nor lower"
    if cells["better"] and cells["type"] != "Metric":
        yield f"better is for a Metric; this is a {cells['type']}"
    yield from _faults_of_pairs("parent", cells["parent"], _PARENTS, "NAME")
    yield from _faults_of_pairs("sameas", cells["sameas"], tuple(EXTERNAL), "ID")


def _faults_of_pairs(column: str, cell: str, sorts: tuple[str, ...], what: str) -> Iterator[str]:
    """Say which parts of a cell are not of the form `sort:NAME`."""
    for value in split_cell(cell):
        sort, _, rest = value.partition(":")
        if sort not in sorts or not rest.strip():
            yield f"{column} {value!r} is none of {', '.join(f'{s}:{what}' for s in sorts)}"
