"""What a plan is worth, against the numbers that others have printed."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.design.problems import axes_of, problem_of

from electrodoe.design.assessment.evaluation import compare_plans, evaluate_plan
from electrodoe.design.classical.response_surface import box_behnken, central_composite
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.plan_model import PlanModel, prediction_variance
from electrodoe.design.region.axes import FactorAxis
from electrodoe.design.region.region import region_of
from electrodoe.design.search.search import search
from electrodoe.errors import DesignError


def _model(levels, model="quadratic", groups=None, hard=(), constraints=()) -> PlanModel:
    region = region_of(axes_of(levels, hard), constraints)
    return PlanModel(region=region, terms=model_terms(model, region.axes), groups=groups)


@given(st.integers(0, 2**32 - 1))
def test_another_run_never_raises_the_variance_anywhere(seed: int) -> None:
    """More information cannot hurt."""
    rng = np.random.default_rng(seed)
    model = _model([None, None])
    design = np.vstack([central_composite(2), np.zeros((1, 2)), rng.uniform(-1, 1, (3, 2))])
    points = rng.uniform(-1.0, 1.0, (50, 2))

    before, after = (
        prediction_variance(model.terms, model.covariance(own), points)
        for own in (design, np.vstack([design, rng.uniform(-1, 1, (1, 2))]))
    )

    assert (after <= before + 1e-12).all()


@given(st.permutations([0, 1, 2]))
def test_the_order_of_the_factors_does_not_matter(order: list[int]) -> None:
    """Criteria are those of the plan, whatever its columns are called."""
    design = np.vstack([box_behnken(3), np.zeros((1, 3)), np.ones((1, 3)) * [1.0, -1.0, 0.5]])
    model = _model([None] * 3)

    criteria = [
        evaluate_plan(model, own, with_bound=False).criteria["value"].drop_nulls().to_list()
        for own in (design, design[:, order])
    ]

    assert criteria[0] == pytest.approx(criteria[1], rel=1e-6)


def test_a_plan_of_whole_plots_is_evaluated_by_its_own_covariance() -> None:
    """Terms of the hard factor alone are tested with the degrees of freedom of its resets."""
    groups = np.repeat(np.arange(5), 4)
    problem = problem_of([4, 4, 4], 20, hard=[1], sizes=[4] * 5)
    found = evaluate_plan(
        _model([4, 4, 4], groups=groups, hard=[1]), search(problem, 1).design, with_bound=False
    )
    degrees_of_freedom = dict(found.terms.select("term", "degrees_of_freedom").iter_rows())

    assert found.value("i_continuous") == pytest.approx(0.7703788, abs=1e-6)
    assert degrees_of_freedom["b"] == degrees_of_freedom["b²"] == 2
    assert degrees_of_freedom["a"] == 20 - 5 - 7
    assert found.leverages["leverage"].sum() == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("levels", "design", "reported"),
    [
        ([None], [[-1.0], [1.0], [-1.0], [1.0]], "'a²' cannot be distinguished from '1'"),
        ([None], [[0.0], [0.0], [0.0]], "'a²' has no effect on any run|'a'"),
        (
            [2, 2],
            [[-1.0, -1.0], [1.0, 1.0], [-1.0, -1.0], [1.0, 1.0], [1.0, 1.0]],
            (
                "'a × b' cannot be distinguished from '1'|'b' cannot be distinguished from 'a'|'1',"
                " 'a', 'b'"
            ),
        ),
        ([None], [[0.5]], "1 runs do not determine the 3 terms"),
    ],
)
def test_a_plan_that_cannot_estimate_its_model_says_which_term(
    levels, design: list[list[float]], reported: str
) -> None:
    """Refused, with the terms that hang together and the fix."""
    with pytest.raises(DesignError, match=reported) as caught:
        evaluate_plan(_model(levels), np.array(design))

    assert "fewer terms" in caught.value.fix


@given(st.integers(0, 2**32 - 1))
def test_the_reported_i_is_that_of_the_table(seed: int) -> None:
    """By the inverse of X'X and the moments of the cube, typed out, to a billionth."""
    model = _model([None, None, 4])
    design = model.region.sample(14, np.random.default_rng(seed))
    X = np.column_stack(
        [np.ones(14), design, design[:, [0, 0, 1]] * design[:, [1, 2, 2]], design**2]
    )
    assume(np.linalg.cond(X) < 1e3)
    M = np.diag([1.0, *[1 / 3] * 3, *[1 / 9] * 3, *[1 / 5] * 3])
    M[0, 7:] = M[7:, 0] = 1 / 3
    M[7:, 7:] += 1 / 9 - np.eye(3) / 9

    found = evaluate_plan(model, design, with_bound=False).value("i_continuous")

    assert found == pytest.approx(np.trace(np.linalg.inv(X.T @ X) @ M), rel=1e-9)


def test_runs_in_any_order_give_the_same_account() -> None:
    """Rows shuffled: every criterion stays, the bound too."""
    model = _model([3, 3, ("p", "q")])
    rng = np.random.default_rng(4)
    design = model.region.sample(16, rng)

    first, second = (evaluate_plan(model, own) for own in (design, rng.permutation(design)))

    assert first.criteria["value"].to_list() == pytest.approx(second.criteria["value"].to_list())
    assert first.notes == second.notes


def test_two_plans_are_compared_criterion_by_criterion() -> None:
    """Twice the runs, half the variance."""
    model = _model([None, None])
    once = np.vstack([central_composite(2), np.zeros((1, 2))])
    first, second = (
        evaluate_plan(model, own, with_bound=False) for own in (once, np.vstack([once, once]))
    )

    ratio = dict(compare_plans(first, second).select("criterion", "ratio").iter_rows())

    assert ratio["i_continuous"] == pytest.approx(2.0)
    assert ratio["d_efficiency"] == pytest.approx(1.0)


def test_a_single_axis_needs_no_pairs() -> None:
    """Tables keep their columns where there is nothing to list."""
    axis = FactorAxis(name="x", low=0.0, high=1.0)
    model = PlanModel(region=region_of([axis]), terms=model_terms("quadratic", [axis]))

    found = evaluate_plan(model, np.array([[-1.0], [0.0], [1.0], [1.0]]))

    assert found.slices.is_empty()
    assert found.pairs.is_empty()
    assert found.pure_error_degrees_of_freedom == 1
