"""Integration over cut boxes against closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.design.region.polytope import polytope_corners, polytope_cubature


@pytest.mark.parametrize("n_axes", [2, 3, 4, 5])
def test_a_corner_simplex_has_dirichlet_moments(n_axes: int) -> None:
    """With u = (x + 1) / 2, mean of u1^2 u2^2 over sum u <= 1/2 is that of a Dirichlet law."""
    k = n_axes
    limits = np.ones((1, k)) / 2.0
    points, weights = polytope_cubature(limits, np.array([0.5 - k / 2.0]), 4)
    u = (points + 1.0) / 2.0

    expected = 0.5**4 * 4.0 / ((k + 1) * (k + 2) * (k + 3) * (k + 4))
    assert weights.sum() == pytest.approx(1.0)
    assert weights @ (u[:, 0] ** 2 * u[:, 1] ** 2) == pytest.approx(expected, rel=1e-10)


def test_the_corners_of_a_cut_square_are_those_drawn() -> None:
    """One corner cut off leaves five."""
    corners = polytope_corners(np.array([[1.0, 1.0]]), np.array([1.0]))

    expected = {(-1.0, -1.0), (-1.0, 1.0), (0.0, 1.0), (1.0, -1.0), (1.0, 0.0)}
    assert {tuple(corner) for corner in corners + 0.0} == expected


def test_a_region_without_volume_has_no_rule() -> None:
    """Limits that exclude each other, and limits that leave a plane."""
    for bounds in ([-0.5, -0.6], [0.0, 0.0]):
        assert polytope_cubature(np.array([[1.0, 0.0], [-1.0, 0.0]]), np.array(bounds), 2) is None


def test_one_axis_is_cut_to_an_interval() -> None:
    """Mean of x^2 over [-1, 0] is 1/3."""
    points, weights = polytope_cubature(np.array([[1.0]]), np.array([0.0]), 2)

    assert weights @ points[:, 0] ** 2 == pytest.approx(1.0 / 3.0)


@given(st.floats(-1.5, 1.5), st.floats(0.2, 2.0))
def test_a_slab_is_integrated_as_by_slices(bound: float, slope: float) -> None:
    """Area below a line in the square, and the mean of x y^3 above each x, by Gauss."""
    limits, right = np.array([[slope, 1.0]]), np.array([bound])
    found = polytope_cubature(limits, right, 4)
    x = (np.arange(20_000) + 0.5) / 10_000 - 1.0
    top = np.clip(bound - slope * x, -1.0, 1.0)
    area = np.mean(top + 1.0)
    expected = np.mean(x * (top**4 - 1.0) / 4.0) / max(area, 1e-300)

    if area > 1e-3:
        points, weights = found
        assert weights @ (points[:, 0] * points[:, 1] ** 3) == pytest.approx(expected, abs=1e-5)
