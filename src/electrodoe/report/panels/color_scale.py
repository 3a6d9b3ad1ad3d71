"""A sequential scale of colors: its levels, the lines between them, and its key."""

import math
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.report.plot import PT_PER_IN, Blocks, Box, Line, Panel, Sheet, limits, named_axis
from electrodoe.report.plot.shapes import width_of
from electrodoe.report.plot.ticks import covering_ticks, tick_words
from electrodoe.report.style import INK, SCALE, SMALL, SURFACE, spread

_STEPS: Final = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
"""Of the levels: so close to one another that eight to twelve of them hold any range."""
_BESIDE_PT: Final = 4.0
"""Between two numbers of the key."""
_KEY_PT: Final = 330.0
"""Width of the key on a page: 27 points for each of twelve colors."""
_EDGE_PT: Final = 14.0
"""At the right of the key: half of its last number."""
_DARK_STEPS: Final = 0.5
"""Fraction of the scale from which on its colors are nearer to the letters than to the page."""


def scale_levels(values: Floats) -> Floats:
    """Return round borders between at most as many colors as the ramp has."""
    low, high = limits(values, room=0.0)
    return np.array(covering_ticks(low, high, len(SCALE), _STEPS))


def scale_colors(levels: Floats) -> list[str]:
    """Return one color per step, spread over the scale."""
    return spread(SCALE, len(levels) - 1)


def scale_lines(levels: Floats) -> list[tuple[float, str, Line]]:
    """Return the inner levels with words and look: dark on pale colors, pale on dark ones."""
    words = tick_words(levels.tolist())
    dark = _DARK_STEPS * (len(levels) - 1)
    return [
        (level, words[step], Line(x=(), y=(), color=SURFACE if step > dark else INK, width=0.5))
        for step, level in enumerate(levels.tolist())
        if 0 < step < len(levels) - 1
    ]


def scale_key(page: Sheet, levels: Floats, title: str) -> Panel:
    """Return the colors in a row above the panels, with as many of their borders as have room."""
    left = page.boxes[0].left
    box = Box(
        left=left,
        top=0.26 * PT_PER_IN,
        width=min(page.width - left - _EDGE_PT, _KEY_PT),
        height=7.2,
    )
    edges = np.arange(len(levels), dtype=np.float64)
    words = tick_words(levels.tolist())
    widest = max(width_of(word, SMALL) for word in words) + _BESIDE_PT
    every = max(1, math.ceil(widest * edges[-1] / box.width))
    return Panel(
        box=box,
        x=named_axis(edges[::every].tolist(), words[::every], (0.0, edges[-1])),
        y=named_axis((), (), (0.0, 1.0)),
        marks=[
            Blocks(x=low, to_x=low + 1.0, y=0.0, to_y=1.0, color=color, edge=SURFACE, width=1.0)
            for low, color in zip(edges.tolist(), scale_colors(levels), strict=False)
        ],
        title=title,
        has_bold_title=False,
    )
