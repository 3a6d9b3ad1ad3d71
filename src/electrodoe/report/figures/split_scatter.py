"""How much the score of a random split depends on luck, beside the score on new configurations."""

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, shown, slug
from electrodoe.report.rounding import measured
from electrodoe.report.selection import families_in
from electrodoe.report.style import (
    FAINT,
    FIRST,
    GRID,
    INK,
    MUTED,
    SECOND,
    SMALL,
    SURFACE,
    few_ticks,
    legend_above,
    panels,
    wrapped,
)

_LEFT_EDGE = -1.0
"""Scores below are written beside an arrow at the edge."""
_ROOM_PT = 30.0
"""Room for one such score."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per response, with a panel per scenario."""
    figures = []
    for target in content.study.responses:
        repeats = content.repeats.filter(pl.col("target") == target).drop_nans("r2_test")
        scores = content.evaluation.filter(pl.col("target") == target)
        if repeats.is_empty():
            continue
        n_repeats = repeats["repeat"].n_unique()
        figures.append(
            FigureData(
                name=slug("scatter", target),
                title=f"{shown(content.study, target).label}: random splits and new configurations",
                caption=(
                    f"R² of {n_repeats} random splits per family (new replicates of known"
                    " configurations), the bar from 5 to 95 % of them, and R² on new"
                    " configurations (leave one configuration out)."
                ),
                kind="split_scatter",
                frame=_marks(repeats, scores),
                labels={"x": "R²"},
                target=target,
            )
        )
    return figures


def _marks(repeats: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """Return one row per mark: every repeat, the bar's ends, the printed split, left out."""
    keys = ["scenario", "family"]
    every = repeats.select(*keys, mark=pl.lit("repeat"), value="r2_test")
    renamed = {"r2_test_p05": "p05", "r2_test_p95": "p95", "r2_test": "printed", "r2_loco": "loco"}
    others = (
        scores.rename(renamed)
        .unpivot(list(renamed.values()), index=keys, variable_name="mark", value_name="value")
        .drop_nulls("value")
    )
    order = {family: index for index, family in enumerate(families_in(repeats))}
    marks = pl.concat([every, others.select(every.columns)]).filter(pl.col("value").is_not_nan())
    position = pl.col("family").replace_strict(order, default=None, return_dtype=pl.Int64)
    named = pl.col("family").replace({family: family_title(family) for family in order})
    return marks.with_columns(position=position, family=named).drop_nulls("position")


def draw(data: FigureData) -> Figure:
    """Return the families one below the other, scenarios side by side."""
    frame = data.frame
    scenarios = frame["scenario"].unique(maintain_order=True).to_list()
    names = frame.select("position", "family").unique().sort("position")["family"].to_list()
    ticks = frame["position"].unique().sort().to_list()
    figure, axes = panels(
        len(scenarios),
        2,
        height_in=0.19 * len(names) + 0.1,
        left_in=0.3 if len(scenarios) > 1 else 0.0,
        margin_in=0.85 if len(scenarios) > 1 else 1.15,
        bottom_in=0.38,
        top_in=0.28,
        head_in=0.24,
    )
    for index, (ax, scenario) in enumerate(zip(axes, scenarios, strict=True)):
        _draw_scores(ax, frame.filter(pl.col("scenario") == scenario))
        ax.set_title(wrapped(f"Scenario {scenario}", 50) if len(scenarios) > 1 else "")
        ax.set_yticks(ticks, names if index % 2 == 0 else [""] * len(names))
        ax.set_ylim(max(ticks) + 0.6, min(ticks) - 0.6)
        ax.set_xlabel(data.labels["x"])
    legend_above(figure, axes[0])
    return figure


def _draw_scores(ax: Axes, rows: pl.DataFrame) -> None:
    """Draw dots, bars and the two scores of one scenario."""
    least = float(rows["value"].to_numpy().min())
    lowest = max(_LEFT_EDGE, least - 0.05 * (1.0 - least))
    position = {mark: rows.filter(pl.col("mark") == mark)["position"].to_numpy() for mark in _MARKS}
    value = {mark: rows.filter(pl.col("mark") == mark)["value"].to_numpy() for mark in _MARKS}
    if lowest < 0.0:
        ax.axvline(0.0, color=MUTED, linewidth=0.6)
    bars = dict(zip(position["p05"], value["p05"], strict=True))
    for row, high in zip(position["p95"], value["p95"], strict=True):
        low = max(bars.get(row, high), lowest)
        ax.plot([low, max(high, lowest)], [row, row], "-", color=GRID, lw=5, solid_capstyle="butt")
    ax.plot(
        np.maximum(value["repeat"], lowest),
        position["repeat"],
        "|",
        color=MUTED,
        ms=4.5,
        mew=0.7,
        label="random splits (bar: 5–95 %)",
        clip_on=False,
    )
    ax.plot(
        value["printed"][value["printed"] >= lowest],
        position["printed"][value["printed"] >= lowest],
        "D",
        color=FIRST,
        ms=4,
        mew=0,
        label="the printed random split",
        clip_on=False,
    )
    loco = value["loco"]
    ax.plot(
        loco[loco >= lowest],
        position["loco"][loco >= lowest],
        "o",
        color=SECOND,
        ms=5,
        mew=0,
        label="new configurations",
        clip_on=False,
    )
    ax.set_xlim(lowest, 1.0)
    _write_beyond(ax, rows, lowest)
    few_ticks(ax, n_x=6)
    ax.grid(visible=True, axis="x")
    ax.spines["left"].set_color(FAINT)
    ax.tick_params(axis="y", length=0, labelcolor=INK)


def _write_beyond(ax: Axes, rows: pl.DataFrame, lowest: float) -> None:
    """Write the two scores that lie beyond the left edge, one behind the other."""
    beyond = rows.filter(pl.col("mark").is_in(list(_BEYOND)), pl.col("value") < lowest)
    for _, scores in beyond.group_by("position", maintain_order=True):
        for index, score in enumerate(scores.iter_rows(named=True)):
            ax.annotate(
                f"◂ {measured(score['value'], 2)}",
                (lowest, score["position"]),
                xytext=(4.0 + index * _ROOM_PT, 0.0),
                textcoords="offset points",
                color=_BEYOND[score["mark"]],
                va="center_baseline",
                fontsize=SMALL,
                bbox={"boxstyle": "square,pad=0.05", "facecolor": SURFACE, "edgecolor": "none"},
            )


_BEYOND = {"loco": SECOND, "printed": FIRST}
_MARKS = ("repeat", "p05", "p95", "printed", "loco")
