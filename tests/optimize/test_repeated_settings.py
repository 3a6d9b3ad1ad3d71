"""Runs with the same settings are compared by the scatter of replicates."""

import numpy as np
import pytest
import scipy.stats
from tests.optimize.planted import GRID, N_EACH, data_of, measured, slope, study

from electrodoe.models import replicate_scatter
from electrodoe.optimize import repeated_settings


def test_runs_with_the_same_settings_meet_the_analysis_of_variance():
    """Three of one settings and two of another, as SciPy's one-way analyses add up."""
    rng = np.random.default_rng(4)
    settings = np.array([[0.0, 0.0]] * 3 + [[5.0, 5.0]] * 2 + [[9.0, 1.0]])
    values = measured(settings, slope, rng, effect=1.0)
    data = data_of(settings, values)

    found = repeated_settings((settings - 5.0) / 5.0, data)

    between = [N_EACH * np.sum((m - m.mean()) ** 2) for m in np.split(values.mean(axis=1), [3, 5])]
    f = sum(between) / 3 / replicate_scatter(data).variance
    assert (found.n_runs, found.n_settings) == (5, 2)
    assert found.f == pytest.approx(f)
    assert found.p == pytest.approx(scipy.stats.f.sf(f, 3, 12))


def test_settings_made_once_say_nothing_of_productions(region_of_two):
    """None where there is no pair."""
    made, _ = study(region_of_two, slope, seed=1)

    assert repeated_settings((GRID - 5.0) / 5.0, made.data[0]) is None
