"""The one error that people see: what is wrong with their data, where, and what to do."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["DataError", "OnBad", "stop"]


class DataError(Exception):
    """Bad input or a bad folder; the message is one line that names the file, the line and the reason."""


OnBad = Callable[[DataError], None]


def stop(error: DataError) -> None:
    """Raise the error: what is done with a bad input unless the caller says otherwise."""
    raise error
