"""Which terms a reduced quadratic keeps: by AICc, under heredity, and the same everywhere."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.models.term_selection import corrected_akaike, parents, select_terms
from electrodoe.models.terms import quadratic_matrix, quadratic_names

ALL_THREE = np.ones(3, dtype=np.bool_)
NAMES = quadratic_names(["a", "b", "c"], ALL_THREE)


def _settings(seed: int, n: int = 17) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1.0, 1.0, (n, 3))


def _kept(x: np.ndarray, y: np.ndarray) -> list[str]:
    return [NAMES[term] for term in select_terms(quadratic_matrix(x, ALL_THREE), y, ALL_THREE)]


@given(st.integers(0, 10_000))
def test_with_a_product_or_a_square_stand_its_linear_terms(seed: int) -> None:
    """Of pure noise, too, where any term may be taken by chance."""
    y = np.random.default_rng(seed).normal(size=17)

    kept = select_terms(quadratic_matrix(_settings(seed), ALL_THREE), y, ALL_THREE)

    built_of = parents(ALL_THREE)
    assert kept[0] == 0
    assert all(built_of[term] <= set(kept) for term in kept)


@given(st.integers(0, 10_000))
def test_the_choice_does_not_hang_on_zero_unit_or_row_order(seed: int) -> None:
    """Degrees Celsius or kelvin, µm or mm, this order or that: one set of terms."""
    x, rng = _settings(seed), np.random.default_rng(seed)
    y = 3.0 * x[:, 0] + 2.0 * x[:, 0] * x[:, 1] + rng.normal(0.0, 1.0, 17)
    order = rng.permutation(17)

    assert _kept(x, y) == _kept((4.0 * x + 1.5)[order], (10.0 * y + 300.0)[order])


def test_true_terms_are_found_without_noise_and_no_others() -> None:
    """What is left of the sum of squares is rounding: no term is taken for it."""
    x = _settings(1)

    assert _kept(x, 5.0 + x[:, 0] - 2.0 * x[:, 1] ** 2) == ["1", "a", "b", "b²"]


def test_an_interaction_brings_the_linear_terms_it_needs_in_one_step() -> None:
    """A pure product is found though neither input does anything alone."""
    x = _settings(2)

    assert _kept(x, x[:, 0] * x[:, 2]) == ["1", "a", "c", "a × c"]


def test_of_two_inputs_that_are_one_the_first_is_taken() -> None:
    """Wet and dry loading without noise: rounding must not decide between them."""
    x = _settings(3)
    for shift in (0.0, 1e-14, -1e-14):
        x[:, 1] = 0.52 * x[:, 0] + shift

        kept = _kept(x, x[:, 0] + 0.01 * np.sin(9.0 * x[:, 2]))

        assert kept[:2] == ["1", "a"]
        assert not any("b" in name for name in kept)


def test_the_criterion_is_that_of_statsmodels() -> None:
    """Up to the constant of the likelihood, which is the same for all sets of terms."""
    x, rng = _settings(4), np.random.default_rng(4)
    y = x[:, 0] + rng.normal(0.0, 0.3, 17)
    X = quadratic_matrix(x, ALL_THREE)

    for columns in ([0], [0, 1], [0, 1, 2, 4]):
        theirs = sm.OLS(y, X[:, columns]).fit()
        k = len(columns) + 1
        aicc = -2.0 * theirs.llf + 2.0 * k * 17 / (17 - k - 1)
        constant = 17 * (np.log(2.0 * np.pi) + 1.0)
        assert corrected_akaike(X[:, columns], y) == pytest.approx(aicc - constant, abs=1e-9)


@pytest.mark.parametrize("n", [3, 4, 5, 6])
def test_few_configurations_support_few_terms(n: int) -> None:
    """AICc has no value for as many parameters as configurations less one."""
    x = _settings(5, n)

    assert len(_kept(x, 10.0 * x[:, 0] + 5.0 * x[:, 1])) <= max(n - 3, 1)


def test_terms_that_help_only_together_are_found_of_nine_configurations() -> None:
    """A bowl and a slope: the first term alone does not pay for itself, all three do."""
    a, b = (grid.ravel() for grid in np.meshgrid([-1.0, 0.0, 1.0], [-1.0, 0.0, 1.0]))
    y = 40.0 * a**2 - 20.0 * b + np.random.default_rng(0).normal(0.0, 1.7, 9)
    both = np.ones(2, dtype=np.bool_)

    kept = select_terms(quadratic_matrix(np.column_stack([a, b]), both), y, both)

    assert [quadratic_names(["a", "b"], both)[term] for term in kept] == ["1", "a", "b", "a²"]
