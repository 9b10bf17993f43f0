"""Read JSON Lines: one object a paper, with at least id, title and abstract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from extractors.records import Paper
from kg.errors import DataError, OnBad, stop

__all__ = ["looks_like_jsonl", "paper_from_json", "read_jsonl", "read_objects"]

# Field of Paper -> the names that inputs give it, first come first served.
_NAMES: dict[str, tuple[str, ...]] = {
    "venue": ("venue", "journal"),
    "url": ("url", "site"),
    "arxiv": ("arxiv", "arxiv_id"),
    "doi": ("doi",),
    "authors": ("authors",),
    "keywords": ("keywords",),
    "pages": ("pages",),
    "links": ("links",),
}
_LISTS = frozenset({"authors", "keywords", "pages", "links"})
_LINKS = ("github", "code", "project")  # fields that hold one address, beside the list `links`
_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5}|[a-z.-]+/\d{7})", re.I)
_ARXIV_ID = re.compile(r"(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?", re.I)  # an input's id that is one of arXiv's
_DOI = re.compile(r"doi\.org/(10\.\d{4,9}/\S+)", re.I)


def looks_like_jsonl(line: str, name: str) -> bool:
    """Say whether an input of this name, whose first line that is not blank is this, is JSON Lines."""
    return line.startswith("{") or bool(re.search(r"\.(jsonl|ndjson|json)(\.gz|\.zst)?$", name))


def read_jsonl(lines: Iterable[bytes], *, name: str, on_bad: OnBad = stop) -> Iterator[Paper]:
    """Read a paper a line; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not text.strip():
            continue
        try:
            paper = paper_from_json(_loaded(text))
        except (ValueError, TypeError) as error:
            on_bad(DataError(f"{name}: line {number}: {error}"))
        else:
            yield paper


def read_objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read the objects of a JSON Lines file, each with where it stands; DataError where a line holds none."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{path}: line {number}"
            try:
                value = _loaded(line)
            except ValueError as error:
                raise DataError(f"{where}: {error}") from error
            yield where, value


def _loaded(line: bytes) -> dict[str, Any]:
    """Parse one line; ValueError says what is wrong with it."""
    try:
        line.decode("utf-8")
        value = orjson.loads(line)
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start + 1} (0x{line[error.start]:02x}); "
                         "save the file as UTF-8") from error
    except orjson.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}; give one JSON object a line") from error
    if not isinstance(value, dict):
        kinds = {list: "an array", str: "a string", type(None): "null", bool: "a truth value"}
        kind = kinds.get(type(value), "a number")
        raise ValueError(f"{kind}, not an object; give one JSON object a line")
    return value


def paper_from_json(value: dict[str, Any]) -> Paper:
    """Make the paper of an object; ValueError names the field that lacks or is of the wrong kind."""
    id_, title, abstract = (_required(value, field) for field in ("id", "title", "abstract"))
    facts: dict[str, Any] = {}
    for field, names in _NAMES.items():
        name = next((n for n in names if value.get(n) not in (None, "", [])), None)
        if name is not None:
            facts[field] = _list(value[name], name) if field in _LISTS else _text(value[name], name)
    facts["year"] = _year(value.get("year"))
    facts["links"] = _links(value, facts)
    own = (id_,) if _ARXIV_ID.fullmatch(id_) else ()
    facts.setdefault("arxiv", next(iter(own), _first(_ARXIV, (facts.get("url") or "", *_addresses(value)))))
    facts.setdefault("doi", _first(_DOI, (facts.get("url") or "",)))
    return Paper(id=id_, title=title, abstract=abstract, **facts)


def _required(value: dict[str, Any], field: str) -> str:
    found = value.get(field)
    if field == "id" and isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    if found is None:
        raise ValueError(f'no field "{field}"; a paper needs id, title and abstract')
    if not isinstance(found, str):
        raise ValueError(f'the field "{field}" is not a text: {_short(found)}')
    if not found.strip():
        raise ValueError(f'the field "{field}" is empty; a paper needs id, title and abstract')
    return found


def _text(found: Any, field: str) -> str:
    if not isinstance(found, str):
        raise ValueError(f'the field "{field}" is not a text: {_short(found)}')
    return found.strip()


def _list(found: Any, field: str) -> tuple[str, ...]:
    """Take a list of texts, or one text with semicolons, line ends or (but for authors "A, B") commas between."""
    if isinstance(found, str):
        found = re.split(r";|\n|, | and ", found)
    if not isinstance(found, list) or not all(isinstance(x, str) for x in found):
        raise ValueError(f'the field "{field}" is not a list of texts: {_short(found)}')
    return tuple(x.strip() for x in found if x.strip())


def _year(found: Any) -> int | None:
    if found in (None, ""):
        return None
    if isinstance(found, bool) or not isinstance(found, int | str) or not re.fullmatch(r"\d{4}", str(found).strip()):
        raise ValueError(f'the field "year" is not a year: {_short(found)}')
    return int(found)


def _addresses(value: dict[str, Any]) -> tuple[str, ...]:
    return tuple(_text(value[field], field) for field in _LINKS if value.get(field))


def _links(value: dict[str, Any], facts: dict[str, Any]) -> tuple[str, ...]:
    """Gather code and project addresses; a link to arXiv names the paper itself and is none."""
    every = (*facts.get("links", ()), *_addresses(value))
    return tuple(dict.fromkeys(link for link in every if link and not _ARXIV.search(link)))


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> str | None:
    return next((m[1] for text in texts if (m := pattern.search(text))), None)


def _short(found: Any) -> str:
    text = orjson.dumps(found, default=str).decode()
    return text if len(text) <= 40 else text[:39] + "…"
