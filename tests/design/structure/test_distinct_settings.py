"""Wished numbers of different settings, from a declaration to the plan and its price."""

from typing import Any

import numpy as np
import pytest

from electrodoe.design.planning import plan_runs
from electrodoe.design.structure.existing_runs import ExistingRuns
from electrodoe.errors import DesignError, StudyError
from electrodoe.report.plan_sentences import _distinct
from electrodoe.study import Study, declare_study

PAPER: dict[str, Any] = {
    "loading": {"levels": [8.2, 9.2, 10.2, 11.2]},
    "temperature": {"levels": [50, 55, 60, 65]},
    "porosity": {"levels": [0.25, 0.30, 0.35, 0.40]},
}
COATINGS = {"factors": ["loading", "temperature"], "count": 13}


def study_of(wishes: list[dict[str, Any]], factors: dict[str, Any] = PAPER, **plan: Any) -> Study:
    """Return a study that wishes for distinct settings in 17 runs."""
    request = {"runs": 17, "distinct_settings": wishes} | plan
    return declare_study({"title": "A plan", "factors": factors, "plan": request}, "here")


def test_the_papers_numbers_are_met_for_half_a_percent():
    """17 configurations and 13 coatings, as the paper says: criterion I rises by .46 %."""
    planned = plan_runs(study_of([{"count": 17}, COATINGS]))

    frame = planned.plan.frame
    assert frame.select(list(PAPER)).n_unique() == 17
    assert frame.select("loading", "temperature").n_unique() == 13
    assert planned.distinct is not None
    assert planned.distinct.goal_without == pytest.approx(0.3499933, abs=1e-6)
    assert planned.distinct.goal_with == pytest.approx(0.3515975, abs=1e-6)
    sentence = _distinct(planned.distinct)
    assert "17 of loading, temperature, porosity, and 13 of loading, temperature." in sentence
    assert "criterion I to 0.3516 (0.46 % more)" in sentence


def test_a_wish_that_the_best_plan_has_costs_nothing():
    """It has 10 coatings unasked; the plan is that one."""
    free = plan_runs(study_of([]))
    wished = plan_runs(study_of([{"factors": ["loading", "temperature"], "count": 10}]))

    assert free.distinct is None
    np.testing.assert_array_equal(free.design, wished.design)
    assert wished.distinct is not None
    assert _distinct(wished.distinct).endswith("They cost nothing.")


def test_existing_and_repeated_runs_are_counted():
    """Three existing runs of two settings and two replicates: 13 of 16 runs can be new ones."""
    existing = ExistingRuns(design=np.array([[-1.0] * 3, [-1.0] * 3, [1.0] * 3]))

    planned = plan_runs(study_of([{"count": 13}], runs=17, replicate_runs=2), existing)

    assert planned.plan.frame.select(list(PAPER)).n_unique() == 13


def test_a_factor_without_levels_may_stand_beside():
    """Loading and temperature are counted, the porosity lies anywhere."""
    factors = PAPER | {"porosity": {"region": [0.25, 0.40]}}

    planned = plan_runs(study_of([COATINGS], factors, starts=20))

    assert planned.plan.frame.select("loading", "temperature").n_unique() == 13


@pytest.mark.parametrize(
    ("wishes", "plan", "what", "fix"),
    [
        ([{"count": 18}], {}, "18 different settings of all factors", "from 10 to 17"),
        ([COATINGS | {"count": 5}], {}, "5 different settings of loading and", "from 6 to 16"),
        ([COATINGS | {"count": 17}], {}, "17 different settings of loading and", "from 6 to 16"),
        (
            [{"factors": ["loading"], "count": 3}, COATINGS],
            {},
            "no plan was found with 3 different settings of loading",
            "wish for 4",
        ),
        ([{"count": 17}], {"replicate_runs": 2}, "in 15 runs", "from 10 to 15"),
        ([{"count": 15}], {"lack_of_fit_runs": 1}, "lack-of-fit runs add", "leave lack_of_fit"),
        ([{"count": 15}], {"design": "box_behnken"}, "'distinct_settings' is asked", "optimal"),
    ],
)
def test_what_cannot_be_is_refused_with_what_could(
    wishes: list[dict[str, Any]], plan: dict[str, Any], what: str, fix: str
):
    """Runs, levels, terms of the model, and wishes against one another."""
    with pytest.raises(DesignError) as caught:
        plan_runs(study_of(wishes, **plan))

    assert what in caught.value.what
    assert fix in caught.value.fix
    assert "distinct_settings" in caught.value.where


def test_settings_between_ends_cannot_be_counted():
    """Two of them are never the same."""
    factors = PAPER | {"porosity": {"region": [0.25, 0.40]}}

    with pytest.raises(DesignError, match="'porosity' cannot be counted") as caught:
        plan_runs(study_of([{"count": 17}], factors))

    assert "declare levels" in caught.value.fix


@pytest.mark.parametrize(
    ("wish", "what"),
    [
        ({"factors": ["load"], "count": 3}, "factor 'load' is not declared"),
        ({"factors": ["loading", "loading"], "count": 3}, "'loading' is named twice"),
        ({"factors": ["loading"]}, "'plan.distinct_settings.0.count' is missing"),
        ({"number": 3, "count": 3}, "unknown key 'plan.distinct_settings.0.number'"),
        ({"count": 0}, "plan.distinct_settings.0.count"),
    ],
)
def test_a_fault_in_a_wish_is_reported(wish: dict[str, Any], what: str):
    """As anywhere else in a declaration."""
    with pytest.raises(StudyError) as caught:
        study_of([wish])

    assert what in caught.value.what
