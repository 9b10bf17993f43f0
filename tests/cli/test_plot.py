"""kg plot."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.plot import QUESTIONS, plot_command


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
