"""Hyperparameters that are given: used as they are, the rest searched, nothing guessed."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor
from sklearn.svm import SVR
from xgboost import XGBRegressor

from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.evaluate import evaluate
from electrodoe.models import (
    FAMILIES,
    FittedModel,
    families_of,
    fit,
    given_hyperparameters,
    model_from_bytes,
    model_to_bytes,
    refit_without,
    tune,
)
from electrodoe.models.fitting import in_canonical_order, normalize

SUPPLEMENTS: dict[str, dict[str, Any]] = {
    "svm": {"C": 50, "gamma": 0.3, "epsilon": 0.05},
    "xgboost": {
        "max_depth": 3,
        "learning_rate": 0.07,
        "n_estimators": 45,
        "min_child_weight": 2,
        "reg_lambda": 3.0,
        "reg_alpha": 0.1,
        "gamma": 0.01,
    },
    "random_forest": {
        "n_estimators": 25,
        "max_depth": 4,
        "min_samples_split": 5,
        "min_samples_leaf": 2,
        "max_features": 0.7,
    },
    "extra_trees": {
        "n_estimators": 25,
        "max_depth": 4,
        "min_samples_leaf": 1,
        "max_features": 1.0,
    },
}
"""As a publication would print them: with the names of scikit-learn and XGBoost."""
GIVEABLE = [name for name in families_of("number") if FAMILIES[name].settings]


def _rebuilt(data: TrainingData, family: str, declared: dict[str, Any]) -> FittedModel:
    known = given_hyperparameters(family, declared)
    return fit(data, family, tune(data, family, width=1, given=known), given=known, seed=3)


@pytest.mark.parametrize("family", list(SUPPLEMENTS))
def test_a_supplements_model_is_built_again(family: str, data: TrainingData) -> None:
    """The other library's model with the same words predicts the same, normalized alike."""
    makers: dict[str, Any] = {
        "svm": SVR(**SUPPLEMENTS["svm"]),
        "xgboost": XGBRegressor(**SUPPLEMENTS["xgboost"], tree_method="exact", random_state=3),
        "random_forest": RandomForestRegressor(**SUPPLEMENTS["random_forest"], random_state=3),
        "extra_trees": ExtraTreesRegressor(**SUPPLEMENTS["extra_trees"], random_state=3),
    }
    ordered = in_canonical_order(data)
    to_normal = normalize(ordered)
    Z, y = to_normal.inputs(ordered.inputs), to_normal.response(ordered.response)

    theirs = to_normal.declared(makers[family].fit(Z, y).predict(Z))
    ours = _rebuilt(data, family, SUPPLEMENTS[family]).predict(ordered.inputs)

    # trees split at a grid of 2^-20: a threshold may lie on the other side of a sample
    assert np.corrcoef(ours, theirs)[0, 1] > 0.9999
    assert np.abs(ours - theirs).mean() < 0.01 * data.response.std()


@pytest.mark.parametrize("family", GIVEABLE)
def test_what_is_given_stays_in_every_refit_and_the_rest_is_searched(
    family: str, data: TrainingData
) -> None:
    """A single given value is kept wherever a model is fitted anew; the model says which it was."""
    setting = FAMILIES[family].settings[0]
    value = {"max_depth": 1, "n_trees": 7}.get(setting.name, 0.37)
    model = _rebuilt(data, family, {setting.name: value})

    refitted = refit_without(data, model, data.configurations == 0, width=1)

    searched = tune(data, family, width=1)
    for one in (model, refitted, model_from_bytes(model_to_bytes(model))):
        assert one.hyperparameters[setting.name] == value
        assert one.given == (setting.name,)
        assert set(one.hyperparameters) == set(searched)


def test_the_search_is_among_what_is_left(data: TrainingData) -> None:
    """With the width of the kernel given, weight and tube are the best for that width."""
    chosen = tune(data, "svm", width=3, given={"kernel_width": 0.8})
    whole = tune(data, "svm", width=3)

    assert chosen["kernel_width"] == 0.8
    assert whole["kernel_width"] != 0.8
    assert chosen["penalty"] in (0.3, 1.0, 3.0, 10.0, 100.0)


def test_a_given_number_of_rounds_is_where_candidates_are_compared(data: TrainingData) -> None:
    """The depth is searched at that number, and the number stays."""
    chosen = tune(data, "xgboost", width=2, given={"n_rounds": 17})

    assert chosen["n_rounds"] == 17
    assert chosen["max_depth"] in (2, 4)


def test_drawn_samples_and_columns_are_drawn_alike_each_time(data: TrainingData) -> None:
    """XGBoost's own draws follow from the seed."""
    declared = {"subsample": 0.6, "colsample_bytree": 0.7}

    one, other = (_rebuilt(data, "xgboost", declared) for _ in range(2))

    assert one.hyperparameters == other.hyperparameters
    np.testing.assert_array_equal(one.predict(data.inputs), other.predict(data.inputs))
    assert one.hyperparameters["subsample"] == 0.6


def test_scores_are_those_of_what_was_given(data: TrainingData) -> None:
    """Of the random split and of left-out configurations; no search would take three stumps."""
    few = data.take(data.configurations < 9)
    known = {"max_depth": 1, "n_rounds": 3}

    given_scores = evaluate(few, "xgboost", n_repeats=2, width=1, given=known).summary
    searched = evaluate(few, "xgboost", n_repeats=2, width=1).summary

    assert given_scores["r2_train"][0] < searched["r2_train"][0] - 0.1
    assert given_scores["r2_loco"][0] != searched["r2_loco"][0]


def test_nothing_given_is_what_it_was(data: TrainingData) -> None:
    """An empty block changes no choice and no bit."""
    for family in ("svm", "ensemble", "random_forest"):
        few = data.take(data.configurations < 9)
        assert tune(few, family, width=1, given={}) == tune(few, family, width=1)


@pytest.mark.parametrize("family", [name for name in families_of("number") if name not in GIVEABLE])
def test_a_family_without_any_says_so(family: str) -> None:
    """The default among them: what its members are given is not for a block to say."""
    with pytest.raises(ModelError, match=r"no hyperparameter 'max_depth'") as refused:
        given_hyperparameters(family, {"max_depth": 3})

    assert "nothing can be given" in refused.value.fix


@pytest.mark.parametrize(
    ("family", "declared", "what", "fix"),
    [
        ("xgboost", {"max_dept": 3}, "no hyperparameter 'max_dept'", "eta (learning_rate)"),
        ("xgboost", {"max_depth": 0}, "0 is not possible", "a whole number from 1 to 20"),
        ("xgboost", {"max_depth": 2.5}, "2.5 is not possible", "a whole number from 1 to 20"),
        ("xgboost", {"max_depth": True}, "True is not possible", "a whole number"),
        ("xgboost", {"eta": 0.1, "learning_rate": 0.1}, "'eta' is given twice", "keep one"),
        ("svm", {"gamma": "scale"}, "'scale' is not possible", "a number from 1e-06 to 1000"),
        ("svm", {"C": float("inf")}, "inf is not possible", "a number from"),
        ("svm", {"C": float("nan")}, "nan is not possible", "a number from"),
        ("svm", {"kernel": "rbf"}, "no hyperparameter 'kernel'", "penalty (C)"),
        ("random_forest", {"max_features": 3}, "3 is not possible", "from 0.001 to 1"),
        ("reduced_polynomial", {"select": "bic"}, "'bic' is not possible", '"aicc" or "p"'),
        ("reduced_polynomial", {"select": 1}, "1 is not possible", '"aicc" or "p"'),
        ("reduced_polynomial", {"alpha": "p"}, "'p' is not possible", "from 0.001 to 0.5"),
        ("ridge_quadratic", {"alpha": -1}, "-1 is not possible", "from 1e-06"),
    ],
)
def test_what_cannot_be_given_is_refused_with_what_can(
    family: str, declared: dict[str, Any], what: str, fix: str
) -> None:
    """With the key's place, and the names or bounds."""
    with pytest.raises(ModelError) as refused:
        given_hyperparameters(family, declared)

    assert what in refused.value.what
    assert fix in refused.value.fix
    assert f"[models.{family}], key '{list(declared)[-1]}'" in refused.value.where


@pytest.mark.parametrize("family", GIVEABLE)
@given(choice=st.data())
def test_whatever_lies_within_the_bounds_is_taken_and_nothing_else(
    family: str, choice: st.DataObject
) -> None:
    """Under either name; beyond an end it is refused."""
    numeric = [setting for setting in FAMILIES[family].settings if not setting.choices]
    setting = choice.draw(st.sampled_from(numeric))
    name = choice.draw(st.sampled_from((setting.name, *setting.also)))
    kind = st.integers if setting.is_whole else st.floats
    value = choice.draw(kind(setting.low, setting.high))

    assert given_hyperparameters(family, {name: value}) == {setting.name: value}
    for beyond in (setting.low - 1, setting.high + 1):
        with pytest.raises(ModelError, match="is not possible"):
            given_hyperparameters(family, {name: beyond})


def test_a_saved_model_that_was_given_what_it_has_not_is_refused(data: TrainingData) -> None:
    """A card that was changed by hand is no model of ours."""
    model = replace(_rebuilt(data, "svm", {"C": 2.0}), given=("depth",))

    with pytest.raises(ModelError, match="'depth' is no hyperparameter of it"):
        model_from_bytes(model_to_bytes(model))


@pytest.mark.parametrize("gamma", [0.0, 0.05, 2.0])
def test_gains_are_xgboosts_own_where_pruning_is_given(data: TrainingData, gamma: float) -> None:
    """What a given ``gamma`` prunes away gains nothing, in impurity fractions as in predictions."""
    declared = {"gamma": gamma, "max_depth": 4, "n_rounds": 30, "eta": 0.2, "min_child_weight": 1}
    ordered = in_canonical_order(data)
    to_normal = normalize(ordered)
    theirs = XGBRegressor(
        n_estimators=30, max_depth=4, learning_rate=0.2, gamma=gamma, tree_method="exact"
    ).fit(to_normal.inputs(ordered.inputs), to_normal.response(ordered.response))
    scores = theirs.get_booster().get_score(importance_type="total_gain")
    expected = np.array([scores.get(f"f{number}", 0.0) for number in range(3)])

    model = _rebuilt(data, "xgboost", declared)
    gains = FAMILIES["xgboost"].gains
    assert gains is not None

    np.testing.assert_allclose(gains(model.state, 3), expected / expected.sum(), atol=0.01)
