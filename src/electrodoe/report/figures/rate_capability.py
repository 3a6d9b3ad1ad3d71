"""Discharge capacity against C-rate, one line per cell."""

from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from electrodoe.report.figure import FigureData
from electrodoe.report.style import FAINT, FIRST, MUTED, SECOND, SMALL, few_ticks, panels

_COLORS: Final = (FIRST, SECOND)
_MOST_NAMED: Final = 2
"""With more cells, colors tell nothing; then all lines are thin and the median is thick."""
_ROOM_FOR_NAMES: Final = 2.0
_NEAREST: Final = 0.045
"""Share of the axis that two names at the right edge keep apart."""


def build(cycles: pl.DataFrame) -> FigureData:
    """Return the capacities of cells at each rate.

    Parameters
    ----------
    cycles : polars.DataFrame
        ``cell, c_rate, capacity, is_accepted``, in one unit of capacity; one row per cell and rate.

    Returns
    -------
    FigureData
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


def draw(data: FigureData) -> Figure:
    """Return the lines over the logarithm of the rate."""
    figure, (ax,) = panels(1, 1, height_in=2.4, left_in=0.6, top_in=0.12)
    frame = data.frame
    names = [name for name in frame["cell"].unique(maintain_order=True) if name]
    for index, name in enumerate(names):
        color = _COLORS[index] if len(names) <= _MOST_NAMED else FAINT
        _draw_cell(ax, frame.filter(pl.col("cell") == name), color)
    median = frame.filter(pl.col("cell") == "")
    ax.plot(median["c_rate"], median["capacity"], "-o", color=FIRST, lw=2.0, ms=4.5, mew=0)
    rates = frame["c_rate"].unique().sort().to_list()
    is_named = len(names) <= _MOST_NAMED
    _set_axes(ax, rates, float(frame["capacity"].to_numpy().max()), is_named=is_named)
    if is_named:
        _write_names(ax, frame, names)
    ax.set_xlabel(data.labels["x"])
    ax.set_ylabel(data.labels["y"])
    return figure


def _draw_cell(ax: Axes, rows: pl.DataFrame, color: str) -> None:
    """Draw one cell's line; dashed where the cell was not accepted."""
    style = "-" if rows["is_accepted"].all() else "--"
    ax.plot(rows["c_rate"], rows["capacity"], style, color=color, lw=1.1)
    ax.plot(rows["c_rate"], rows["capacity"], "o", color=color, ms=3.5, mew=0)


def _set_axes(ax: Axes, rates: list[float], greatest: float, *, is_named: bool) -> None:
    """Name the rates as people do, and let the capacity begin at zero."""
    few_ticks(ax)
    ax.set_xscale("log")
    shown = _apart(rates)
    ax.set_xticks(shown, [_rate(rate) for rate in shown])
    ax.set_xticks([], minor=True)
    ax.set_xlim(rates[0] / 1.25, rates[-1] * (_ROOM_FOR_NAMES if is_named else 1.25))
    ax.set_ylim(0.0, 1.08 * greatest)
    ax.grid(visible=True, axis="y")
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines["left"].set_color(MUTED)


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


def _write_names(ax: Axes, frame: pl.DataFrame, names: list[str]) -> None:
    """Write each cell's name at the end of its line, none upon another."""
    ends = [frame.filter(pl.col("cell") == name).row(-1, named=True) for name in names]
    room = _NEAREST * ax.get_ylim()[1]
    places = np.array([end["capacity"] for end in ends], dtype=float)
    order = np.argsort(places)
    for before, after in pairwise(order):
        places[after] = max(places[after], places[before] + room)
    for end, place, color in zip(ends, places, _COLORS, strict=False):
        ax.annotate(
            str(end["cell"]),
            (end["c_rate"], place),
            xytext=(6.0, 0.0),
            textcoords="offset points",
            color=color,
            fontsize=SMALL,
            va="center_baseline",
        )
