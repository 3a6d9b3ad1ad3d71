"""Correlation and variance inflation, against textbooks and their definition."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.dataset import correlation_matrix, dependence, variance_inflation_factors


def test_the_cement_data_have_the_textbooks_inflation(shared_data: Path):
    """Hald's cement, as Montgomery, Peck and Vining print it."""
    table = pl.read_csv(shared_data / "rsm-textbook" / "MPV_cement.csv")
    inputs = table.select("x1", "x2", "x3", "x4").to_numpy().astype(np.float64)

    np.testing.assert_allclose(
        variance_inflation_factors(inputs), [38.496, 254.423, 46.868, 282.513], rtol=1e-5
    )


@given(seed=st.integers(0, 2**32 - 1), n_inputs=st.integers(1, 5), scale=st.floats(1e-6, 1e6))
def test_inflation_is_what_its_definition_says(seed: int, n_inputs: int, scale: float):
    """1 / (1 - R²) of each input regressed on the others, in whatever unit."""
    inputs = np.random.default_rng(seed).normal(size=(30, n_inputs))
    inputs[:, 0] *= scale

    for index, found in enumerate(variance_inflation_factors(inputs)):
        others = np.column_stack([np.ones(30), np.delete(inputs, index, axis=1)])
        centered = inputs[:, index] - inputs[:, index].mean()
        residual = centered - others @ np.linalg.lstsq(others, centered, rcond=None)[0]
        assert found == pytest.approx(centered @ centered / (residual @ residual), rel=1e-6)


def test_inputs_that_follow_from_one_another_are_infinitely_inflated():
    """Only those that take part; the others keep their own inflation."""
    rng = np.random.default_rng(0)
    first, second, apart = rng.normal(size=(3, 40))
    inputs = np.column_stack([first, second, first + 2.0 * second, apart])

    found = variance_inflation_factors(inputs)

    assert found[:3].tolist() == [np.inf] * 3
    assert found[3] == pytest.approx(variance_inflation_factors(inputs[:, [0, 1, 3]])[2])


def test_the_strongest_pair_is_named():
    """With its sign."""
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 50))
    found = dependence(("a", "b", "c"), np.column_stack([a, b, b * -1.0 + 0.2 * a]))

    assert found.strongest_pair[:2] == ("b", "c")
    assert found.strongest_pair[2] < -0.9
    assert not found.is_independent


def test_one_input_depends_on_nothing():
    """It has no partner, and its inflation is one."""
    found = dependence(("a",), np.array([[1.0], [2.0], [4.0]]))

    assert found.is_independent
    assert found.vif.tolist() == [1.0]
    assert found.strongest_pair[2] == 0.0


def test_rows_with_an_empty_cell_are_passed_over():
    """A correlation is that of the complete rows."""
    inputs = np.array([[1.0, 2.0], [2.0, np.nan], [3.0, 1.0], [4.0, 5.0]])

    found = dependence(("a", "b"), inputs)

    np.testing.assert_array_equal(found.correlation, correlation_matrix(inputs[[0, 2, 3]]))


@pytest.mark.parametrize(
    ("r", "is_weak", "is_independent"),
    [(0.29, True, True), (0.31, False, True), (0.89, False, True), (0.90, False, False)],
)
def test_inputs_are_told_apart_below_a_vif_of_five(r: float, is_weak: bool, is_independent: bool):
    """Of two inputs VIF = 1 / (1 - r²): 5 at r = 0.894. The paper's rule of 0.3 is a remark."""
    base = np.linalg.qr(
        np.column_stack([np.ones(20), np.random.default_rng(0).normal(size=(20, 2))])
    )[0]
    inputs = np.column_stack([base[:, 1], r * base[:, 1] + np.sqrt(1.0 - r**2) * base[:, 2]])

    found = dependence(("a", "b"), inputs)
    assert (found.is_weak, found.is_independent) == (is_weak, is_independent)


def test_uncorrelated_space_filling_plans_keep_their_explanations():
    """Of 45 Latin hypercubes of 12 to 20 runs, 29 and more have a pair with |r| of 0.3."""
    rng, n_refused, n_strong = np.random.default_rng(7), 0, 0
    for number in range(45):
        n_runs, n_factors = 12 + number % 9, 3 + number % 3
        plan = np.column_stack([rng.permutation(n_runs) for _ in range(n_factors)])
        found = dependence(tuple("abcde"[:n_factors]), plan.astype(float))
        n_refused += not found.is_independent
        n_strong += not found.is_weak

    assert n_strong > 20
    assert n_refused == 0
