"""The shape of second-degree surfaces whose curvatures are chosen."""

import numpy as np
import pytest

from electrodoe.errors import RecommendationError
from electrodoe.optimize.canonical import canonical_analysis, second_degree


@pytest.mark.parametrize(
    ("curvatures", "kind"),
    [((-1.0, -2.0), "maximum"), ((1.0, 2.0), "minimum"), ((1.0, -2.0), "saddle")],
)
def test_curvatures_say_what_a_stationary_point_is(curvatures: tuple[float, float], kind: str):
    """The largest first, with its direction; the slope is zero there."""
    turn = np.array([[0.8, -0.6], [0.6, 0.8]])
    b, B = np.array([1.0, -3.0]), turn @ np.diag(curvatures) @ turn.T

    found = canonical_analysis(b, B)

    assert found.kind == kind
    assert found.eigenvalues == pytest.approx(sorted(curvatures, reverse=True))
    np.testing.assert_allclose(b + 2.0 * B @ found.stationary_point, 0.0, atol=1e-12)
    np.testing.assert_allclose(B @ found.eigenvectors, found.eigenvectors * found.eigenvalues)


@pytest.mark.parametrize(("curvature", "is_flat"), [(0.9e-10, True), (1.1e-10, False)])
def test_a_flat_direction_has_no_stationary_point(curvature: float, *, is_flat: bool):
    """Of less than 1e-10 of the largest curvature."""
    b, B = np.array([1.0, 1.0]), np.diag([-1.0, -curvature])

    if is_flat:
        with pytest.raises(RecommendationError, match="flat in some direction"):
            canonical_analysis(b, B)
    else:
        assert canonical_analysis(b, B).stationary_point[1] == pytest.approx(0.5 / curvature)


def test_coefficients_of_three_factors_find_their_places():
    """One, three slopes, three interactions in halves beside the diagonal, and two squares."""
    b, B = second_degree(np.arange(10.0)[:9], np.array([True, False, True]))

    assert b.tolist() == [1.0, 2.0, 3.0]
    assert B.tolist() == [[7.0, 2.0, 2.5], [2.0, 0.0, 3.0], [2.5, 3.0, 8.0]]
