"""Every response by configuration: what was measured, and what was set aside."""

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans
from electrodoe.dataset import CONFIGURATION, Dataset
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.plot import (
    PT_PER_IN,
    Dots,
    Drawing,
    Panel,
    drawing_of,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.plot.drawn_panel import room_beside
from electrodoe.report.style import FIRST, PAGE_WIDTH_IN, SECOND, wrapped


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure with a panel per response."""
    frame = pl.concat([_values(content, response) for response in content.study.responses])
    if frame.is_empty():
        return []
    return [
        FigureData(
            name="configurations",
            title="Responses by configuration",
            caption=(
                "Each dot is a sample, each position on the horizontal axis a configuration."
                " Configurations are numbered in the order of their names, among those in which a"
                " response of the same scenario was measured. The scatter above one position is"
                " what replicates differ by."
            ),
            kind="configurations",
            frame=frame,
            labels={"x": "Configuration (number)"},
        )
    ]


def _values(content: ReportContent, response: str) -> pl.DataFrame:
    """Return the samples of one response, in the shown unit, with their configurations' numbers."""
    scale, dataset = shown(content.study, response), content.dataset
    rows = _rows_beside(dataset, response)
    samples = pl.DataFrame(
        {
            "response": scale.axis,
            "configuration": dataset.frame[CONFIGURATION].filter(rows),
            "position": dataset.numbers_among(rows) + 1,
            "value": scale.factor * dataset.response(response)[rows],
            "is_set_aside": dataset.set_aside[response][rows],
        }
    )
    return samples.filter(pl.col("value").is_finite())


def _rows_beside(dataset: Dataset, response: str) -> Booleans:
    """Return the samples that have a response, or one that its first scenario has beside it."""
    groups = map(dataset.study.responses_of, dataset.study.scenarios)
    names = next((group for group in groups if response in group), (response,))
    return np.asarray(np.any([np.isfinite(dataset.response(name)) for name in names], axis=0))


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return small multiples, four in a row."""
    responses = data.frame.partition_by("response", maintain_order=True)
    numbers = [round_axis(limits(rows["value"]), 3, has_grid=True) for rows in responses]
    whole = sheet(
        width_in,
        len(responses),
        4,
        height_in=1.0,
        left_in=max(0.42, max(map(room_beside, numbers)) / PT_PER_IN),
        bottom_in=0.4,
        top_in=0.5,
        head_in=0.22,
        min_in=1.6,
    )
    panels = [
        Panel(
            box=box,
            x=round_axis(limits(rows["position"]), 5, label=data.labels["x"]),
            y=axis,
            marks=_samples(rows),
            title=wrapped(rows["response"][0], 21, width_in),
        )
        for rows, axis, box in zip(responses, numbers, whole.boxes, strict=True)
    ]
    return drawing_of(whole, panels, legend=panels[0].marks)


def _samples(rows: pl.DataFrame) -> list[Dots]:
    """Return the samples in the models and those set aside."""
    kept, aside = rows.filter(~pl.col("is_set_aside")), rows.filter("is_set_aside")
    return [
        Dots(x=kept["position"], y=kept["value"], color=FIRST, size=2.4, label="in the models"),
        Dots(
            x=aside["position"],
            y=aside["value"],
            color=SECOND,
            shape="cross",
            size=4.0,
            edge_width=1.1,
            label="set aside",
        ),
    ]
