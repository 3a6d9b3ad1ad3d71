"""Predictions over two inputs, and the hull of what was run."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import Delaunay

from electrodoe.explain import is_between, response_surface


@given(seed=st.integers(0, 10_000), n_corners=st.integers(3, 25))
def test_a_point_is_inside_as_a_triangulation_says(seed: int, n_corners: int):
    """SciPy's Delaunay triangulation of the same corners finds the same points."""
    rng = np.random.default_rng(seed)
    corners, points = rng.normal(size=(n_corners, 2)), rng.normal(size=(60, 2))

    inside = is_between(points, corners)

    assert np.array_equal(inside, Delaunay(corners).find_simplex(points) >= 0)


def test_the_unit_of_an_input_does_not_matter():
    """Fractions and micrometers give the same hull."""
    rng = np.random.default_rng(3)
    corners, points = rng.normal(size=(12, 2)), rng.normal(size=(60, 2))
    scale = np.array([1e-3, 1e4])

    assert np.array_equal(is_between(points, corners), is_between(points * scale, corners * scale))


def test_configurations_on_a_line_support_only_that_line():
    """Two inputs that move together leave nothing between."""
    corners = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]])
    points = np.array([[0.5, 0.5], [0.5, 0.6], [2.5, 2.5]])

    assert is_between(points, corners).tolist() == [True, False, False]


def test_other_inputs_are_held_at_the_middle_of_their_range():
    """A plane shows its own slopes, and half of the third input's span."""
    inputs = np.array([[0.0, 0, 0], [1, 0, 10], [0, 1, 0], [1, 1, 4]])

    grid, predicted, inside = response_surface(
        lambda x: x @ np.array([1.0, 2.0, 3.0]), inputs, (0, 1), n_steps=3
    )

    assert np.allclose(predicted, grid @ np.array([1.0, 2.0]) + 3.0 * 5.0)
    assert inside.all()
