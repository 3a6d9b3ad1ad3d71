"""Replicates, mean and spread of each configuration, as in the paper's Figure 3."""

from typing import Final

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown, slug
from electrodoe.report.style import FIRST, INK, MUTED, few_ticks, legend_above, panels, wrapped

BEFORE: Final = "uncalendered_"
"""Beginning of a response that was measured before the calender."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per response before and after the calender, or one of the first response.

    Only responses with replicates have a spread to show.
    """
    names = list(content.study.responses)
    after = [name.removeprefix(BEFORE) for name in names if name.startswith(BEFORE)]
    sides: list[tuple[str, ...]] = [(name, f"{BEFORE}{name}") for name in after if name in names]
    by_sample = [name for name in names if content.study.responses[name].measured_per == "sample"]
    sides = sides or [(name,) for name in by_sample[:1]]
    figures = [_figure(content, side) for side in sides]
    return [figure for figure in figures if figure is not None]


def _figure(content: ReportContent, responses: tuple[str, ...]) -> FigureData | None:
    """Return one figure, or None where nothing was measured twice."""
    frame = pl.concat([_values(content, response) for response in responses])
    if frame.is_empty() or not frame.select("response", "position").is_duplicated().any():
        return None
    first = shown(content.study, responses[0])
    return FigureData(
        name=slug("replicates", responses[0]),
        title=f"{first.label} by configuration",
        caption=(
            "Gray: samples; cross: set aside. Blue: mean of a configuration's other samples, with"
            " a bar of one standard deviation to either side."
        ),
        kind="replicates",
        frame=frame,
        labels={"x": "Configuration (number)"},
        target=responses[0],
        is_narrow=len(responses) == 1,
    )


def _values(content: ReportContent, response: str) -> pl.DataFrame:
    """Return the samples with mean and spread of their configuration, in the shown unit."""
    scale, dataset = shown(content.study, response), content.dataset
    kept = pl.col("value").filter(~pl.col("is_set_aside"))
    return (
        pl.DataFrame(
            {
                "response": scale.axis,
                "position": dataset.configuration_numbers() + 1,
                "value": scale.factor * dataset.values(response),
                "is_set_aside": dataset.set_aside[response],
            }
        )
        .filter(pl.col("value").is_finite())
        .with_columns(
            mean=kept.mean().over("position"),
            standard_deviation=kept.std(ddof=1).over("position"),
        )
    )


def draw(data: FigureData) -> Figure:
    """Return the responses side by side."""
    responses = data.frame["response"].unique(maintain_order=True).to_list()
    figure, axes = panels(
        len(responses), 2, height_in=1.7, left_in=0.6, bottom_in=0.42, top_in=0.1, head_in=0.24
    )
    for ax, response in zip(axes, responses, strict=True):
        _draw_response(ax, data.frame.filter(pl.col("response") == response))
        ax.set_ylabel(wrapped(response, 34))
        ax.set_xlabel(data.labels["x"])
    legend_above(figure, axes[0])
    return figure


def _draw_response(ax: Axes, rows: pl.DataFrame) -> None:
    """Draw the samples, and the mean of each configuration with its spread."""
    kept, aside = rows.filter(~pl.col("is_set_aside")), rows.filter("is_set_aside")
    means = kept.unique("position", maintain_order=True)
    ax.plot(kept["position"] - 0.16, kept["value"], "o", color=MUTED, ms=2.4, mew=0, label="sample")
    ax.plot(
        aside["position"] - 0.16, aside["value"], "x", color=INK, ms=4, mew=1, label="set aside"
    )
    ax.errorbar(
        means["position"] + 0.16,
        means["mean"],
        means["standard_deviation"].fill_null(0.0),
        fmt="o",
        color=FIRST,
        ms=3.4,
        mew=0,
        elinewidth=1.1,
        capsize=1.8,
        label="mean ± standard deviation",
    )
    few_ticks(ax)
    ax.xaxis.set_major_locator(MaxNLocator(9, integer=True))
    ax.grid(visible=True, axis="y")
