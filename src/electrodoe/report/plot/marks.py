"""What stands in a panel, in the units of its axes: lines, dots, segments, blocks, areas, words."""

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from electrodoe.report.plot.shapes import Anchor, Points, Stamp

DASHED = (3.7, 1.6)
"""In widths of the line."""
DOTTED = (1.0, 1.65)  # matplotlib's default pattern, in line widths
DASH_DOTTED = (6.4, 1.6, 1.0, 1.6)
"""Line and gap, in line widths; matplotlib's default pattern, as that of dots is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line through points; it is broken where a number is not finite.

    Attributes
    ----------
    x, y : array_like
        Points in their order.
    color : str
        Of the line.
    width : float, points
        Of the line.
    dashes : tuple of float
        In widths of the line; empty for a whole one.
    label : str
        Its name in the legend; empty for none.
    """

    x: ArrayLike
    y: ArrayLike
    color: str
    width: float = 1.0
    dashes: tuple[float, ...] = ()
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dots:
    """One sign at many points.

    Attributes
    ----------
    x, y : array_like
        Points; those that are not finite are left out.
    color : str
        Fill, or the stroke of a cross or a tick; empty for a hollow sign.
    shape : str
        The sign.
    size : float, points
        Its height.
    edge : str
        Color of its border; empty for none.
    edge_width : float, points
        Width of its border, or of its strokes.
    may_reach_out : bool
        Whether points beyond the limits are drawn.
    label : str
        Their name in the legend.
    """

    x: ArrayLike
    y: ArrayLike
    color: str = ""
    shape: Stamp = "circle"
    size: float = 3.0
    edge: str = ""
    edge_width: float = 1.0
    may_reach_out: bool = True
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Segments:
    """Straight lines between pairs of points; an end at infinity is the panel's edge.

    Attributes
    ----------
    x, y, to_x, to_y : array_like
        Starts and ends, broadcast against each other.
    color, width, dashes, label
        As of :class:`Line`.
    """

    x: ArrayLike
    y: ArrayLike
    to_x: ArrayLike
    to_y: ArrayLike
    color: str
    width: float = 1.0
    dashes: tuple[float, ...] = ()
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Blocks:
    """Rectangles between two corners; a corner at infinity is the panel's.

    Attributes
    ----------
    x, y, to_x, to_y : array_like
        Corners, broadcast against each other.
    color, edge : str
        Fill and border; empty for none.
    width : float, points
        Of the border.
    opacity : float
        Of the fill.
    label : str
        Their name in the legend.
    """

    x: ArrayLike
    y: ArrayLike
    to_x: ArrayLike
    to_y: ArrayLike
    color: str = ""
    edge: str = ""
    width: float = 0.0
    opacity: float = 1.0
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """An area with its holes.

    Attributes
    ----------
    rings : sequence of array of shape (n, 2)
        Its borders.
    color : str
        Fill, or that of the slanting lines.
    is_hatched : bool
        Whether slanting lines fill it.
    """

    rings: Sequence[Points]
    color: str
    is_hatched: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A line of words at a point.

    Attributes
    ----------
    x, y : float
        The point; an infinite number is the panel's edge.
    words : str
        Plain text.
    color : str
        Of the letters.
    size : float, points
        Of the letters.
    anchor : {"start", "middle", "end"}
        Which part of the line stands at the point.
    shift : (float, float), points
        To the right and upwards from there.
    is_on_line : bool
        Whether the letters stand on the point's height; otherwise their middle does.
    ground : str
        Color behind the words; empty for none.
    """

    x: float
    y: float
    words: str
    color: str
    size: float
    anchor: Anchor = "start"
    shift: tuple[float, float] = (0.0, 0.0)
    is_on_line: bool = False
    ground: str = ""


Mark = Line | Dots | Segments | Blocks | Region | Words


def across(
    *, x: ArrayLike | None = None, y: ArrayLike | None = None, color: str, width: float,
    dashes: tuple[float, ...] = (), label: str = "",
) -> Segments:  # fmt: skip
    """Return lines from edge to edge: upright at some x, or level at some y."""
    endless = float("inf")
    ends = (-endless, y, endless, y) if x is None else (x, -endless, x, endless)
    start_x, start_y, to_x, to_y = (0.0 if end is None else end for end in ends)
    return Segments(
        x=start_x, y=start_y, to_x=to_x, to_y=to_y,
        color=color, width=width, dashes=dashes, label=label,
    )  # fmt: skip
