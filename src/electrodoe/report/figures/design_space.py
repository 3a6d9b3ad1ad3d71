"""Where the runs of a plan lie among all possible settings (Figure 1 of the paper)."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from electrodoe.design.run_plan import RUN, RunPlan
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.style import (
    FAINT,
    FIRST,
    GRID,
    MUTED,
    SECOND,
    SMALL,
    few_ticks,
    panels,
    width_in,
)
from electrodoe.study import Study

_MOST_PAIRS = 15


def build(study: Study, plan: RunPlan, misplaced: frozenset[int] = frozenset()) -> FigureData:
    """Return the distinct settings of a plan with the number of runs at each.

    Parameters
    ----------
    study : Study
        Labels of the factors.
    plan : RunPlan
        The runs.
    misplaced : frozenset of int
        Runs that the study does not allow.

    Returns
    -------
    FigureData
        One row per distinct setting; numbers in the units in which they are shown, categories by
        their position.
    """
    is_misplaced = pl.col(RUN).is_in(list(misplaced)).any().alias("is_misplaced")
    counted = plan.frame.group_by(plan.factors, maintain_order=True).agg(
        pl.len().alias("n_runs"), is_misplaced
    )
    columns = {}
    for index, name in enumerate(plan.factors):
        values = counted[name]
        if values.dtype == pl.String:
            columns[f"x{index}"] = values.rank("dense").cast(pl.Float64)
        else:
            columns[f"x{index}"] = values * shown(study, name).factor
    labels = {f"x{index}": shown(study, name).axis for index, name in enumerate(plan.factors)}
    is_spatial = len(plan.factors) == 3
    view = (
        "Lines drop each run to the floor."
        if is_spatial
        else "Each panel shows two factors; a point may hide runs that differ in the others."
    )
    marked = "Orange ones are not allowed by the study. " if misplaced else ""
    return FigureData(
        name="design_space",
        title="Design space",
        caption=(
            f"{plan.n_runs} runs at {counted.height} distinct settings; a number beside a point"
            f" counts the runs there where they are more than one. {marked}{view}"
        ),
        kind="design_space",
        frame=pl.DataFrame(columns).hstack(counted.select("n_runs", "is_misplaced")),
        labels=labels,
    )


def draw(data: FigureData) -> Figure:
    """Return the cube for three factors, pairs of factors otherwise."""
    names = list(data.labels)
    if len(names) == 3:
        return _draw_cube(data)
    pairs = list(combinations(names, 2))[:_MOST_PAIRS] or [(names[0], names[0])]
    figure, axes = panels(len(pairs), 3, height_in=1.7, left_in=0.6, bottom_in=0.5, top_in=0.15)
    for ax, (first, second) in zip(axes, pairs, strict=True):
        _draw_pair(ax, data, first, second)
    return figure


def _draw_pair(ax: Axes, data: FigureData, first: str, second: str) -> None:
    """Draw the runs over two factors, with counts."""
    met = data.frame.group_by(first, second, maintain_order=True).agg(
        pl.col("n_runs").sum(), pl.col("is_misplaced").any()
    )
    for color, rows in _by_color(met):
        ax.plot(rows[first], rows[second], "o", color=color, ms=4.5, mew=0)
    for left, height, count in (
        met.select(first, second, "n_runs").unique().sort(first, second).iter_rows()
    ):
        if count > 1:
            ax.annotate(
                str(count), (left, height), (4, 3), textcoords="offset points", fontsize=SMALL
            )
    ax.set_xlabel(data.labels[first])
    ax.set_ylabel(data.labels[second])
    ax.margins(0.14)
    ax.grid(visible=True)
    few_ticks(ax)


def _by_color(rows: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the settings that the study allows and those that it does not, with their colors."""
    for color, is_misplaced in ((FIRST, False), (SECOND, True)):
        own = rows.filter(is_misplaced=is_misplaced)
        if own.height:
            yield color, own


def _draw_cube(data: FigureData) -> Figure:
    """Draw three factors in space, with lines down to the floor."""
    figure = Figure(figsize=(width_in(), 5.0))
    ax: Any = figure.add_axes((0.08, 0.02, 0.84, 0.98), projection="3d")  # Axes3D is untyped
    x, y, z = (data.frame[name].to_numpy() for name in ("x0", "x1", "x2"))
    floor = z.min() - 0.12 * np.ptp(z)
    for left, deep, height in zip(x, y, z, strict=True):
        ax.plot([left, left], [deep, deep], [floor, height], color=FAINT, linewidth=0.7)
    ax.plot(x, y, np.full_like(z, floor), "o", color=FAINT, ms=2.5, mew=0)
    for color, rows in _by_color(data.frame):
        ax.plot(rows["x0"], rows["x1"], rows["x2"], "o", color=color, ms=6.5, mew=0)
    for left, deep, height, count in zip(x, y, z, data.frame["n_runs"], strict=True):
        if count > 1:
            ax.text(left, deep, height, f"\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}{count}", fontsize=8)
    for axis, name, values in ((ax.xaxis, "x0", x), (ax.yaxis, "x1", y), (ax.zaxis, "x2", z)):
        axis.set_pane_color((0.0, 0.0, 0.0, 0.0))
        axis._axinfo["grid"].update(color=GRID, linewidth=0.6)  # noqa: SLF001 - no public way
        axis.line.set_color(MUTED)
        levels = np.unique(values)
        if len(levels) <= 6:
            axis.set_ticks(levels)
        else:
            axis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        axis.set_label_text(data.labels[name])
        axis.labelpad = 8.0
    ax.set_zlim(floor, z.max())
    ax.view_init(elev=20.0, azim=-58.0)
    ax.set_box_aspect((1.25, 1.1, 0.85), zoom=0.92)
    return figure
