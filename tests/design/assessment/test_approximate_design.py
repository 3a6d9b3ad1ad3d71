"""Bounds against closed forms, known optima and plans that try to beat them."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.design.problems import axes_of, problem_of

from electrodoe.design.assessment.approximate_design import min_determinant, min_mean_variance
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.moments import moments
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.region.region import region_of
from electrodoe.design.search.search import search

_QUADRATIC_2 = {"levels": [None, None], "constraints": ["a + b <= 0.5"]}


def _setting(levels, constraints=(), model="quadratic", over="continuous"):
    region = region_of(axes_of(levels), constraints)
    terms = model_terms(model, region.axes)
    return terms, region, moments(terms, region, over).matrix


@pytest.mark.parametrize(
    ("levels", "over", "n_runs", "best", "smallest"),
    [
        ([4, 4, 4], "continuous", 17, 0.34999326, 0.9597),
        ([4, 4, 4], "grid", 17, 0.53802626, 0.9733),
        ([None] * 3, "continuous", 20, 0.266667, 0.98),
        ([3] * 6, "continuous", 34, 0.3969293, 0.84),
        ([None] * 6, "continuous", 34, 0.3845622, 0.87),
        ([None, None, None, ("p", "q", "r")], "continuous", 24, 0.4713862, 0.92),
    ],
)
def test_best_known_plans_are_close_to_their_bound(
    levels, over, n_runs: int, best: float, smallest: float
) -> None:
    """And never below it: bound over best known value."""
    bound = min_mean_variance(*_setting(levels, over=over))

    assert smallest < bound.per_run / n_runs / best <= 1.0


def test_a_cut_region_is_proven_as_a_whole() -> None:
    """JMP's example, .2 <= x1 + x2 <= .8, 3 factors and 16 runs: best known .3395774."""
    setting = _setting([None] * 3, ["-1.6 <= a + b", "a + b <= -0.4"])

    bound = min_mean_variance(*setting)

    assert bound.scope == "any plan in the region"
    assert 0.93 < bound.per_run / 16 / 0.3395774 <= 1.0


def test_runs_that_stand_already_raise_the_bound() -> None:
    """Adding 3 runs to the best 17 can reach .29505339 at best (found exhaustively)."""
    terms, region, weight = _setting([4, 4, 4])
    existing = search(problem_of([4, 4, 4], 17), 1).design

    free = min_mean_variance(terms, region, weight).per_run / 20
    held = min_mean_variance(terms, region, weight, existing=existing, n_runs=20).per_run / 20

    assert free < held <= 0.29505339
    assert held > 0.97 * 0.29505339


def test_the_bound_is_reached_by_many_runs() -> None:
    """The best exact plan of 40 runs comes within a percent."""
    terms, region, weight = _setting([3, 3])
    bound = min_mean_variance(terms, region, weight)

    value = search(problem_of([3, 3], 40), 1, 60).value

    assert 1.0 - 1e-9 <= value / (bound.per_run / 40) <= 1.01


def test_a_straight_line_has_the_bounds_of_the_book() -> None:
    """Runs at the ends alone: n I = 4/3 and D-efficiency 1."""
    terms, region, weight = _setting([None], model="linear")

    assert min_mean_variance(terms, region, weight).per_run == pytest.approx(4.0 / 3.0)
    assert min_determinant(terms, region).per_run == pytest.approx(1.0)


def test_a_parabola_has_the_determinant_of_the_book() -> None:
    """A third of the runs at each of -1, 0, 1: det M = 4/27."""
    terms, region, _ = _setting([None])

    assert 1.0 / min_determinant(terms, region).per_run == pytest.approx(
        (4.0 / 27.0) ** (1.0 / 3.0), rel=3e-5
    )


def test_the_paper_s_best_determinant_stays_below_its_bound() -> None:
    """3 factors at four levels in 17 runs: best known D-efficiency 44.379 %."""
    terms, region, _ = _setting([4, 4, 4])

    assert 0.44379 <= 1.0 / min_determinant(terms, region).per_run < 0.455


@settings(max_examples=10)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from(
        [
            {"levels": [None, None]},
            {"levels": [4, None]},
            {"levels": [None, None], "model": "cubic"},
            {"levels": [None, ("p", "q", "r")]},
            _QUADRATIC_2,
        ]
    ),
)
def test_no_random_plan_beats_the_bounds(seed: int, case: dict) -> None:
    """On levels, between them, with names, cubes, a cut corner; with existing runs too."""
    terms, region, weight = _setting(**case)
    design = region.sample(len(weight) + 3, np.random.default_rng(seed))
    information = PlanModel(region=region, terms=terms).information(design)
    assume(np.linalg.cond(information) < 1e9)
    own = np.trace(np.linalg.inv(information) @ weight)
    logarithm = np.linalg.slogdet(information)[1]
    n = len(design)

    for existing in (None, design[:3]):
        smallest = min_mean_variance(terms, region, weight, existing=existing, n_runs=n)
        assert own >= smallest.per_run / n
        largest = min_determinant(terms, region, existing=existing, n_runs=n)
        assert np.exp(logarithm / len(weight)) / n <= 1.0 / largest.per_run


def test_a_factor_between_its_ends_cannot_have_a_greater_bound_than_its_levels() -> None:
    """More room can only help: the bound of the box is below that of its four levels."""
    narrow, wide = (min_mean_variance(*_setting([own] * 3)) for own in (4, None))

    assert wide.per_run < narrow.per_run
    assert (narrow.scope, wide.scope) == ("any plan on these levels", "any plan in the region")


def test_a_curved_limit_is_not_claimed_to_be_proven() -> None:
    """The scope names the grid."""
    bound = min_mean_variance(*_setting([None, None], ["a*a + b*b <= 1"]))

    assert bound.scope == "plans on a grid of the factors without levels"


def test_levels_that_do_not_determine_the_model_have_no_bound() -> None:
    """A limit leaves a line of settings."""
    region = region_of(axes_of([3, 3]), [], ["a > b or a < b"])
    terms = model_terms("quadratic", region.axes)

    assert min_mean_variance(terms, region, np.eye(6)) is None
