"""The choice among equals does not see the last bits."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from electrodoe.ties import ascending, first_largest, first_smallest, levels

_LEVELS = st.sampled_from([0.0, 0.25, 1.0, 3.0])
"""Few values, so that most draws hold equals."""
_NOISE = arrays(np.float64, 8, elements=st.floats(-1e-12, 1e-12))
"""Of relative size: what another kernel does to a sum."""


@given(arrays(np.float64, 8, elements=_LEVELS), _NOISE)
def test_the_first_of_equals_is_taken_whatever_the_last_bits_are(values, noise):
    """Smallest and largest."""
    near = values * (1.0 + noise)

    assert first_smallest(near) == np.argmin(values)
    assert first_largest(near) == np.argmax(values)


@given(arrays(np.float64, 8, elements=_LEVELS), _NOISE)
def test_an_order_keeps_equals_as_they_were_listed(values, noise):
    """As a stable sort of the values without noise."""
    near = values * (1.0 + noise)

    assert ascending(near).tolist() == np.argsort(values, kind="stable").tolist()


def test_along_the_last_axis_every_row_has_its_own_scale():
    """A row of small numbers is not all equal beside one of large ones."""
    values = np.array([[1e-6, 2e-6, 1e-6], [5.0, 4.0, 4.0 - 1e-12]])

    assert first_smallest(values).tolist() == [0, 1]
    assert first_smallest(values, scale=np.array([1.0, 1.0]) * 1e4).tolist() == [0, 1]


def test_values_that_are_no_numbers_are_passed_over():
    """NaN is never chosen, and comes last; infinity is chosen where nothing else is there."""
    values = np.array([np.nan, np.inf, 2.0])

    assert first_smallest(values) == 2
    assert ascending(values).tolist() == [2, 1, 0]
    assert first_smallest(np.array([np.nan, np.inf])) == 0


def test_levels_of_infinite_values_are_one():
    """And NaN is one of its own."""
    values = np.array([np.inf, -np.inf, 1.0, np.inf, np.nan, -np.inf])

    assert levels(values).tolist() == [2, 0, 1, 2, 3, 0]
