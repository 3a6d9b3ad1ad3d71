"""Discharge capacity against C-rate, one line per cell."""

from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl

from electrodoe.report.figure import FigureData
from electrodoe.report.plot import (
    DASHED,
    Axis,
    Dots,
    Drawing,
    Line,
    Mark,
    Panel,
    Words,
    apart,
    drawing_of,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.style import FAINT, FIRST, PAGE_WIDTH_IN, SECOND, SMALL

_COLORS: Final = (FIRST, SECOND)
_MOST_NAMED: Final = 2
"""With more cells, colors tell nothing; then all lines are thin and the median is thick."""
_ROOM_FOR_NAMES: Final = 2.0
"""Times the highest rate at which the axis ends, where names stand at the right; chosen."""
_NEAREST: Final = 0.045
"""Fraction of the axis that two names at the right edge keep apart."""


def build(cycles: pl.DataFrame) -> FigureData:
    """Return the capacities of cells at each rate.

    The same rows in order, and for more than two cells ``cell = ""`` with the median of the
    accepted ones.
    """
    ours = cycles.select("cell", "c_rate", "capacity", "is_accepted").drop_nulls()
    ours = ours.sort("cell", "c_rate")
    n_cells = ours["cell"].n_unique()
    median = (
        ours.filter("is_accepted")
        .group_by("c_rate")
        .agg(pl.col("capacity").median())
        .sort("c_rate")
        .select(cell=pl.lit(""), c_rate="c_rate", capacity="capacity", is_accepted=pl.lit(True))
    )
    return FigureData(
        name="rate_capability",
        title="Rate capability",
        caption=(
            "Discharge capacity of the cycle that counts at each rate, one line per cell; cells"
            " that were not accepted are dashed."
            + (
                " The thick line is the median of the accepted cells."
                if n_cells > _MOST_NAMED
                else ""
            )
        ),
        kind="rate_capability",
        frame=pl.concat([ours, median]) if n_cells > _MOST_NAMED else ours,
        labels={"x": "C-rate", "y": "Discharge capacity (mAh)"},
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the lines over the logarithm of the rate."""
    page = sheet(width_in, 1, 1, height_in=2.4, left_in=0.6, top_in=0.12)
    frame = data.frame
    names = [name for name in frame["cell"].unique(maintain_order=True) if name]
    rates = frame["c_rate"].unique().sort().to_list()
    is_named = len(names) <= _MOST_NAMED
    top = 1.08 * limits(frame["capacity"], [0.0], room=0.0)[1]
    marks: list[Mark] = []
    for index, name in enumerate(names):
        marks += _cell(frame.filter(pl.col("cell") == name), _COLORS[index] if is_named else FAINT)
    panel = Panel(
        box=page.boxes[0],
        x=_rates(rates, data.labels["x"], is_named=is_named),
        y=round_axis(apart(0.0, top), label=data.labels["y"], has_grid=True),
        marks=[
            *marks,
            *_median(frame.filter(pl.col("cell") == "")),
            *(_names(frame, names, top) if is_named else ()),
        ],
    )
    return drawing_of(page, [panel])


def _cell(rows: pl.DataFrame, color: str) -> list[Mark]:
    """Return one cell's line; dashed where the cell was not accepted."""
    x, y = rows["c_rate"], rows["capacity"]
    dashes = () if rows["is_accepted"].all() else DASHED
    return [
        Line(x=x, y=y, color=color, width=1.1, dashes=dashes),
        Dots(x=x, y=y, color=color, size=3.5),
    ]


def _median(rows: pl.DataFrame) -> list[Mark]:
    """Return the median of the accepted cells."""
    x, y = rows["c_rate"], rows["capacity"]
    return [Line(x=x, y=y, color=FIRST, width=2.0), Dots(x=x, y=y, color=FIRST, size=4.5)]


def _rates(rates: list[float], label: str, *, is_named: bool) -> Axis:
    """Return an axis that names the rates as people do, with room for the cells' names."""
    shown = _apart(rates)
    return Axis(
        low=rates[0] / 1.25,
        high=rates[-1] * (_ROOM_FOR_NAMES if is_named else 1.25),
        ticks=tuple(shown),
        words=tuple(map(_rate, shown)),
        label=label,
        is_logarithmic=True,
    )


def _apart(rates: list[float]) -> list[float]:
    """Return rates far enough apart for their names to fit, from the fastest down."""
    kept: list[float] = []
    for rate in reversed(rates):
        if not kept or kept[-1] / rate > 1.25:
            kept.append(rate)
    return kept[::-1]


def _rate(c_rate: float) -> str:
    """Return a rate as people write it."""
    return f"{c_rate:.3g}C" if c_rate >= 1.0 else f"C/{1.0 / c_rate:.3g}"


def _names(frame: pl.DataFrame, names: list[str], top: float) -> list[Words]:
    """Return each cell's name at the end of its line, none upon another."""
    ends = [frame.filter(pl.col("cell") == name).row(-1, named=True) for name in names]
    places = np.array([end["capacity"] for end in ends], dtype=float)
    order = np.argsort(places)
    for before, after in pairwise(order):
        places[after] = max(places[after], places[before] + _NEAREST * top)
    return [
        Words(
            x=end["c_rate"], y=place, words=str(end["cell"]), color=color, size=SMALL,
            shift=(6.0, 0.0),
        )
        for end, place, color in zip(ends, places.tolist(), _COLORS, strict=False)
    ]  # fmt: skip
