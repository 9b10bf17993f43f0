"""The one error that users see: a line that says what is wrong, where, and what to do."""

from __future__ import annotations

__all__ = ["DataError"]


class DataError(Exception):
    """Bad data: the message is one clear line that names file, line and reason. The command line exits with 1."""
