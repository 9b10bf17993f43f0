"""Turn the abstract of one paper into a record of what it says: entities, roles, addresses, results, relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.pipeline import explain, extract, extract_all

__all__ = ["explain", "extract", "extract_all"]


def __getattr__(name: str) -> object:
    """Import the pipeline when it is first asked for, so that `import extractors` costs nothing."""
    if name in __all__:
        from extractors import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'extractors' has no attribute {name!r}")
