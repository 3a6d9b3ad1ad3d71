"""The web's position, its inverse, and the delay between sensors."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from electrodoe.errors import PhysicsError
from electrodoe.physics import passing_time, transport_delay, web_position, web_position_at

STEPS = st.lists(
    st.tuples(st.floats(0.05, 50.0), st.floats(0.05, 5.0)), min_size=2, max_size=30
).map(lambda pairs: (np.cumsum([p[0] for p in pairs]), np.array([p[1] for p in pairs])))


def test_six_meters_at_the_papers_speed_take_ten_minutes():
    """Sensors over about 6 m, coated at 0.6 m/min."""
    assert transport_delay(6.0, 0.6) == pytest.approx(600.0)


@given(clock=STEPS)
def test_integrating_a_piecewise_linear_speed_is_exact(clock: tuple[np.ndarray, np.ndarray]):
    """Knots added anywhere on the straight pieces do not move the web."""
    time_s, speed = clock
    finer = np.unique(np.concatenate([time_s, 0.3 * time_s[:-1] + 0.7 * time_s[1:]]))

    found = web_position(finer, np.interp(finer, time_s, speed))

    np.testing.assert_allclose(
        found[np.searchsorted(finer, time_s)], web_position(time_s, speed), rtol=1e-12, atol=1e-12
    )


@example(clock=(np.array([1.0, 2.0]), np.array([1.0, 1.0])), fraction=1.0, distance=1.0)
@given(clock=STEPS, fraction=st.floats(0.0, 1.0), distance=st.floats(0.0, 2.0))
def test_the_time_of_a_place_is_the_inverse_of_the_place_at_a_time(
    clock: tuple[np.ndarray, np.ndarray], fraction: float, distance: float
):
    """There and back, for any place and any sensor."""
    time_s, speed = clock
    position = web_position(time_s, speed)
    place = fraction * position[-1:]

    passed = passing_time(place - distance, distance, time_s, speed)

    np.testing.assert_allclose(
        web_position_at(passed, time_s, speed, position), place, rtol=1e-9, atol=1e-9
    )


@given(clock=STEPS, cut=st.integers(1, 28))
def test_a_log_read_in_two_parts_gives_the_same_bits(
    clock: tuple[np.ndarray, np.ndarray], cut: int
):
    """The second part starts where the first ended."""
    time_s, speed = clock
    cut = min(cut, len(time_s) - 1)
    whole = web_position(time_s, speed)

    rest = web_position(time_s[cut - 1 :], speed[cut - 1 :], float(whole[cut - 1]))

    np.testing.assert_array_equal(rest, whole[cut - 1 :])


def test_a_linear_ramp_covers_its_triangle():
    """From 0 to 1.2 m/min in a minute: half of 1.2 m, of which a quarter in the first half."""
    time_s, speed = np.array([0.0, 60.0]), np.array([0.0, 1.2])

    assert web_position(time_s, speed)[-1] == pytest.approx(0.6)
    assert web_position_at(
        np.array([30.0]), time_s, speed, web_position(time_s, speed)
    ) == pytest.approx(0.15)


def test_a_place_where_the_web_stood_is_passed_when_it_first_arrives():
    """A stop of a minute after 0.6 m."""
    time_s = np.array([0.0, 60.0, 60.001, 120.0, 120.001, 180.0])
    speed = np.array([0.6, 0.6, 0.0, 0.0, 0.6, 0.6])
    stopped_m = web_position(time_s, speed)[2]

    assert passing_time(np.array([stopped_m]), 0.0, time_s, speed)[0] == pytest.approx(60.001)
    assert passing_time(np.array([stopped_m + 0.1]), 0.0, time_s, speed)[0] == pytest.approx(
        130.0, abs=0.01
    )


def test_a_place_that_has_not_come_by_has_no_time():
    """Nor has a time outside the log a place."""
    time_s, speed = np.array([0.0, 60.0]), np.array([0.6, 0.6])

    assert np.isnan(passing_time(np.array([0.7, -0.1]), 0.0, time_s, speed)).all()
    assert np.isnan(
        web_position_at(np.array([-1.0, 61.0]), time_s, speed, web_position(time_s, speed))
    ).all()


@pytest.mark.parametrize(
    ("time_s", "speed"),
    [([0.0, 0.0], [1.0, 1.0]), ([1.0, 0.0], [1.0, 1.0]), ([0.0, 1.0], [1.0, np.nan])],
)
def test_a_clock_that_stands_or_a_missing_speed_is_refused(time_s: list[float], speed: list[float]):
    """With the row."""
    with pytest.raises(PhysicsError) as caught:
        web_position(np.array(time_s), np.array(speed))

    assert caught.value.where.startswith("row 1")


def test_a_web_that_runs_back_has_no_single_passing_time():
    """Asked for on a log with a negative speed."""
    with pytest.raises(PhysicsError, match="runs back"):
        passing_time(np.array([0.1]), 0.0, np.array([0.0, 1.0]), np.array([1.0, -1.0]))


def test_web_that_stands_never_arrives():
    """No delay at zero speed."""
    with pytest.raises(PhysicsError, match="speed_m_min"):
        transport_delay(6.0, 0.0)
