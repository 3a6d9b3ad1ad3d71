"""Discharge capacity against C-rate, one line per cell, in the color of what its run was set to."""

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
from electrodoe.report.style import FAINT, FIRST, PAGE_WIDTH_IN, RAMP, SECOND, SMALL, spread
from electrodoe.ties import first_largest

_COLORS: Final = (FIRST, SECOND)
_MOST_NAMED: Final = 2
"""With more cells, colors tell nothing; then all lines are thin and the median is thick."""
_ROOM_FOR_NAMES: Final = 2.0
"""Times the highest rate at which the axis ends, where names stand at the right; chosen."""
_NEAREST: Final = 0.045
"""Fraction of the axis that two names at the right edge keep apart."""


def build(cycles: pl.DataFrame, settings: pl.DataFrame | None = None) -> FigureData:
    """Return the capacities of cells at each rate.

    Parameters
    ----------
    cycles : polars.DataFrame
        Columns ``cell, c_rate, capacity, is_accepted``.
    settings : polars.DataFrame or None
        Columns ``cell, factor, level, words``: what each cell's run was set to, with a rank.

    Returns
    -------
    FigureData
        The same rows in order, each with ``level`` and ``words`` of the factor that divides the
        capacities at the highest rate best; and for more than two cells ``cell = ""`` with the
        median of the accepted ones, level by level.
    """
    ours = cycles.select("cell", "c_rate", "capacity", "is_accepted").drop_nulls()
    factor = _telling_factor(ours, settings)
    own = _NO_SETTINGS if factor is None or settings is None else settings.filter(factor=factor)
    ours = ours.join(own.select("cell", "level", "words"), on="cell", how="left")
    ours = ours.sort("cell", "c_rate")
    is_many = ours["cell"].n_unique() > _MOST_NAMED
    lines = "; colors tell what the run was set to" if factor is not None and is_many else ""
    medians = "The thick line is the median of the accepted cells."
    if lines:
        medians = "Thick lines are medians of the accepted cells of each setting."
    return FigureData(
        name="rate_capability",
        title="Rate capability",
        caption=(
            "Discharge capacity of the cycle that counts at each rate, one line per cell"
            f"{lines}; cells that were not accepted are dashed.{f' {medians}' if is_many else ''}"
        ),
        kind="rate_capability",
        frame=pl.concat([ours, _medians(ours)]) if is_many else ours,
        labels={"x": "C-rate", "y": "Discharge capacity (mAh)", "factor": factor or ""},
    )


_NO_SETTINGS: Final = pl.DataFrame(
    schema={"cell": pl.String, "factor": pl.String, "level": pl.Int64, "words": pl.String}
)


def _medians(ours: pl.DataFrame) -> pl.DataFrame:
    """Return the median of the accepted cells of each setting at each rate."""
    return (
        ours.filter("is_accepted")
        .group_by("level", "words", "c_rate")
        .agg(pl.col("capacity").median())
        .sort("level", "c_rate")
        .select(
            "c_rate", "capacity", "level", "words", cell=pl.lit(""), is_accepted=pl.lit(value=True)
        )
        .select(ours.columns)
    )


def _telling_factor(ours: pl.DataFrame, settings: pl.DataFrame | None) -> str | None:
    """Return the factor between whose levels the capacities at the highest rate differ most."""
    if settings is None or ours.is_empty():
        return None
    fast = ours.filter(pl.col("is_accepted"), pl.col("c_rate") == pl.col("c_rate").max())
    found = {
        str(factor): _explained(fast.join(rows, on="cell"))
        for (factor,), rows in settings.group_by("factor", maintain_order=True)
    }
    known = {factor: fraction for factor, fraction in found.items() if fraction is not None}
    if not known:
        return None
    return list(known)[int(first_largest(np.array(list(known.values())), scale=1.0))]


def _explained(rows: pl.DataFrame) -> float | None:
    """Return the fraction of the capacities' variance between levels; None of one or too many."""
    within = rows["capacity"] - rows.select(pl.col("capacity").mean().over("level"))["capacity"]
    total = float(np.var(rows["capacity"].to_numpy())) if rows.height else 0.0
    if not 2 <= rows["level"].n_unique() <= len(RAMP) or total == 0.0:
        return None
    return 1.0 - float(np.var(within.to_numpy())) / total


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the lines over the logarithm of the rate."""
    frame = data.frame
    names = [name for name in frame["cell"].unique(maintain_order=True) if name]
    rates = frame["c_rate"].unique().sort().to_list()
    is_named = len(names) <= _MOST_NAMED
    levels = [] if is_named else _levels(frame)
    head = 0.26 if levels else 0.0
    page = sheet(width_in, 1, 1, height_in=2.4, left_in=0.6, top_in=0.12, head_in=head)
    top = 1.08 * limits(frame["capacity"], [0.0], room=0.0)[1]
    colors = dict(zip([level for level, _ in levels], spread(RAMP, len(levels)), strict=True))
    marks: list[Mark] = []
    for index, name in enumerate(names):
        own = frame.filter(pl.col("cell") == name)
        color = _COLORS[index] if is_named else colors.get(own["level"][0], FAINT)
        marks += _cell(own, color, width=1.1 if is_named else 0.6)
    medians = frame.filter(pl.col("cell") == "").partition_by("level", maintain_order=True)
    for rows in medians:
        marks += _median(rows, colors.get(rows["level"][0], FIRST))
    panel = Panel(
        box=page.boxes[0],
        x=_rates(rates, data.labels["x"], is_named=is_named),
        y=round_axis(apart(0.0, top), label=data.labels["y"], has_grid=True),
        marks=[*marks, *(_names(frame, names, top) if is_named else ())],
    )
    key = [
        Line(x=(), y=(), color=colors[level], width=2.0, label=_setting(data, words, step))
        for step, (level, words) in enumerate(levels)
    ]
    return drawing_of(page, [panel], legend=key)


def _levels(frame: pl.DataFrame) -> list[tuple[int, str]]:
    """Return the levels that color cells, in rising order, with their words."""
    known = frame.drop_nulls("level").select("level", "words").unique().sort("level")
    return list(known.iter_rows())


def _setting(data: FigureData, words: str, step: int) -> str:
    """Return a level's name in the legend; the first one says of what."""
    return words if step else f"{data.labels['factor']}: {words}"


def _cell(rows: pl.DataFrame, color: str, width: float) -> list[Mark]:
    """Return one cell's line; dashed where the cell was not accepted."""
    x, y = rows["c_rate"], rows["capacity"]
    dashes = () if rows["is_accepted"].all() else DASHED
    return [
        Line(x=x, y=y, color=color, width=width, dashes=dashes),
        Dots(x=x, y=y, color=color, size=3.2 * width**0.5),
    ]


def _median(rows: pl.DataFrame, color: str) -> list[Mark]:
    """Return the median of the accepted cells."""
    x, y = rows["c_rate"], rows["capacity"]
    return [Line(x=x, y=y, color=color, width=2.0), Dots(x=x, y=y, color=color, size=4.5)]


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
