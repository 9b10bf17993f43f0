"""kg plot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.atlas import EDGES, LAYOUT, MANIFEST, NODES, write_lines
from kg.cli.plot import QUESTIONS, plot_command
from kg.graph import Edge, Node
from tests.cli.conftest import Kg


@pytest.mark.parametrize(("arguments", "message"), [
    (["trends", "-o", "x.gif"], "a picture is .png, .svg or .html"),
    (["trends", "-o", "x.png", "--dataset", "X"], "trends takes no --dataset"),
    (["map", "-o", "x.png", "-t", "Task", "-n", "A"], "map takes no --name, --type"),
    (["trend", "-o", "x.png"], "'trend' is not one of"),
    (["trends"], "Missing option '--output'"),
])
def test_what_is_wrong_with_a_call(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(plot_command, [str(tmp_path), *arguments])
    assert result.exit_code == 2
    assert message in result.output


def test_every_question_has_its_function() -> None:
    from inspect import signature

    from kg.analysis import grids, maps, plots

    modules = {"plots": plots, "grids": grids, "maps": maps}
    named = set()
    for where, options in QUESTIONS.values():
        module, name = where.split(":")
        assert set(options) <= set(signature(getattr(modules[module], name)).parameters)
        named.add(name)
    assert named == {*plots.__all__, *grids.__all__, "plot_map"}


@pytest.fixture
def atlas(tmp_path: Path, nodes_and_edges: tuple[list[Node], list[Edge]]) -> Path:
    folder = tmp_path / "atlas"
    folder.mkdir()
    write_lines(folder / NODES, nodes_and_edges[0])
    write_lines(folder / EDGES, nodes_and_edges[1])
    (folder / MANIFEST).write_text(json.dumps({"layout": LAYOUT}), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("arguments", "file", "start"), [
    (["leaderboard", "-d", "ImageNet-1K"], "x.png", b"\x89PNG"),
    (["trends", "-t", "Dataset"], "x.svg", b"<?xml"),
    (["map", "--top", "20"], "x.html", b"<!DOCTYPE html>"),
    (["map", "--top", "20"], "x.png", b"\x89PNG"),
    (["conflicts"], "x.HTML", b"<!DOCTYPE html>"),
])
def test_a_picture_is_written(kg: Kg, atlas: Path, tmp_path: Path, arguments: list[str], file: str,
                              start: bytes) -> None:
    target = tmp_path / file
    said = kg("plot", atlas, *arguments, "-o", target)
    assert (said.code, said.out, said.err) == (0, "", f"{target}\n")
    assert target.read_bytes().startswith(start)


def test_what_an_atlas_lacks_is_one_line(kg: Kg, atlas: Path, tmp_path: Path) -> None:
    said = kg("plot", atlas, "leaderboard", "-d", "ImageNet", "-o", tmp_path / "x.png")
    assert (said.code, said.out) == (1, "")
    assert said.err == "kg: no Benchmark or Dataset called 'ImageNet' in this atlas; near: ImageNet-1K\n"
    assert not (tmp_path / "x.png").exists()
