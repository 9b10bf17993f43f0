"""The run that made an atlas: the tool's version and all that a user added to extraction, known by a hash of both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from extractors.learned_files import fingerprint, own_files
from extractors.own import Own
from kg.errors import DataError
from kg.graph import Node

__all__ = ["check_run", "run_of_manifest", "run_of_own"]


def run_of_own(own: Own = Own()) -> Node:  # noqa: B008
    """Give the node of a run with `own`: the same version and the same additions give the same node on any machine.

    Lexicons and learned files are known by their name and content, components by their factory and settings.
    """
    induced = {"induced": _files(own_files(Path(own.induced)).values())} if own.induced else {}
    configuration = json.dumps({"lexicons": _files(map(Path, own.lexicons)), **induced,
                                "modules": list(own.modules), "components": [list(c) for c in own.components]},
                               ensure_ascii=False, sort_keys=True)
    release = version("paperatlas")
    key = hashlib.sha256(f"{release}\n{configuration}".encode()).hexdigest()[:16]
    return run_of_manifest({"id": f"run/{key}", "version": release, "configuration": configuration})


def run_of_manifest(held: Mapping[str, str]) -> Node:
    """Give the node of the run that an atlas's manifest keeps: its id, version and configuration."""
    props = {name: held[name] for name in ("version", "configuration")}
    return Node(held["id"], "Run", f"paperatlas {held['version']}", props)


def _files(paths: Iterable[Path]) -> list[dict[str, str]]:
    try:
        return [{"file": path.name, "sha256": fingerprint(path)} for path in paths]
    except OSError as error:
        raise DataError(f"{error.filename}: cannot be read: {error.strerror}") from error


def check_run(held: Mapping[str, str], run: Node, *, where: str) -> None:
    """Refuse to add to an atlas what another version or other additions read; DataError says what differs."""
    if held["id"] == run.id:
        return
    if held["version"] != run.props["version"]:
        raise DataError(f"{where}: made by paperatlas {held['version']}, this is {run.props['version']}; "
                        "build it again, or add with that version")
    raise DataError(f"{where}: made with other lexicons, learned files or components ({held['configuration']}); "
                    "give the same --lexicon, --induced and --config, or build it again")
