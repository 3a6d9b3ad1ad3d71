"""A sequential scale of colors: its levels, the lines between them, and its key."""

import math
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.report.plot import PT_PER_IN, Blocks, Box, Line, Panel, Sheet, limits, named_axis
from electrodoe.report.plot.shapes import width_of
from electrodoe.report.plot.ticks import covering_ticks, ratio_ticks, tick_words
from electrodoe.report.style import INK, SCALE, SMALL, SURFACE, spread

_STEPS: Final = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
"""Of the levels: so close to one another that eight to twelve of them hold any range."""
_MIN_RATIO: Final = 3.0
"""Of the largest to the smallest value, below which levels of equal steps do as well; chosen."""
_EVEN: Final = 1e-6
"""Fraction by which equal steps may differ: rounding."""
_BESIDE_PT: Final = 4.0
"""Between two numbers of the key."""
_KEY_PT: Final = 330.0
"""Width of the key on a page: 27 points for each of twelve colors."""
_EDGE_PT: Final = 14.0
"""At the right of the key: half of its last number."""
_DARK_STEPS: Final = 0.5
"""Fraction of the scale from which on its colors are nearer to the letters than to the page."""


def scale_levels(values: Floats, *, has_ratios: bool = False) -> Floats:
    """Return round borders between at most as many colors as the ramp has.

    At about equal ratios where that is asked for, and values span a factor of three or more.
    """
    low, high = limits(values, room=0.0)
    if has_ratios and low > 0.0 and high >= _MIN_RATIO * low:
        return np.array(ratio_ticks(low, high, len(SCALE), is_covering=True))
    return np.array(covering_ticks(low, high, len(SCALE), _STEPS))


def _words(levels: Floats) -> list[str]:
    """Return levels as numbers; of equal ratios each has the decimals that it needs."""
    steps = np.diff(levels)
    if steps.max() > (1.0 + _EVEN) * steps.min():
        return [tick_words([level])[0] for level in levels.tolist()]
    return tick_words(levels.tolist())


def scale_colors(levels: Floats) -> list[str]:
    """Return one color per step, spread over the scale."""
    return spread(SCALE, len(levels) - 1)


def scale_lines(levels: Floats) -> list[tuple[float, str, Line]]:
    """Return the inner levels with words and look: dark on pale colors, pale on dark ones."""
    words = _words(levels)
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
    words = _words(levels)
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
