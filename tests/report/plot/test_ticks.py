"""Ticks: round, few, inside the limits, and distinguished by their numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.report.plot import apart, limits, round_axis, same_scale
from electrodoe.report.plot.ticks import covering_ticks, round_ticks, tick_words

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("low", "high", "most", "words"),
    [
        (0.0, 9.4, 4, ["0", "5"]),
        (-0.31, 0.2, 3, ["−0.2", "0.0", "0.2"]),
        (97.0, 103.0, 4, ["98", "100", "102"]),
        (0.0, 0.011, 4, ["0.000", "0.005", "0.010"]),
        (0.0, 5e7, 4, ["0", "2×10⁷", "4×10⁷"]),
        (0.0, 5e-7, 4, ["0", "2×10⁻⁷", "4×10⁻⁷"]),
        (1e6, 1e6 + 4e-4, 4, ["1000000.0000", "1000000.0002"]),
    ],
)
def test_known_scales_have_known_numbers(low: float, high: float, most: int, words: list[str]):
    """Steps of 1, 2 or 5; as many decimals as all need; a factor only for very large and small."""
    assert tick_words(round_ticks(low, high, most))[: len(words)] == words


@given(st.lists(FINITE, max_size=4), st.integers(2, 9))
def test_any_numbers_have_a_scale(values: list[float], most: int):
    """Between one and a few ticks more than asked for, rising, inside, each with its own number."""
    low, high = limits(values)
    axis = round_axis((low, high), most)

    slack = 1e-6 * (high - low)
    assert low < high
    assert all(low - slack <= tick <= high + slack for tick in axis.ticks)
    assert list(axis.ticks) == sorted(set(axis.ticks))
    assert 2 <= len(axis.ticks) <= 2 * most + 2
    assert len(set(axis.words)) == len(axis.words)


@given(FINITE, st.floats(0.0, 1.0))
def test_limits_are_apart_even_of_one_value(value: float, room: float):
    """A scale of one value can be drawn."""
    low, high = limits([value, value], room=room)

    assert low < high
    assert apart(low, high) == (low, high)


def test_counts_have_whole_ticks():
    """Configuration 1.5 does not exist."""
    assert round_axis((0.9, 2.1), 9, min_step=1.0).words == ("1", "2")


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_covering_ticks_hold_all_between_them(low: float, span: float):
    """So that every value has a color."""
    ticks = covering_ticks(low, low + span, 7, (1.0, 2.0, 2.5, 4.0, 5.0))

    assert ticks[0] <= low + 1e-6 * span
    assert ticks[-1] >= low + span - 1e-6 * span
    assert 2 <= len(ticks) <= 8


@given(
    st.tuples(st.floats(-1e5, 1e5), st.floats(1e-2, 1e5)),
    st.tuples(st.floats(-1e5, 1e5), st.floats(1e-2, 1e5)),
)
def test_one_scale_for_both_axes_only_widens(x: tuple[float, float], y: tuple[float, float]):
    """An ohm is as long upwards as to the right, and nothing is cut off."""
    x_ends, y_ends = (x[0], x[0] + x[1]), (y[0], y[0] + y[1])

    new_x, new_y = same_scale(x_ends, y_ends, 130.0, 116.0)

    assert (new_x[1] - new_x[0]) / 130.0 == pytest.approx((new_y[1] - new_y[0]) / 116.0)
    for new, old in ((new_x, x_ends), (new_y, y_ends)):
        assert new[0] <= old[0] + 1e-6
        assert new[1] >= old[1] - 1e-6
