"""Trees as arrays are scikit-learn's trees, to the bit."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor

from electrodoe.models import Search
from electrodoe.models.family import State
from electrodoe.models.forest import (
    N_TREES,
    ask_forest,
    fit_forest,
    forest_left_out,
    grow_forest,
    mean_decrease_impurity,
)

both_kinds = pytest.mark.parametrize(
    ("is_extremely_random", "theirs"),
    [(False, RandomForestRegressor), (True, ExtraTreesRegressor)],
    ids=["random forest", "extra trees"],
)


@both_kinds
@pytest.mark.parametrize(("leaf", "max_features"), [(1, 1.0), (3, 0.5)])
def test_predictions_and_importances_equal_those_of_scikit_learn(
    is_extremely_random: bool, theirs: type, leaf: int, max_features: float, search: Search
) -> None:
    """Same seeds, same bootstraps, same order of summation."""
    X, y = search.inputs, search.response
    asked = np.random.default_rng(0).normal(size=(1500, X.shape[1]))
    forest = theirs(60, min_samples_leaf=leaf, max_features=max_features, random_state=11)
    forest.fit(X, y)

    ours = grow_forest(
        X,
        y,
        n_trees=60,
        min_samples_leaf=leaf,
        max_features=max_features,
        is_extremely_random=is_extremely_random,
        seed=11,
    )

    np.testing.assert_array_equal(ask_forest(ours, asked), forest.predict(asked))
    np.testing.assert_array_equal(ask_forest(ours, asked[:1]), forest.predict(asked[:1]))
    np.testing.assert_allclose(
        mean_decrease_impurity(ours, X.shape[1]), forest.feature_importances_, rtol=1e-12
    )


def _constant(n_samples: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.random.default_rng(0).normal(size=(n_samples, 2)), np.zeros(n_samples)


def test_trees_that_never_split_are_asked_and_measured() -> None:
    """A constant response gives stumps without importance."""
    X, y = _constant(12)

    forest = grow_forest(
        X,
        y,
        n_trees=5,
        min_samples_leaf=1,
        max_features=1.0,
        is_extremely_random=False,
        seed=0,
    )

    assert ask_forest(forest, X).tolist() == [0.0] * 12
    assert mean_decrease_impurity(forest, 2).tolist() == [0.0, 0.0]
    assert ask_forest(forest, X[:0]).shape == (0,)


@both_kinds
def test_left_out_predictions_come_from_smaller_forests_that_saw_nothing_of_a_configuration(
    is_extremely_random: bool, theirs: type, search: Search
) -> None:
    """Ten trees instead of sixty: the predictions only weigh the members of an ensemble."""
    settings = {"n_trees": N_TREES, "min_samples_leaf": 2, "max_features": 1.0}
    asked: list[tuple[int, int]] = []

    def fit(X: NDArray[np.float64], y: NDArray[np.float64], chosen: Any, seed: int) -> State:
        asked.append((chosen["n_trees"], len(y)))
        return fit_forest(X, y, chosen, seed, is_extremely_random=is_extremely_random)

    predicted = forest_left_out(search, settings, fit=fit)

    assert predicted.shape == search.response.shape
    assert {n_trees for n_trees, _ in asked} == {10}
    assert all(n_rows <= len(search.response) - 3 for _, n_rows in asked)
