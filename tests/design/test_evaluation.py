"""What a plan is worth, against the numbers that others have printed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.design.problems import axes_of, problem_of

from electrodoe.design.axes import Axis
from electrodoe.design.bound import least_mean_variance
from electrodoe.design.classical.response_surface import box_behnken, central_composite
from electrodoe.design.evaluation import compare_plans, evaluate_plan
from electrodoe.design.formula import model_terms
from electrodoe.design.moments import moments
from electrodoe.design.plan_model import PlanModel, prediction_variance
from electrodoe.design.region import region_of
from electrodoe.design.search import search
from electrodoe.errors import DesignError


def _model(levels, model="quadratic", groups=None, hard=(), constraints=()) -> PlanModel:
    region = region_of(axes_of(levels, hard), constraints)
    return PlanModel(region=region, terms=model_terms(model, region.axes), groups=groups)


@pytest.mark.parametrize(
    ("over", "criterion", "expected"),
    [
        (
            "continuous",
            "i_continuous",
            {"d": 37.74, "a": 27.58, "g": 50.96, "vif": 1.23, "distinct": 14, "pairs": 12},
        ),
        (
            "grid",
            "i_grid",
            {"d": 42.83, "a": 28.44, "g": 67.83, "vif": 1.11, "distinct": 17, "pairs": 12},
        ),
    ],
)
def test_the_best_plans_of_the_papers_case_have_the_known_figures(
    over, criterion: str, expected: dict[str, float]
) -> None:
    """Efficiencies in percent, VIF, distinct runs and pairs of settings, and the bound."""
    problem = problem_of([4, 4, 4], 17, over=over)
    found = evaluate_plan(_model([4, 4, 4]), search(problem, 1).design)

    for name in "dag":
        assert 100.0 * found.value(f"{name}_efficiency") == pytest.approx(expected[name], abs=0.006)
    assert found.value("greatest_vif") == pytest.approx(expected["vif"], abs=0.006)
    assert found.n_distinct == expected["distinct"]
    assert found.pairs["n_distinct"].max() == expected["pairs"]
    proven = {"continuous": 0.9595, "grid": 0.973}[over]
    assert found.value(f"{criterion}_efficiency_bound") > proven
    if over == "continuous":
        quantiles = [found.quantiles[name] for name in ("50%", "80%", "90%", "95%")]
        assert quantiles == pytest.approx([0.3205, 0.4410, 0.5076, 0.5637], abs=2e-3)
        assert found.quantiles["greatest"] == pytest.approx(1.1543, abs=5e-5)


@pytest.mark.parametrize(
    ("design", "average", "greatest"),
    [
        (np.vstack([box_behnken(3), np.zeros((3, 3))]), 0.384722, 1.39583),
        (np.vstack([central_composite(3), np.zeros((3, 3))]), 0.323357, 0.79472),
    ],
    ids=["Box-Behnken", "central composite"],
)
def test_textbook_designs_have_their_printed_variance(
    design: np.ndarray, average: float, greatest: float
) -> None:
    """Unscaled prediction variance over the cube, mean and maximum."""
    found = evaluate_plan(_model([None] * 3), design, with_bound=False)

    assert found.value("i_continuous") == pytest.approx(average, abs=5e-7)
    assert found.quantiles["greatest"] == pytest.approx(greatest, abs=5e-6)


def test_a_parabola_on_three_levels_has_its_closed_form() -> None:
    """PV = 1 - 1.5 x^2 + 1.5 x^4; mean .8, at the middle of an edge .71875."""
    model = _model([3])
    design = np.array([[-1.0], [0.0], [1.0]])
    x = np.linspace(-1.0, 1.0, 21)

    variance = prediction_variance(model.terms, model.covariance(design), x[:, None])

    np.testing.assert_allclose(variance, 1.0 - 1.5 * x**2 + 1.5 * x**4, atol=1e-12)


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


def test_a_plan_of_whole_plots_is_judged_by_its_own_covariance() -> None:
    """Terms of the hard factor alone are tested with the degrees of freedom of its resets."""
    groups = np.repeat(np.arange(5), 4)
    problem = problem_of([4, 4, 4], 20, hard=[1], sizes=[4] * 5)
    found = evaluate_plan(
        _model([4, 4, 4], groups=groups, hard=[1]), search(problem, 1).design, with_bound=False
    )
    freedom = dict(found.terms.select("term", "degrees_of_freedom").iter_rows())

    assert found.value("i_continuous") == pytest.approx(0.7703788, abs=1e-6)
    assert freedom["b"] == freedom["b²"] == 2
    assert freedom["a"] == 20 - 5 - 7
    assert found.leverages["leverage"].sum() == pytest.approx(10.0)


def test_the_bound_holds_for_every_plan_that_is_found() -> None:
    """And is tight: the best exact plan of many runs comes within a percent."""
    axes = axes_of([3, 3])
    region, terms = region_of(axes), model_terms("quadratic", axes)
    bound = least_mean_variance(terms, region, moments(terms, region, "continuous").matrix)
    assert bound is not None

    for n_runs in (7, 12, 40):
        value = search(problem_of([3, 3], n_runs), 1, 60).value
        assert value >= bound.per_run / n_runs * (1.0 - 1e-9)
    assert value <= bound.per_run / n_runs * 1.01


def test_moments_are_those_of_brute_force() -> None:
    """A cut cube and a grid with forbidden combinations, beside a category."""
    axes = axes_of([None, 3, ("p", "q", "r")])
    terms = model_terms("quadratic", axes)
    cut = region_of(axes, ["a + b <= 0.5"])
    rng = np.random.default_rng(0)
    points = np.column_stack([rng.uniform(-1, 1, (400_000, 2)), rng.integers(0, 3, 400_000)])
    F = terms.matrix(points[cut.is_feasible(points)])

    exact = moments(terms, cut, "continuous")

    assert exact.is_exact
    np.testing.assert_allclose(exact.matrix, F.T @ F / len(F), atol=6e-3)
    grid = region_of(axes_of([3, 3]), [], ["a > 0 and b > 0"])
    G = model_terms("quadratic", grid.axes)
    listed = G.matrix(grid.grid(3))
    np.testing.assert_allclose(moments(G, grid, "grid").matrix, listed.T @ listed / 8.0, atol=1e-14)


def test_power_is_that_of_the_t_test() -> None:
    """Two groups of ten and an effect of one standard deviation between -1 and +1: from tables.

    A coefficient of 0.5 is a difference of one standard deviation: power .562 at 5 % with 18
    degrees of freedom (Cohen 1988, table 2.3.5: .56).
    """
    model = _model([2], model="linear")
    design = np.repeat([[-1.0], [1.0]], 10, axis=0)

    terms = evaluate_plan(model, design, with_bound=False).terms

    assert terms["power_half_sigma"][1] == pytest.approx(0.562, abs=2e-3)
    assert terms["standard_error"][1] == pytest.approx(1.0 / np.sqrt(20.0))


def test_aliases_are_what_a_left_out_term_does() -> None:
    """Fitted to a pure interaction, a linear model's coefficients shift by the alias."""
    rng = np.random.default_rng(2)
    model = _model([None, None], model="linear")
    design = rng.uniform(-1.0, 1.0, (9, 2))
    X = model.terms.matrix(design)
    shift = np.linalg.lstsq(X, design[:, 0] * design[:, 1], rcond=None)[0]

    aliases = evaluate_plan(model, design, with_bound=False).aliases
    found = {term: c for term, other, c in aliases.iter_rows() if other == "a × b"}

    assert [found[name] for name in ("1", "a", "b")] == pytest.approx(shift.tolist())


def test_a_plan_that_cannot_estimate_its_model_says_which_term() -> None:
    """Two levels, a square: refused, with the fix."""
    with pytest.raises(DesignError, match="cannot be told from the others"):
        evaluate_plan(_model([None]), np.array([[-1.0], [1.0], [-1.0], [1.0]]))


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
    axis = Axis(name="x", low=0.0, high=1.0)
    model = PlanModel(region=region_of([axis]), terms=model_terms("quadratic", [axis]))

    found = evaluate_plan(model, np.array([[-1.0], [0.0], [1.0], [1.0]]))

    assert found.slices.is_empty()
    assert found.pairs.is_empty()
    assert found.pure_error_degrees_of_freedom == 1
