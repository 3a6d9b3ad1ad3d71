"""Rank-two updates against matrices inverted anew."""

import numpy as np
import pytest

from electrodoe.design.model.criterion import (
    OptimalityCriterion,
    mean_variance,
    volume,
    worst_variance,
)
from electrodoe.design.model.information import Information, grouping, information
from electrodoe.design.search.exchange import apply_exchange, packed_squares, run_exchange

P, N, S, L = 5, 11, 4, 7


def _goals() -> dict[str, OptimalityCriterion]:
    rng = np.random.default_rng(9)
    root = rng.normal(size=(P, P))
    return {
        "mean": mean_variance(root @ root.T),
        "volume": volume(),
        "worst": worst_variance(rng.normal(size=(20, P))),
    }


def _anew(rows: np.ndarray, groups: np.ndarray | None, goal: OptimalityCriterion) -> Information:
    return information(rows, grouping(groups, N, 1.3), np.eye(P) * 0.01, goal, ridge=0.0)


@pytest.mark.parametrize("name", ["mean", "volume", "worst"])
@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("common", [False, True])
def test_an_exchange_equals_the_design_inverted_anew(
    name: str, grouped: bool, common: bool
) -> None:
    """Goal, inverse and weighted inverse follow an exchange, with and without whole plots."""
    rng = np.random.default_rng(3)
    goal = _goals()[name]
    groups = np.repeat([0, 1, 2], [4, 4, 3]) if grouped else None
    rows = rng.normal(size=(S, N, P))
    candidates = rng.normal(size=(L, P) if common else (S, L, P))
    state = _anew(rows.copy(), groups, goal)
    packed = packed_squares(candidates) if common else None

    found = run_exchange(state, 6, candidates, packed, grouping(groups, N, 1.3), goal)
    chosen = np.array([2, 5, 0, 6])
    own = candidates[chosen] if common else candidates[np.arange(S), chosen]
    apply_exchange(state, 6, found, np.arange(S), chosen, own)

    changed = rows.copy()
    changed[:, 6] = own
    expected = _anew(changed, groups, goal)
    np.testing.assert_allclose(state.value, expected.value, rtol=1e-9)
    np.testing.assert_allclose(state.inverse, expected.inverse, rtol=1e-8, atol=1e-10)
    if expected.weighted is not None:
        np.testing.assert_allclose(state.weighted, expected.weighted, rtol=1e-7, atol=1e-9)


def test_the_precision_is_the_inverse_of_the_split_plot_covariance() -> None:
    """V = I + eta Z Z', whole plots of unequal size."""
    groups = np.array([0, 0, 0, 1, 1, 2])
    covariance = np.eye(6) + 0.7 * (groups[:, None] == groups)

    np.testing.assert_allclose(
        grouping(groups, 6, 0.7).precision, np.linalg.inv(covariance), atol=1e-14
    )


def test_an_exchange_that_makes_a_design_singular_is_never_chosen() -> None:
    """The change is infinite where the determinant vanishes."""
    rows = np.eye(3)[None]
    goal = mean_variance(np.eye(3))
    alone = grouping(None, 3, 1.0)
    state = information(rows, alone, np.zeros((3, 3)), goal, ridge=0.0)

    found = run_exchange(state, 0, np.array([[0.0, 1.0, 0.0]]), None, alone, goal)

    assert np.isinf(found.change).all()
