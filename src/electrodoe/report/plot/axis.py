"""One direction of a panel: its limits, its ticks and what it measures."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from electrodoe.report.plot.ticks import ratio_ticks, round_ticks, tick_words

_NARROWEST: Final = 1e-12
"""Fraction of its values below which a range is one value: a thousand times a double's rounding."""
_TINY, _HUGE = 1e-280, 1e290
"""What lies beyond cannot be scaled without leaving the range of doubles."""
_LARGEST: Final = 1e300
"""End of an axis: twice it is still a double."""
_ROOM: Final = 0.05
"""Of the range, beside the outermost values; matplotlib's default, too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """One direction of a panel.

    Attributes
    ----------
    low, high : float
        Values at its start (left, below) and at its end; low > high turns it around.
    ticks : tuple of float
        Where it is marked.
    words : tuple of str
        What stands at the ticks; empty for marks without words.
    label : str
        Quantity and unit; may have more lines than one.
    has_grid, has_line, has_marks : bool
        Lines across the panel at the ticks; the axis itself; short strokes at the ticks.
    is_logarithmic : bool
        Whether equal ways are equal ratios.
    has_upright_words : bool
        Whether what stands at the ticks below a panel is read from below.
    """

    low: float
    high: float
    ticks: tuple[float, ...] = ()
    words: tuple[str, ...] = ()
    label: str = ""
    has_grid: bool = False
    has_line: bool = True
    has_marks: bool = True
    is_logarithmic: bool = False
    has_upright_words: bool = False

    def scale(self, start: float, end: float) -> tuple[float, float]:
        """Return offset and factor from a value (or its logarithm) to a place in points."""
        low, high = self.low, self.high
        if self.is_logarithmic:
            low, high = math.log10(low), math.log10(high)
        factor = (end - start) / (high - low)
        return start - factor * low, factor


def limits(*values: ArrayLike, room: float = _ROOM) -> tuple[float, float]:
    """Return a range that holds all finite values, with some room on either side.

    Parameters
    ----------
    *values : array_like
        Numbers; what is not finite is passed over.
    room : float
        Fraction of the range on either side.

    Returns
    -------
    low, high : float
        low < high, also where there is one value, or none.

    Examples
    --------
    >>> limits([0.0, 10.0]), limits([2.0]), limits([])
    ((-0.5, 10.5), (1.9, 2.1), (0.0, 1.0))
    """
    joined = np.concatenate([np.asarray(each, dtype=np.float64).ravel() for each in values])
    known = joined[np.isfinite(joined)]
    if not known.size:
        return 0.0, 1.0
    low, high = (min(max(float(end), -_HUGE), _HUGE) for end in (known.min(), known.max()))
    return apart(low - room * (high - low), high + room * (high - low))


def apart(low: float, high: float) -> tuple[float, float]:
    """Return two limits that are far enough apart to be drawn between, and of a finite distance."""
    low, high = (min(max(end, -_LARGEST), _LARGEST) for end in (low, high))
    size = max(abs(low), abs(high))
    if high - low > max(_NARROWEST * size, _TINY):
        return low, high
    half = _ROOM * size if size > _TINY else 0.5
    return low - half, high + half


def round_axis(
    ends: tuple[float, float],
    most: int = 4,
    *,
    label: str = "",
    min_step: float = 0.0,
    is_reported: bool = True,
    has_grid: bool = False,
    has_line: bool = True,
) -> Axis:
    """Return an axis with few round ticks.

    Parameters
    ----------
    ends : (float, float)
        Limits, the lower first.
    most : int
        Intervals between ticks, at most.
    label : str
        Quantity and unit.
    min_step : float
        Finest step between ticks; 0 for any.
    is_reported : bool
        Whether marks and numbers stand at the ticks.
    has_grid, has_line : bool
        As of :class:`Axis`.
    """
    low, high = ends
    ticks = round_ticks(low, high, most, min_step=min_step)
    return Axis(
        low=low,
        high=high,
        ticks=tuple(ticks),
        words=tuple(tick_words(ticks)) if is_reported else (),
        label=label,
        has_grid=has_grid,
        has_line=has_line,
        has_marks=is_reported,
    )


def ratio_axis(
    ends: tuple[float, float],
    most: int = 4,
    *,
    label: str = "",
    is_reported: bool = True,
    has_grid: bool = False,
) -> Axis:
    """Return an axis along which equal ways are equal ratios; see :func:`round_axis`.

    Examples
    --------
    >>> ratio_axis((0.2, 1500.0)).words
    ('1', '10', '100', '1000')
    """
    ticks = ratio_ticks(*ends, most)
    return Axis(
        low=ends[0],
        high=ends[1],
        ticks=tuple(ticks),
        words=tuple(tick_words([tick])[0] for tick in ticks) if is_reported else (),
        label=label,
        has_grid=has_grid,
        has_marks=is_reported,
        is_logarithmic=True,
    )


def named_axis(
    ticks: Sequence[float], names: Sequence[str], ends: tuple[float, float], *, label: str = ""
) -> Axis:
    """Return an axis with names instead of numbers, without line and marks.

    Parameters
    ----------
    ticks : sequence of float
        Where the names stand.
    names : sequence of str
        Words; none for rows that another panel names.
    ends : (float, float)
        Limits; the greater first for rows from above.
    label : str
        What the names are.
    """
    return Axis(
        low=ends[0],
        high=ends[1],
        ticks=tuple(map(float, ticks)),
        words=tuple(names),
        label=label,
        has_line=False,
        has_marks=False,
    )


def same_scale(
    x: tuple[float, float], y: tuple[float, float], width: float, height: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return limits under which one unit is as long in both directions: the lesser range grows."""
    per_point = max((x[1] - x[0]) / width, (y[1] - y[0]) / height)
    half_x, half_y = 0.5 * per_point * width, 0.5 * per_point * height
    middle_x, middle_y = 0.5 * (x[0] + x[1]), 0.5 * (y[0] + y[1])
    return (middle_x - half_x, middle_x + half_x), (middle_y - half_y, middle_y + half_y)
