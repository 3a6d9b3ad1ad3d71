"""A quadratic is evaluated at every setting by all others."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.optimize.planted import GRID, N_EACH, curved, measured, slope, study

from electrodoe.models.terms import quadratic_matrix
from electrodoe.optimize import quadratic_residuals

BOTH = np.array([True, True])


def test_a_miss_is_that_of_the_quadratic_through_all_others(region_of_two):
    """As least squares without the settings predict it, in units of what replicates explain."""
    made, values = study(region_of_two, curved, seed=1)

    for residual in quadratic_residuals(made, made.data[0]):
        row = int(np.argmin(np.abs(GRID - list(residual.settings.values())).sum(axis=1)))
        others = np.delete(np.arange(16), row)
        X = quadratic_matrix(GRID, BOTH)
        beta = np.linalg.lstsq(X[others], values[others].mean(axis=1), rcond=None)[0]
        variance = X[row] @ np.linalg.inv(X[others].T @ X[others]) @ X[row]
        pure = values.var(axis=1, ddof=1).mean()
        error = np.sqrt(pure * (1.0 + variance) / N_EACH)
        assert residual.predicted == pytest.approx(X[row] @ beta)
        assert residual.measured == pytest.approx(values[row].mean())
        assert residual.studentized == pytest.approx(
            (residual.measured - residual.predicted) / error
        )


def test_the_largest_miss_comes_first(region_of_two):
    """All settings of a full grid are evaluated."""
    made, _ = study(region_of_two, curved, seed=1)

    sizes = [abs(residual.studentized) for residual in quadratic_residuals(made, made.data[0])]

    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == 16


def test_the_width_that_is_reported_holds_95_of_100_new_runs(region_of_two):
    """Of one settings, all 16 alike, 200 studies each without any effect; binomial bounds."""
    inside = []
    for seed in range(200):
        made, values = study(region_of_two, slope, seed)
        again = measured(GRID, slope, np.random.default_rng([seed, 4])).mean(axis=1)
        means = values.mean(axis=1)
        half = quadratic_residuals(made, made.data[0])[0].half_width
        inside.append(abs(again - means) <= half)

    assert 0.94 < np.mean(inside) < 0.96


@given(
    slope_of_unit=st.floats(1e-3, 1e3),
    zero=st.floats(-1e3, 1e3),
    is_turned=st.booleans(),
)
def test_another_unit_of_the_response_changes_no_miss(
    region_of_two, slope_of_unit, zero, is_turned
):
    """Means and predictions are converted, standard errors stay, a turned sign turns them."""
    made, _ = study(region_of_two, curved, seed=1)
    factor = -slope_of_unit if is_turned else slope_of_unit
    data = replace(made.data[0], response=zero + factor * made.data[0].response)

    before = quadratic_residuals(made, made.data[0])
    after = quadratic_residuals(made, data)

    for one, other in zip(before, after, strict=True):
        sign = -1.0 if is_turned else 1.0
        assert other.sample_name == one.sample_name
        assert other.studentized == pytest.approx(sign * one.studentized, rel=1e-5)
        assert other.half_width == pytest.approx(slope_of_unit * one.half_width, rel=1e-5)
        assert other.predicted == pytest.approx(zero + factor * one.predicted, rel=1e-6, abs=1e-4)
