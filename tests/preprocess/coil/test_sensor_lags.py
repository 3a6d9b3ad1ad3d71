"""Distances from readings alone: right, honest about their doubt, silent where there is nothing."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter1d

from electrodoe.preprocess.coil import estimate_lags
from electrodoe.study.protocols import CoilSensor

BIN_M, N_BINS, TRUE_M, FINE_M = 0.02, 3000, 5.613, 0.002


def placed(name: str, distance_m: float) -> CoilSensor:
    """Return a sensor at a distance."""
    return CoilSensor(name=name, unit="um", column=name, distance_m=distance_m)


def web(rng: np.random.Generator) -> np.ndarray:
    """Return 80 m of gap on a fine grid from -10 m: a step every 5 m, and waves in between."""
    n = int(80.0 / FINE_M)
    steps = np.repeat(20.0 * rng.normal(size=17), int(5.0 / FINE_M))[:n]
    return steps + 20.0 * gaussian_filter1d(rng.normal(size=n), 50.0)


def read(course: np.ndarray, distance_m: float, noise: float, rng: np.random.Generator):
    """Return what a sensor reads in bins of web that had passed the blade."""
    at_m = BIN_M * np.arange(N_BINS) - distance_m
    fine = -10.0 + FINE_M * np.arange(len(course))
    return np.interp(at_m, fine, course) + noise * rng.normal(size=N_BINS)


def estimated(first: np.ndarray, second: np.ndarray, declared_m: float = 5.6):
    """Return the second sensor's row."""
    lags = estimate_lags(
        {"a": first, "b": second},
        [placed("a", 0.0), placed("b", declared_m)],
        BIN_M,
        {"a": 0.005, "b": 0.005},
    )
    return lags.table.row(0, named=True)


@pytest.mark.parametrize("noise", [0.5, 10.0])
def test_the_interval_holds_the_truth_in_nineteen_of_twenty(noise: float):
    """Over 40 made-up coils, 35 or more: 95 % less what chance takes."""
    held = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        course = web(rng)
        row = estimated(read(course, 0.0, noise, rng), read(course, TRUE_M, noise, rng))
        held += (not row["is_estimable"]) or row["low_m"] <= TRUE_M <= row["high_m"]

    assert held >= 35


def test_unrelated_sensors_are_not_given_a_distance():
    """In at most 3 of 40 coils, though both have steps every 5 m."""
    found = 0
    for seed in range(40):
        rng = np.random.default_rng(1000 + seed)
        row = estimated(read(web(rng), 0.0, 1.0, rng), read(web(rng), 3.3, 1.0, rng))
        found += row["is_estimable"]

    assert found <= 3


def test_a_sensor_that_falls_where_the_other_rises_is_found_too():
    """A temperature that drops under a thick film."""
    rng = np.random.default_rng(7)
    course = web(rng)

    row = estimated(read(course, 0.0, 1.0, rng), -read(course, TRUE_M, 1.0, rng))

    assert row["correlation"] < -0.9
    assert row["estimated_m"] == pytest.approx(TRUE_M, abs=BIN_M)


def test_a_sensor_before_the_blade_has_a_negative_distance():
    """An unwinder's 2 m."""
    rng = np.random.default_rng(8)
    course = web(rng)

    row = estimated(read(course, 0.0, 1.0, rng), read(course, -2.0, 1.0, rng), -2.0)

    assert row["estimated_m"] == pytest.approx(-2.0, abs=BIN_M)


def test_the_scale_of_a_reading_does_not_matter():
    """In any unit, with any zero."""
    rng = np.random.default_rng(9)
    course = web(rng)
    first, second = read(course, 0.0, 1.0, rng), read(course, TRUE_M, 1.0, rng)

    assert estimated(first, second)["estimated_m"] == pytest.approx(
        estimated(first, 1e-3 * second + 40.0)["estimated_m"], abs=1e-9
    )


@pytest.mark.parametrize("course", [np.full(N_BINS, 60.0), np.full(N_BINS, np.nan)])
def test_a_sensor_that_shows_nothing_has_no_distance(course: np.ndarray):
    """A constant temperature, or no reading at all."""
    rng = np.random.default_rng(10)

    row = estimated(read(web(rng), 0.0, 1.0, rng), course)

    assert not row["is_estimable"]
    assert row["estimated_m"] is None
