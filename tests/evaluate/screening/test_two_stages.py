"""Definitive screening: what is active is found, and noise is not."""

import numpy as np
import pytest
from tests.evaluate.screening.textbook_designs import anything, full, training_data

from electrodoe.design.classical.screening import definitive_screening
from electrodoe.evaluate.screening.definitive import is_definitive, two_stages
from electrodoe.evaluate.screening.reading import read_screening
from electrodoe.evaluate.screening.supersaturated import forward_selection, nearest_rivals


def with_fake_factors(n_factors, n_fakes=4):
    """Return a design for more factors, of which the last are not used (Jones, Nachtsheim 2017)."""
    return definitive_screening(n_factors + n_fakes)[:, :n_factors]


def test_the_truth_of_a_simulated_design_is_found():
    """Three main effects, a square and an interaction of 3 to 5 σ among six factors."""
    X = with_fake_factors(6)
    rng = np.random.default_rng(11)
    truth = 4.0 * X[:, 0] - 3.0 * X[:, 1] + 3.0 * X[:, 4] + 5.0 * X[:, 0] * X[:, 1]
    found = two_stages(X, truth - 6.0 * X[:, 4] ** 2 + rng.normal(size=len(X)))

    assert np.flatnonzero(found.is_active).tolist() == [0, 1, 4]
    assert set(found.second_order) == {(0, 1), (4, 4)}
    assert found.error.degrees_of_freedom == 4
    assert found.estimates[[0, 1, 4]] == pytest.approx([8.0, -6.0, 6.0], abs=1.5)


def test_without_fake_factors_main_effects_show_their_own_error():
    """The smallest design for six factors has no degree of freedom left."""
    X = definitive_screening(6)
    found = two_stages(X, 5.0 * X[:, 2] + np.random.default_rng(0).normal(size=13))

    assert found.error.degrees_of_freedom is None
    lengths = np.linalg.norm(X, axis=0)
    surely = np.abs(found.estimates) * lengths / 2.0 > found.error.simultaneous_margin
    assert np.flatnonzero(surely).tolist() == [2]


@pytest.mark.parametrize("n_factors", range(3, 13))
def test_every_definitive_design_is_one(n_factors):
    """Of any number of factors, with or without fake ones; no factorial is one."""
    assert is_definitive(definitive_screening(n_factors))
    assert is_definitive(with_fake_factors(n_factors)) or n_factors == 3  # ten terms in 17 runs
    assert not is_definitive(full(3))


def supersaturated():
    """Return Lin's half fraction: 22 columns of a Plackett-Burman design, in twelve runs."""
    first = [1.0 if sign == "+" else -1.0 for sign in "+++++-+-++--++--+-+----"]
    X = np.array([*(first[-k:] + first[:-k] for k in range(23)), [-1.0] * 23])
    return X[X[:, 22] > 0.0, :22]


def test_a_supersaturated_design_finds_one_large_effect():
    """22 factors in twelve runs (Lin 1993)."""
    X = supersaturated()
    noise = np.random.default_rng(1).normal(size=12)
    found = forward_selection(X, 8.0 * X[:, 3] - 5.0 * X[:, 17] + noise)

    assert {3, 17} <= set(found.selected)
    assert found.estimates[[3, 17]] == pytest.approx([16.0, -10.0], abs=2.0)


def test_forward_selection_has_the_false_alarms_it_says():
    """In 200 studies of noise alone something is selected in about 5 %."""
    X = supersaturated()
    alarms = [
        bool(forward_selection(X, np.random.default_rng(seed).normal(size=12)).selected)
        for seed in range(200)
    ]

    assert np.mean(alarms) == pytest.approx(0.05, abs=0.04)


def test_a_supersaturated_design_names_the_runs_that_part_what_it_selected():
    """Selected factors and those most like them are told apart by four runs, in a block."""
    X = supersaturated()
    y = 8.0 * X[:, 3] - 5.0 * X[:, 17] + np.random.default_rng(1).normal(size=12)
    reading = read_screening(training_data(X, y), anything)

    assert reading is not None
    assert reading.runs is not None
    assert reading.runs.kind == "de-aliasing"
    assert len(reading.runs.coded) == 4
    assert {group[0] for group in reading.runs.parted} >= {(3,), (17,)}
    terms = [factor for group in reading.runs.parted for (factor,) in group]
    assert len(terms) == len(set(terms))
    both = np.vstack([X, reading.runs.coded])
    model = np.column_stack([np.ones(16), np.repeat([0.0, 1.0], [12, 4]), both[:, terms]])
    assert np.linalg.matrix_rank(model) == model.shape[1]

    def worst(runs):
        return np.abs(np.corrcoef(runs[:, terms].T) - np.eye(len(terms))).max()

    assert worst(both) < worst(X)


def test_the_rivals_of_a_factor_are_those_most_like_it_beside_the_others():
    """By the correlations of Lin's columns, found by brute force; none is named twice."""
    X = supersaturated()
    (own,) = nearest_rivals(X, [3])
    likeness = np.abs(np.corrcoef(X.T)[3])
    likeness[3] = 0.0

    assert likeness[list(own)] == pytest.approx(np.sort(likeness)[:-3:-1])
    assert [len(one) for one in nearest_rivals(X, [0, 5, 9, 12])] == [1, 1, 1, 1]


def test_noise_alone_in_a_supersaturated_design_asks_for_no_runs():
    """Nothing selected, nothing to part."""
    X = supersaturated()
    reading = read_screening(training_data(X, np.random.default_rng(3).normal(size=12)), anything)

    assert reading is not None
    assert reading.runs is None
