"""Replicates, mean and spread of each configuration, as in the paper's Figure 3."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.report.configuration_order import BEFORE, configuration_order
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown, slug
from electrodoe.report.plot import (
    PT_PER_IN,
    Axis,
    Box,
    Dots,
    Drawing,
    Mark,
    Panel,
    Segments,
    across,
    drawing_of,
    limits,
    named_axis,
    round_axis,
    sheet,
)
from electrodoe.report.plot.shapes import LEADING, width_of
from electrodoe.report.style import FAINT, FIRST, INK, MUTED, PAGE_WIDTH_IN, SMALL, wrapped

_BESIDE: Final = 3.0
"""Points between the settings of two configurations."""
_APART, _APART_PT = 0.16, 5.0
"""Between a configuration's place and its samples or its mean: fraction of its width, points."""
_ROOM: Final = 0.6
"""Of a configuration's width, beside the first and the last one."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per response before and after the calender, or one of the first response.

    Only responses with replicates have a spread to show; outcomes have none.
    """
    study = content.study
    names = [name for name in study.responses if study.kind_of(name) != "binary"]
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
            "Configurations in the order of their settings, which stand below; lines part those of"
            " the first factor. Gray: samples; cross: set aside. Blue: mean of a configuration's"
            " other samples, with a bar of one standard deviation to either side."
        ),
        kind="replicates",
        frame=frame,
        target=responses[0],
        is_narrow=len(responses) == 1,
    )


def _values(content: ReportContent, response: str) -> pl.DataFrame:
    """Return the samples with mean and spread of their configuration, in the shown unit."""
    scale, dataset = shown(content.study, response), content.dataset
    order = configuration_order(content, response)
    kept = pl.col("value").filter(~pl.col("is_set_aside"))
    values = dataset.response(response)
    is_known = np.isfinite(values)
    samples = pl.DataFrame(
        {
            "response": scale.axis,
            "axis": order.label,
            "number": dataset.numbers_among(is_known),
            "value": scale.factor * values[is_known],
            "is_set_aside": dataset.set_aside[response][is_known],
        }
    )
    return samples.join(order.frame, on="number", how="left", maintain_order="left").with_columns(
        mean=kept.mean().over("position"),
        standard_deviation=kept.std(ddof=1).over("position"),
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the responses one below the other, with their configurations' settings."""
    responses = data.frame.partition_by("response", maintain_order=True)
    look = {"height_in": 1.5, "left_in": 0.62, "top_in": 0.1, "head_in": 0.24}
    trial = sheet(width_in, len(responses), 1, **look)
    axes = [_settings(rows, trial.boxes[0].width, width_in) for rows in responses]
    bottom = max(_room_below(axis) for axis in axes)
    whole = sheet(width_in, len(responses), 1, bottom_in=bottom / PT_PER_IN, **look)
    panels = [
        _panel(rows, box, wrapped(rows["response"][0], 26, width_in), axis)
        for rows, box, axis in zip(responses, whole.boxes, axes, strict=True)
    ]
    return drawing_of(whole, panels, legend=panels[0].marks)


def _settings(rows: pl.DataFrame, width: float, width_in: float) -> Axis:
    """Return the axis of configurations: settings in lines, upright, or numbers of the order."""
    named = rows.unique("position", maintain_order=True).sort("position")
    settings, ticks = named["settings"].to_list(), named["position"].to_list()
    ends = (ticks[0] - _ROOM, ticks[-1] + _ROOM)
    letters = min(_LETTERS, int(_LETTERS_PER_IN * width_in))
    label = wrapped(rows["axis"][0], letters)
    each = width / (ends[1] - ends[0]) - _BESIDE
    lines = [words.replace(" / ", "\n") for words in settings]
    if max(width_of(line, SMALL) for words in lines for line in words.split("\n")) <= each:
        return replace(named_axis(ticks, lines, ends, label=label), has_line=True)
    if each >= LEADING * SMALL - _BESIDE:
        axis = named_axis(ticks, settings, ends, label=label)
        return replace(axis, has_line=True, has_upright_words=True)
    label = wrapped(f"Place in the order of {rows['axis'][0]}", letters)
    return round_axis(ends, 9, label=label, min_step=1.0)


_LETTERS, _LETTERS_PER_IN = 110, 15.6
"""Of a line below a panel: at most, and that have room on an inch of the drawing's width."""


def _room_below(axis: Axis) -> float:
    """Return what numbers and label below a panel need, in points."""
    if axis.has_upright_words:
        words = max(width_of(each, SMALL) for each in axis.words)
    else:
        words = LEADING * SMALL * (1 + max(each.count("\n") for each in axis.words))
    return 14.0 + words + LEADING * SMALL * (1 + axis.label.count("\n"))


def _panel(rows: pl.DataFrame, box: Box, response: str, settings: Axis) -> Panel:
    """Return the samples, and the mean of each configuration with its spread."""
    kept, aside = rows.filter(~pl.col("is_set_aside")), rows.filter("is_set_aside")
    means = kept.unique("position", maintain_order=True)
    spread = means["standard_deviation"].fill_null(0.0)
    low, high = means["mean"] - spread, means["mean"] + spread
    aside_by = min(_APART, _APART_PT * (settings.high - settings.low) / box.width)
    right = means["position"] + aside_by
    label = "mean ± standard deviation"
    marks: list[Mark] = [
        *_parted(rows),
        Dots(x=kept["position"] - aside_by, y=kept["value"], color=MUTED, size=2.4, label="sample"),
        Segments(x=right, y=low, to_x=right, to_y=high, color=FIRST, width=1.1),
        *(Dots(x=right, y=end, color=FIRST, shape="bar", size=3.6) for end in (low, high)),
        Dots(x=right, y=means["mean"], color=FIRST, size=3.4, label=label),
    ]
    if aside.height:
        x = aside["position"] - aside_by
        marks.append(
            Dots(x=x, y=aside["value"], color=INK, shape="cross", size=4.0, label="set aside")
        )
    return Panel(
        box=box,
        x=settings,
        y=round_axis(limits(rows["value"], low, high), 5, label=response, has_grid=True),
        marks=marks,
    )


def _parted(rows: pl.DataFrame) -> Iterator[Mark]:
    """Yield lines between the settings of the first factor, where several share each."""
    order = rows.unique("position").sort("position")
    if order["group"].n_unique() < order.height:
        ends = order.filter(pl.col("group") != pl.col("group").shift(1))["position"] - 0.5
        if len(ends):
            yield across(x=ends, color=FAINT, width=0.6)
