"""Entities for tests of results and relations: mentions found by their surfaces."""

from __future__ import annotations

import re

from extractors.records import Entity, EntityType, Mention

__all__ = ["entity"]


def entity(text: str, kind: EntityType, name: str, role: str, sub: str | None = None) -> Entity:
    """Make an entity that is named wherever its name stands as a word."""
    found = re.finditer(rf"(?<![\w]){re.escape(name)}(?![\w])", text)
    return Entity(kind, name, (name,), role, sub, tuple(Mention(m.start(), m.end(), m[0], "test") for m in found))
