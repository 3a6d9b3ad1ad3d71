"""Where an extra run lies farthest: how far one category is from another."""

import numpy as np
from tests.design.problems import axes_of

from electrodoe.design.region.region import region_of
from electrodoe.design.structure.extra_runs import _distance as distance


def test_another_category_is_a_range_away() -> None:
    """As far as the two ends of a number, -1 and 1; both together are √8 away."""
    region = region_of(axes_of([None, ("p", "q", "r")]))
    design = np.array([[-1.0, 0.0]])
    pool = np.array([[-1.0, 0.0], [1.0, 0.0], [-1.0, 1.0], [-1.0, 2.0], [1.0, 2.0]])

    np.testing.assert_allclose(
        distance(region, pool, design), [0.0, 2.0, 2.0, 2.0, np.sqrt(8.0)], rtol=1e-12
    )


def test_the_nearest_run_counts() -> None:
    """Of several."""
    region = region_of(axes_of([None, ("p", "q")]))

    apart = distance(region, np.array([[0.0, 0.0]]), np.array([[1.0, 1.0], [0.5, 0.0]]))

    assert apart.tolist() == [0.5]
