"""From shapes to files for a journal: PDF, PNG and SVG whose letters are outlines."""

import io
from functools import singledispatch
from typing import Any, Final, Literal

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform

from electrodoe.report.plot.panel import PT_PER_IN
from electrodoe.report.plot.shapes import Drawing, Outline, Points, Shape, Stamps, Text
from electrodoe.report.style import SURFACE

FileFormat = Literal["pdf", "svg", "png"]

_SETTINGS: Final[dict[Any, Any]] = {
    "font.family": "DejaVu Sans",
    "text.parse_math": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "electrodoe",
    "pdf.fonttype": 42,
    "path.simplify": False,
    "hatch.linewidth": 0.8,
    "lines.scale_dashes": False,
}
_NO_DATE: Final[dict[FileFormat, dict[str, None]]] = {
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
}
_MARKERS: Final = {
    "circle": "o",
    "square": "s",
    "diamond": "d",
    "triangle": "^",
    "cross": "x",
    "tick": "|",
    "bar": "_",
}


def file_of(drawing: Drawing, file_format: FileFormat, pixels_per_in: float) -> bytes:
    """Return a drawing as a file."""
    with mpl.rc_context(_SETTINGS):
        size_in = (drawing.width / PT_PER_IN, drawing.height / PT_PER_IN)
        figure = Figure(figsize=size_in, facecolor=SURFACE)
        to_paper = (
            Affine2D().scale(1.0 / PT_PER_IN, -1.0 / PT_PER_IN).translate(0.0, size_in[1])
            + figure.dpi_scale_trans
        )
        for order, shape in enumerate(drawing.shapes):
            _put(shape, figure, to_paper, order)
        content = io.BytesIO()
        figure.savefig(
            content, format=file_format, dpi=pixels_per_in, metadata=_NO_DATE[file_format]
        )
    return content.getvalue()


@singledispatch
def _put(shape: Shape, figure: Figure, to_paper: Transform, order: int) -> None:
    """Put a shape on the paper; each kind has its own function below."""
    raise NotImplementedError(f"{type(shape).__name__}, {figure}, {to_paper}, {order}")


@_put.register
def _outline(shape: Outline, figure: Figure, to_paper: Transform, order: int) -> None:
    """Put lines or an area."""
    path = Path.make_compound_path(
        *[_path(ring, is_closed=shape.is_closed) for ring in shape.rings]
    )
    look: dict[str, Any] = {"hatch": "////"} if shape.is_hatched else {}
    is_filled = bool(shape.fill) and not shape.is_hatched
    patch = PathPatch(
        path,
        fill=is_filled,
        facecolor=(shape.fill, shape.opacity) if is_filled else "none",
        edgecolor=shape.stroke or (shape.fill if shape.is_hatched else "none"),
        linewidth=shape.width if shape.stroke else 0.0,
        linestyle=(0.0, shape.dashes) if shape.dashes else "-",
        capstyle="butt",
        joinstyle="miter" if shape.is_closed else "round",
        transform=to_paper,
        zorder=order,
        **look,
    )
    figure.add_artist(patch)


def _path(ring: Points, *, is_closed: bool) -> Path:
    """Return a ring of points as matplotlib's."""
    return Path(np.concatenate([ring, ring[:1]]), closed=True) if is_closed else Path(ring)


@_put.register
def _stamps(shape: Stamps, figure: Figure, to_paper: Transform, order: int) -> None:
    """Put one sign at many places."""
    line = Line2D(
        shape.points[:, 0],
        shape.points[:, 1],
        linestyle="none",
        marker=_MARKERS[shape.shape],
        markersize=shape.size,
        markerfacecolor=shape.fill or "none",
        markeredgecolor=shape.stroke or "none",
        markeredgewidth=shape.width,
        transform=to_paper,
        zorder=order,
    )
    figure.add_artist(line)


@_put.register
def _text(shape: Text, figure: Figure, to_paper: Transform, order: int) -> None:
    """Put a line of words."""
    figure.text(
        shape.x,
        shape.y,
        shape.words,
        fontsize=shape.size,
        color=shape.color,
        ha={"start": "left", "middle": "center", "end": "right"}[shape.anchor],
        va="baseline",
        fontweight="bold" if shape.is_bold else "normal",
        fontstyle="italic" if shape.is_italic else "normal",
        rotation=90.0 if shape.is_upwards else 0.0,
        rotation_mode="anchor",
        transform=to_paper,
        zorder=order,
    )
