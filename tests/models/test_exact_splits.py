"""The trap that exact splits avoid: histograms cut at the levels of a design, not midway."""

import numpy as np
import xgboost
from numpy.typing import NDArray

from electrodoe.models import FAMILIES, Search
from electrodoe.models.families.boosted_trees import total_gain

LEVELS = np.array([0.0, 1.0, 2.0, 3.0])
SETTINGS = {"max_depth": 3, "eta": 0.3, "min_child_weight": 1}
JUST_BELOW = LEVELS[1:] - 0.1


def _predicted(tree_method: str, asked: NDArray[np.float64]) -> NDArray[np.float64]:
    x = np.repeat(LEVELS, 6)[:, None]
    train = xgboost.DMatrix(x, label=x[:, 0] ** 2, nthread=1)
    settings = {**SETTINGS, "tree_method": tree_method, "nthread": 1, "verbosity": 0}
    booster = xgboost.train(settings, train, num_boost_round=60)
    return np.asarray(booster.predict(xgboost.DMatrix(asked[:, None], nthread=1)))


def test_histograms_give_the_level_beneath_and_exact_splits_the_nearer_one() -> None:
    """XGBoost itself: a tenth below a level, ``hist`` answers for the level beneath."""
    np.testing.assert_array_equal(_predicted("hist", JUST_BELOW), _predicted("hist", LEVELS[:-1]))
    np.testing.assert_array_equal(_predicted("exact", JUST_BELOW), _predicted("exact", LEVELS[1:]))


def test_the_family_predicts_as_exact_splits_do() -> None:
    """To the bit, at levels and between them."""
    x = np.repeat(LEVELS, 6)[:, None]
    asked = np.linspace(-0.5, 3.5, 41)
    family = FAMILIES["xgboost"]

    state = family.fit(x, x[:, 0] ** 2, {**SETTINGS, "n_rounds": 60}, 0)

    np.testing.assert_array_equal(
        family.predict(state, asked[:, None]), _predicted("exact", asked).astype(np.float64)
    )


def test_gains_are_shares(search: Search) -> None:
    """One in sum, none negative, one for each input."""
    state = FAMILIES["xgboost"].fit(search.inputs, search.response, {**SETTINGS, "n_rounds": 20}, 0)

    gains = total_gain(state, 3)

    assert gains.shape == (3,)
    assert np.all(gains >= 0.0)
    assert abs(gains.sum() - 1.0) < 1e-12
