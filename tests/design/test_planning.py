"""From a declaration to a plan, and everything that cannot be planned."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from electrodoe.design.planning import plan_runs
from electrodoe.design.structure.existing_runs import ExistingRuns
from electrodoe.errors import DesignError, StudyError
from electrodoe.study import Study, declare_study

FACTORS: dict[str, Any] = {
    "loading": {"levels": [8.2, 9.2, 10.2, 11.2]},
    "temperature": {"region": [50, 65]},
    "binder": {"levels": ["CMC", "PVDF"]},
}


def study_of(plan: dict[str, Any], factors: dict[str, Any] = FACTORS) -> Study:
    """Return a study that asks for a plan."""
    return declare_study({"title": "A plan", "factors": factors, "plan": plan}, "here")


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 1000),
    st.floats(66.0, 74.0),
    st.sampled_from(["I", "D", "A"]),
    st.integers(0, 2),
)
def test_a_plan_never_violates_a_limit(
    seed: int, most: float, criterion: str, n_replicates: int
) -> None:
    """Levels, a linear and a nonlinear constraint, a forbidden combination, repeats, together."""
    factors = {**FACTORS, "temperature": {"levels": [50, 53, 56, 59, 62, 65]}}
    request = {
        "runs": 14,
        "criterion": criterion,
        "starts": 20,
        "replicate_runs": n_replicates,
        "constraints": [f"loading + temperature <= {most}", "loading*temperature >= 430"],
        "forbidden": ["binder == 'PVDF' and temperature > 60"],
    }

    frame = plan_runs(study_of(request, factors).with_settings(seed=seed)).plan.frame

    loading, temperature = frame["loading"].to_numpy(), frame["temperature"].to_numpy()
    assert (loading + temperature <= most + 1e-6).all()
    assert (loading * temperature >= 430.0 - 1e-6).all()
    assert not ((frame["binder"] == "PVDF").to_numpy() & (temperature > 60.0)).any()
    assert frame.height == 14


def test_a_continuous_plan_keeps_a_curved_limit() -> None:
    """Between the ends nothing is on a grid, and the limit holds all the same."""
    request = {"runs": 14, "starts": 10, "constraints": ["loading*temperature <= 600"]}

    frame = plan_runs(study_of(request)).plan.frame

    product = frame["loading"].to_numpy() * frame["temperature"].to_numpy()
    assert product.max() <= 600.0 * (1.0 + 1e-8)
    assert product.max() > 590.0


def test_the_reported_i_is_that_of_the_table() -> None:
    """Recomputed from the settings as written, without anything of the search."""
    planned = plan_runs(
        study_of({"runs": 14}, {name: {"region": [0, 1]} for name in ("a", "b", "c")})
    )
    x = 2.0 * planned.plan.settings.to_numpy() - 1.0
    a, b, c = x.T
    F = np.column_stack([np.ones(14), a, b, c, a * b, a * c, b * c, a * a, b * b, c * c])
    M = np.zeros((10, 10))
    M[0, 0], third, fifth, ninth = 1.0, 1 / 3, 1 / 5, 1 / 9
    for i in (1, 2, 3):
        M[i, i] = third
        M[0, 6 + i] = M[6 + i, 0] = third
        M[6 + i, 6 + i] = fifth
    for i in (4, 5, 6):
        M[i, i] = ninth
    for i, j in ((7, 8), (7, 9), (8, 9)):
        M[i, j] = M[j, i] = ninth

    assert planned.result is not None
    assert planned.result.value == pytest.approx(np.trace(np.linalg.solve(F.T @ F, M)), abs=1e-9)


def test_relabelling_the_factors_changes_nothing() -> None:
    """The same levels under other names and in another order: the same optimum."""
    levels = ([0, 1, 2, 3], [0, 1, 2], [0, 1, 2, 3])
    first = study_of({"runs": 14}, {n: {"levels": v} for n, v in zip("abc", levels, strict=True)})
    other = study_of(
        {"runs": 14}, {n: {"levels": v} for n, v in zip("zyx", levels[::-1], strict=True)}
    )

    values = [plan_runs(study).result for study in (first, other)]

    assert values[0] is not None
    assert values[1] is not None
    assert values[0].value == pytest.approx(values[1].value, rel=1e-9)


@pytest.mark.parametrize(
    ("plan", "what", "fix"),
    [
        ({"runs": 5}, "5 runs cannot estimate the 9 terms", "at least 9 runs"),
        ({"runs": 14, "constraints": ["loading <= 1"]}, "keeps every limit", "relax"),
        (
            {"runs": 14, "constraints": ["temperature <= 55", "temperature >= 56"]},
            "keeps every limit",
            "relax",
        ),
        ({"runs": 14, "constraints": ["loading <= 9"]}, "cannot tell the term", "relax"),
        (
            {"design": "full_factorial", "existing_runs": "a.csv"},
            "'existing_runs' is asked for",
            "optimal",
        ),
        ({"runs": 14, "whole_plots": 4}, "no factor is hard to change", "hard_to_change"),
        ({"runs": 14, "model": "loading + porosity"}, "'porosity'", "choose one of"),
        ({"runs": 14, "model": "loading^4"}, "needs 5 levels", "more levels"),
    ],
)
def test_an_impossible_request_says_how_to_mend_it(
    plan: dict[str, Any], what: str, fix: str
) -> None:
    """Never a singular design."""
    with pytest.raises(DesignError, match=what) as caught:
        plan_runs(study_of(plan))

    assert fix in caught.value.fix


@pytest.mark.parametrize(
    ("plan", "what"),
    [
        ({}, "needs a number of runs"),
        ({"runs": 6, "replicate_runs": 4, "center_runs": 2}, "leave none"),
        ({"runs": 10, "blocks": [4, 4]}, "add up to 8"),
        ({"runs": 10, "whole_plots": 12}, "whole_plots 12"),
        ({"runs": 10, "whole_plots": 2, "blocks": [5, 5]}, "both given"),
        ({"runs": 10, "run": 3}, "unknown key"),
        ({"runs": 10, "criterion": "E"}, "criterion"),
    ],
)
def test_a_contradictory_declaration_is_refused(plan: dict[str, Any], what: str) -> None:
    """Before anything is searched."""
    with pytest.raises(StudyError, match=what):
        study_of(plan)


@pytest.mark.parametrize("levels", [[1.0], [2.0, 1.0], [1.0, 1.0, 2.0], ["a"], ["a", "a"]], ids=str)
def test_levels_that_are_none_are_refused(levels: list[Any]) -> None:
    """One level, levels out of order, a level twice."""
    with pytest.raises(StudyError, match="levels"):
        study_of({"runs": 9}, {"a": {"levels": levels}})


def test_whole_plots_of_unequal_size_hold_their_factor() -> None:
    """Explicit levels, unequal whole plots, a constraint, a category, at once."""
    factors = {**FACTORS, "temperature": {"levels": [50, 55, 60, 65], "hard_to_change": True}}
    planned = plan_runs(
        study_of(
            {
                "runs": 17,
                "whole_plots": [4, 4, 3, 3, 3],
                "constraints": ["loading + temperature <= 75"],
            },
            factors,
        )
    )

    by_group = planned.plan.frame.group_by("whole_plot").n_unique()
    assert by_group["temperature"].to_list() == [1] * 5
    assert planned.plan.frame["whole_plot"].to_list() == sorted(
        planned.plan.frame["whole_plot"].to_list()
    )
    sizes = planned.plan.frame["whole_plot"].value_counts()["count"].to_list()
    assert sorted(sizes) == [3, 3, 3, 4, 4]


def test_extra_runs_are_named_counted_and_priced() -> None:
    """Center, replicate and lack-of-fit runs, and what they cost in I."""
    planned = plan_runs(
        study_of(
            {"runs": 20, "center_runs": 1, "replicate_runs": 2, "lack_of_fit_runs": 3},
            {name: {"levels": [0, 1, 2, 3, 4]} for name in "abc"},
        )
    )
    purposes = planned.plan.frame["purpose"].value_counts()
    settings_of = planned.plan.settings.to_numpy()

    assert dict(purposes.iter_rows()) == {
        "planned": 14,
        "center": 1,
        "replicate": 2,
        "lack_of_fit": 3,
    }
    assert planned.plan.frame["replicate_of"].count() >= 2
    assert planned.costs["goal_with_extra_runs"] > planned.costs["goal_without_extra_runs"]
    assert [2.0, 2.0, 2.0] in settings_of.tolist()


def test_existing_runs_stay_first_and_unchanged() -> None:
    """Augmentation keeps what was done, and numbers the new runs after it."""
    first = plan_runs(study_of({"runs": 12}))

    grown = plan_runs(study_of({"runs": 15}), ExistingRuns(design=first.design))

    np.testing.assert_allclose(grown.design[:12], first.design)
    assert grown.plan.frame["purpose"].to_list() == ["existing"] * 12 + ["planned"] * 3
    with pytest.raises(DesignError, match="12 runs are made already"):
        plan_runs(study_of({"runs": 12}), ExistingRuns(design=first.design))


def test_potential_terms_become_estimable() -> None:
    """A quadratic needs three levels; a plan that is wary of a cubic uses more."""
    factors = {"a": {"region": [0, 1]}, "b": {"levels": [0, 1]}}

    plain, wary = (
        plan_runs(study_of({"runs": 8, "starts": 40, "potential_terms": terms}, factors))
        for terms in ([], ["a^3"])
    )

    assert plain.plan.frame["a"].n_unique() == 3
    assert wary.plan.frame["a"].n_unique() > 3


def test_blocks_follow_one_another() -> None:
    """Days cannot be shuffled; runs within a day can."""
    planned = plan_runs(study_of({"runs": 12, "blocks": [4, 4, 4]}))

    assert planned.plan.frame["block"].to_list() == [1] * 4 + [2] * 4 + [3] * 4
    assert planned.plan.frame["whole_plot"].null_count() == 12
