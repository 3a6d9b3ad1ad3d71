"""Stationary points with their regions, curvatures with their errors, the best of each sphere."""

import numpy as np
import polars as pl
import pytest
from scipy.optimize import minimize

from electrodoe.models.terms import quadratic_matrix
from electrodoe.optimize.canonical import canonical_analysis, second_degree
from electrodoe.optimize.surface_inference import (
    _may_be_level,
    gradient_terms,
    ridge,
    surface_inference,
)

BOTH = np.array([True, True])
BOWL = np.array([80.0, 1.0, 0.5, 0.25, -1.4, -1.0])
COMPOSITE = np.array(
    [
        *[(a, b) for a in (-1.0, 1.0) for b in (-1.0, 1.0)],
        *[(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)],
        *[(0.0, 0.0)] * 5,
    ]
)


def test_the_region_holds_the_true_point_in_nine_of_ten_studies():
    """And an eigenvalue lies 1.645 standard errors away as often, but for its first order."""
    X, rng = quadratic_matrix(COMPOSITE, BOTH), np.random.default_rng(1)
    b, B = second_degree(BOWL, BOTH)
    true = canonical_analysis(b, B)
    held, curved, inverse = 0, 0, np.linalg.inv(X.T @ X)
    for _ in range(1000):
        y = X @ BOWL + rng.normal(0.0, 0.3, 13)
        found = np.linalg.lstsq(X, y, rcond=None)[0]
        known = surface_inference(X, y, found, BOTH) if _ < 200 else None
        covariance = np.sum((y - X @ found) ** 2) / 7 * inverse
        held += _may_be_level(true.stationary_point[None], found, covariance, BOTH, 7)[0]
        if known is not None:
            own = canonical_analysis(*second_degree(found, BOTH)).eigenvalues
            curved += np.all(np.abs(own - true.eigenvalues) < 2.36 * known.eigenvalue_errors)
    assert 870 <= held <= 930
    assert curved >= 165


def test_the_ends_are_those_of_a_fine_search():
    X = quadratic_matrix(COMPOSITE, BOTH)
    for scatter in (0.02, 0.1, 0.4):
        y = X @ BOWL + np.random.default_rng(3).normal(0.0, scatter, 13)
        found = np.linalg.lstsq(X, y, rcond=None)[0]
        known = surface_inference(X, y, found, BOTH)
        line = np.linspace(-1.0, 1.0, 1201)
        points = np.stack(np.meshgrid(line, line, indexing="ij"), axis=-1).reshape(-1, 2)
        covariance = np.sum((y - X @ found) ** 2) / 7 * np.linalg.inv(X.T @ X)
        inside = points[_may_be_level(points, found, covariance, BOTH, 7)]
        size = np.ptp(inside, axis=0)
        assert np.all(np.abs(known.lower - inside.min(axis=0)) <= 0.05 * size + 2e-3)
        assert np.all(np.abs(known.upper - inside.max(axis=0)) <= 0.05 * size + 2e-3)


def test_a_surface_that_is_not_level_inside_has_no_region_there():
    X = quadratic_matrix(COMPOSITE, BOTH)
    steep = np.array([80.0, 9.0, 0.5, 0.25, -1.4, -1.0])
    y = X @ steep + np.random.default_rng(3).normal(0.0, 0.1, 13)

    known = surface_inference(X, y, np.linalg.lstsq(X, y, rcond=None)[0], BOTH)

    assert np.isnan(known.lower).all()
    assert np.isnan(known.upper).all()
    exact = X @ steep
    assert surface_inference(X, exact, steep, BOTH) is None


def test_the_errors_of_chem_reacts_curvatures(shared_data):
    """Derivatives of the eigenvalues by the coefficients, numerically, with the same covariance."""
    file = shared_data / "rsm-textbook" / "rsm_ChemReact.csv"
    if not file.exists():
        pytest.skip("the textbook's data are not beside the repository")
    table = pl.read_csv(file)
    time, temperature = table["Time"].to_numpy(), table["Temp"].to_numpy()
    X = quadratic_matrix(np.column_stack([(time - 85) / 5, (temperature - 175) / 5]), BOTH)
    block = (table["Block"].to_numpy() == "B2").astype(float)
    y = table["Yield"].to_numpy()
    both = np.column_stack([X, block])
    fitted = np.linalg.lstsq(both, y, rcond=None)[0]
    corrected = y - fitted[6] * block
    own = np.linalg.lstsq(X, corrected, rcond=None)[0]

    known = surface_inference(X, corrected, own, BOTH, n_taken=1)

    covariance = np.sum((y - both @ fitted) ** 2) / (len(y) - 7) * np.linalg.inv(X.T @ X)
    step = 1e-6 * np.eye(6)
    slopes = [
        (eigenvalues(own + each) - eigenvalues(own - each)) / 2e-6 for each in step
    ]  # fmt: skip
    expected = np.sqrt(np.diag(np.array(slopes).T @ covariance @ np.array(slopes)))
    assert known.eigenvalue_errors == pytest.approx(expected, rel=1e-4)
    assert known.degrees_of_freedom == 7
    at = np.array([0.3722954, 0.3343802])
    assert np.all((known.lower < at) & (at < known.upper))


def eigenvalues(coefficients):
    return canonical_analysis(*second_degree(coefficients, BOTH)).eigenvalues


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("is_rising", [True, False])
def test_the_ridge_is_the_best_of_each_sphere(seed, is_rising):
    rng = np.random.default_rng(seed)
    half = rng.normal(size=(3, 3))
    b, B = rng.normal(size=3), half + half.T

    way = ridge(b, B, is_rising=is_rising)

    sign = -1.0 if is_rising else 1.0
    assert np.linalg.norm(way, axis=1) == pytest.approx(np.linspace(0.0, 1.0, 6))
    for point in way[1:]:
        radius = np.linalg.norm(point)
        best = min(
            minimize(
                lambda u, r=radius: sign * height(r * u / np.linalg.norm(u), b, B),
                rng.normal(size=3),
            ).fun
            for _ in range(8)
        )
        assert sign * height(point, b, B) == pytest.approx(best, abs=1e-5)


def height(x, b, B):
    return b @ x + x @ B @ x


def test_a_surface_level_at_the_center_bends_one_way_by_rule():
    """Both ways along the axis are as good: the one with the positive entry is taken."""
    B = np.diag([1.0, -2.0])

    assert ridge(np.zeros(2), B, is_rising=True)[-1] == pytest.approx([1.0, 0.0])
    nudged = ridge(np.array([-1e-16, 1e-17]), B, is_rising=True)[-1]
    assert nudged == pytest.approx([1.0, 0.0])


def test_gradients_are_those_of_the_terms():
    rng = np.random.default_rng(2)
    points = rng.normal(size=(4, 3))
    quadratic = np.array([True, False, True])
    for j, step in enumerate(1e-6 * np.eye(3)):
        numeric = quadratic_matrix(points + step, quadratic)
        numeric = (numeric - quadratic_matrix(points - step, quadratic)) / 2e-6
        np.testing.assert_allclose(gradient_terms(points, quadratic)[:, j], numeric, atol=1e-8)
