"""The prediction variance over two factors at a time, the others at the center point."""

from dataclasses import replace
from typing import Final

import polars as pl

from electrodoe.arrays import Floats
from electrodoe.design.assessment.evaluation import PlanEvaluation
from electrodoe.design.run_plan import RunPlan
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.panels.color_scale import (
    scale_colors,
    scale_key,
    scale_levels,
    scale_lines,
)
from electrodoe.report.plot import (
    Box,
    Dots,
    Drawing,
    Mark,
    Panel,
    drawing_of,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.plot.contours import labeled_contours, regions
from electrodoe.report.style import INK, PAGE_WIDTH_IN, SURFACE
from electrodoe.study import Study

_MOST_PANELS = 9
"""Three rows of three; with more the figure would not fit a page."""
_RUN = "run"
_KEY: Final = "Prediction variance (of σ²)"


def build(study: Study, plan: RunPlan | None, evaluation: PlanEvaluation) -> FigureData | None:
    """Return the slices and the runs projected onto them, or None where there is no pair."""
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


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return one panel per pair, all with the same levels and one key."""
    pairs = data.frame.partition_by("panel", maintain_order=True)
    page = sheet(
        width_in,
        len(pairs),
        3,
        height_in=1.75,
        left_in=0.55,
        bottom_in=0.5,
        top_in=0.12,
        head_in=0.5,
    )
    levels = scale_levels(data.frame["prediction_variance"].drop_nulls().to_numpy())
    panels = [_panel(rows, box, levels) for rows, box in zip(pairs, page.boxes, strict=True)]
    return drawing_of(page, [scale_key(page, levels, _KEY), *panels])


def _panel(rows: pl.DataFrame, box: Box, levels: Floats) -> Panel:
    """Return filled contours with their values, and the runs."""
    surface, runs = rows.filter(pl.col("kind") != _RUN), rows.filter(pl.col("kind") == _RUN)
    x = surface["x"].unique(maintain_order=True).to_numpy()
    y = surface["y"].unique(maintain_order=True).to_numpy()
    values = surface["prediction_variance"].fill_null(float("nan")).to_numpy()
    grid = (x, y, values.reshape(len(x), len(y)).T)
    panel = Panel(
        box=box,
        x=round_axis(limits(rows["x"], room=0.0), label=rows["x_label"][0]),
        y=round_axis(limits(rows["y"], room=0.0), label=rows["y_label"][0]),
    )
    marks: list[Mark] = [*regions(grid, levels, scale_colors(levels))]
    places = runs.select("x", "y").to_numpy()
    marks += labeled_contours(grid, scale_lines(levels), panel, places)
    dots = Dots(x=runs["x"], y=runs["y"], color=SURFACE, edge=INK, size=4.0, edge_width=0.8)
    return replace(panel, marks=[*marks, dots])
