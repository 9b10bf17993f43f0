"""The command line: a thin skin over the library, one small file a group of commands, loaded when called."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import NoReturn

import click

from kg.errors import DataError

__all__ = ["COMMANDS", "cli", "main"]

COMMANDS: dict[str, str] = {
    "sample": "kg.cli.sample:sample_command",
    "extract": "kg.cli.build:extract_command",
    "build": "kg.cli.build:build_command",
    "export": "kg.cli.build:export_command",
    "stats": "kg.cli.look:stats_command",
    "show": "kg.cli.look:show_command",
    "papers": "kg.cli.look:papers_command",
    "leaderboard": "kg.cli.boards:leaderboard_command",
    "conflicts": "kg.cli.boards:conflicts_command",
    "claims": "kg.cli.look:claims_command",
    "plot": "kg.cli.plot:plot_command",
    "cypher": "kg.cli.cypher:cypher_command",
    "search": "kg.cli.cypher:search_command",
    "load": "kg.cli.neo4j:load_command",
    "pull": "kg.cli.neo4j:pull_command",
    "neo4j": "kg.cli.neo4j:neo4j_group",
    "resolve": "kg.cli.identity:resolve_command",
    "review": "kg.cli.identity:review_command",
    "merge": "kg.cli.identity:merge_command",
    "split": "kg.cli.identity:split_command",
    "rename": "kg.cli.identity:rename_command",
    "add": "kg.cli.update:add_command",
    "remove": "kg.cli.update:remove_command",
    "diff": "kg.cli.update:diff_command",
    "why": "kg.cli.judge:why_command",
    "evaluate": "kg.cli.judge:evaluate_command",
    "learn": "kg.cli.learn:learn_command",
    "sparql": "kg.cli.query:sparql_command",
    "ask": "kg.cli.query:ask_command",
    "serve": "kg.cli.query:serve_command",
    "validate": "kg.cli.query:validate_command",
    "describe": "kg.cli.query:describe_command",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is called or described."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
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
    """Run the command line; what is wrong is one line on standard error: exit code 1 for data, 2 for usage."""
    try:
        sys.exit(cli.main(prog_name="kg", standalone_mode=False))
    except DataError as error:
        _fail(str(error), 1)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        _fail(_usage(error), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        _fail("interrupted", 130)
    except BrokenPipeError:  # the reader of our output (head, say) has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    finally:
        gc.freeze()  # a last search for cycles among millions of objects would take a second


def _fail(message: str, code: int) -> NoReturn:
    click.echo(f"kg: {message}", err=True)
    sys.exit(code)


def _usage(error: click.ClickException) -> str:
    """Say in one line what is wrong with the call, and where its help is."""
    context = getattr(error, "ctx", None)
    text = " ".join(error.format_message().split())
    return f"{text} (see {context.command_path} --help)" if context else text
