"""The default family: an average whose weights come from left-out configurations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from electrodoe.models import DEFAULT_FAMILY, FAMILIES, Search
from electrodoe.models.ensemble import ensemble_of, member_state, weights_by_error

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


def test_the_prediction_is_the_weighted_mean_of_its_members(search: Search) -> None:
    """And a member without weight is not kept."""
    family = FAMILIES[DEFAULT_FAMILY]
    chosen = family.choose(search)
    state = family.fit(search.inputs, search.response, chosen, 0)

    total = np.zeros(len(search.response))
    for name in ("ridge_quadratic", "gaussian_process", "extra_trees"):
        weight = chosen["weights"][name]
        assert (len(member_state(state, name)) > 1) == (weight > 0.0)
        if weight > 0.0:
            total += weight * FAMILIES[name].predict(member_state(state, name), search.inputs)
    assert set(chosen) == {"weights", "members"}
    assert sum(chosen["weights"].values()) == pytest.approx(1.0)
    if chosen["weights"]["coarse_forest"] == 0.0:
        np.testing.assert_allclose(family.predict(state, search.inputs), total)


def test_a_member_that_cannot_follow_the_response_gets_no_say(search: Search) -> None:
    """A bent surface: the plane is left out, the polynomial is not."""
    members = {name: FAMILIES[name] for name in ("mlr", "ridge_quadratic")}

    weights = ensemble_of(members).choose(search)["weights"]

    assert weights == {"mlr": 0.0, "ridge_quadratic": 1.0}


def test_members_without_a_closed_form_are_weighted_by_refitting(search: Search) -> None:
    """Any family can be a member."""
    members = {name: FAMILIES[name] for name in ("svm", "polynomial")}
    family = ensemble_of(members)
    state = family.fit(search.inputs, search.response, family.choose(search), 0)

    predicted: NDArray[np.float64] = family.predict(state, search.inputs)

    assert np.corrcoef(predicted, search.response)[0, 1] > 0.95
