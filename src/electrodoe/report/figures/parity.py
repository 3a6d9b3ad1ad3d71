"""Predicted against observed, as in the paper's Figures 5 to 12, for its families and more."""

from typing import Any, Final

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from electrodoe.evaluate.judgement import Predictability
from electrodoe.models import DEFAULT_FAMILY, PAPER_FAMILIES
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, shown, slug
from electrodoe.report.selection import best_row, cases, families_in, of, verdict
from electrodoe.report.style import (
    FAINT,
    FIRST,
    MUTED,
    SECOND,
    few_ticks,
    legend_above,
    panels,
    wrapped,
)

_LOOKS: Final[tuple[tuple[str, str, dict[str, Any], str], ...]] = (
    ("train", "o", {"color": MUTED, "ms": 2.2, "mew": 0}, "training samples"),
    (
        "loco",
        "^",
        {"mec": SECOND, "mfc": "none", "ms": 3.2, "mew": 0.7},
        "left-out configurations",
    ),
    ("test", "s", {"color": FIRST, "ms": 3.0, "mew": 0}, "test samples (random split)"),
)
"""Split, mark, look and name in the legend, in the order of drawing."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per response and scenario, with a panel per family."""
    figures = []
    for target, scenario in cases(content):
        chosen = _families(content, target, scenario)
        rows = of(content.predictions, target, scenario).filter(pl.col("family").is_in(chosen))
        if rows.is_empty():
            continue
        scale = shown(content.study, target)
        case = f"{scale.label}{in_scenario(content.study, scenario)}"
        figures.append(
            FigureData(
                name=slug("parity", target, scenario),
                title=f"{case}: predicted against observed",
                caption=(
                    "Gray and blue: the printed random split, whose test samples are new"
                    " replicates of known configurations. Orange: each configuration predicted by"
                    " a model that has not seen it. The line is perfect prediction."
                ),
                kind="parity",
                frame=_points(rows, scale.factor),
                labels={
                    "x": f"Observed ({scale.unit})" if scale.unit else "Observed",
                    "y": f"Predicted ({scale.unit})" if scale.unit else "Predicted",
                },
                target=target,
                scenario=scenario,
            )
        )
    return figures


def _families(content: ReportContent, target: str, scenario: str) -> set[str]:
    """Return the paper's, the default and the best; the last two only where none predicts."""
    best = best_row(content, target, scenario)
    chosen = {DEFAULT_FAMILY, best["family"] if best else DEFAULT_FAMILY}
    is_hopeless = verdict(content, target, scenario) is Predictability.NOT
    return chosen if is_hopeless else {*PAPER_FAMILIES, *chosen}


def _points(rows: pl.DataFrame, factor: float) -> pl.DataFrame:
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


def draw(data: FigureData) -> Figure:
    """Return square panels with one range for all."""
    families = data.frame["family"].unique(maintain_order=True).to_list()
    columns = 3 if len(families) <= 6 else 4
    figure, axes = panels(
        len(families),
        columns,
        height_in=2.1 if columns == 3 else 1.58,
        left_in=0.2,
        margin_in=0.35,
        bottom_in=0.2,
        top_in=0.3,
        head_in=0.24,
        foot_in=0.24,
    )
    limits = _limits(data.frame)
    for index, (ax, family) in enumerate(zip(axes, families, strict=True)):
        _draw_points(ax, data.frame.filter(pl.col("family") == family), limits)
        ax.set_title(wrapped(family, 30))
        is_left, is_lowest = index % columns == 0, index + columns >= len(families)
        ax.set_xlabel(data.labels["x"] if is_lowest else "")
        ax.set_ylabel(data.labels["y"] if is_left else "")
        ax.tick_params(left=is_left, labelleft=is_left, bottom=is_lowest, labelbottom=is_lowest)
    legend_above(figure, axes[0])
    return figure


def _limits(frame: pl.DataFrame) -> tuple[float, float]:
    """Return a range that holds what was observed and half of its span on either side at most."""
    observed = frame["observed"].to_numpy()
    low, high = float(observed.min()), float(observed.max())
    span = (high - low) or 1.0
    everything = np.concatenate([observed, frame["predicted"].to_numpy()])
    lowest = max(float(everything.min()), low - 0.5 * span)
    highest = min(float(everything.max()), high + 0.5 * span)
    return lowest - 0.04 * span, highest + 0.04 * span


def _draw_points(ax: Axes, rows: pl.DataFrame, limits: tuple[float, float]) -> None:
    """Draw the three kinds of prediction; those beyond the range sit on its edge."""
    ax.plot(limits, limits, "-", color=FAINT, linewidth=0.9)
    for split, marker, look, label in _LOOKS:
        points = rows.filter(pl.col("split") == split)
        inside = np.clip(points["predicted"].to_numpy(), *limits)
        ax.plot(points["observed"], inside, marker, label=label, clip_on=False, **look)
    ax.set_xlim(limits)
    ax.set_ylim(limits)
    few_ticks(ax, n_x=4, n_y=4)
    ax.grid(visible=True)
