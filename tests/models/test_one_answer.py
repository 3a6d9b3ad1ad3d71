"""What another machine would answer: numbers off by 1e-12 choose, split and predict the same."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.explain import explain
from electrodoe.models import FAMILIES, FittedModel, Search, fit, tune
from electrodoe.models.ensemble import member_weights
from electrodoe.models.fixed_point import PAST_MIDWAY, STEP, levels_on_grid, on_grid
from electrodoe.models.tree_walk import leaf_values
from electrodoe.models.tuning import simplest_of_smallest

FAMILIES_HERE = ("random_forest", "extra_trees", "xgboost", "svm")
TREES = ("random_forest", "extra_trees", "xgboost")
NOISE = 1e-12
"""Ten thousand times the last bit: more than any order of a sum moves."""


def _study(*, has_mirror: bool) -> TrainingData:
    """Return 17 configurations of 3 inputs on 4 levels, 3 replicates; twins tie in every split."""
    rng = np.random.default_rng(11)
    levels = rng.permuted(np.tile([8.0, 9.0, 10.0, 11.0, 9.5], (3, 4)), axis=1)[:, :17].T
    if has_mirror:
        levels[:, 1] = levels[:, 0]
        levels[:, 2] = 63.7 - 3.1 * levels[:, 0]
    surface = 4.0 * levels[:, 0] - 2.0 * levels[:, 1] + 0.7 * (levels[:, 2] - 9.0) ** 2
    response = np.repeat(surface, 3) + rng.normal(0.0, 0.8, 51)
    return TrainingData(
        scenario="all",
        response_name="adhesion_strength_kpa",
        input_names=("a", "b", "c"),
        inputs=np.repeat(levels, 3, axis=0),
        response=np.round(response, 1),
        configurations=np.repeat(np.arange(17), 3),
        sample_names=tuple(f"S{number:02d}" for number in range(51)),
    )


def _elsewhere(data: TrainingData, seed: int) -> TrainingData:
    """Return the study as another machine might have computed its numbers."""
    rng = np.random.default_rng(seed)
    return replace(
        data,
        inputs=data.inputs * (1.0 + rng.uniform(-NOISE, NOISE, data.inputs.shape)),
        response=data.response * (1.0 + rng.uniform(-NOISE, NOISE, data.response.shape)),
    )


def _model(data: TrainingData, family: str) -> FittedModel:
    return fit(data, family, tune(data, family, seed=5), seed=5)


def _asked(data: TrainingData) -> NDArray[np.float64]:
    """Return every measured setting, every one midway between two, and some anywhere."""
    low, high = data.inputs.min(axis=0), data.inputs.max(axis=0)
    anywhere = np.random.default_rng(1).uniform(low, high, (200, 3))
    midway = 0.5 * (data.inputs[:, None] + data.inputs[None, ::3]).reshape(-1, 3)
    return np.concatenate([data.inputs, midway, anywhere])


@pytest.mark.parametrize("has_mirror", [False, True], ids=["three inputs", "twins and a mirror"])
@pytest.mark.parametrize("family", FAMILIES_HERE)
def test_noise_changes_no_hyperparameter_no_tree_and_no_prediction(
    family: str, has_mirror: bool
) -> None:
    """Even where inputs tie in every split, and at settings midway between levels."""
    data = _study(has_mirror=has_mirror)
    here, spread = _model(data, family), float(data.response.std())
    asked = _asked(data)

    for seed in range(3):
        there = _model(_elsewhere(data, seed), family)

        assert there.hyperparameters == here.hyperparameters
        np.testing.assert_allclose(
            there.predict(asked), here.predict(asked), rtol=0.0, atol=1e-6 * spread
        )
        if family in TREES:
            for name in ("roots", "left", "right", "feature"):
                np.testing.assert_array_equal(there.state[name], here.state[name])


@pytest.mark.parametrize("family", ["random_forest", "xgboost", "svm"])
def test_noise_changes_no_rank(family: str) -> None:
    """Of any measure of importance, nor the fraction of first ranks among the bootstraps."""
    data = _study(has_mirror=False)
    here, there = (
        explain(each, _model(each, family), n_bootstraps=4, seed=2)
        for each in (data, _elsewhere(data, 7))
    )

    for column in ("method", "input", "rank"):
        assert here.importances[column].to_list() == there.importances[column].to_list()
    np.testing.assert_allclose(
        here.importances["p_rank_1"].to_numpy(), there.importances["p_rank_1"].to_numpy()
    )
    for column in ("input_value", "effect"):
        np.testing.assert_allclose(
            here.effects[column].to_numpy(),
            there.effects[column].to_numpy(),
            atol=1e-6 * float(data.response.std()),
        )


@pytest.mark.parametrize("family", TREES)
def test_the_last_bits_of_sums_do_not_decide_between_twins(family: str) -> None:
    """Inputs that part the samples alike gain exactly alike: on the grid every sum is exact."""
    data = _study(has_mirror=True)
    X = (data.inputs - data.inputs.mean(axis=0)) / data.inputs.std(axis=0)
    y = (data.response - data.response.mean()) / data.response.std()
    settings = {"n_trees": 20, "min_samples_leaf": 1, "max_features": 1.0}
    settings |= {"max_depth": 3, "eta": 0.2, "min_child_weight": 1, "n_rounds": 20}
    first = FAMILIES[family].fit(X, y, settings, 3)

    nudged = FAMILIES[family].fit(np.nextafter(X, np.inf), np.nextafter(y, -np.inf), settings, 3)

    np.testing.assert_array_equal(first["feature"], nudged["feature"])
    np.testing.assert_array_equal(first["value"], nudged["value"])


def test_sums_on_the_grid_are_exact_in_any_order() -> None:
    """Of the response and of its squares."""
    rng = np.random.default_rng(0)
    y = on_grid(rng.normal(size=500))
    for values in (y, y**2):
        exact = sum(int(value * 2**40) for value in values)
        for _ in range(5):
            total = np.add.accumulate(rng.permutation(values))[-1]
            assert int(total * 2**40) == exact


def test_levels_that_noise_has_parted_become_one_wherever_the_grid_lies() -> None:
    """At every place of a step, its border among them; levels a step apart stay two."""
    for place in np.linspace(0.0, 1.0, 41):
        level = (7.0 + place) * STEP
        noisy = level + np.array([[-1e-13], [0.0], [1e-13]])
        assert len(np.unique(levels_on_grid(noisy))) == 1
    assert len(np.unique(levels_on_grid(np.array([[0.0], [STEP]])))) == 2


def test_a_setting_midway_between_two_levels_is_always_above_the_middle() -> None:
    """Whatever mean and scale make of the three numbers, and however they are rounded."""
    rng = np.random.default_rng(4)
    for _ in range(200):
        mean, scale = rng.normal(), rng.uniform(0.3, 3.0)
        low, middle, high = (np.array([8.0, 10.0, 12.0]) - mean) / scale
        cut = levels_on_grid(np.array([[low], [high]])).mean()
        state = {
            "roots": np.array([0]),
            "left": np.array([1, -1, -1]),
            "right": np.array([2, -1, -1]),
            "feature": np.zeros(3, dtype=np.int64),
            "threshold": np.array([cut, -2.0, -2.0]),
            "value": np.array([0.0, 1.0, 2.0]),
        }
        for nudge in (-1e-12, 0.0, 1e-12):
            (leaves,) = leaf_values(state, np.array([[middle + nudge]]))
            assert leaves.tolist() == [[2.0]]
    assert PAST_MIDWAY > STEP


def test_of_candidates_that_differ_by_rounding_the_simplest_is_chosen() -> None:
    """One that is better by more than a millionth still wins."""
    assert simplest_of_smallest(np.array([1.0 + 1e-9, 1.0, np.nan])) == 0
    assert simplest_of_smallest(np.array([1.0 + 1e-5, 1.0, np.inf])) == 1


@pytest.mark.parametrize("ratio", np.linspace(1.2, 1.7, 26).tolist())
def test_a_weight_moves_little_where_an_error_moves_little(ratio: float) -> None:
    """Also where a member is about to be left out altogether."""
    others = np.sqrt(np.array([[1.0, 1.0], [ratio, ratio]])) * np.array([1.0, -1.0])
    surfaces, both = np.array([[1.1, 1.1]]), np.array([True, True])
    nudged = others * (1.0 + np.array([[0.0], [1e-9]]))

    moved = member_weights(surfaces, nudged, both) - member_weights(surfaces, others, both)

    assert np.abs(moved).max() < 1e-7


def test_ensemble_weights_can_be_written_down(search: Search) -> None:
    """Four decimals, one in sum."""
    weights = list(FAMILIES["ensemble"].tune(search)["weights"].values())

    assert [round(weight, 4) for weight in weights] == weights
    assert sum(weights) == pytest.approx(1.0, abs=1e-12)
