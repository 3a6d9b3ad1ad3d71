"""Smaller forests for refits: the first trees of the large one, and nothing else changed."""

import numpy as np
import pytest

from electrodoe.models import FAMILIES, Search, State, families_of
from electrodoe.models.forest import predict_forest, with_fewer_trees


def _grown(name: str, search: Search, n_trees: int) -> State:
    settings = {"min_samples_leaf": 2, "max_features": 1.0, "n_trees": n_trees}
    return FAMILIES[name].fit(search.inputs, search.response, settings, 5)


@pytest.mark.parametrize("name", ["random_forest", "extra_trees"])
def test_a_small_forest_is_the_first_trees_of_a_large_one(name: str, search: Search) -> None:
    """So fewer trees mean more scatter about the same forest, not another forest."""
    large, small = _grown(name, search, 12), _grown(name, search, 5)
    first = {**large, "roots": large["roots"][:5]}

    np.testing.assert_array_equal(
        predict_forest(first, search.inputs), predict_forest(small, search.inputs)
    )


def test_only_the_number_of_trees_changes_and_never_upward() -> None:
    """In members of members too; the original mapping is left alone."""
    members = {"a": {"n_trees": 100, "max_features": 1.0}, "b": {"penalty": 2.0}}
    before = {"weights": {"a": 0.5, "b": 0.5}, "members": members, "n_trees": 8}

    after = with_fewer_trees(before, 10)

    assert after == before | {"members": {**members, "a": {"n_trees": 10, "max_features": 1.0}}}
    assert before["members"]["a"]["n_trees"] == 100


@pytest.mark.parametrize("name", families_of("number"))
def test_every_family_can_be_fitted_with_fewer_trees(name: str, search: Search) -> None:
    """What comes back are hyperparameters of the same family."""
    family = FAMILIES[name]
    fewer = with_fewer_trees(family.tune(search), 3)

    state = family.fit(search.inputs, search.response, fewer, 0)

    assert np.all(np.isfinite(family.predict(state, search.inputs)))
