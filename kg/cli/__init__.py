"""The command line: a thin skin over the library, one small file a group of commands, loaded when called."""

from __future__ import annotations

import importlib
import os
import sys

import click

from kg.errors import DataError

__all__ = ["COMMANDS", "cli", "main"]

COMMANDS: dict[str, str] = {
    "extract": "kg.cli.build:extract_command",
    "build": "kg.cli.build:build_command",
    "export": "kg.cli.build:export_command",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is called or described."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command from its module."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="paperatlas")
def cli() -> None:
    """Turn machine-learning abstracts into a knowledge graph, with evidence for every edge."""


def main() -> None:
    """Run the command line; bad data is one line on standard error and exit code 1."""
    try:
        cli()
    except DataError as error:
        click.echo(f"kg: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output (head, say) has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
