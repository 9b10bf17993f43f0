"""The wheel holds what it needs and does the main job in a fresh environment outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

DATA = {"kg/sample": ".txt", "kg/schema": ".yaml", "kg/questions": ".rq", "extractors/lexicons": ".tsv",
        "extractors/frames": ".tsv", "extractors/induced": "", "kg/identity": ".tsv", "kg/readers": ".txt"}


def _run(*command: str | Path, cwd: Path, **options: str) -> str:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))} | options
    done = subprocess.run([*map(str, command)], cwd=cwd, env=env, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, root, cwd=folder,
         PIP_CONSTRAINT=str(root / "constraints.txt"))
    [path] = folder.glob("paperatlas-*.whl")
    return path


@pytest.mark.slow
def test_the_wheel_holds_both_packages_and_their_data(wheel: Path, root: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {"kg", "extractors"}
    for folder, suffix in DATA.items():
        source = root / ("schema" if folder == "kg/schema" else folder)
        wanted = {f"{folder}/{p.name}" for p in source.iterdir() if p.is_file() and p.name.endswith(suffix)}
        assert wanted
        assert wanted <= set(names)
    assert not [name for name in names if name.endswith((".pyc", ".ipynb")) or "/tests/" in name]


@pytest.mark.slow
def test_the_main_job_runs_outside_the_checkout(wheel: Path, root: Path, tmp_path: Path) -> None:
    _run(sys.executable, "-m", "venv", "venv", cwd=tmp_path)
    bin_ = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    constraints = root / "constraints.txt"
    _run(bin_ / "python", "-m", "pip", "install", "--quiet", "--constraint", constraints, wheel, cwd=tmp_path)
    (tmp_path / "papers.txt").write_text(_run(bin_ / "kg", "sample", cwd=tmp_path))
    _run(bin_ / "python", "-m", "kg", "build", "papers.txt", "-o", "atlas", cwd=tmp_path)
    assert json.loads((tmp_path / "atlas" / "atlas.json").read_text())["counts"]["papers"] == 30
    rows = json.loads(_run(bin_ / "kg", "leaderboard", "atlas", "-d", "ImageNet-1K", "--json", cwd=tmp_path))
    assert "85.6%" in {row["value"] for row in rows}
    where = _run(bin_ / "python", "-c", "import kg, extractors; print(kg.__file__, extractors.__file__)", cwd=tmp_path)
    assert all(str(tmp_path) in path for path in where.split())
