"""The prediction variance over two factors at a time, the others in the middle."""

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from electrodoe.design.evaluation import PlanEvaluation
from electrodoe.design.run_plan import RunPlan
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.rounding import significant
from electrodoe.report.style import INK, RAMP, SMALL, SURFACE, few_ticks, panels
from electrodoe.study import Study

_MOST_PANELS = 9
_RUN = "run"


def build(study: Study, plan: RunPlan | None, evaluation: PlanEvaluation) -> FigureData | None:
    """Return the slices and the runs projected onto them, or None where there is no pair.

    Parameters
    ----------
    study : Study
        Labels of the factors.
    plan : RunPlan or None
        Runs to mark.
    evaluation : PlanEvaluation
        The slices.

    Returns
    -------
    FigureData or None
        ``panel, x_label, y_label, x, y, prediction_variance``; rows without a variance and with
        the kind ``run`` are runs.
    """
    if evaluation.slices.is_empty():
        return None
    frames = []
    pairs = evaluation.slices.select("x_factor", "y_factor").unique(maintain_order=True)
    for x_factor, y_factor in pairs.head(_MOST_PANELS).iter_rows():
        x, y = shown(study, x_factor), shown(study, y_factor)
        own = evaluation.slices.filter(x_factor=x_factor, y_factor=y_factor)
        words = {"panel": f"{x_factor}/{y_factor}", "x_label": x.axis, "y_label": y.axis}
        named = [pl.lit(text).alias(key) for key, text in words.items()]
        scaled = own.select(
            *named,
            pl.lit("surface").alias("kind"),
            pl.col("x") * x.factor,
            pl.col("y") * y.factor,
            "prediction_variance",
        )
        frames.append(scaled)
        if plan is not None:
            frames.append(
                plan.frame.select(
                    *named,
                    pl.lit(_RUN).alias("kind"),
                    (pl.col(x_factor) * x.factor).alias("x"),
                    (pl.col(y_factor) * y.factor).alias("y"),
                    pl.lit(None, dtype=pl.Float64).alias("prediction_variance"),
                )
            )
    return FigureData(
        name="variance_slices",
        title="Prediction variance over two factors",
        caption=(
            "Variance of a predicted mean, in units of a run's variance, with the other factors in"
            " the middle of their range. Dots are the plan's runs, seen through the other factors."
        ),
        kind="variance_slices",
        frame=pl.concat(frames),
    )


def draw(data: FigureData) -> Figure:
    """Return one panel per pair, all with the same levels."""
    names = data.frame["panel"].unique(maintain_order=True).to_list()
    figure, axes = panels(len(names), 3, height_in=1.75, left_in=0.55, bottom_in=0.5, top_in=0.12)
    surface = data.frame["prediction_variance"].drop_nulls().to_numpy()
    levels = np.linspace(surface.min(), surface.max() * 1.0001, len(RAMP) + 1)
    for ax, name in zip(axes, names, strict=True):
        _draw_panel(ax, data.frame.filter(pl.col("panel") == name), levels)
    return figure


def _draw_panel(ax: Axes, rows: pl.DataFrame, levels: NDArray[np.float64]) -> None:
    """Draw filled contours with their values, and the runs."""
    surface, runs = rows.filter(pl.col("kind") != _RUN), rows.filter(pl.col("kind") == _RUN)
    x = surface["x"].unique(maintain_order=True).to_numpy()
    y = surface["y"].unique(maintain_order=True).to_numpy()
    values = surface["prediction_variance"].fill_null(float("nan")).to_numpy()
    grid = np.ma.masked_invalid(values.reshape(len(x), len(y)).T)
    ax.contourf(x, y, grid, levels, colors=RAMP)
    lines = ax.contour(x, y, grid, levels[1:-1:2], colors=SURFACE, linewidths=0.8)
    ax.clabel(lines, fmt=lambda value: significant(value, 2), fontsize=SMALL, colors=SURFACE)
    ax.plot(runs["x"], runs["y"], "o", color=SURFACE, mec=INK, ms=4, mew=0.8, clip_on=False)
    ax.set_xlabel(rows["x_label"][0])
    ax.set_ylabel(rows["y_label"][0])
    few_ticks(ax)
