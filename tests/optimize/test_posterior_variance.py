"""What is left to know after a run is what a process fitted anew with it leaves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, DotProduct, Exponentiation

from electrodoe.models import Normalization
from electrodoe.models.process_average import Processes
from electrodoe.models.process_means import configuration_averages
from electrodoe.optimize.next_runs.learned_processes import LearnedProcesses
from electrodoe.optimize.next_runs.posterior_variance import posterior_variance_of

NOISES = (0.05, 0.4)
SCALES = (0.7, 1.5)
FRACTION = np.array([0.3, 0.7])


def process(scale, noise):
    """Return scikit-learn's process of one length scale, nothing in it to be fitted."""
    return GaussianProcessRegressor(RBF(scale), optimizer=None, alpha=noise)


def covariance(scale, noise, runs, points):
    """Return scikit-learn's posterior covariance."""
    return process(scale, noise).fit(runs, np.zeros(len(runs))).predict(points, return_cov=True)[1]


def posterior(runs, points):
    """Return the posterior covariance of both processes."""
    return np.stack([covariance(s, n, runs, points) for s, n in zip(SCALES, NOISES, strict=True)])


def uncertainty(runs, asked, candidates):
    """Return what two processes do not know after some runs."""
    both = posterior(runs, np.vstack([asked, candidates]))
    n = len(asked)
    return posterior_variance_of(
        np.diagonal(both[:, :n, :n], axis1=1, axis2=2),
        both[:, :n, n:],
        both[:, n:, n:],
        np.array(NOISES),
        FRACTION,
    )


def every_pair(left):
    """Return covariance and what is seen of every pair of candidates, and both diagonals."""
    n = left.own_seen.shape[1]
    both = [
        np.stack([column(number) for number in range(n)], axis=2)
        for column in (left.covariance_with, left.seen_with)
    ]
    return [*both, left.own_covariance, left.own_seen]


def points(n, seed):
    return np.random.default_rng(seed).uniform(-1, 1, (n, 2))


@given(seed=st.integers(0, 10_000), candidate=st.integers(0, 5))
def test_a_run_leaves_what_a_process_fitted_with_it_leaves(seed, candidate):
    """By scikit-learn: the asked variance, the candidates' covariance, and the gain promised."""
    runs, asked, candidates = points(4, seed), points(20, seed + 1), points(6, seed + 2)
    before = uncertainty(runs, asked, candidates)

    after = before.with_run(candidate)

    again = uncertainty(np.vstack([runs, candidates[candidate]]), asked, candidates)
    for found, expected in zip(every_pair(after), every_pair(again), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-9)
    assert after.mean == pytest.approx(again.mean, abs=1e-9)
    assert before.mean - after.mean == pytest.approx(before.gains()[candidate], abs=1e-9)


@given(seed=st.integers(0, 10_000), first=st.integers(0, 5), second=st.integers(0, 5))
def test_a_run_taken_back_leaves_what_was_before(seed, first, second):
    """In any order, a run that was made twice as well."""
    start = uncertainty(points(4, seed), points(20, seed + 1), points(6, seed + 2))

    back = start.with_run(first).with_run(second).without_run(first).without_run(second)

    for found, expected in zip(every_pair(back), every_pair(start), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-9)
    np.testing.assert_allclose(back.left, start.left, atol=1e-9)


def test_learned_processes_are_scikit_learns():
    """Plane, second degree and bend, with run-to-run variation and replicate scatter."""
    runs, new = points(8, 1), points(5, 2)
    configurations = np.repeat(np.arange(8), 2)
    means = np.sin(np.arange(8.0))
    response = np.repeat(means, 2) + np.tile([-0.3, 0.3], 8)
    existing = configuration_averages(np.repeat(runs, 2, axis=0), response, configurations)
    processes = Processes(
        quadratic_variance=np.array([0.5]),
        smooth_variance=np.array([0.2]),
        length_scale=np.array([1.2]),
        configuration_variance=np.array([0.1]),
        weight=np.ones(1),
    )
    kernel = (
        ConstantKernel(1.0)
        + ConstantKernel(0.3) * DotProduct(0.0, "fixed")
        + ConstantKernel(0.5) * Exponentiation(DotProduct(0.0, "fixed"), 2)
        + ConstantKernel(0.2) * RBF(1.2)
    )
    scatter = 0.3**2 * 2.0
    theirs = GaussianProcessRegressor(kernel, optimizer=None, alpha=0.1 + scatter / 2)

    scales = Normalization(
        input_mean=np.zeros(2), input_scale=np.ones(2), response_mean=0.0, response_scale=1.0
    )
    learned = LearnedProcesses(scales=scales, existing=existing, processes=processes)

    mean, expected = theirs.fit(runs, means).predict(new, return_cov=True)
    np.testing.assert_allclose(learned.mean(new)[0], mean, atol=1e-9)
    np.testing.assert_allclose(learned.covariance(new, new)[0], expected, atol=1e-9)
    np.testing.assert_allclose(learned.variance(new)[0], np.diag(expected), atol=1e-9)
    np.testing.assert_allclose(learned.noise, 0.1 + scatter / 2)
