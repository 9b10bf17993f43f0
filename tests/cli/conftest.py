"""Run the command line in this process and see what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from kg.cli import main


class Said(NamedTuple):
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


Kg = Callable[..., Said]


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kg:
    """Give a function that runs `kg` with arguments."""
    def run(*arguments: object) -> Said:
        monkeypatch.setattr("sys.argv", ["kg", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        return Said(code if isinstance(code, int) else 0, *capsys.readouterr())

    return run
