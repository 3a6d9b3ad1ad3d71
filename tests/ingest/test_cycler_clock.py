"""A clock that jumps back: mended without inventing charge."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.ingest.cycling import repair_clock

TIMES = st.lists(st.floats(0.001, 1e4), min_size=2, max_size=60).map(np.cumsum)


@given(TIMES)
def test_a_clock_that_never_falls_is_left_alone(time_s: np.ndarray):
    """To the last bit."""
    found = repair_clock(time_s)

    np.testing.assert_array_equal(found.time_s, time_s)
    assert len(found.strays) == len(found.restarts) == 0


@given(st.lists(st.floats(-1e5, 1e5), min_size=1, max_size=60))
def test_a_mended_clock_never_falls(time_s: list[float]):
    """Whatever was recorded."""
    found = repair_clock(np.array(time_s))

    assert np.all(np.diff(found.time_s) >= 0.0)
    assert len(found.time_s) == len(time_s)


@given(TIMES.filter(lambda time: len(time) > 3), st.data())
def test_a_row_at_time_zero_takes_the_time_of_the_next(time_s: np.ndarray, data: st.DataObject):
    """All other rows keep their own."""
    row = data.draw(st.integers(2, len(time_s) - 2))
    broken = time_s.copy()
    broken[row] = 0.0

    found = repair_clock(broken)

    expected = time_s.copy()
    expected[row] = time_s[row + 1]
    if found.strays.tolist() == [row]:
        np.testing.assert_array_equal(found.time_s, expected)
    else:  # a long pause before the next row: whether it is a restart cannot be determined
        assert len(found.restarts) == 1


def test_a_clock_started_anew_is_counted_on():
    """The pause in between is not known, and not counted."""
    found = repair_clock(np.array([0.0, 10.0, 20.0, 0.0, 10.0, 20.0]))

    assert found.time_s.tolist() == [0.0, 10.0, 20.0, 20.0, 30.0, 40.0]
    assert found.restarts.tolist() == [3]


@pytest.mark.parametrize("height", [500.0, 1e6])
def test_one_row_far_ahead_is_the_stray(height: float):
    """Not all the rows behind it."""
    found = repair_clock(np.array([0.0, 10.0, height, 30.0, 40.0, 50.0]))

    assert found.time_s.tolist() == [0.0, 10.0, 30.0, 30.0, 40.0, 50.0]
    assert found.strays.tolist() == [2]
