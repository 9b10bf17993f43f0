"""The server of the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph import Graph
from kg.stores.local_neo4j import Server

if TYPE_CHECKING:
    from neo4j import Driver

__all__ = ["Running"]


@dataclass(frozen=True, slots=True)
class Running:
    """A server, how to log in, and what it was started with."""

    uri: str
    user: str
    password: str
    driver: Driver
    own: Server | None  # None: somebody else's
    bulk: Graph | None  # what its importer made of the small graph
