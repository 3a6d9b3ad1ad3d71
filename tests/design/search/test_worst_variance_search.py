"""Plans by criterion G against closed facts, published plans and exhaustive lists."""

from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from electrodoe.design.model.formula import model_terms
from electrodoe.design.region.region import design_region
from electrodoe.design.request import search_problem
from electrodoe.design.search.problem import SearchProblem
from electrodoe.design.search.search import search
from electrodoe.study import declare_study

FREE = {"region": [-1, 1]}
THREE = {"levels": [-1, 0, 1]}


def _problem(factors: list[dict[str, Any]], n_runs: int, **plan: Any) -> SearchProblem:
    study = declare_study(
        {
            "title": "Worst point",
            "factors": dict(zip("abcd", factors, strict=False)),
            "plan": {"runs": n_runs, "criterion": "G", **plan},
        },
        "test",
    )
    region = design_region(study)
    assert study.plan is not None
    return search_problem(study.plan, region, model_terms("quadratic", region.axes))


def _worst(problem: SearchProblem, design: NDArray[np.float64], n: int) -> float:
    """Return the maximum variance on a dense grid of the region."""
    points = np.array(list(product(np.linspace(-1.0, 1.0, n), repeat=design.shape[1])))
    F = problem.terms.matrix(points[problem.region.is_feasible(points)])
    X = problem.terms.matrix(design)
    return float(np.max(np.sum((F @ np.linalg.inv(X.T @ X)) * F, axis=1)))


@pytest.mark.parametrize("n_runs", [3, 6, 9])
def test_a_parabola_is_measured_at_its_ends_and_middle(n_runs: int) -> None:
    """Runs in equal parts at -1, 0, 1 are optimal: the worst variance is p / n, Kiefer's bound."""
    found = search(_problem([FREE], n_runs), 1)

    np.testing.assert_allclose(
        np.sort(found.design[:, 0]), np.repeat([-1, 0, 1], n_runs // 3), atol=1e-6
    )
    assert found.value == pytest.approx(3.0 / n_runs, rel=1e-9)


@pytest.mark.parametrize(("n_factors", "n_runs"), [(1, 4), (1, 5), (2, 9), (3, 20)])
def test_the_value_is_the_worst_variance_of_a_dense_grid(n_factors: int, n_runs: int) -> None:
    """No point of a grid is worse than the plan's value says, which keeps the bound p / n."""
    problem = _problem([FREE] * n_factors, n_runs)

    found = search(problem, 1)

    dense = _worst(problem, found.design, 41)
    assert found.value * (1.0 - 1e-3) <= dense <= found.value * (1.0 + 1e-6)
    assert found.value >= len(problem.prior) / n_runs


def test_thirteen_runs_are_better_than_the_catalogued_plan() -> None:
    """Borkowski (2003), as shown in the manual of VdgRsm: 13 runs in three factors.

    The manual's page shows twelve of them; the last corner follows from the plan's symmetry.
    """
    c = 0.3938
    near = [[c, -1, -1], [1, -c, -1], [1, -1, -c], [-1, 0, 0], [0, 1, 0], [0, 0, 1]]
    corners = [corner for corner in product([-1, 1], repeat=3) if corner != (1, -1, -1)]
    problem = _problem([FREE] * 3, 13)
    theirs = _worst(problem, np.array([*near, *corners], dtype=np.float64), 41)

    found = search(problem, 1)

    assert found.value < theirs
    assert _worst(problem, found.design, 41) < theirs


def test_twenty_runs_are_better_than_the_face_centred_plan() -> None:
    """The plan of 8 corners, 6 faces and 6 runs in the middle is a common choice."""
    corners = list(product([-1, 1], repeat=3))
    faces = [*np.eye(3), *-np.eye(3)]
    composite = np.array([*corners, *faces, *np.zeros((6, 3))], dtype=np.float64)
    problem = _problem([FREE] * 3, 20)

    assert search(problem, 0).value < 0.7 * _worst(problem, composite, 21)


def test_levels_reach_the_exhaustive_optimum() -> None:
    """All 3003 plans of six runs on nine points, evaluated on these points."""
    problem = _problem([THREE] * 2, 6, region="grid")
    F = problem.terms.matrix(problem.region.grid(3))
    plans = np.array(list(combinations_with_replacement(range(9), 6)))
    A = np.swapaxes(F[plans], 1, 2) @ F[plans]
    C = np.linalg.inv(A[np.linalg.det(A) > 1e-6])

    found = search(problem, 1)

    assert found.value == pytest.approx(np.sum((F @ C) * F, axis=2).max(axis=1).min(), rel=1e-9)


@pytest.mark.parametrize("limit", ["a + b <= 1", "a*a + b*b <= 1.2"])
def test_the_worst_point_between_limits_is_known(limit: str) -> None:
    """A plane or a circle cuts corners off; the value holds on a dense grid of what is left."""
    problem = _problem([FREE] * 2, 9, constraints=[limit])

    found = search(problem, 1)

    assert problem.region.is_feasible(found.design).all()
    assert found.value < 1.0
    assert _worst(problem, found.design, 201) <= found.value * (1.0 + 1e-3)


def test_levels_are_evaluated_between_them_too() -> None:
    """Where the region counts as continuous, the worst point may lie between levels."""
    problem = _problem([{"levels": [-1, -0.5, 0.5, 1]}, THREE], 9)

    found = search(problem, 1)

    assert np.isin(found.design[:, 0], [-1, -0.5, 0.5, 1]).all()
    assert _worst(problem, found.design, 201) == pytest.approx(found.value, rel=1e-3)
