"""Trees as arrays are scikit-learn's trees, to the bit."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor

from electrodoe.models import Search, tree_growth
from electrodoe.models.family import State
from electrodoe.models.fixed_point import levels_on_grid, on_grid
from electrodoe.models.forest import (
    N_TREES,
    fit_forest,
    forest_left_out,
    grow_forest,
    mean_decrease_impurity,
    predict_forest,
)
from electrodoe.models.tree_growth import (
    Draws,
    Growth,
    by_builder,
    by_estimators,
    draws,
)
from electrodoe.models.tree_walk import asked as as_compared

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
    """Same seeds, same bootstraps, same order of summation, on the same grid."""
    X, y = search.inputs, search.response
    asked = np.random.default_rng(0).normal(size=(1500, X.shape[1]))
    forest = theirs(60, min_samples_leaf=leaf, max_features=max_features, random_state=11)
    forest.fit(levels_on_grid(X), on_grid(y))
    settings = as_compared(asked)

    ours = grow_forest(
        X,
        y,
        n_trees=60,
        min_samples_leaf=leaf,
        max_features=max_features,
        is_extremely_random=is_extremely_random,
        seed=11,
    )

    np.testing.assert_array_equal(predict_forest(ours, asked), forest.predict(settings))
    np.testing.assert_array_equal(predict_forest(ours, asked[:1]), forest.predict(settings[:1]))
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

    assert predict_forest(forest, X).tolist() == [0.0] * 12
    assert mean_decrease_impurity(forest, 2).tolist() == [0.0, 0.0]
    assert predict_forest(forest, X[:0]).shape == (0,)


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


@both_kinds
def test_the_builder_grows_what_the_estimators_grow(
    is_extremely_random: bool, theirs: type, search: Search
) -> None:
    """Node by node; where scikit-learn's builder is no longer what it was, nothing else changes."""
    X = levels_on_grid(search.inputs).astype(np.float32)
    y = on_grid(search.response)[:, None]
    drawn = draws(4, 7, len(y), None if is_extremely_random else len(y))
    growth = Growth(min_samples_leaf=2, max_features=0.7, is_extremely_random=is_extremely_random)

    ours, publicly = by_builder(X, y, drawn, growth), by_estimators(X, y, drawn, growth)

    for one, other in zip(ours, publicly, strict=True):
        for mine, expected in zip(one, other, strict=True):
            np.testing.assert_array_equal(mine, expected)


@pytest.mark.parametrize("fault", [ImportError, TypeError, None])
def test_another_builder_is_found_out_and_the_estimators_are_asked(
    fault: type[Exception] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it is gone, wants other arguments, or grows other trees."""

    def changed(*_: object) -> list[tuple[NDArray[Any], NDArray[np.float64]]]:
        if fault is not None:
            raise fault
        return [(np.zeros(1), np.zeros(1))] * 2

    monkeypatch.setattr(tree_growth, "by_builder", changed)
    tree_growth._grower.cache_clear()
    try:
        assert tree_growth._grower() is by_estimators
    finally:
        tree_growth._grower.cache_clear()


def test_this_release_of_scikit_learn_has_the_builder_that_is_known() -> None:
    """So that a slow run is no surprise after an update."""
    tree_growth._grower.cache_clear()

    assert tree_growth._grower() is by_builder


def test_draws_that_are_remembered_are_those_of_scikit_learn() -> None:
    """For few samples and for many, where nothing is kept."""
    for n_samples in (20, 1000):
        drawn: Draws = draws(3, 4, n_samples, n_samples)
        source = np.random.RandomState(drawn.tree_seeds[2])
        wanted = np.bincount(source.randint(0, n_samples, n_samples), minlength=n_samples)
        assert drawn.counts is not None
        assert drawn.counts[2].tolist() == wanted.tolist()
