"""Exploration runs leave little unknown, and can be made."""

from dataclasses import replace

import numpy as np
import pytest
from tests.optimize.conftest import study_of

from electrodoe.dataset import TrainingData
from electrodoe.models.terms import quadratic_matrix
from electrodoe.optimize import augmentation_runs, decision, exploration_runs, possible_settings

NAMES = ("a", "b", "c", "d", "e")
ANY_SETTING = {"region": [0.0, 10.0]}


def variance(runs, where):
    """Return the mean prediction variance of the quadratic, in units of the noise."""
    is_square = np.ones(runs.shape[1], dtype=bool)
    X, F = quadratic_matrix(runs, is_square), quadratic_matrix(where, is_square)
    return float(np.mean(np.sum((F @ np.linalg.inv(X.T @ X)) * F, axis=1)))


def decided(n_factors, surface, factor):
    """Return a study, and data of eight runs for each factor, three replicates each."""
    rng = np.random.default_rng(4)
    names = NAMES[:n_factors]
    study = study_of({"y": {"goal": "maximize"}}, dict.fromkeys(names, factor))
    coded = rng.uniform(-1, 1, (8 * n_factors, n_factors))
    inputs = np.repeat(5.0 + 5.0 * coded, 3, axis=0)
    data = TrainingData(
        scenario="all",
        response_name="y",
        input_names=names,
        inputs=inputs,
        response=surface(inputs / 5.0 - 1.0) + rng.normal(0.0, 0.05, len(inputs)),
        configurations=np.repeat(np.arange(len(coded)), 3),
        sample_names=tuple(f"s{number:03d}" for number in range(len(inputs))),
    )
    return study, data


def quadratic(x):
    """Return a surface of two factors."""
    return x[:, 0] + x[:, 0] * x[:, 1] - x[:, 1] ** 2


class Quiet:
    """A prediction that nobody asks for."""

    method = "none"

    def predict(self, inputs):
        """Return zero."""
        return np.zeros(len(inputs))


def learned(n_factors, n_runs, surface=quadratic, factor=ANY_SETTING):
    """Return a decision, and the runs that it would learn from."""
    study, data = decided(n_factors, surface, factor)
    region = possible_settings(study, data, levels_only=True).region
    existing = decision(study, region, (Quiet(),), (data,))
    return existing, exploration_runs(existing, n_runs)


def test_where_runs_say_quadratic_runs_are_nearly_i_optimal():
    """The quadratic's mean variance is at most 5 % above that of a search for it alone."""
    existing, found = learned(3, 5)
    where = np.random.default_rng(1).uniform(-1, 1, (4000, 3))
    runs = existing.existing_runs

    ours = variance(np.vstack([runs, found]), where)

    lower = variance(np.vstack([runs, augmentation_runs(existing, 5, seed=1)]), where)
    none = variance(runs, where)
    assert ours <= 1.05 * lower
    assert none > 1.15 * lower


def test_curvature_sends_runs_where_none_is_near():
    """A wave that no quadratic follows: no setting stays as far from a run as with I-optimal ones.

    On the mean over the region, though I-optimal runs are farther from one another.
    """
    existing, found = learned(2, 4, lambda x: np.sin(4.0 * x[:, 0]) * np.cos(4.0 * x[:, 1]))
    where = np.random.default_rng(1).uniform(-1, 1, (4000, 2))

    def nearest(new):
        runs = np.vstack([existing.existing_runs, new])
        return np.linalg.norm(where[:, None] - runs, axis=2).min(axis=1).mean()

    assert nearest(found) < nearest(augmentation_runs(existing, 4, seed=1))


@pytest.mark.parametrize(("n_factors", "n_runs"), [(2, 8), (3, 5), (5, 8)])
def test_runs_are_the_same_every_time_and_inside(n_factors, n_runs):
    """With two, three and five factors."""
    existing, found = learned(n_factors, n_runs)

    assert found.shape == (n_runs, n_factors)
    assert np.all(np.abs(found) <= 1.0)
    np.testing.assert_array_equal(found, exploration_runs(existing, n_runs))


def test_levels_are_kept():
    """Of a factor that has only three."""
    _, found = learned(2, 6, factor={"levels": [0.0, 5.0, 10.0]})

    assert np.isin(found, [-1.0, 0.0, 1.0]).all()


def test_a_response_in_other_units_asks_for_the_same_runs():
    """Kilopascals or pascals."""
    existing, found = learned(2, 4)
    data = existing.data[0]

    scaled = replace(existing, data=(replace(data, response=1000.0 * data.response + 7.0),))

    np.testing.assert_array_equal(exploration_runs(scaled, 4), found)
