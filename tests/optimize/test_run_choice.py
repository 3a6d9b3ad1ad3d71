"""Runs are taken one by one, and exchanged as long as that helps."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.optimize.next_runs.posterior_variance import posterior_variance_of
from electrodoe.optimize.next_runs.run_choice import added_runs, chosen_runs, exchanged_runs


def smooth_parts(n_candidates, seed):
    """Return two processes of one input that no run has seen yet."""
    rng = np.random.default_rng(seed)
    asked, candidates = np.linspace(-1, 1, 50), np.sort(rng.uniform(-1, 1, n_candidates))
    scales = np.array([0.3, 1.0])[:, None, None]
    return posterior_variance_of(
        np.ones((2, 50)),
        np.exp(-(((asked[:, None] - candidates) / scales) ** 2)),
        np.exp(-(((candidates[:, None] - candidates) / scales) ** 2)),
        np.array([0.05, 0.2]),
        np.array([0.5, 0.5]),
    )


def left_after(posterior, runs):
    """Return the mean variance that runs leave."""
    for run in runs:
        posterior = posterior.with_run(run)
    return posterior.mean


@given(seed=st.integers(0, 10_000), n_runs=st.integers(1, 5))
def test_exchange_never_leaves_more_than_taking_one_by_one(seed, n_runs):
    """And it leaves what it says."""
    posterior = smooth_parts(12, seed)
    greedy, left = added_runs([posterior], n_runs)

    exchanged = exchanged_runs(left, greedy)

    assert left[0].mean == pytest.approx(left_after(posterior, greedy), rel=1e-9)
    assert left_after(posterior, exchanged) <= left[0].mean * (1.0 + 1e-9)
    assert len(exchanged) == n_runs


@given(seed=st.integers(0, 10_000))
def test_no_single_exchange_is_better(seed):
    """Every one of 3 times 10 was tried."""
    posterior = smooth_parts(10, seed)

    chosen = chosen_runs([posterior], 3)

    smallest = left_after(posterior, chosen)
    for position in range(3):
        for other in range(10):
            exchanged = [*chosen[:position], other, *chosen[position + 1 :]]
            assert smallest <= left_after(posterior, exchanged) * (1.0 + 1e-7)


def test_exchange_finds_what_taking_one_by_one_misses():
    """Two runs: the first alone goes to the middle, the best pair of all does not."""
    posterior = smooth_parts(31, 5)
    greedy, _ = added_runs([posterior], 2)

    chosen = chosen_runs([posterior], 2)

    pairs = list(combinations_with_replacement(range(31), 2))
    smallest = min(left_after(posterior, pair) for pair in pairs)
    assert left_after(posterior, greedy) > smallest * 1.01
    assert left_after(posterior, chosen) == pytest.approx(smallest, rel=1e-9)


def test_two_responses_share_the_runs():
    """What is left is summed, so the same response twice asks for the same runs."""
    one = smooth_parts(15, 3)

    assert chosen_runs([one, one], 3) == chosen_runs([one], 3)


def test_many_runs_come_to_an_end():
    """More than there are exchanges, on fewer candidates: each is taken again and again."""
    chosen = chosen_runs([smooth_parts(8, 4)], 130)

    assert len(chosen) == 130
    assert set(chosen) <= set(range(8))


def test_no_runs_are_none():
    """Nothing is chosen, nothing is exchanged."""
    assert chosen_runs([smooth_parts(4, 1)], 0) == []
