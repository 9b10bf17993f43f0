"""kg sample: a page to try the tool on."""

from __future__ import annotations

import sys
from importlib.resources import files

import click

__all__ = ["sample_command"]


@click.command("sample")
def sample_command() -> None:
    """Write the sample page, thirty invented papers, to standard output."""
    sys.stdout.buffer.write(files("kg").joinpath("sample", "daily_papers.txt").read_bytes())
