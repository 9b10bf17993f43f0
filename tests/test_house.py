"""Rules of the house that a program can check: imports go one way, help is quick, data files are text."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HEAVY = {"spacy", "pandas", "pyarrow", "rdflib", "ladybug", "neo4j", "matplotlib", "networkx", "pyoxigraph", "igraph"}


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_extractors_know_nothing_of_graphs(root: Path) -> None:
    files = sorted((root / "extractors").rglob("*.py"))
    assert files
    assert {str(f): "kg" for f in files if {"kg", "networkx", "rdflib"} & set(_imports(f))} == {}


def test_schema_is_data(root: Path) -> None:
    assert list((root / "schema").rglob("*.py")) == []


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from kg.cli import cli; cli(['--help'], standalone_mode=False); print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & {name.partition(".")[0] for name in said.stdout.splitlines()[-1].split()} == set()


@pytest.mark.parametrize("statement", ["import kg", "import extractors"])
def test_importing_does_no_work(statement: str) -> None:
    said = subprocess.run([sys.executable, "-c", f"import sys; {statement}; print(*sys.modules)"],
                          capture_output=True, text=True, check=True)
    assert HEAVY & {name.partition(".")[0] for name in said.stdout.split()} == set()


def test_constraints_are_names_and_versions_alone(root: Path) -> None:
    lines = (root / "constraints.txt").read_text().splitlines()
    assert lines == sorted(lines, key=lambda line: line.partition("==")[0].lower().replace("_", "-").replace(".", "-"))
    assert [line for line in lines if line.count("==") != 1 or set(line) & set(" @/:;")] == []
