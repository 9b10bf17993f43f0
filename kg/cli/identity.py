"""kg resolve, merge, split, rename, review: ask who is who, and decide it."""

from __future__ import annotations

import sys
from typing import TextIO

import click
import orjson

from kg.errors import DataError

__all__ = ["resolve_command"]


@click.command("resolve")
@click.argument("atlas", type=click.Path())
@click.argument("queries", type=click.File(encoding="utf-8"), default="-")
def resolve_command(atlas: str, queries: TextIO) -> None:
    """Answer what node each name of a paper is: JSON Lines in (paper, name, type), JSON Lines out."""
    from kg.atlas import open_atlas
    from kg.identity.resolve import resolve

    opened = open_atlas(atlas)
    asked = []
    for number, line in enumerate(queries, 1):
        if line.strip():
            asked.append(_query(line, f"{queries.name}:{number}"))
    for answer in resolve(asked, opened.records(), opened.nodes(), opened.edges()):
        sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")


def _query(line: str, where: str) -> dict[str, object]:
    """Read one query; raises DataError where it is none."""
    try:
        query = orjson.loads(line)
        if isinstance(query["paper"], str) and isinstance(query["name"], str):
            return dict(query)
    except (ValueError, KeyError, TypeError):
        pass
    raise DataError(f"{where}: no query; write {{\"paper\": …, \"name\": …, \"type\": …}}, one a line")
