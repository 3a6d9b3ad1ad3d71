"""Textbook designs against their published counts and properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist, squareform
from tests.design.problems import axes_of

from electrodoe.design.classical import CLASSICAL, classical_design
from electrodoe.design.classical.hypercube import _placed as placed
from electrodoe.design.classical.hypercube import latin_hypercube
from electrodoe.design.classical.response_surface import box_behnken, central_composite
from electrodoe.design.classical.screening import definitive_screening
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.moments import moments
from electrodoe.design.region.region import region_of
from electrodoe.errors import DesignError
from electrodoe.study.plan_request import PlanRequest


def _design(kind: str, levels, n_runs=None, center_runs=0, constraints=()):
    region = region_of(axes_of(levels), constraints)
    rng = np.random.default_rng(0)
    return classical_design(
        kind, region, n_runs=n_runs, center_runs=center_runs, is_quadratic=True, rng=rng
    )


def test_the_table_has_every_design_that_a_study_may_name() -> None:
    """All but the optimal one."""
    named = PlanRequest.model_json_schema()["properties"]["design"]["enum"]

    assert {*CLASSICAL, "optimal"} == set(named)


def test_the_full_factorial_of_the_papers_case_has_64_runs() -> None:
    """Four levels of three factors; a factor between its ends gets its middle."""
    assert len(_design("full_factorial", [4, 4, 4])[0]) == 64
    assert len(_design("full_factorial", [None, 2, ("p", "q", "r")])[0]) == 18


@pytest.mark.parametrize("n_factors", [3, 4, 5, 6, 7])
def test_a_box_behnken_design_estimates_the_full_quadratic(n_factors: int) -> None:
    """With one center run; no run stands on a corner, each factor is balanced."""
    design = np.vstack([box_behnken(n_factors), np.zeros(n_factors)])
    X = model_terms("quadratic", axes_of([None] * n_factors)).matrix(design)

    assert np.linalg.matrix_rank(X) == X.shape[1]
    assert np.abs(design).sum(axis=1).max() < n_factors
    assert not design.sum(axis=0).any()


@pytest.mark.parametrize(("n_factors", "n_runs"), [(3, 12), (4, 24), (5, 40), (6, 48), (7, 56)])
def test_box_behnken_designs_have_their_published_counts(n_factors: int, n_runs: int) -> None:
    """Every factor and every pair of a design stands at its ends equally often."""
    design, purposes = _design("box_behnken", [None] * n_factors, center_runs=3)
    gram = (design**2).T @ design**2

    assert purposes == ["planned"] * n_runs + ["center"] * 3
    assert not design[n_runs:].any()
    assert len(np.unique(np.diag(gram))) == 1
    assert len(np.unique(gram[0, 1:])) == (2 if n_factors == 6 else 1)


@pytest.mark.parametrize("n_factors", range(2, 12))
def test_a_central_composite_design_estimates_the_full_quadratic(n_factors: int) -> None:
    """A fraction of the cube from five factors on; interactions stay orthogonal."""
    design = central_composite(n_factors)
    X = model_terms("quadratic", axes_of([None] * n_factors)).matrix(design)
    interactions = model_terms("interactions", axes_of([None] * n_factors)).matrix(design)
    gram = interactions.T @ interactions

    assert np.linalg.matrix_rank(X) == X.shape[1]
    np.testing.assert_allclose(gram, np.diag(np.diag(gram)), atol=1e-12)


@pytest.mark.parametrize("n_factors", range(2, 12))
def test_central_composite_designs_have_their_published_counts(n_factors: int) -> None:
    """Smallest regular fractions of resolution V (Box, Hunter, Hunter), and two faces each."""
    cube = {2: 4, 3: 8, 4: 16, 5: 16, 6: 32, 7: 64, 8: 64, 9: 128, 10: 128, 11: 128}[n_factors]
    design = central_composite(n_factors)

    assert len(design) == cube + 2 * n_factors
    assert set(np.unique(design)) == {-1.0, 0.0, 1.0}


@pytest.mark.parametrize(
    ("kind", "average", "largest"),
    [("box_behnken", 0.384722, 1.39583), ("central_composite", 0.323357, 0.79472)],
)
def test_three_center_runs_give_the_known_prediction_variance(
    kind: str, average: float, largest: float
) -> None:
    """Mean over the cube in closed form; the largest on a fine grid."""
    design, _ = _design(kind, [None] * 3, center_runs=3)
    region = region_of(axes_of([None] * 3))
    terms = model_terms("quadratic", region.axes)
    X, points = terms.matrix(design), terms.matrix(region.grid(21))
    C = np.linalg.inv(X.T @ X)

    assert np.trace(C @ moments(terms, region, "continuous").matrix) == pytest.approx(
        average, abs=5e-7
    )
    assert np.einsum("ij,jk,ik->i", points, C, points).max() == pytest.approx(largest, abs=5e-6)


@pytest.mark.parametrize("n_factors", range(3, 31))
def test_definitive_screening_keeps_main_effects_clear(n_factors: int) -> None:
    """Orthogonal to one another, to squares and to two-factor interactions."""
    design = definitive_screening(n_factors)
    gram = design.T @ design
    products = np.stack(
        [design[:, i] * design[:, j] for i in range(n_factors) for j in range(i, n_factors)]
    )

    np.testing.assert_allclose(gram, np.diag(np.diag(gram)), atol=1e-12)
    np.testing.assert_allclose(products @ design, 0.0, atol=1e-12)
    assert len(design) == 2 * {21: 24, 22: 24}.get(n_factors, n_factors + n_factors % 2) + 1


def test_definitive_screening_counts_its_own_center_run() -> None:
    """One center run is that of the design."""
    for center_runs, n_centers in ((0, 1), (1, 1), (3, 3)):
        design, purposes = _design("definitive_screening", [None] * 10, center_runs=center_runs)

        assert len(design) == 20 + n_centers
        assert purposes.count("center") == n_centers


@settings(max_examples=25)
@given(st.integers(1, 30))
def test_a_latin_hypercube_meets_every_part_once(n_runs: int) -> None:
    """And levels as equally as the runs allow."""
    design, _ = _design("latin_hypercube", [None, 4], n_runs)
    counts = np.unique(np.round(design[:, 1], 9), return_counts=True)[1]

    np.testing.assert_allclose(
        np.sort(design[:, 0]), 2.0 * (np.arange(n_runs) + 0.5) / n_runs - 1.0
    )
    assert counts.max() - counts.min() <= 1


@settings(max_examples=12)
@given(st.integers(2, 20), st.floats(-1.0, 1.5), st.integers(0, 2**32 - 1))
def test_a_latin_hypercube_keeps_limits(n_runs: int, most: float, seed: int) -> None:
    """What a limit cuts off is drawn anew inside; the same seed gives the same design."""
    region = region_of(axes_of([None, 5, ("p", "q", "r")]), [f"a + b <= {most:.3f}"])

    first, again = (latin_hypercube(region, n_runs, np.random.default_rng(seed)) for _ in range(2))

    assert len(first) == n_runs
    assert region.is_feasible(first).all()
    np.testing.assert_array_equal(first, again)


def test_a_latin_hypercube_stays_one_where_a_limit_allows_it() -> None:
    """Swaps bring the runs inside before any is replaced."""
    design, _ = _design("latin_hypercube", [None, None], 12, constraints=["a + b <= 1.2"])

    for column in design.T:
        np.testing.assert_allclose(np.sort(column), (2.0 * np.arange(12) + 1.0) / 12.0 - 1.0)


def test_a_latin_hypercube_keeps_its_points_apart() -> None:
    """Farther than the widest of 200 random ones."""
    rng = np.random.default_rng(1)
    region = region_of(axes_of([None] * 3))
    drawn = [
        2.0 * (np.column_stack([rng.permutation(20) for _ in range(3)]) + 0.5) / 20.0 - 1.0
        for _ in range(200)
    ]

    assert pdist(latin_hypercube(region, 20, rng)).min() > max(pdist(own).min() for own in drawn)


def test_two_categories_are_as_far_apart_as_two_ends() -> None:
    """-1 and 1 are 2 apart, and so are any two of three categories."""
    region = region_of(axes_of([None, ("p", "q", "r")]))
    runs = np.array([[0.0, 0.0], [0.0, 1.0], [0.0, 2.0], [-1.0, 0.0], [1.0, 0.0]])

    apart = squareform(pdist(placed(region, runs)))

    np.testing.assert_allclose(apart[:3, :3], 2.0 * (1.0 - np.eye(3)))
    assert apart[3, 4] == 2.0


def test_a_latin_hypercube_meets_categories_equally() -> None:
    """Each as often as the others."""
    design, purposes = _design("latin_hypercube", [None, ("p", "q", "r")], 12)

    assert np.unique(design[:, 1], return_counts=True)[1].tolist() == [4, 4, 4]
    assert purposes == ["planned"] * 12


@pytest.mark.parametrize(
    ("kind", "levels", "options", "what", "fix"),
    [
        ("box_behnken", [4, 4, 4], {"center_runs": 3}, "at 0, which is no level", "level 0"),
        ("box_behnken", [None, None], {}, "holds 3 to 7 factors, not 2", "optimal"),
        ("box_behnken", [None] * 3, {}, "without center runs", "center_runs = 3"),
        ("box_behnken", [None] * 3, {"n_runs": 17, "center_runs": 3}, "has 15 runs", "15"),
        ("central_composite", [None, ("p", "q")], {}, "is a category", "full_factorial"),
        ("central_composite", [None] * 12, {}, "holds 2 to 11", "optimal"),
        ("definitive_screening", [None] * 31, {}, "3 to 30 factors", "optimal"),
        ("full_factorial", [10] * 6, {}, "1000000 runs", "fewer levels"),
        ("full_factorial", [3, ("p", "q")], {"center_runs": 1}, "no center", "center_runs = 0"),
        ("full_factorial", [4, 4], {"center_runs": 1}, "a center run needs", "center_runs = 0"),
        ("latin_hypercube", [None, None], {}, "needs a number of runs", "runs ="),
        ("latin_hypercube", [None], {"n_runs": 2, "center_runs": 2}, "leave no run", "raise"),
    ],
)
def test_what_cannot_be_held_is_refused(kind: str, levels, options, what: str, fix: str) -> None:
    """With what would do."""
    with pytest.raises(DesignError, match=what) as caught:
        _design(kind, levels, **options)

    assert fix in caught.value.fix


@pytest.mark.parametrize("kind", ["full_factorial", "central_composite", "box_behnken"])
def test_a_limit_refuses_a_textbook_design(kind: str) -> None:
    """Moving its runs would make it another design."""
    with pytest.raises(DesignError, match="break a limit") as caught:
        _design(kind, [None] * 3, center_runs=1, constraints=["a + b <= 1"])

    assert "optimal" in caught.value.fix
