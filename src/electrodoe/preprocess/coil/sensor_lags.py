"""Distances between sensors, estimated from what they read along the web."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.preprocess.coil.lags import SMOOTHED_BINS, Lag, comparable, correlation, lag_between
from electrodoe.study.protocols import CoilSensor

_NORMAL_95: Final = 1.96
"""Half width of a 95 % interval of the normal distribution, in standard deviations."""
_MIN_HEIGHT: Final = 5.0
"""Height of a peak that counts, in standard deviations of what chance reaches."""
_DRIFT_FRACTION: Final = 0.25
"""Of the widest lag: what moves more slowly along the web is taken off as drift."""
_CURVE_POINTS: Final = 400
"""Points of a drawn correlation: chosen, about as many as a picture shows."""

LAG_COLUMNS: Final = {
    "sensor": pl.String,
    "reference": pl.String,
    "declared_m": pl.Float64,
    "estimated_m": pl.Float64,
    "low_m": pl.Float64,
    "high_m": pl.Float64,
    "correlation": pl.Float64,
    "is_estimable": pl.Boolean,
}


@dataclass(frozen=True, kw_only=True, eq=False)
class SensorLags:
    """Distances as declared and as estimated.

    Attributes
    ----------
    table : polars.DataFrame
        One row per sensor but the reference, with :data:`LAG_COLUMNS`; distances from the blade,
        with a 95 % interval. Null where the readings do not tell.
    curves : polars.DataFrame
        ``sensor, distance_m, correlation``: what was maximized, for a picture.
    """

    table: pl.DataFrame
    curves: pl.DataFrame


def estimate_lags(
    profiles: Mapping[str, Floats],
    sensors: Sequence[CoilSensor],
    bin_m: float,
    reading_m: Mapping[str, float],
) -> SensorLags:
    r"""Return every sensor's distance, as its readings tell it.

    Parameters
    ----------
    profiles : mapping of str to array of shape (n_bins,)
        By the sensor's key: mean reading per bin of what had passed the blade when it was taken.
    sensors : sequence of CoilSensor
        The first is the reference: the others are placed relative to its declared distance.
    bin_m : float, m
        Length of a bin.
    reading_m : mapping of str to float, m
        Web that passes between two readings of a sensor.

    Returns
    -------
    SensorLags
        Empty where there is one sensor.

    Notes
    -----
    A sensor :math:`d` behind another sees the same web when :math:`d` more of it has passed. In
    web coordinates the lag is a length, whatever the speed did. How it is found and how sure it
    is: :func:`lag_between`. Added to its interval are the spacing of the bins and of the readings,
    each over :math:`\sqrt{12}`.
    """
    reference, others = sensors[0], sensors[1:]
    largest_m = 2.0 * max((abs(one.distance_m) for one in sensors), default=0.0) + 1.0
    n_bins = len(profiles[reference.key])
    most = max(2, min(int(np.ceil(largest_m / bin_m)), n_bins // 2))
    drift_bins = max(_DRIFT_FRACTION * most, 4.0 * SMOOTHED_BINS)
    course = comparable(profiles[reference.key], drift_bins)
    rows, curves = [], []
    for sensor in others:
        other = comparable(profiles[sensor.key], drift_bins)
        lags, curve = correlation(course, other, most)
        lag = None if course is None or other is None else lag_between(course, other, lags, curve)
        spacing_m = np.sqrt(bin_m**2 + reading_m[sensor.key] ** 2 + reading_m[reference.key] ** 2)
        rows.append(_row(sensor, reference, lag, bin_m, float(spacing_m / np.sqrt(12.0))))
        curves.append(_curve(sensor, reference, bin_m * lags.astype(np.float64), curve))
    return SensorLags(
        table=pl.DataFrame(rows, schema=LAG_COLUMNS, orient="row"),
        curves=pl.concat([_no_curve(), *curves]),
    )


def _row(
    sensor: CoilSensor, reference: CoilSensor, lag: Lag | None, bin_m: float, spacing_m: float
) -> tuple[object, ...]:
    """Return a sensor's row, without an estimate where its peak does not count."""
    is_estimable = (
        lag is not None and lag.height >= _MIN_HEIGHT and bool(np.isfinite(lag.standard_error))
    )
    head = (sensor.key, reference.key, sensor.distance_m)
    if lag is None or not is_estimable:
        return (*head, None, None, None, lag.correlation if lag else None, False)
    estimated_m = reference.distance_m + lag.bins * bin_m
    half_m = _NORMAL_95 * float(np.hypot(lag.standard_error * bin_m, spacing_m))
    interval = (estimated_m, estimated_m - half_m, estimated_m + half_m)
    return (*head, *interval, lag.correlation, True)


def _curve(
    sensor: CoilSensor, reference: CoilSensor, lags_m: Floats, curve: Floats
) -> pl.DataFrame:
    """Return the correlation by distance, thinned to what a picture shows; the peak stays."""
    step = max(1, len(curve) // _CURVE_POINTS)
    offset = int(np.argmax(np.abs(curve))) % step
    return pl.DataFrame(
        {
            "sensor": [sensor.key] * len(curve[offset::step]),
            "distance_m": reference.distance_m + lags_m[offset::step],
            "correlation": curve[offset::step],
        }
    )


def _no_curve() -> pl.DataFrame:
    """Return curves of no sensor."""
    return pl.DataFrame(
        schema={"sensor": pl.String, "distance_m": pl.Float64, "correlation": pl.Float64}
    )
