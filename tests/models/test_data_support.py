"""Where data carry a prediction."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import Delaunay

from electrodoe.models.data_support import data_support, reach

CUBE = np.array(list(product([-1.0, 1.0], repeat=3)))


def test_the_hull_is_that_of_qhull():
    """Inside and outside agree with a triangulation, point by point."""
    rng = np.random.default_rng(0)
    settings = rng.uniform(-1.0, 1.0, (18, 3))
    points = rng.uniform(-1.0, 1.0, (300, 3))

    found = reach(data_support(settings), points).hull_distance == 0.0

    assert np.array_equal(found, Delaunay(settings).find_simplex(points) >= 0)


def test_distance_to_the_hull_is_geometric():
    """Two beyond a face of the cube, and the root of twelve beyond its corner."""
    points = np.array([[3.0, 0.0, 0.0], [3.0, 3.0, 3.0]])

    found = reach(data_support(CUBE), points)

    assert found.hull_distance == pytest.approx([2.0, np.sqrt(12.0)], rel=1e-3)
    assert not found.is_supported.any()


def test_what_was_measured_is_supported():
    """Every setting has a distance of zero to itself, and no leverage above the largest."""
    settings = np.random.default_rng(1).uniform(-1.0, 1.0, (12, 2))

    found = reach(data_support(settings), settings)

    assert found.is_supported.all()
    assert found.leverage_ratio.max() == pytest.approx(1.0)
    assert found.spacing_ratio == pytest.approx(0.0, abs=1e-8)


def test_a_corner_inside_every_range_may_be_far_from_all_data():
    """Two inputs that were raised together: each alone was there, their other corner never."""
    diagonal = np.linspace(-1.0, 1.0, 9)
    settings = np.column_stack([diagonal, diagonal + 0.05 * np.sin(9.0 * diagonal)])

    found = reach(data_support(settings), np.array([[0.9, -0.9], [0.1, 0.1]]))

    assert found.is_supported.tolist() == [False, True]
    assert found.leverage_ratio[0] > 1.0


@given(st.integers(0, 10_000))
def test_mixtures_of_settings_are_inside(seed: int):
    """The hull is convex."""
    rng = np.random.default_rng(seed)
    settings = rng.uniform(-1.0, 1.0, (8, 3))
    fractions = rng.dirichlet(np.ones(8), 5)

    assert reach(data_support(settings), fractions @ settings).is_supported.all()
