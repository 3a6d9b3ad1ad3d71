"""Surfaces are drawn as the existing runs leave them possible."""

from dataclasses import replace

import numpy as np
import pytest
from tests.optimize.conftest import decide, study_of

from electrodoe.models.families.model_average import MODEL_AVERAGE
from electrodoe.models.family import Search
from electrodoe.models.fitting import normalize
from electrodoe.optimize.next_runs.drawn_surfaces import drawn_surfaces

TOP = study_of({"y": {"goal": "maximize"}})


def drawn(made, points, n=1000, seed=1):
    """Return draws of the first response."""
    return drawn_surfaces(made, made.data[0], points, n, np.random.default_rng(seed))


def somewhere(n=20):
    return np.random.default_rng(3).uniform(-1, 1, (n, 2))


def test_their_mean_is_the_averaged_processs_prediction():
    """Within five standard errors at 20 settings; the family sums kernels and draws nothing."""
    made = decide(TOP, [lambda x: np.sin(x[:, 0]) + 0.1 * x[:, 1]])
    data, scales = made.data[0], normalize(made.data[0])
    Z, y = scales.inputs(data.inputs), scales.response(data.response)
    chosen = MODEL_AVERAGE.tune(
        Search(inputs=Z, response=y, configurations=data.configurations, seed=0, width=1)
    )
    state = MODEL_AVERAGE.fit(Z, y, chosen, 0)
    new = scales.inputs(made.settings(somewhere()))
    expected = scales.response_mean + scales.response_scale * MODEL_AVERAGE.predict(state, new)

    found = drawn(made, somewhere(), n=4000)

    error = found.std(axis=0) / np.sqrt(len(found))
    assert np.all(np.abs(found.mean(axis=0) - expected) < 5.0 * error)


def test_runs_that_say_quadratic_leave_a_quadratic(round_hill):
    """A hill of 85 from top to foot is drawn within 1, by 16 runs that scatter by 0.5."""
    points = somewhere()

    found = drawn(round_hill, points)

    assert np.quantile(np.abs(found - round_hill.predictions(points)[:, 0]), 0.95) < 1.0


def test_they_differ_most_where_no_run_was(round_hill):
    """With one half measured, more than twice as much in the other."""
    data = round_hill.data[0]
    made = replace(round_hill, data=(data.take(data.inputs[:, 0] < 5.0),))
    points = somewhere(100)

    spread = drawn(made, points).std(axis=0)

    is_measured = points[:, 0] < 0.0
    assert spread[~is_measured].mean() > 2.0 * spread[is_measured].mean()


@pytest.mark.parametrize("n", [1, 7])
def test_one_seed_draws_the_same_surfaces(round_hill, n):
    """As many as were asked for."""
    found = drawn(round_hill, somewhere(), n=n)

    assert found.shape == (n, 20)
    np.testing.assert_array_equal(found, drawn(round_hill, somewhere(), n=n))


def test_a_setting_that_is_asked_twice_has_one_height(round_hill):
    """A covariance without an inverse is no obstacle."""
    found = drawn(round_hill, np.repeat(somewhere(3), 2, axis=0))

    np.testing.assert_allclose(found[:, ::2], found[:, 1::2], atol=0.1)
