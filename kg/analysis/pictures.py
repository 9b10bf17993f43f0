"""Blank pictures in the house style, and the files that they are written to."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from kg.errors import DataError

__all__ = ["COLOURS", "GREY", "INK", "MARKERS", "Picture", "blank", "label_periods", "page", "short", "write_picture"]

# Okabe and Ito's palette, apart for every common colour blindness: jfly.uni-koeln.de/color
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6D1F", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
GREY, INK = "#9A9A9A", "#222222"
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body>
{body}
</body></html>
"""


class Picture(Figure):
    """A figure that a notebook shows without pyplot."""

    def _repr_png_(self) -> bytes:
        return _bytes(self, "png")


def blank(width: float = 8.0, height: float = 4.5, *, title: str = "") -> tuple[Picture, Axes]:
    """Make a picture of one pair of axes, in inches, without the box's upper and right edge."""
    picture = Picture(figsize=(width, height), layout="constrained")
    axes = picture.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(title, loc="left", fontsize=11, color=INK)
    axes.tick_params(labelsize=9)
    return picture, axes


def short(name: object, limit: int = 34) -> str:
    """Cut a long name for a label; a dollar sign is kept from starting a formula."""
    text = str(name)
    text = text if len(text) <= limit else text[:limit - 1].rstrip() + "…"
    return text.replace("$", r"\$")


def label_periods(axes: Axes, periods: Sequence[str]) -> None:
    """Label an axis that counts periods from 0 with their names, as many as fit."""
    ticks = [int(at) for at in MaxNLocator(integer=True, nbins=10).tick_values(0, max(1, len(periods) - 1))]
    shown = [at for at in ticks if 0 <= at < len(periods)]
    axes.set_xticks(shown, [periods[at] for at in shown])
    axes.set_xlabel("year" if all(p.isdigit() for p in periods) else "page date")


def write_picture(picture: Figure, path: str | Path) -> None:
    """Write a picture as its suffix says: .png, .svg or .html (the SVG in a page that needs nothing else).

    The same picture gives the same bytes. Raises DataError for another suffix or a path that cannot be written.
    """
    target = Path(path)
    kind = target.suffix.lower().removeprefix(".")
    if kind not in ("png", "svg", "html"):
        raise DataError(f"{target}: a picture is .png, .svg or .html; choose one of these")
    data = page(_bytes(picture, "svg").decode(), title=_title(picture)).encode() if kind == "html" \
        else _bytes(picture, kind)
    try:
        target.write_bytes(data)
    except OSError as error:
        raise DataError(f"{target}: cannot be written: {error.strerror}") from error


def _bytes(picture: Figure, kind: str) -> bytes:
    stream = io.BytesIO()
    meta: dict[str, str | None] = {"Date": None} if kind == "svg" else {"Software": None}
    with mpl.rc_context({"svg.hashsalt": "paperatlas", "font.family": "DejaVu Sans"}):
        picture.savefig(stream, format=kind, dpi=144, metadata=meta)
    return stream.getvalue()


def _title(picture: Figure) -> str:
    return next((title for axes in picture.axes if (title := axes.get_title(loc="left"))), "PaperAtlas")


def page(body: str, *, title: str, style: str = "body{margin:0}svg{width:100%;height:auto;max-height:100vh}") -> str:
    """Wrap an SVG (its XML header dropped) in a page of its own."""
    return _PAGE.format(title=escape(title), style=style, body=body[body.index("<svg"):])
