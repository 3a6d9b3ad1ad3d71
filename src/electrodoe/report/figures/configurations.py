"""Every response by configuration: what was measured, and what was set aside."""

import polars as pl
from matplotlib.figure import Figure

from electrodoe.dataset import CONFIGURATION
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import shown
from electrodoe.report.style import FIRST, SECOND, few_ticks, legend_above, panels, wrapped


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
                    "value": scale.factor * dataset.values(response),
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


def draw(data: FigureData) -> Figure:
    """Return small multiples, four in a row."""
    responses = data.frame["response"].unique(maintain_order=True).to_list()
    figure, axes = panels(
        len(responses),
        4,
        height_in=1.0,
        left_in=0.42,
        bottom_in=0.25,
        top_in=0.5,
        foot_in=0.15,
        head_in=0.22,
    )
    for index, (ax, response) in enumerate(zip(axes, responses, strict=True)):
        rows = data.frame.filter(pl.col("response") == response)
        kept, aside = rows.filter(~pl.col("is_set_aside")), rows.filter("is_set_aside")
        ax.plot(
            kept["position"], kept["value"], "o", color=FIRST, ms=2.4, mew=0, label="in the models"
        )
        ax.plot(
            aside["position"], aside["value"], "x", color=SECOND, ms=4, mew=1.1, label="set aside"
        )
        ax.set_title(wrapped(response, 21))
        ax.grid(visible=True, axis="y")
        few_ticks(ax, n_x=5, n_y=3)
        if index + 4 >= len(responses):
            ax.set_xlabel(data.labels["x"])
    legend_above(figure, axes[0])
    return figure
