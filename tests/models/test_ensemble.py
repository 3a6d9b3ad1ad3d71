"""The default family: an average whose weights come from left-out configurations."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.models import DEFAULT_FAMILY, FAMILIES, Search, fit, tune
from electrodoe.models.ensemble import (
    ensemble_of,
    member_state,
    member_weights,
    trust_in_errors,
    weights_by_error,
)
from electrodoe.models.families.model_average import MODEL_AVERAGE
from electrodoe.models.families.random_forest import COARSE_FOREST
from electrodoe.models.families.ridge_quadratic import FREE_QUADRATIC
from electrodoe.models.terms import quadratic_matrix

errors = st.lists(st.floats(0.0, 1e6) | st.just(float("inf")), min_size=1, max_size=6).filter(
    lambda values: min(values) < float("inf")
)


@given(errors)
def test_weights_are_shares_and_fall_with_the_error(values: list[float]) -> None:
    """Non-negative, one in sum, and never more for the worse."""
    weights = weights_by_error(np.array(values))

    assert weights.sum() == pytest.approx(1.0)
    assert np.all(weights >= 0.0)
    assert np.all(np.diff(weights[np.argsort(values, kind="stable")]) <= 1e-15)


def test_weights_do_not_depend_on_the_unit() -> None:
    """Errors in Pa or kPa, squared: the same shares."""
    values = np.array([1.0, 1.3, 0.9])

    np.testing.assert_allclose(weights_by_error(values), weights_by_error(1e6 * values))


def test_like_surfaces_share_equally_and_unlike_families_by_error() -> None:
    """The mean of two surfaces is weighed against the mean of the judges."""
    surfaces = np.array([[2.0, 0.0], [0.0, 2.0]])
    others = np.array([[1.0, 1.0], [1.1, 1.1], [9.0, 9.0]])
    within = weights_by_error(np.array([1.0, 1.21, 81.0]))
    judges = (1.0 * within[0] + 1.1 * within[1]) ** 2
    weight = weights_by_error(np.array([1.0, judges]))[0]

    weights = member_weights(surfaces, others, np.array([True, True, True]))

    np.testing.assert_allclose(weights[:2], weight / 2)
    np.testing.assert_allclose(weights[2:], (1.0 - weight) * within)


def test_a_flattered_error_does_not_beat_the_surfaces() -> None:
    """Who is no judge takes its part of the others' share, and no more."""
    surfaces, honest = np.array([[1.0, 1.0]]), np.array([1.5, -1.5])
    flattered = 0.1 * honest

    weights = member_weights(surfaces, np.array([flattered, honest]), np.array([False, True]))

    np.testing.assert_allclose(weights, [1.0, 0.0, 0.0])


def test_few_spare_settings_take_from_the_free_surface_and_level_the_rest() -> None:
    """With half the trust: the free surface has half its share, and a worse member is less rare."""
    surfaces = np.array([[1.0, 1.0], [1.0, 1.0]])
    others, both = np.array([[1.0, 1.0], [1.1, 1.1]]), np.array([True, True])

    full, half, none = (member_weights(surfaces, others, both, trust) for trust in (1.0, 0.5, 0.0))

    assert full[0] == full[1]
    assert half[1] == pytest.approx(half[0] / 3.0)
    assert none[1] == 0.0
    assert full[3] / full[2] < half[3] / half[2] < none[3] / none[2]
    assert none[2] == pytest.approx(none[3])


@pytest.mark.parametrize(("n_inputs", "enough"), [(1, 17), (2, 17), (3, 17), (4, 23)])
def test_errors_are_trusted_with_17_settings_and_half_as_many_spare_ones_as_terms(
    n_inputs: int, enough: int
) -> None:
    """Replicates do not count: a setting measured three times is one."""

    def trust(n_settings: int, n_replicates: int) -> float:
        settings = np.random.default_rng(1).uniform(-1.0, 1.0, (n_settings, n_inputs))
        rows = np.repeat(np.arange(n_settings), n_replicates)
        response = np.zeros(len(rows))
        return trust_in_errors(
            Search(inputs=settings[rows], response=response, configurations=rows, width=1, seed=0)
        )

    assert trust(enough, 1) == trust(enough, 3) == 1.0
    assert trust(enough - 1, 3) == trust(enough - 1, 1) < 1.0
    assert 0.0 < trust(3, 3) < 0.1


@pytest.mark.parametrize("missing", [np.nan, np.inf])
def test_a_member_without_a_left_out_error_gets_no_weight(missing: float) -> None:
    """A plane that the other configurations do not determine, or surfaces that are not."""
    honest, unknown = np.ones(2), np.array([missing, 1.0])
    both = np.array([True, True])

    of_plane = member_weights(honest[None], np.array([unknown, honest]), both)
    of_surface = member_weights(unknown[None], np.array([honest, honest]), both)

    assert of_plane[1] == 0.0
    assert of_plane.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(of_surface, [0.0, 0.5, 0.5])


def test_a_planned_surface_yields_to_much_smaller_errors_only() -> None:
    """Equal weight at 1000 to the power 1/12, 1.8 times the squared error; without a plan at 1."""
    others, judge = np.ones((1, 2)), np.array([True])
    even = member_weights(np.sqrt(1000.0 ** (1 / 12)) * np.ones((1, 2)), others, judge, odds=1000.0)
    worse = member_weights(np.sqrt(3.0) * np.ones((1, 2)), others, judge, odds=1000.0)

    np.testing.assert_allclose(even, [0.5, 0.5], atol=1e-12)
    assert worse[0] < 0.1


def test_a_box_behnken_plan_is_decided_by_its_quadratic() -> None:
    """Every left-out edge is an extrapolation, of four times the variance of a run.

    Twenty simulated surfaces of 15 runs, signal / noise 2: with the plan known the second-order
    surfaces decide in nearly all, and their true error at new settings is not larger for it.
    """
    rng = np.random.default_rng(12)
    edges = [
        np.insert(list(pair), place, 0.0)
        for place in range(3)
        for pair in product([-1.0, 1.0], repeat=2)
    ]
    runs, new = np.vstack([edges, np.zeros((3, 3))]), rng.uniform(-1.0, 1.0, (500, 3))
    weights, errors = [], []
    for _ in range(20):
        slopes = rng.normal(size=10) * np.r_[0.0, np.ones(3), np.full(6, 0.6)]
        signal = quadratic_matrix(new, np.ones(3, dtype=bool)) @ slopes
        truth = quadratic_matrix(runs, np.ones(3, dtype=bool)) @ slopes
        data = TrainingData(
            scenario="all",
            response_name="strength_kpa",
            input_names=("a", "b", "c"),
            inputs=runs,
            response=truth + rng.normal(0.0, signal.std() / 2.0, len(runs)),
            configurations=np.arange(len(runs)),
            sample_names=tuple(map(str, range(len(runs)))),
        )
        for own in (data, replace(data, is_planned_quadratic=True)):
            chosen = tune(own, "ensemble")
            weights.append(chosen["weights"]["model_average"] * 2.0)
            predicted = fit(own, "ensemble", chosen).predict(new)
            errors.append(np.sqrt(np.mean((predicted - signal) ** 2)) / signal.std())
    without, planned = np.array(weights).reshape(-1, 2).T
    assert np.mean(planned > 0.5) >= 0.9
    assert np.mean(planned) > np.mean(without) + 0.1
    lost, kept = np.array(errors).reshape(-1, 2).T
    assert np.mean(kept) < np.mean(lost) + 0.02


def test_the_prediction_is_the_weighted_mean_of_its_members(search: Search) -> None:
    """And a member without weight is not kept."""
    family = FAMILIES[DEFAULT_FAMILY]
    nameless = (COARSE_FOREST, MODEL_AVERAGE, FREE_QUADRATIC)
    members = FAMILIES | {member.name: member for member in nameless}
    chosen = family.tune(search)
    state = family.fit(search.inputs, search.response, chosen, 0)

    total = np.zeros(len(search.response))
    for name, weight in chosen["weights"].items():
        assert (len(member_state(state, name)) > 1) == (weight > 0.0)
        if weight > 0.0:
            total += weight * members[name].predict(member_state(state, name), search.inputs)
    assert set(chosen) == {"weights", "members"}
    assert sum(chosen["weights"].values()) == pytest.approx(1.0)
    np.testing.assert_allclose(family.predict(state, search.inputs), total)


def test_every_member_can_have_a_weight(search: Search) -> None:
    """No array of a member hides its weight: forests hold weights of their own."""
    family = FAMILIES[DEFAULT_FAMILY]
    nameless = (COARSE_FOREST, MODEL_AVERAGE, FREE_QUADRATIC)
    members = FAMILIES | {member.name: member for member in nameless}
    tuned = family.tune(search)
    equal = dict.fromkeys(tuned["weights"], 1.0 / len(tuned["weights"]))

    state = family.fit(search.inputs, search.response, {**tuned, "weights": equal}, 0)

    each = [members[name].predict(member_state(state, name), search.inputs) for name in equal]
    np.testing.assert_allclose(family.predict(state, search.inputs), np.mean(each, axis=0))


def test_a_member_that_cannot_follow_the_response_gets_no_say(search: Search) -> None:
    """A bent surface: the plane is left out, the polynomial is not."""
    surfaces, others = ({name: FAMILIES[name]} for name in ("ridge_quadratic", "mlr"))

    weights = ensemble_of(surfaces, others, judges=["mlr"]).tune(search)["weights"]

    assert weights == {"ridge_quadratic": 1.0, "mlr": 0.0}


def test_members_without_a_closed_form_are_weighted_by_refitting(search: Search) -> None:
    """Any family can be a member."""
    surfaces, others = ({name: FAMILIES[name]} for name in ("polynomial", "svm"))
    family = ensemble_of(surfaces, others, judges=["svm"])
    state = family.fit(search.inputs, search.response, family.tune(search), 0)

    predicted: NDArray[np.float64] = family.predict(state, search.inputs)

    assert np.corrcoef(predicted, search.response)[0, 1] > 0.95
