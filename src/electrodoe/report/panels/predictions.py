"""Predicted against observed: training and test samples, and left-out configurations."""

from typing import Any, Final

import numpy as np
import polars as pl

from electrodoe.report.naming import family_title
from electrodoe.report.plot import Axis, Dots, Line, Mark, apart, ratio_axis, round_axis
from electrodoe.report.selection import families_in
from electrodoe.report.style import FAINT, FIRST, MUTED, SECOND

_LOOKS: Final[tuple[tuple[str, dict[str, Any], str], ...]] = (
    ("train", {"color": MUTED, "size": 2.2}, "training samples"),
    (
        "loco",
        {"shape": "triangle", "edge": SECOND, "size": 3.2, "edge_width": 0.7},
        "left-out configurations",
    ),
    ("test", {"shape": "square", "color": FIRST, "size": 3.0}, "test samples (random split)"),
)
"""Split, sign and name in the legend, in the order of drawing."""


def prediction_points(rows: pl.DataFrame, factor: float) -> pl.DataFrame:
    """Return the points in the shown unit, families in the catalogue's order."""
    order = {family: index for index, family in enumerate(families_in(rows))}
    named = {family: family_title(family) for family in order}
    return (
        rows.with_columns(
            position=pl.col("family").replace_strict(order, return_dtype=pl.Int64),
            family=pl.col("family").replace(named),
            observed=pl.col("observed") * factor,
            predicted=pl.col("predicted") * factor,
        )
        .select("position", "family", "split", "row", "observed", "predicted")
        .sort("position", maintain_order=True)
    )


def shared_axis(
    ends: tuple[float, float], label: str, *, is_reported: bool, has_ratios: bool = False
) -> Axis:
    """Return an axis with grid; numbers and label only at the sheet's edge."""
    axis = ratio_axis if has_ratios else round_axis
    return axis(ends, 4, label=label if is_reported else "", is_reported=is_reported, has_grid=True)


def prediction_limits(frame: pl.DataFrame, *, has_ratios: bool = False) -> tuple[float, float]:
    """Return a range that holds what was observed and half of its span on either side at most."""
    if has_ratios:  # the same of logarithms
        low, high = prediction_limits(frame.with_columns(pl.col("observed", "predicted").log10()))
        return 10.0**low, 10.0**high
    observed = frame["observed"].to_numpy()
    low, high = float(observed.min()), float(observed.max())
    span = (high - low) or 1.0
    everything = np.concatenate([observed, frame["predicted"].to_numpy()])
    lowest = max(float(everything.min()), low - 0.5 * span)
    highest = min(float(everything.max()), high + 0.5 * span)
    return apart(lowest - 0.04 * span, highest + 0.04 * span)


def prediction_marks(rows: pl.DataFrame, ends: tuple[float, float]) -> list[Mark]:
    """Return the three kinds of prediction; those beyond the range sit on its edge."""
    marks: list[Mark] = [Line(x=ends, y=ends, color=FAINT, width=0.9)]
    for split, look, label in _LOOKS:
        points = rows.filter(pl.col("split") == split)
        inside = np.clip(points["predicted"].to_numpy(), *ends)
        marks.append(Dots(x=points["observed"], y=inside, label=label, **look))
    return marks
