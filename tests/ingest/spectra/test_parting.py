"""Sweeps distinguished by their frequencies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.ingest.spectra.parting import is_ordered, split_sweeps

SWEEP = np.geomspace(1e4, 1.0, 9)


@given(
    directions=st.lists(st.sampled_from([1, -1]), min_size=1, max_size=4),
    n=st.integers(4, 12),
)
def test_repeated_sweeps_are_parted_whatever_their_direction(directions: list[int], n: int):
    """Where the next begins at the same frequency, that point may stay with the one before."""
    sweep = np.geomspace(1e4, 1.0, n)
    frequency_hz = np.concatenate([sweep[::direction] for direction in directions])

    parts = split_sweeps(frequency_hz)

    assert len(parts) == len(directions)
    assert np.concatenate(parts).tolist() == list(range(len(frequency_hz)))
    assert all(is_ordered(frequency_hz[part]) for part in parts)
    assert all(abs(len(part) - n) <= 1 for part in parts)


@pytest.mark.parametrize(
    "frequency_hz",
    [
        SWEEP,
        SWEEP[::-1],
        np.insert(SWEEP, 4, SWEEP[4]),
        SWEEP[[0, 1, 3, 2, 4, 5, 6, 7, 8]],
        SWEEP[[4, 0, 7, 2, 8, 1, 6, 3, 5]],
        np.concatenate([SWEEP, SWEEP[-1] * np.geomspace(1.0, 1e-3, 5)]),
        np.array([5.0]),
    ],
    ids=["falling", "rising", "a point twice", "two changed", "shuffled", "continued", "single"],
)
def test_one_sweep_stays_one(frequency_hz: np.ndarray):
    """Also where its points are out of order."""
    assert len(split_sweeps(frequency_hz)) == 1


def test_the_last_sweep_may_be_cut():
    """One point of it is enough."""
    parts = split_sweeps(np.concatenate([SWEEP, SWEEP, SWEEP[:1]]))

    assert [len(part) for part in parts] == [9, 9, 1]
