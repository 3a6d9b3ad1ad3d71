"""Replicates, mean and spread of each configuration, as in the paper's Figure 3."""

from typing import Final

import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown, slug
from electrodoe.report.plot import (
    Box,
    Dots,
    Drawing,
    Mark,
    Panel,
    Segments,
    drawing_of,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.style import FIRST, INK, MUTED, PAGE_WIDTH_IN, wrapped

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
                "value": scale.factor * dataset.response(response),
                "is_set_aside": dataset.set_aside[response],
            }
        )
        .filter(pl.col("value").is_finite())
        .with_columns(
            mean=kept.mean().over("position"),
            standard_deviation=kept.std(ddof=1).over("position"),
        )
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the responses side by side."""
    responses = data.frame.partition_by("response", maintain_order=True)
    whole = sheet(
        width_in,
        len(responses),
        2,
        height_in=1.7,
        left_in=0.6,
        bottom_in=0.42,
        top_in=0.1,
        head_in=0.24,
    )
    panels = [
        _panel(rows, box, wrapped(rows["response"][0], 34, width_in), data.labels["x"])
        for rows, box in zip(responses, whole.boxes, strict=True)
    ]
    return drawing_of(whole, panels, legend=panels[0].marks)


def _panel(rows: pl.DataFrame, box: Box, response: str, configuration: str) -> Panel:
    """Return the samples, and the mean of each configuration with its spread."""
    kept, aside = rows.filter(~pl.col("is_set_aside")), rows.filter("is_set_aside")
    means = kept.unique("position", maintain_order=True)
    spread = means["standard_deviation"].fill_null(0.0)
    low, high, right = means["mean"] - spread, means["mean"] + spread, means["position"] + 0.16
    label = "mean ± standard deviation"
    marks: list[Mark] = [
        Dots(x=kept["position"] - 0.16, y=kept["value"], color=MUTED, size=2.4, label="sample"),
        Segments(x=right, y=low, to_x=right, to_y=high, color=FIRST, width=1.1),
        *(Dots(x=right, y=end, color=FIRST, shape="bar", size=3.6) for end in (low, high)),
        Dots(x=right, y=means["mean"], color=FIRST, size=3.4, label=label),
    ]
    if aside.height:
        x = aside["position"] - 0.16
        marks.append(
            Dots(x=x, y=aside["value"], color=INK, shape="cross", size=4.0, label="set aside")
        )
    return Panel(
        box=box,
        x=round_axis(limits(rows["position"]), 9, label=configuration, min_step=1.0),
        y=round_axis(limits(rows["value"], low, high), label=response, has_grid=True),
        marks=marks,
    )
