"""Pictures have ink in their axes and words beside them; files are what their suffix says, the same each time."""

from __future__ import annotations

import io
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.image import imread

from kg.analysis import grids, maps, plots
from kg.analysis.pictures import COLOURS, Picture, short, write_picture
from kg.errors import DataError
from kg.graph import Graph
from tests.analysis.small import field, graph_of, score

PLOTS: dict[str, Callable[[Graph], Picture]] = {
    "trends": plots.plot_trends, "trends-task": lambda g: plots.plot_trends(g, "Task"),
    "trends-named": lambda g: plots.plot_trends(g, names=["a0", "b3"]), "movers": plots.plot_movers,
    "leaderboard": plots.plot_leaderboard, "leaderboard-of": lambda g: plots.plot_leaderboard(g, "bx", "acc"),
    "progress": plots.plot_progress, "conflicts": plots.plot_conflicts, "influence": plots.plot_influence,
    "code": plots.plot_code, "code-venue": lambda g: plots.plot_code(g, "venue"),
    "coevaluation": grids.plot_coevaluation, "gaps": grids.plot_gaps, "map": maps.plot_map,
}


def _pixels(picture: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    stream = io.BytesIO()
    picture.savefig(stream, format="png", dpi=picture.dpi)
    stream.seek(0)
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = imread(stream)[:, :, :3] * 255.0
    return pixels


@pytest.mark.parametrize("name", PLOTS)
def test_pictures_show_something(name: str) -> None:
    picture = PLOTS[name](field())
    pixels = _pixels(picture)
    box = picture.axes[0].get_window_extent()
    inside = pixels[int(len(pixels) - box.y1):int(len(pixels) - box.y0), int(box.x0):int(box.x1)]
    coloured = (inside.max(axis=2) - inside.min(axis=2)) > 40
    assert coloured.mean() > 0.0005


@pytest.mark.parametrize("name", [name for name in PLOTS if name != "map"])
def test_axes_are_labelled(name: str) -> None:
    axes = PLOTS[name](field()).axes[0]
    assert axes.get_xlabel()
    assert axes.get_ylabel()
    assert axes.get_title(loc="left")


@pytest.mark.parametrize("name", PLOTS)
def test_nothing_is_cut_off_at_the_edge(name: str) -> None:
    pixels = _pixels(PLOTS[name](field()))
    edges = [pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]
    assert min(float(edge.min()) for edge in edges) == 255


def test_a_board_tells_own_from_cited() -> None:
    graph = graph_of({"results": [score("a", "x", "acc", 80.0), score("b", "x", "acc", 70.0, role="cited")]})
    picture = plots.plot_leaderboard(graph)
    assert [text.get_text() for text in picture.legends[0].get_texts()] == [
        "the paper's own result", "cited by another paper"]
    assert [label.get_text() for label in picture.axes[0].get_yticklabels()] == ["a", "b"]


def test_thin_years_are_not_drawn_beside_full_ones() -> None:
    years = [1990, *[2020, 2021] * 40]
    picture = plots.plot_trends(graph_of(*({"year": year, "uses": ["method/a"]} for year in years)))
    assert [label.get_text() for label in picture.axes[0].get_xticklabels()] == ["2020", "2021"]


def test_colours_differ() -> None:
    assert len(set(COLOURS)) == len(COLOURS) == 8


@pytest.mark.parametrize(("name", "expected"), [("a" * 40, "a" * 33 + "…"), ("$O(n)$", r"\$O(n)\$"), ("x", "x")])
def test_short(name: str, expected: str) -> None:
    assert short(name) == expected


@pytest.mark.parametrize("suffix", ["png", "svg", "html"])
def test_files_are_the_same_each_time(tmp_path: Path, suffix: str) -> None:
    for name in ("one", "two"):
        write_picture(plots.plot_trends(field()), tmp_path / f"{name}.{suffix}")
    first, second = ((tmp_path / f"{name}.{suffix}").read_bytes() for name in ("one", "two"))
    assert first == second
    if suffix == "png":
        assert imread(io.BytesIO(first)).shape[1] == 9 * 144
    elif suffix == "svg":
        assert ElementTree.fromstring(first).tag == "{http://www.w3.org/2000/svg}svg"
    else:
        assert b"<title>Methods by share of papers</title>" in first


@pytest.mark.parametrize(("name", "message"), [
    ("x.gif", "a picture is .png, .svg or .html"), ("none/x.png", "cannot be written")])
def test_paths_that_cannot_be(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        write_picture(plots.plot_trends(field()), tmp_path / name)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        assert not {"src", "href"} & {name for name, _ in attrs}  # the page stands alone


def test_the_map_is_a_page_that_stands_alone(tmp_path: Path) -> None:
    graph = field()
    graph.nodes["method/a0"]["name"] = "<A&B>"
    maps.write_map(graph, tmp_path / "map.html", top=20)
    text = (tmp_path / "map.html").read_text(encoding="utf-8")
    tags = _Tags()
    tags.feed(text)
    assert tags.found.count("circle") > 10
    assert tags.found.count("line") >= tags.found.count("circle") // 2
    assert "&lt;A&amp;B&gt;: method" in text
    assert "<A&B>" not in text
    assert text == maps.map_page(graph, top=20)


def test_pictures_show_themselves_in_notebooks() -> None:
    assert plots.plot_trends(field())._repr_png_().startswith(b"\x89PNG")
