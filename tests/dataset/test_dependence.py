"""Correlation and variance inflation, against textbooks and their definition."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.dataset import MAX_VIF, correlation_matrix, dependence, variance_inflation_factors


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


def columns_of(seed: int, n_runs: int = 18) -> np.ndarray:
    """Return four columns without correlation."""
    start = np.random.default_rng(seed).normal(size=(n_runs, 4))
    return np.linalg.qr(np.column_stack([np.ones(n_runs), start]))[0][:, 1:]


@pytest.mark.parametrize("seed", range(20))
def test_inputs_that_move_together_are_grouped(seed: int):
    """A copy joins its original, a sum its terms, whatever else there is and in whatever order."""
    a, b, c, d = columns_of(seed).T
    small = 0.2 * columns_of(seed + 100)[:, 0]
    named = {"a": a, "a2": a + small, "b": b, "c": c, "b_c": b + c, "d": d}
    order = np.random.default_rng(seed).permutation(list(named))

    found = dependence(tuple(order), np.column_stack([named[name] for name in order]))

    groups = {frozenset(own) for own in found.members.values()}
    assert groups == {frozenset({"a", "a2"}), frozenset({"b", "c", "b_c"}), frozenset({"d"})}
    assert found.is_explainable
    assert not found.is_independent


def test_groups_follow_from_nothing():
    """Of 200 made-up studies with dependent inputs no group has a VIF of 5 beside the others."""
    rng, n_grouped = np.random.default_rng(3), 0
    for _ in range(200):
        free = rng.normal(size=(int(rng.integers(10, 25)), int(rng.integers(3, 6))))
        weights = rng.normal(size=(free.shape[1], 2)) * (rng.random((free.shape[1], 2)) < 0.4)
        mixed = free @ weights + 0.1 * rng.normal(size=(len(free), 2))
        inputs = np.column_stack([free, mixed])
        found = dependence(tuple("abcdefgh"[: inputs.shape[1]]), inputs)
        n_grouped += found.is_explainable and not found.is_independent
        for own in found.groups if len(found.groups) > 1 else ():
            rest = np.delete(inputs, own, axis=1)
            design = np.column_stack([np.ones(len(rest)), rest])
            inside = inputs[:, own] - inputs[:, own].mean(axis=0)
            left = inside - design @ np.linalg.lstsq(design, inside, rcond=None)[0]
            kept = scipy.linalg.eigvalsh(left.T @ left, inside.T @ inside).min()
            assert kept > 1.0 / MAX_VIF

    assert n_grouped > 20


def test_all_in_one_group_leave_nothing_to_explain():
    """Two inputs of which the one is the other."""
    a = columns_of(0)[:, 0]

    found = dependence(("a", "b"), np.column_stack([a, 2.0 * a]))

    assert found.members == {"a + b": ("a", "b")}
    assert not found.is_explainable


def test_a_category_may_move_with_a_number():
    """Each binder with a loading of its own: one group; a temperature crosses both."""
    loading = np.repeat([8.0, 10.0, 12.0], 4) + np.tile([0.0, 0.1], 6)
    binder, temperature = np.repeat([0.0, 1.0, 2.0], 4), np.tile([90.0, 90.0, 120.0, 120.0], 3)
    levels = {"binder": {0: "CMC", 1: "PVDF", 2: "PAA"}}
    names = ("loading", "temperature", "binder")

    found = dependence(names, np.column_stack([loading, temperature, binder]), levels)

    assert set(found.members) == {"loading + binder", "temperature"}
