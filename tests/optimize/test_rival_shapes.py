"""Runs go where two explanations part, and what a run will tell is not asked again."""

from dataclasses import replace

import numpy as np
import pytest
from tests.optimize.planted import GRID, curved

from electrodoe.models.terms import quadratic_matrix
from electrodoe.optimize import RivalShapes, Shape

BOTH = np.array([True, True])


def rivals(rng, n_points: int) -> RivalShapes:
    """Return made-up rivals with full covariances."""
    roots = rng.normal(size=(2, n_points, n_points)) / 3.0
    quadratic, curved = (
        Shape(mean=rng.normal(size=n_points), covariance=root @ root.T, noise=0.2) for root in roots
    )
    points = np.arange(float(n_points))[:, None]
    return RivalShapes(points=points, quadratic=quadratic, curved=curved, odds=0.5)


@pytest.mark.parametrize("seed", range(5))
def test_each_choice_is_the_best_by_the_criterion_written_out(seed):
    """D' S⁻¹ d of all choices so far with every candidate in turn."""
    shapes = rivals(np.random.default_rng(seed), 30)
    d = shapes.curved.mean - shapes.quadratic.mean
    S = shapes.quadratic.covariance + shapes.curved.covariance
    expected = []
    for _ in range(4):
        worth = []
        for point in range(30):
            rows = [*expected, point]
            V = S[np.ix_(rows, rows)] + 0.4 * np.eye(len(rows))
            worth.append(d[rows] @ np.linalg.solve(V, d[rows]))
        expected.append(int(np.argmax(worth)))

    assert len(set(expected)) == 4
    assert shapes.discriminating(4) == expected
    assert shapes.discriminating(2, expected[:2]) == expected[2:]


def test_no_two_runs_stand_close_while_there_is_room():
    """A quarter of a range, 0.5 coded; where no such point is left, the best is taken."""
    shapes = replace(rivals(np.random.default_rng(1), 30), points=np.linspace(-1, 1, 30)[:, None])

    chosen = shapes.discriminating(20)

    places = shapes.points[chosen, 0]
    far = [k for k in range(1, 20) if np.abs(places[k] - places[:k]).min() > 0.5]
    assert len(far) >= 1
    assert far == list(range(1, len(far) + 1))
    assert len(chosen) == 20


def test_with_nothing_but_the_quadratic_unknown_it_is_the_t_criterion():
    """The residual of the quadratic through the bend's values grows most (Atkinson, Fedorov)."""
    made = (GRID - 5.0) / 5.0
    asked = np.random.default_rng(2).uniform(-1, 1, (60, 2))
    X, F = quadratic_matrix(made, BOTH), quadratic_matrix(asked, BOTH)
    values, wanted = curved(GRID), curved(5.0 + 5.0 * asked)
    inverse = np.linalg.inv(X.T @ X)
    nothing = Shape(mean=wanted, covariance=np.zeros((60, 60)), noise=0.0)
    quadratic = Shape(mean=F @ inverse @ X.T @ values, covariance=F @ inverse @ F.T, noise=1.0)

    points = np.arange(60.0)[:, None]
    chosen = RivalShapes(
        points=points, quadratic=quadratic, curved=nothing, odds=0.5
    ).discriminating(3)

    for turn in range(3):
        residual = np.zeros(60)
        for point in sorted(set(range(60)) - set(chosen[:turn])):
            rows = [*chosen[:turn], point]
            y = np.append(values, wanted[rows])
            residual[point] = np.linalg.lstsq(np.vstack([X, F[rows]]), y, rcond=None)[1][0]
        assert chosen[turn] == int(np.argmax(residual))
