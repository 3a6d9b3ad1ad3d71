"""The ridge is scikit-learn's on the same terms, and its penalty is the best left out."""

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from electrodoe.dataset import leave_one_configuration_out
from electrodoe.models import FAMILIES, Search
from electrodoe.models.families.ridge_quadratic import FREE_QUADRATIC
from electrodoe.models.terms import quadratic_matrix
from electrodoe.models.tuning import out_of_fold

RIDGE = FAMILIES["ridge_quadratic"]
ALL_QUADRATIC = [True, True, True]


@pytest.mark.parametrize("penalty", [1e-3, 0.5, 30.0])
def test_the_ridge_predicts_what_scikit_learn_predicts(penalty: float, search: Search) -> None:
    """The intercept is free in both."""
    asked = np.random.default_rng(1).normal(size=(300, 3))
    quadratic = np.array(ALL_QUADRATIC)
    theirs = Ridge(alpha=penalty, solver="svd")
    theirs.fit(quadratic_matrix(search.inputs, quadratic)[:, 1:], search.response)

    state = RIDGE.fit(
        search.inputs, search.response, {"penalty": penalty, "quadratic": ALL_QUADRATIC}, 0
    )

    np.testing.assert_allclose(
        RIDGE.predict(state, asked),
        theirs.predict(quadratic_matrix(asked, quadratic)[:, 1:]),
        atol=1e-8,
    )


def test_no_other_penalty_of_the_search_has_a_smaller_left_out_error(search: Search) -> None:
    """Each is refitted without each configuration, the long way."""
    folds = leave_one_configuration_out(search.configurations)

    def error(penalty: float) -> float:
        settings = {"penalty": penalty, "quadratic": ALL_QUADRATIC}
        predicted = out_of_fold(search, settings, RIDGE.fit, RIDGE.predict, folds)
        return float(np.sum((search.response - predicted) ** 2))

    chosen = RIDGE.tune(search)["penalty"]

    assert all(error(chosen) <= error(other) + 1e-9 for other in np.geomspace(1e-3, 1e3, 13))


def test_a_large_penalty_leaves_the_mean(search: Search) -> None:
    """The limit: all slopes vanish, the intercept stays."""
    shifted = search.response + 2.0
    state = RIDGE.fit(search.inputs, shifted, {"penalty": 1e12, "quadratic": ALL_QUADRATIC}, 0)

    np.testing.assert_allclose(RIDGE.predict(state, search.inputs), shifted.mean(), atol=1e-6)


def test_the_free_quadratic_is_least_squares(search: Search) -> None:
    """To a ten-thousandth of the response's scatter."""
    polynomial = FAMILIES["polynomial"]
    exact = polynomial.fit(search.inputs, search.response, polynomial.tune(search), 0)

    state = FREE_QUADRATIC.fit(search.inputs, search.response, FREE_QUADRATIC.tune(search), 0)

    np.testing.assert_allclose(
        FREE_QUADRATIC.predict(state, search.inputs),
        polynomial.predict(exact, search.inputs),
        atol=1e-4,
    )


@pytest.mark.parametrize(("n_configurations", "is_free"), [(12, True), (11, False), (6, False)])
def test_fewer_configurations_than_terms_need_a_penalty(
    n_configurations: int, is_free: bool, search: Search
) -> None:
    """Ten terms: eleven configurations leave none to spare where one is left out."""
    few = search.take(search.configurations < n_configurations)

    chosen = FREE_QUADRATIC.tune(few)

    assert is_free == (chosen != RIDGE.tune(few))
    assert np.all(
        np.isfinite(FREE_QUADRATIC.fit(few.inputs, few.response, chosen, 0)["coefficients"])
    )
