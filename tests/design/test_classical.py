"""Textbook designs against their published counts and properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.design.problems import axes_of

from electrodoe.design.classical import classical_design
from electrodoe.design.classical.response_surface import box_behnken, central_composite
from electrodoe.design.classical.screening import definitive_screening
from electrodoe.design.formula import model_terms
from electrodoe.design.region import region_of
from electrodoe.errors import DesignError


def _design(kind: str, levels, n_runs=None, center_runs=0, constraints=()):
    region = region_of(axes_of(levels), constraints)
    rng = np.random.default_rng(0)
    return classical_design(
        kind, region, n_runs=n_runs, center_runs=center_runs, is_quadratic=True, rng=rng
    )


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


@pytest.mark.parametrize("n_factors", [2, 3, 4, 5, 6, 7])
def test_a_central_composite_design_estimates_the_full_quadratic(n_factors: int) -> None:
    """Half the cube from five factors on: interactions stay orthogonal to one another."""
    design = np.vstack([central_composite(n_factors), np.zeros(n_factors)])
    X = model_terms("quadratic", axes_of([None] * n_factors)).matrix(design)
    interactions = model_terms("interactions", axes_of([None] * n_factors)).matrix(design)
    gram = interactions.T @ interactions

    assert np.linalg.matrix_rank(X) == X.shape[1]
    np.testing.assert_allclose(gram, np.diag(np.diag(gram)), atol=1e-12)


@pytest.mark.parametrize("n_factors", [3, 4, 6, 7, 8, 11, 14, 20])
def test_definitive_screening_keeps_main_effects_clear(n_factors: int) -> None:
    """Orthogonal to one another, to squares and to two-factor interactions."""
    design = definitive_screening(n_factors)
    gram = design.T @ design
    products = np.stack(
        [design[:, i] * design[:, j] for i in range(n_factors) for j in range(i, n_factors)]
    )

    np.testing.assert_allclose(gram, np.diag(np.diag(gram)), atol=1e-12)
    np.testing.assert_allclose(products @ design, 0.0, atol=1e-12)
    assert len(design) % 2 == 1


@given(st.integers(4, 30))
def test_a_latin_hypercube_meets_every_part_once(n_runs: int) -> None:
    """And levels as equally as the runs allow."""
    design, _ = _design("latin_hypercube", [None, 4], n_runs)
    counts = np.unique(np.round(design[:, 1], 9), return_counts=True)[1]

    np.testing.assert_allclose(
        np.sort(design[:, 0]), 2.0 * (np.arange(n_runs) + 0.5) / n_runs - 1.0
    )
    assert counts.max() - counts.min() <= 1


def test_a_latin_hypercube_keeps_limits() -> None:
    """What a limit cuts off is drawn anew inside."""
    design, _ = _design("latin_hypercube", [None, None], 20, constraints=["a + b <= 0"])

    assert len(design) == 20
    assert design.sum(axis=1).max() <= 1e-9


@pytest.mark.parametrize(
    ("kind", "levels", "what"),
    [
        ("box_behnken", [4, 4, 4], "is no level"),
        ("box_behnken", [None, None], "holds 3 to 7 factors"),
        ("central_composite", [None, ("p", "q")], "is a category"),
        ("latin_hypercube", [None, None], "needs a number of runs"),
        ("full_factorial", [10] * 6, "1000000 runs"),
        ("definitive_screening", [None] * 31, "3 to 30 factors"),
    ],
)
def test_what_a_region_cannot_hold_is_refused(kind: str, levels, what: str) -> None:
    """With the design that can."""
    with pytest.raises(DesignError, match=what) as caught:
        _design(kind, levels)

    assert caught.value.fix


def test_a_limit_refuses_a_textbook_design() -> None:
    """Moving its runs would make it another design."""
    with pytest.raises(DesignError, match="break a limit") as caught:
        _design("box_behnken", [None] * 3, constraints=["a + b <= 1"])

    assert "optimal" in caught.value.fix
