"""Small text forms that readers share."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold", "slug"]


def fold(text: str) -> str:
    """Forget case, blanks and compatibility forms: what two copies of a text may differ in."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def slug(text: str, *, limit: int) -> str:
    """Make a lower-case ASCII name with hyphens, cut at a word where it is longer than `limit`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "paper"
    return name if len(name) <= limit else name[: limit + 1].rpartition("-")[0] or name[:limit]
