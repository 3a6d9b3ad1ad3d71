"""How far each sensor lags behind the first along the web: declared, and as its readings say."""

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from electrodoe.preprocess.coil import SensorLags
from electrodoe.quantities.labels import label_of
from electrodoe.report.figure import FigureData
from electrodoe.report.style import FIRST, MUTED, SECOND, few_ticks, legend_above, panels


def build(lags: SensorLags) -> FigureData | None:
    """Return the correlation along the web, one panel per sensor.

    Parameters
    ----------
    lags : SensorLags
        As a coil's readings tell them.

    Returns
    -------
    FigureData or None
        ``sensor, distance_m, correlation, declared_m, estimated_m, low_m, high_m``; None where
        there is no other sensor.
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


def draw(data: FigureData) -> Figure:
    """Return a panel per sensor with the declared and the estimated distance."""
    sensors = data.frame["sensor"].unique(maintain_order=True).to_list()
    figure, axes = panels(
        len(sensors), 2, height_in=1.35, left_in=0.55, bottom_in=0.42, top_in=0.3, head_in=0.24
    )
    for ax, sensor in zip(axes, sensors, strict=True):
        _draw_sensor(ax, data.frame.filter(pl.col("sensor") == sensor))
        ax.set_title(f"{sensor}: {_found(data.frame.filter(pl.col('sensor') == sensor))}")
        ax.set_xlabel(data.labels["x"])
        ax.set_ylabel(data.labels["y"])
    legend_above(figure, axes[0])
    return figure


def _found(rows: pl.DataFrame) -> str:
    """Return the estimate in words."""
    if rows["estimated_m"][0] is None:
        return "no clear peak"
    estimated_mm, half_mm = (
        1000.0 * float(one)
        for one in (rows["estimated_m"][0], 0.5 * (rows["high_m"][0] - rows["low_m"][0]))
    )
    return f"{estimated_mm:.0f} ± {half_mm:.0f} mm"


def _draw_sensor(ax: Axes, rows: pl.DataFrame) -> None:
    """Draw one sensor's correlation, where it is declared and where it is found."""
    ax.plot(
        rows["distance_m"], rows["correlation"], color=MUTED, linewidth=1.1, label="correlation"
    )
    ax.axvline(rows["declared_m"][0], color=SECOND, linewidth=1.4, label="declared")
    estimate = rows["estimated_m"][0]
    ax.axvline(
        float("nan") if estimate is None else estimate,
        color=FIRST,
        linewidth=1.4,
        linestyle=(0, (4, 2)),
        label="estimated, with its 95 % interval",
    )
    if estimate is not None:
        ax.axvspan(rows["low_m"][0], rows["high_m"][0], color=FIRST, alpha=0.25, linewidth=0)
    correlation = rows["correlation"].to_numpy()
    ax.set_ylim(min(correlation.min(), 0.0) - 0.1, max(correlation.max(), 0.0) + 0.1)
    ax.grid(visible=True)
    few_ticks(ax, n_x=6, n_y=3)
