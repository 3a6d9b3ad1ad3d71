"""The maximum tension: read before the fall, however many samples the fall takes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from electrodoe.preprocess.adhesion import evaluate_pull_off
from electrodoe.preprocess.adhesion.curve_segment import CurveSegment
from electrodoe.preprocess.adhesion.peak import _last_blocks as last_blocks
from electrodoe.preprocess.adhesion.peak import find_peak, find_top
from strategies.pull_off import FALLS, MadeUpTest, made_up_curve, protocol

FALLING = (1, 2, 4, 8, 20, 60)
"""Samples at 2000 Hz: half a millisecond to 30 ms."""
RISES = ("sudden", "softening")


@pytest.mark.parametrize("n_falling", FALLING)
def test_the_true_strength_lies_in_its_interval_however_long_the_fall(n_falling: int):
    """Straight, fading and bent falls, either sign, three levels of noise: 90 of 100 at least."""
    rng = np.random.default_rng(20261)
    n_inside = 0
    for seed in range(120):
        test = MadeUpTest(
            shape=RISES[seed % 2],
            fall=FALLS[seed % 3],
            n_falling=n_falling,
            strength_kpa=rng.uniform(60.0, 900.0),
            tension_sign=int(rng.choice([-1, 1])),
            noise_n=float(rng.choice([0.005, 0.02, 0.1])),
        )
        found = evaluate_pull_off(made_up_curve(test, seed), protocol())
        n_inside += abs(found.adhesion_strength_kpa - test.strength_kpa) <= found.half_width_kpa

    assert n_inside / 120 >= 0.90


@pytest.mark.parametrize("fall", FALLS)
@pytest.mark.parametrize("n_falling", FALLING)
def test_a_fall_over_some_samples_neither_raises_nor_lowers_a_weak_bond(fall: str, n_falling: int):
    """From 150 kPa on at the usual noise, within 1 % each and 0.2 % on the average."""
    rng = np.random.default_rng(n_falling)
    off = []
    for seed in range(40):
        test = MadeUpTest(
            shape=RISES[seed % 2],
            fall=fall,
            n_falling=n_falling,
            strength_kpa=rng.uniform(150.0, 500.0),
        )
        found = evaluate_pull_off(made_up_curve(test, seed), protocol())
        off.append(found.adhesion_strength_kpa / test.strength_kpa - 1.0)

    assert np.abs(off).max() < 0.01
    assert abs(np.mean(off)) < 0.002


@given(
    st.builds(
        MadeUpTest,
        strength_kpa=st.floats(150.0, 1200.0),
        shape=st.sampled_from(RISES),
        fall=st.sampled_from(FALLS),
        n_falling=st.integers(0, 80),
        tension_sign=st.sampled_from([1, -1]),
    ),
    st.integers(0, 1000),
)
@settings(max_examples=40)
def test_a_fall_is_left_out_unless_it_is_so_slow_that_it_rounds_the_top(
    test: MadeUpTest, seed: int
):
    """Within 2 % each; up to 20 samples no point of the polynomial lies 5 % below the top."""
    found = evaluate_pull_off(made_up_curve(test, seed), protocol())

    assert found.is_accepted, found.findings
    assert found.reading is not None
    assert found.adhesion_strength_kpa == pytest.approx(test.strength_kpa, rel=0.02)
    last = found.reading.pull_n[found.reading.peak.window.stop - 1]
    assert test.n_falling > 20 or last > 0.95 * found.peak_force_n


@given(st.integers(1, 40), st.integers(0, 1000))
@settings(max_examples=30)
def test_what_follows_a_steep_fall_does_not_count(n_later: int, seed: int):
    """Points from the rupture on may be anything low: the peak is the same."""
    rng = np.random.default_rng(seed)
    time = np.arange(400) / 2000.0
    rise = np.linspace(0.0, 20.0, 300)
    before = rise + rng.normal(0.0, 0.02, rise.size)
    fall = 20.0 * np.exp(-np.arange(0.5, 100.5) / 4.0)
    other = fall.copy()
    other[n_later + 4 :] = rng.uniform(-1.0, 1.0, other[n_later + 4 :].size)

    peaks = [find_peak(time, np.concatenate([before, each]), 0, 0.02) for each in (fall, other)]

    assert peaks[0].force_n == peaks[1].force_n
    assert 295 <= peaks[0].window.stop <= 300
    assert peaks[0].force_n == pytest.approx(20.0, abs=0.1)


@pytest.mark.parametrize("shape", ["sudden", "round", "gradual"])
@pytest.mark.parametrize("rate_hz", [100.0, 200.0])
def test_a_slow_record_of_a_top_keeps_its_largest_points(shape: str, rate_hz: float):
    """Twenty-five or fifty points of pull: the round top is no fall, the strength within 5 %."""
    rng = np.random.default_rng(3)
    for seed in range(20):
        test = MadeUpTest(shape=shape, rate_hz=rate_hz, strength_kpa=rng.uniform(100.0, 900.0))

        found = evaluate_pull_off(made_up_curve(test, seed), protocol())

        off = abs(found.adhesion_strength_kpa - test.strength_kpa)
        assert off <= min(found.half_width_kpa, 0.05 * test.strength_kpa)


@pytest.mark.parametrize("noise_n", [0.0, 0.15, 0.5])
@pytest.mark.parametrize("n", [12, 25])
def test_a_block_is_as_far_off_as_its_own_column_in_a_regression_says(n: int, noise_n: float):
    """Student's t of the indicator of the last 1, 2, 4 points; a noise that is greater counts."""
    rng = np.random.default_rng(n)
    time = np.linspace(0.0, 1.0, n)
    pull = 5.0 + 3.0 * time + rng.normal(0.0, 0.1, n)
    segment = CurveSegment(time_s=time, pull_n=pull, noise_n=noise_n, inflation=1.0)
    expected = []

    sizes, errors = last_blocks(segment)

    for size in sizes:
        is_last = (np.arange(n) >= n - size).astype(float)
        X = np.column_stack([np.vander(time, segment.degree + 1), is_last])
        found, squares, *_ = np.linalg.lstsq(X, pull)
        variance = max(squares[0] / (n - X.shape[1]), noise_n**2)
        expected.append(found[-1] / np.sqrt(variance * np.linalg.inv(X.T @ X)[-1, -1]))
    assert len(sizes) >= 3
    np.testing.assert_allclose(errors, expected, rtol=1e-8)


def test_three_points_have_their_largest_for_a_peak():
    """Known by the noise of one point, with Student's 12.706 of one degree of freedom."""
    pull = np.array([1.0, 3.0, 2.0])
    segment = CurveSegment(time_s=np.arange(3.0), pull_n=pull, noise_n=0.1, inflation=1.0)

    top = find_top(segment, 0, is_sudden=True)

    assert (top.force_n, top.std_n, top.scatter_n) == (3.0, 0.1, 0.0)
    assert top.quantile == pytest.approx(12.7062, abs=5e-5)
