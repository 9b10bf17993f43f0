"""Follow the ids that people give to what took their place."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.atlas import Atlas

__all__ = ["successor"]


def successor(atlas: Atlas, held: Container[str], name: str) -> str:
    """Give the id that took the place of an id that is no more, and say so; any other name is given back.

    `held` are the ids that there are: the graph. The registry is read only for what looks like an id and is none of
    them.
    """
    from kg.identity.registry import current, entity_iri

    if not entity_iri(name) or name in held:
        return name
    new = current(name, atlas.replaced())
    if new != name:
        click.echo(f"kg: {name} was replaced by {new}", err=True)
    return new
