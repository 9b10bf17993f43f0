"""The run that made an atlas: the tool's version and all that a user added to extraction, known by a hash of both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from extractors.learned_files import fingerprint, own_files
from extractors.own import Own
from kg.atlas import Atlas
from kg.errors import DataError
from kg.graph import Node

__all__ = ["run_of_manifest", "run_of_own", "same_run"]

_OPTIONS = {  # with what they are in a configuration
    "--lexicon": ("lexicons",), "--induced": ("induced",), "--config": ("modules", "components")}


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


def same_run(atlas: Atlas, run: Node | None) -> Node:
    """Give the run that an atlas was read in; DataError where `run` is of another version or other additions."""
    held = atlas.manifest.get("run")
    if held is None:
        raise DataError(f"{atlas.path}: made by an older paperatlas, which kept no run; build it again")
    if run is None or held["id"] == run.id:
        return run_of_manifest(held)
    if held["version"] != run.props["version"]:
        raise DataError(f"{atlas.path}: made by paperatlas {held['version']}, this is {run.props['version']}; "
                        "build it again, or use that version")
    had = "; ".join(_differing(json.loads(held["configuration"]), json.loads(str(run.props["configuration"]))))
    raise DataError(f"{atlas.path}: made with other lexicons, learned files or components; it had {had}; "
                    "give the same files, as options or in --config, or build it again")


def _differing(held: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[str]:
    """Say what an atlas had of each option whose part of the configuration differs from what is given."""
    for option, parts in _OPTIONS.items():
        if any(held.get(part) != given.get(part) for part in parts):
            names = [_name(item) for part in parts for item in held.get(part, ())]
            yield f"{option} {', '.join(names)}" if names else f"no {option}"


def _name(item: Any) -> str:
    """Name a file, a module, or a component with its settings."""
    return str(item["file"] if isinstance(item, dict) else item[0] if isinstance(item, list) else item)
