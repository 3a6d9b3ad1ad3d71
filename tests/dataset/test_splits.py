"""Every way to divide samples keeps its promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.dataset import (
    MOST_LEFT_OUT,
    grouped_folds,
    leave_groups_out,
    leave_one_configuration_out,
    left_out_groups,
    random_test_rows,
)

CONFIGURATIONS = st.lists(st.integers(0, 12), min_size=2, max_size=60).map(np.array)


@pytest.mark.parametrize(("n_samples", "n_test"), [(34, 7), (51, 11), (86, 18), (2, 1), (3, 1)])
def test_the_random_split_has_the_papers_sizes(n_samples: int, n_test: int):
    """A fifth, rounded up."""
    assert len(random_test_rows(n_samples, 0.2, np.random.default_rng(0))) == n_test


@given(
    n_samples=st.integers(2, 200), fraction=st.floats(0.001, 0.999), seed=st.integers(0, 2**32 - 1)
)
def test_the_random_split_leaves_something_on_both_sides(
    n_samples: int, fraction: float, seed: int
):
    """No row twice, all sorted, and the same seed draws the same rows."""
    rows = random_test_rows(n_samples, fraction, np.random.default_rng(seed))

    assert 1 <= len(rows) < n_samples
    assert np.all(np.diff(rows) > 0)
    assert np.all((rows >= 0) & (rows < n_samples))
    assert (
        rows.tolist() == random_test_rows(n_samples, fraction, np.random.default_rng(seed)).tolist()
    )


@given(configurations=CONFIGURATIONS)
def test_each_configuration_is_left_out_once(configurations: np.ndarray):
    """With all its replicates and nothing else."""
    masks = leave_one_configuration_out(configurations)

    assert np.sum(masks, axis=0).tolist() == [1] * len(configurations)
    assert all(len(np.unique(configurations[mask])) == 1 for mask in masks)
    assert len(masks) == len(np.unique(configurations))


@given(configurations=CONFIGURATIONS, n_folds=st.integers(2, 10), seed=st.integers(0, 2**32 - 1))
def test_grouped_folds_never_part_replicates(configurations: np.ndarray, n_folds: int, seed: int):
    """Each sample is tested once, and the folds are of like size."""
    folds = grouped_folds(configurations, n_folds, np.random.default_rng(seed))
    sizes = [len(np.unique(configurations[fold])) for fold in folds]

    assert np.sum(folds, axis=0).tolist() == [1] * len(configurations)
    assert all(
        set(configurations[fold]).isdisjoint(configurations[~fold].tolist()) for fold in folds
    )
    assert max(sizes) - min(sizes) <= 1
    assert len(folds) == min(n_folds, len(np.unique(configurations)))


def test_few_configurations_are_left_out_one_by_one_and_many_in_groups():
    """Up to forty as ever; beyond, twenty groups that hold every configuration whole and once."""
    few = np.repeat(np.arange(MOST_LEFT_OUT) * 3, 2)
    many = np.repeat(np.arange(300) * 3, 2)

    one_by_one = leave_one_configuration_out(few)
    groups = left_out_groups(many)

    np.testing.assert_array_equal(leave_groups_out(few), one_by_one)
    assert np.bincount(groups).tolist() == [30] * 20
    np.testing.assert_array_equal(groups[::2], groups[1::2])
    np.testing.assert_array_equal(groups, left_out_groups(many))
