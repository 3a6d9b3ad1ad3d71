"""The zig-zag of a traversing sensor."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import sawtooth

from electrodoe.errors import PhysicsError
from electrodoe.physics import crossing_length, traverse_position


@given(time=st.floats(0.0, 1e4), period=st.floats(1.0, 100.0))
def test_without_a_dwell_it_is_scipys_triangle_wave(time: float, period: float):
    """From 0 to 1 and back in one period."""
    expected = 0.5 * (1.0 + sawtooth(2.0 * np.pi * time / period, width=0.5))

    found = traverse_position(np.array([time]), 1.0, period)[0]

    assert found == pytest.approx(expected, abs=1e-6)


def test_the_sensor_rests_at_both_edges():
    """Of a period of 24 s, 2 s at each turn: 10 s for each crossing."""
    time_s = np.array([0.0, 5.0, 10.0, 12.0, 17.0, 22.0, 23.9])

    found = traverse_position(time_s, 100.0, 24.0, dwell_s=2.0)

    np.testing.assert_allclose(found, [0.0, 50.0, 100.0, 100.0, 50.0, 0.0, 0.0], atol=1e-9)


@given(time=st.floats(0.0, 1e4), dwell=st.floats(0.0, 4.9))
def test_the_sensor_never_leaves_the_web(time: float, dwell: float):
    """And is where it was one period ago."""
    now, before = traverse_position(np.array([time + 10.0, time]), 200.0, 10.0, dwell)

    assert 0.0 <= now <= 200.0
    assert now == pytest.approx(before, abs=1e-3 * 200.0 / (5.0 - dwell))


@pytest.mark.parametrize("dwell", [-1.0, 5.0, 6.0])
def test_a_dwell_that_leaves_no_time_to_move_is_refused(dwell: float):
    """Half of the period is one crossing and one dwell."""
    with pytest.raises(PhysicsError, match="dwell_s"):
        traverse_position(np.array([0.0]), 200.0, 10.0, dwell)


def test_one_crossing_takes_a_tenth_of_a_meter_at_the_papers_speed():
    """0.6 m/min for half of 20 s."""
    assert crossing_length(0.6, 20.0) == pytest.approx(0.1)
