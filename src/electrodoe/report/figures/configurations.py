"""Every response by configuration: what was measured, and what was set aside."""

import polars as pl

from electrodoe.dataset import CONFIGURATION
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.plot import Dots, Drawing, Panel, drawing_of, limits, round_axis, sheet
from electrodoe.report.style import FIRST, PAGE_WIDTH_IN, SECOND, wrapped


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure with a panel per response."""
    dataset = content.dataset
    numbers = dataset.configuration_numbers() + 1
    frames = []
    for response in content.study.responses:
        scale = shown(content.study, response)
        frames.append(
            pl.DataFrame(
                {
                    "response": scale.axis,
                    "configuration": dataset.frame[CONFIGURATION],
                    "position": numbers,
                    "value": scale.factor * dataset.response(response),
                    "is_set_aside": dataset.set_aside[response],
                }
            ).filter(pl.col("value").is_finite())
        )
    frame = pl.concat(frames)
    if frame.is_empty():
        return []
    return [
        FigureData(
            name="configurations",
            title="Responses by configuration",
            caption=(
                f"Each dot is one of {dataset.n_samples} samples, each position on the horizontal"
                f" axis one of {dataset.n_configurations} configurations in the order of the"
                " table. The scatter above one position is what replicates differ by."
            ),
            kind="configurations",
            frame=frame,
            labels={"x": "Configuration (number)"},
        )
    ]


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return small multiples, four in a row."""
    responses = data.frame.partition_by("response", maintain_order=True)
    whole = sheet(
        width_in,
        len(responses),
        4,
        height_in=1.0,
        left_in=0.42,
        bottom_in=0.25,
        top_in=0.5,
        foot_in=0.15,
        head_in=0.22,
    )
    panels = [
        Panel(
            box=box,
            x=round_axis(
                limits(rows["position"]),
                5,
                label=data.labels["x"] if index + 4 >= len(responses) else "",
            ),
            y=round_axis(limits(rows["value"]), 3, has_grid=True),
            marks=_samples(rows),
            title=wrapped(rows["response"][0], 21, width_in),
        )
        for index, (rows, box) in enumerate(zip(responses, whole.boxes, strict=True))
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
