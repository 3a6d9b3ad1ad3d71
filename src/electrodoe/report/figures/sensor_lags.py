"""How far each sensor lags behind the first along the web: declared, and as its readings say."""

import numpy as np
import polars as pl

from electrodoe.preprocess.coil import SensorLags
from electrodoe.quantities.labels import label_of
from electrodoe.report.figure import FigureData
from electrodoe.report.plot import (
    Blocks,
    Drawing,
    Line,
    Mark,
    Panel,
    across,
    drawing_of,
    limits,
    round_axis,
    sheet,
)
from electrodoe.report.style import FIRST, MUTED, PAGE_WIDTH_IN, SECOND


def build(lags: SensorLags) -> FigureData | None:
    """Return the correlation along the web, one panel per sensor.

    ``sensor, distance_m, correlation, declared_m, estimated_m, low_m, high_m``; None where there is
    no other sensor.
    """
    if lags.curves.is_empty():
        return None
    places = lags.table.select("sensor", "declared_m", "estimated_m", "low_m", "high_m")
    reference = label_of(lags.table["reference"][0])
    return FigureData(
        name="sensor_lags",
        title="Distances between sensors",
        caption=(
            "How well each sensor follows the reference"
            f" ({reference.lower()}) when it is taken to stand at a distance from the blade. Web"
            " position is the integral of the speed, so that changes of speed and stops do not"
            " matter. The band is the 95 % interval of the estimate."
        ),
        kind="sensor_lags",
        frame=lags.curves.join(places, on="sensor", how="left", maintain_order="left").with_columns(
            pl.col("sensor").map_elements(label_of, return_dtype=pl.String)
        ),
        labels={"x": "Distance from the blade (m)", "y": "Correlation"},
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return a panel per sensor with the declared and the estimated distance."""
    sensors = data.frame.partition_by("sensor", maintain_order=True)
    page = sheet(
        width_in,
        len(sensors),
        2,
        height_in=1.35,
        left_in=0.55,
        bottom_in=0.42,
        top_in=0.3,
        head_in=0.24,
    )
    panels = [
        Panel(
            box=box,
            x=round_axis(limits(rows["distance_m"]), 6, label=data.labels["x"], has_grid=True),
            y=round_axis(_reach(rows["correlation"]), 3, label=data.labels["y"], has_grid=True),
            marks=_marks(rows),
            title=f"{rows['sensor'][0]}: {_found(rows)}",
        )
        for rows, box in zip(sensors, page.boxes, strict=True)
    ]
    return drawing_of(page, panels, legend=_marks(sensors[0]))


def _reach(correlation: pl.Series) -> tuple[float, float]:
    """Return limits with zero between them."""
    low, high = limits(correlation, [0.0], room=0.0)
    return low - 0.1, high + 0.1


def _found(rows: pl.DataFrame) -> str:
    """Return the estimate in words."""
    if rows["estimated_m"][0] is None:
        return "no clear peak"
    estimated_mm, half_mm = (
        1000.0 * float(one)
        for one in (rows["estimated_m"][0], 0.5 * (rows["high_m"][0] - rows["low_m"][0]))
    )
    return f"{round(estimated_mm)} ± {half_mm:.0f} mm".replace("-", "−")


def _marks(rows: pl.DataFrame) -> list[Mark]:
    """Return one sensor's correlation, where it is declared and where it is found."""
    estimate = float("nan") if rows["estimated_m"][0] is None else rows["estimated_m"][0]
    correlation = Line(
        x=rows["distance_m"], y=rows["correlation"], color=MUTED, width=1.1, label="correlation"
    )
    declared = across(x=rows["declared_m"][0], color=SECOND, width=1.4, label="declared")
    label = "estimated, with its 95 % interval"
    estimated = across(x=estimate, color=FIRST, width=1.4, dashes=(4.0, 2.0), label=label)
    if np.isnan(estimate):
        return [correlation, declared, estimated]
    endless = float("inf")
    low, high = rows["low_m"][0], rows["high_m"][0]
    interval = Blocks(x=low, to_x=high, y=-endless, to_y=endless, color=FIRST, opacity=0.25)
    return [interval, correlation, declared, estimated]
