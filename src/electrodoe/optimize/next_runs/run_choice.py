"""Which candidates to run: one by one, then exchanged while that lowers the posterior variance."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.optimize.next_runs.posterior_variance import PosteriorVariance
from electrodoe.ties import first_largest

_MOST_EXCHANGES: Final = 100
"""Bound against endless exchanges; they end when a whole round was in vain."""
_MIN_GAIN: Final = 1e-9
"""As a fraction: below it two candidates are alike."""


def chosen_runs(posterior: Sequence[PosteriorVariance], n_runs: int) -> list[int]:
    """Return the candidates that leave the smallest posterior variance, over all responses.

    Runs that no exchange of a single one makes better; with more than a hundred, what so many
    exchanges have come to.
    """
    chosen, left = added_runs(posterior, n_runs)
    return exchanged_runs(left, chosen)


def added_runs(
    posterior: Sequence[PosteriorVariance], n_runs: int
) -> tuple[list[int], list[PosteriorVariance]]:
    """Return runs taken one by one, each with the largest gain, and what they leave unknown."""
    chosen, left = list[int](), list(posterior)
    for _ in range(n_runs):
        chosen.append(int(first_largest(_gains(left))))
        left = [each.with_run(chosen[-1]) for each in left]
    return chosen, left


def exchanged_runs(left: Sequence[PosteriorVariance], chosen: Sequence[int]) -> list[int]:
    """Return runs after every exchange of one for a better candidate."""
    runs, left = list(chosen), list(left)
    n_in_vain = 0
    for turn in range(max(_MOST_EXCHANGES, len(runs)) if runs else 0):
        position = turn % len(runs)
        without = [each.without_run(runs[position]) for each in left]
        gains = _gains(without)
        best = int(first_largest(gains))
        n_in_vain += 1
        if gains[best] > gains[runs[position]] * (1.0 + _MIN_GAIN):
            runs[position], n_in_vain = best, 0
            left = [each.with_run(best) for each in without]
        if n_in_vain >= len(runs):
            break
    return runs


def _gains(posterior: Sequence[PosteriorVariance]) -> Floats:
    """Return by how much a run at each candidate lowers the variances' sum over responses."""
    return np.asarray(np.sum([each.gains() for each in posterior], axis=0))
