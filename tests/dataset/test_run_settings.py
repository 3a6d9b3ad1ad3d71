"""Which runs repeat a setting: by equal inputs, rounded ones, or near measured ones."""

import numpy as np
from hypothesis import given, strategies
from hypothesis import settings as limits

from electrodoe.dataset.run_settings import settings_of_runs


@limits(max_examples=40, deadline=None)
@given(strategies.integers(0, 10_000), strategies.integers(1, 4), strategies.floats(-6, 6))
def test_repeated_settings_are_found_whatever_unit_and_rounding(seed: int, n: int, power: float):
    """A written number is rounded, and a unit converted: the setting stays the same."""
    rng = np.random.default_rng(seed)
    true = rng.integers(0, 9, 20)
    levels = rng.permutation(40).reshape(10, 4)[:, :n] / 40.0
    inputs = (levels[true] + 3e-5 * rng.uniform(-1, 1, (20, n))) * 10.0**power

    found = settings_of_runs(inputs, np.zeros(n, dtype=bool))

    _, first = np.unique(true, return_index=True)
    in_order = {setting: rank for rank, setting in enumerate(true[np.sort(first)])}
    assert found.tolist() == [in_order[setting] for setting in true]


def test_measured_inputs_are_near_replicates():
    """A porosity is never twice the same: runs that lie in clumps repeat a setting."""
    rng = np.random.default_rng(0)
    grid = np.array([[0.3, 8.0], [0.3, 12.0], [0.4, 8.0], [0.4, 12.0], [0.35, 10.0]])
    inputs = np.repeat(grid, 3, axis=0) * (1 + 0.002 * rng.normal(size=(15, 2)))

    found = settings_of_runs(inputs, np.array([False, False]))

    assert found.tolist() == np.repeat(np.arange(5), 3).tolist()
