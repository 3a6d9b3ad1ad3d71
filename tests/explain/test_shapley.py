"""Shapley values keep their axioms, known answers and what `shap` says."""

import warnings
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from electrodoe.errors import ExplanationError
from electrodoe.explain import composites, shapley_values


def quadratic(x):
    a, b, c = x.T
    return 10 + 2 * a - 3 * b + 4 * a * b + 5 * c**2


def rough(x):
    """Return a function of four inputs with interactions of every order."""
    return np.sin(3 * x[:, 0]) + x[:, 1] * x[:, 2] + np.where(x.sum(axis=1) > 0, x[:, 3], -1.0)


ARBITRARY = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def test_the_known_answer_is_met():
    """φ = 7, .5, 2.5; base 14; the halves of the pair (a, b) are 2 and no other pair interacts."""
    background = np.array([[0.0, 0, 0], [1, 1, 1]])

    result = shapley_values(quadratic, np.array([[2.0, 1, 1]]), background)

    np.testing.assert_allclose(result.values, [[7.0, 0.5, 2.5]], atol=1e-12)
    assert (result.base, result.predictions[0]) == (14.0, 24.0)
    off = result.interactions[0][np.triu_indices(3, k=1)]
    np.testing.assert_allclose(off, [2.0, 0.0, 0.0], atol=1e-12)


def test_values_equal_shap():
    """The exhaustive, interventional explainer of `shap` agrees to 1e-9."""
    rng = np.random.default_rng(1)
    explained, background = rng.normal(size=(5, 4)), rng.normal(size=(7, 4))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what shap and numba warn of is not ours
        shap = pytest.importorskip("shap")
        explainer = shap.KernelExplainer(rough, background)
        expected = explainer.shap_values(explained, nsamples=2**4, l1_reg=0, silent=True)

    result = shapley_values(rough, explained, background)

    np.testing.assert_allclose(result.values, expected, atol=1e-9)
    assert result.base == pytest.approx(explainer.expected_value)


def test_a_group_is_one_player():
    """As if the rows of its inputs were numbered, and the number was the input."""
    rng = np.random.default_rng(2)
    explained, background = rng.normal(size=(5, 4)), rng.normal(size=(7, 4))
    rows = np.concatenate([explained, background])
    numbers = np.arange(len(rows), dtype=np.float64)

    def of_numbered(x):
        own = rows[x[:, 0].astype(int)]
        return rough(np.column_stack([x[:, 1], own[:, 1], own[:, 2], x[:, 2]]))

    as_numbers = np.column_stack([numbers, rows[:, 0], rows[:, 3]])
    expected = shapley_values(of_numbered, as_numbers[:5], as_numbers[5:])

    result = shapley_values(rough, explained, background, np.array([1, 0, 0, 2]))

    np.testing.assert_allclose(result.values, expected.values, atol=1e-12)
    np.testing.assert_allclose(result.interactions, expected.interactions, atol=1e-12)


def test_interactions_equal_their_definition():
    """Half of the index of Grabisch and Roubens, written out coalition by coalition."""
    rng = np.random.default_rng(1)
    explained, background = rng.normal(size=(3, 4)), rng.normal(size=(5, 4))

    def value(row, *known):
        mixed = background.copy()
        mixed[:, known] = row[list(known)]
        return rough(mixed).mean()

    result = shapley_values(rough, explained, background)

    for row, (i, j) in product(range(3), combinations(range(4), 2)):
        x, total = explained[row], 0.0
        rest = [k for k in range(4) if k not in {i, j}]
        for size, weight in enumerate((1 / 3, 1 / 6, 1 / 3)):
            for known in combinations(rest, size):
                both, neither = value(x, *known, i, j), value(x, *known)
                total += weight * (both - value(x, *known, i) - value(x, *known, j) + neither)
        np.testing.assert_allclose(result.interactions[row, [i, j], [j, i]], total / 2, atol=1e-12)


@settings(deadline=None, max_examples=25)
@given(rng=ARBITRARY)
def test_values_add_up_and_interactions_add_up_to_values(rng):
    """Efficiency: values make prediction minus base, rows of interactions make values."""
    explained, background = rng.normal(size=(6, 4)), rng.normal(size=(3, 4))

    result = shapley_values(rough, explained, background)

    np.testing.assert_allclose(result.values.sum(axis=1) + result.base, rough(explained))
    np.testing.assert_allclose(result.interactions.sum(axis=2), result.values, atol=1e-12)
    np.testing.assert_allclose(result.predictions, rough(explained))


@settings(deadline=None, max_examples=25)
@given(rng=ARBITRARY)
def test_a_dummy_input_gets_nothing_and_equal_inputs_get_equal_values(rng):
    """Dummy and symmetry, for f = ab + exp(a + b) with an unused c."""
    shared, free = rng.normal(size=(8, 1)), rng.normal(size=(8, 1))
    points = np.hstack([shared, shared, free])

    result = shapley_values(
        lambda x: x[:, 0] * x[:, 1] + np.exp(x[:, 0] + x[:, 1]), points[:4], points[4:]
    )

    np.testing.assert_allclose(result.values[:, 2], 0.0, atol=1e-12)
    np.testing.assert_allclose(result.values[:, 0], result.values[:, 1], atol=1e-9)
    np.testing.assert_allclose(result.interactions[:, 2], 0.0, atol=1e-12)


@settings(deadline=None, max_examples=25)
@given(rng=ARBITRARY)
def test_the_order_of_the_rows_does_not_matter(rng):
    """Shuffled settings get the values they had."""
    points, background = rng.normal(size=(6, 4)), rng.normal(size=(5, 4))
    order = rng.permutation(6)

    straight = shapley_values(rough, points, background).values
    shuffled = shapley_values(rough, points[order], rng.permutation(background)).values

    np.testing.assert_allclose(shuffled, straight[order], atol=1e-12)


def test_small_blocks_change_nothing(monkeypatch):
    """The bound on memory divides the work and leaves the values to the bit."""
    rng = np.random.default_rng(2)
    points, background = rng.normal(size=(6, 4)), rng.normal(size=(5, 4))
    whole = shapley_values(rough, points, background).values
    monkeypatch.setattr(composites, "_MAX_COMPOSITES", 90)
    monkeypatch.setattr(composites, "_MAX_ROWS", 7)
    monkeypatch.setattr(composites, "_LARGEST_KEY", 100)

    parts = shapley_values(rough, points, background).values

    np.testing.assert_array_equal(parts, whole)


def test_each_distinct_composite_is_asked_once():
    """Two levels of two inputs are four settings, however many samples share them."""
    asked = []

    def predict(x):
        asked.append(len(x))
        return x.sum(axis=1)

    corners = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]).repeat(10, axis=0)

    shapley_values(predict, corners, corners)

    assert sum(asked) == 4


def test_thirteen_inputs_are_refused():
    """Beyond 12 inputs exact values would take too long."""
    with pytest.raises(ExplanationError, match="13 inputs"):
        shapley_values(lambda x: x[:, 0], np.zeros((1, 13)), np.zeros((1, 13)))
