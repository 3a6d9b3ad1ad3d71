"""Adhesion strength: the true one within its interval, whatever sign, zero and clock."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.signal import lfilter

from electrodoe.preprocess.adhesion import ADHESION_SCHEMA, condense_adhesion, evaluate_pull_off
from strategies.pull_off import SHAPES, MadeUpTest, curve_of, made_up_curve, protocol

Array = NDArray[np.float64]
TESTS = st.builds(
    MadeUpTest,
    strength_kpa=st.floats(50.0, 1200.0),
    shape=st.sampled_from(SHAPES),
    tension_sign=st.sampled_from([1, -1]),
    drift_n_s=st.floats(-0.1, 0.1),
    offset_n=st.floats(-10.0, 10.0),
    noise_n=st.sampled_from([0.005, 0.02, 0.1]),
)
N_COVERAGE = 120


@pytest.mark.parametrize("shape", SHAPES)
def test_the_true_strength_lies_in_its_interval_in_95_of_100_curves(shape: str):
    """At 2000 Hz, either sign, with drift, offset and noise; 90 to 99.5 % of 120 curves."""
    rng = np.random.default_rng(20260)
    n_inside = 0
    for seed in range(N_COVERAGE):
        test = MadeUpTest(
            shape=shape,
            strength_kpa=rng.uniform(60.0, 900.0),
            tension_sign=int(rng.choice([-1, 1])),
            drift_n_s=rng.uniform(-0.05, 0.05),
            offset_n=rng.uniform(-5.0, 5.0),
            noise_n=float(rng.choice([0.005, 0.02, 0.1])),
        )
        row = condense_adhesion([made_up_curve(test, seed)], protocol()).table.row(0, named=True)
        low, high = row["adhesion_strength_low_kpa"], row["adhesion_strength_high_kpa"]
        n_inside += low <= test.strength_kpa <= high

    assert 0.90 <= n_inside / N_COVERAGE <= 0.995


def _resembling(time: Array, rng: np.random.Generator) -> Array:
    """Noise whose neighbors resemble one another, as behind a filter."""
    return lfilter([0.012], [1.0, -0.8], rng.normal(size=time.size))


def _hum(time: Array, rng: np.random.Generator) -> Array:
    return 0.05 * np.sin(100.0 * np.pi * time + rng.uniform(0.0, 6.0))


def _warming(time: Array, rng: np.random.Generator) -> Array:
    return 0.5 * np.exp(-time / 2.0)


def _stepping(time: Array, rng: np.random.Generator) -> Array:
    return np.where(time > 2.0, 0.3, 0.0)


@pytest.mark.parametrize("disturb", [_resembling, _hum, _warming, _stepping])
def test_noise_and_drift_of_other_kinds_widen_the_interval(
    disturb: Callable[[Array, np.random.Generator], Array],
):
    """Noise that is not white, hum, drift that is not straight: 85 % of 60 at least."""
    rng = np.random.default_rng(4)
    n_inside = 0
    for seed in range(60):
        test = MadeUpTest(shape=SHAPES[seed % 3], strength_kpa=rng.uniform(60.0, 900.0))
        curve = made_up_curve(test, seed)
        disturbed = curve_of(curve.time_s, curve.force_n + disturb(curve.time_s, rng))
        found = evaluate_pull_off(disturbed, protocol())
        n_inside += abs(found.adhesion_strength_kpa - test.strength_kpa) <= found.half_width_kpa

    assert n_inside / 60 >= 0.85


def test_a_clock_with_two_digits_changes_little():
    """Twenty points share a time, as in an export that rounds: the strength stays."""
    curve = made_up_curve(MadeUpTest())
    rounded = curve_of(np.floor(curve.time_s * 100.0) / 100.0, curve.force_n)

    found = evaluate_pull_off(rounded, protocol())

    assert found.adhesion_strength_kpa == pytest.approx(300.0, rel=0.005)
    assert found.is_accepted


@given(TESTS, st.integers(0, 1000))
@settings(max_examples=25)
def test_a_sound_curve_gives_its_strength_and_is_accepted(test: MadeUpTest, seed: int):
    """Within 2 %, or twice the noise of a point, with its sign, compression and dwell found."""
    noise_kpa = 1000.0 * test.noise_n / protocol().area_mm2
    found = evaluate_pull_off(made_up_curve(test, seed), protocol())

    assert found.is_accepted, found.findings
    assert found.reading is not None
    assert found.reading.orientation.tension_sign == test.tension_sign
    near = max(3.0, 2.0 * noise_kpa)
    assert found.adhesion_strength_kpa == pytest.approx(test.strength_kpa, rel=0.02, abs=near)
    assert found.compression_stress_kpa == pytest.approx(1500.0, rel=0.02)
    assert found.dwell_s == pytest.approx(test.dwell_s, abs=0.1)


@given(TESTS, st.integers(0, 1000), st.floats(-1e4, 1e4), st.floats(-100.0, 100.0))
@settings(max_examples=15)
def test_neither_a_later_clock_nor_another_zero_changes_a_strength(
    test: MadeUpTest, seed: int, later_s: float, offset_n: float
):
    """Time shifted, force shifted: the same strength."""
    curve = made_up_curve(test, seed)
    moved = curve_of(curve.time_s + later_s, curve.force_n + offset_n)

    strength = evaluate_pull_off(curve, protocol()).adhesion_strength_kpa

    found = evaluate_pull_off(moved, protocol()).adhesion_strength_kpa
    assert found == pytest.approx(strength, rel=1e-6)


@given(TESTS, st.integers(0, 1000), st.sampled_from([0.25, 2.0, -1.0, -4.0]))
@settings(max_examples=15)
def test_a_strength_grows_as_its_force(test: MadeUpTest, seed: int, factor: float):
    """Twice the force, twice the strength and its interval; a turned sign changes nothing."""
    curve = made_up_curve(test, seed)
    scaled = curve_of(curve.time_s, factor * curve.force_n)

    found = evaluate_pull_off(scaled, protocol(compression_stress_kpa=None))

    once = evaluate_pull_off(curve, protocol(compression_stress_kpa=None))
    ratio = abs(factor)
    assert found.adhesion_strength_kpa == pytest.approx(ratio * once.adhesion_strength_kpa)
    assert found.half_width_kpa == pytest.approx(ratio * once.half_width_kpa)


def test_an_area_of_its_own_counts_before_the_protocols():
    """From the table of samples, by file."""
    curve = made_up_curve(MadeUpTest())
    samples = pl.DataFrame({"file": ["made_up.csv"], "area_mm2": [25.13]})

    once = condense_adhesion([curve], protocol()).table
    twice = condense_adhesion([curve], protocol(compression_stress_kpa=None), samples).table

    ratio = twice["adhesion_strength_kpa"][0] / once["adhesion_strength_kpa"][0]
    assert ratio == pytest.approx(50.26 / 25.13)
    assert twice["area_mm2"].to_list() == [25.13]


def test_a_table_has_a_row_per_curve_in_their_order():
    """Also of no curves at all, and of one without a strength."""
    empty = condense_adhesion([], protocol())
    sound = made_up_curve(MadeUpTest())
    silent = replace(sound, force_n=np.zeros_like(sound.force_n))
    table = condense_adhesion([silent, sound], protocol()).table

    assert empty.table.height == 0
    assert ADHESION_SCHEMA.check(table)["accepted"].to_list() == [False, True]
    assert table["lines"][1] == f"2-{sound.force_n.size + 1}"
    assert table["adhesion_strength_kpa"][0] is None
