"""Figures drawn plainly: panels of marks become shapes in points, and these SVG or a file."""

from electrodoe.report.plot.assembly import drawing_of, legend_room
from electrodoe.report.plot.axis import (
    Axis,
    apart,
    limits,
    named_axis,
    ratio_axis,
    round_axis,
    same_scale,
)
from electrodoe.report.plot.marks import (
    DASH_DOTTED,
    DASHED,
    DOTTED,
    Blocks,
    Dots,
    Line,
    Mark,
    Region,
    Segments,
    Words,
    across,
)
from electrodoe.report.plot.panel import PT_PER_IN, Box, Panel, Sheet, panels_beside, sheet
from electrodoe.report.plot.shapes import Drawing, Outline, Shape, Stamps, Text, in_lines
from electrodoe.report.plot.svg import svg_of

__all__ = [
    "DASHED",
    "DASH_DOTTED",
    "DOTTED",
    "PT_PER_IN",
    "Axis",
    "Blocks",
    "Box",
    "Dots",
    "Drawing",
    "Line",
    "Mark",
    "Outline",
    "Panel",
    "Region",
    "Segments",
    "Shape",
    "Sheet",
    "Stamps",
    "Text",
    "Words",
    "across",
    "apart",
    "drawing_of",
    "in_lines",
    "legend_room",
    "limits",
    "named_axis",
    "panels_beside",
    "ratio_axis",
    "round_axis",
    "same_scale",
    "sheet",
    "svg_of",
]
