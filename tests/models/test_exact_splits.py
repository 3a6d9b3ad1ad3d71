"""The trap that exact splits avoid: histograms cut at the levels of a design, not midway."""

import numpy as np
import pytest
import xgboost
from numpy.typing import NDArray

from electrodoe.errors import ModelError
from electrodoe.models import FAMILIES, Search
from electrodoe.models.boosted_arrays import boosted_path, trees_of
from electrodoe.models.families.boosted_trees import total_gain
from electrodoe.models.fixed_point import levels_on_grid, on_grid
from electrodoe.models.tree_walk import asked

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


def _trained(search: Search, n_rounds: int) -> xgboost.Booster:
    """Return XGBoost's own booster, on the numbers that ours is given."""
    train = xgboost.DMatrix(
        levels_on_grid(search.inputs), label=on_grid(search.response), nthread=1
    )
    settings = {**SETTINGS, "tree_method": "exact", "nthread": 1, "verbosity": 0}
    return xgboost.train(settings, train, num_boost_round=n_rounds)


@pytest.mark.parametrize("n_rows", [1, 3, 700])
def test_the_arrays_predict_what_xgboost_predicts(n_rows: int, search: Search) -> None:
    """To the bit, in single precision and tree after tree, for one setting and for many."""
    rows = np.random.default_rng(2).normal(size=(n_rows, 3))
    wanted = _trained(search, 40).predict(xgboost.DMatrix(asked(rows), nthread=1))

    state = FAMILIES["xgboost"].fit(search.inputs, search.response, {**SETTINGS, "n_rounds": 40}, 0)

    np.testing.assert_array_equal(
        FAMILIES["xgboost"].predict(state, rows), wanted.astype(np.float64)
    )
    np.testing.assert_array_equal(boosted_path(state, rows)[-1], wanted)


def test_gains_are_those_of_xgboost(search: Search) -> None:
    """Fractions of what its own table of importances adds up."""
    theirs = _trained(search, 20).get_score(importance_type="total_gain")
    wanted = np.array([theirs.get(f"f{index}", 0.0) for index in range(3)], dtype=np.float64)

    state = FAMILIES["xgboost"].fit(search.inputs, search.response, {**SETTINGS, "n_rounds": 20}, 0)

    np.testing.assert_allclose(total_gain(state, 3), wanted / wanted.sum(), rtol=1e-5)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"left_children", b"left_descents"),
        (b"left_children[$l", b"left_children[$D"),
        (b"base_score", b"bass_score"),
    ],
)
def test_bytes_in_another_form_are_refused(old: bytes, new: bytes, search: Search) -> None:
    """Instead of read as something else after an update of XGBoost."""
    content = bytes(_trained(search, 2).save_raw("ubj"))

    with pytest.raises(ModelError, match="another form"):
        trees_of(content.replace(old, new))


def test_gains_are_shares(search: Search) -> None:
    """One in sum, none negative, one for each input."""
    state = FAMILIES["xgboost"].fit(search.inputs, search.response, {**SETTINGS, "n_rounds": 20}, 0)

    gains = total_gain(state, 3)

    assert gains.shape == (3,)
    assert np.all(gains >= 0.0)
    assert abs(gains.sum() - 1.0) < 1e-12
