"""The README's commands and Python give the output that stands there; UPDATE_README=1 writes it anew."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
_PYTHON = re.compile(r"^```pycon\n(.*?)^```$", re.M | re.S)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that the README's commands run in, one after the other."""
    return tmp_path_factory.mktemp("readme")


def _run(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    said = subprocess.run(["sh", "-c", command], cwd=folder, env={**os.environ, "PATH": path}, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return "".join(f"{line.rstrip()}\n" for line in said.stdout.splitlines())


def _same_time(text: str) -> str:
    return re.sub(r"in [\d.]+ s$", "in 0.0 s", text, flags=re.M)


def _answered(block: str, folder: Path) -> str:
    """Give a console block with the output that its commands give."""
    commands = re.findall(r"^\$ (.*)$", block, re.M)
    return "".join(f"$ {command}\n{_run(command, folder)}" for command in commands)


def test_the_commands_then_the_python(root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _check_commands(root, folder)
    monkeypatch.chdir(folder)  # the Python reads what the commands wrote
    _check_python(root)


def _check_commands(root: Path, folder: Path) -> None:
    readme = root / "README.md"
    text = readme.read_text(encoding="utf-8")
    true = _BLOCK.sub(lambda m: f"```console\n{_answered(m[1], folder)}```", text)
    if os.environ.get("UPDATE_README"):
        readme.write_text(true, encoding="utf-8")
    assert _same_time(true) == _same_time(readme.read_text(encoding="utf-8"))
    assert true.count("\n$ ") >= 5


def _check_python(root: Path) -> None:
    source = "".join(_PYTHON.findall((root / "README.md").read_text(encoding="utf-8")))
    parsed = doctest.DocTestParser().get_doctest(source, {}, "README.md", "README.md", 0)
    assert len(parsed.examples) >= 4
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(parsed, out=said.append)
    assert "".join(said) == ""


def test_the_two_commands_are_make_targets(root: Path) -> None:
    targets = re.findall(r"^(\w+):", (root / "Makefile").read_text(), re.M)
    assert {"demo", "test"} <= set(targets)
    named = re.findall(r"`?make (\w+)", (root / "README.md").read_text())
    assert set(named) <= set(targets)
