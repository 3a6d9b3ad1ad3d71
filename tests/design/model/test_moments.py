"""Moment matrices against sums over the region and against integrals by hand."""

import numpy as np
import pytest
from tests.design.problems import axes_of

from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.moments import moments
from electrodoe.design.region.region import region_of


def test_a_box_has_the_moments_of_the_uniform_distribution() -> None:
    """Mean of x^a over [-1, 1] is 1 / (a + 1) for even a, and 0 for odd."""
    axes = axes_of([None, 4, None])
    terms = model_terms("cubic", axes)
    powers = np.array(terms.powers)
    joined = powers[:, None] + powers
    expected = np.prod(np.where(joined % 2 == 0, 1.0 / (joined + 1.0), 0.0), axis=-1)

    found = moments(terms, region_of(axes), "continuous")

    assert found.is_exact
    np.testing.assert_allclose(found.matrix, expected, atol=1e-15)


def test_a_grid_with_forbidden_combinations_is_its_own_mean() -> None:
    """Every listed point counts the same."""
    region = region_of(axes_of([3, 3, ("p", "q")]), [], ["a > 0 and b > 0 and c == 'q'"])
    terms = model_terms("quadratic", region.axes)
    F = terms.matrix(region.grid(3))

    found = moments(terms, region, "grid")

    assert len(F) == 17
    assert found.is_exact
    np.testing.assert_allclose(found.matrix, F.T @ F / len(F), atol=1e-14)


def test_a_category_counts_every_name_the_same() -> None:
    """Effects coding of three names: mean of squares 2/3, of products 1/3."""
    axes = axes_of([("p", "q", "r")])
    expected = np.array([[1.0, 0.0, 0.0], [0.0, 2.0 / 3.0, 1.0 / 3.0], [0.0, 1.0 / 3.0, 2.0 / 3.0]])

    found = moments(model_terms("linear", axes), region_of(axes), "continuous")

    np.testing.assert_allclose(found.matrix, expected, atol=1e-15)


def test_a_cut_box_beside_a_category_agrees_with_a_dense_sum() -> None:
    """A plane through two factors, a third free of it, and a category."""
    axes = axes_of([None, 3, None, ("p", "q", "r")])
    terms = model_terms("quadratic", axes)
    region = region_of(axes, ["a + b <= 0.5"])
    line = (np.arange(160) + 0.5) / 80.0 - 1.0
    plane = np.stack(np.meshgrid(line, line, indexing="ij"), axis=-1).reshape(-1, 2)
    plane = plane[plane.sum(axis=1) <= 0.5]
    points = np.zeros((len(plane), 4))
    points[:, :2] = plane
    F = terms.matrix(points)

    found = moments(terms, region, "continuous")

    own = [n for n, name in enumerate(terms.names) if "c" not in name and "d" not in name]
    assert found.is_exact
    F = F[:, own]
    np.testing.assert_allclose(found.matrix[np.ix_(own, own)], F.T @ F / len(F), atol=3e-3)


def test_a_triangle_has_its_moments_by_hand() -> None:
    """Mean of x over the triangle below the diagonal of the square is -1/3, of x^2 1/3."""
    axes = axes_of([None, None])
    terms = model_terms("quadratic", axes)

    found = moments(terms, region_of(axes, ["a + b <= 0"]), "continuous").matrix

    first = dict(zip(terms.names, found[0], strict=True))
    assert [first[name] for name in ("1", "a", "b")] == pytest.approx([1.0, -1 / 3, -1 / 3])
    assert [first["a²"], first["a × b"]] == pytest.approx([1 / 3, 0.0], abs=1e-14)


def test_a_curved_limit_is_sampled_and_says_so() -> None:
    """Mean of x^2 over the disk is 1/4."""
    axes = axes_of([None, None])
    terms = model_terms("quadratic", axes)

    found = moments(terms, region_of(axes, ["a*a + b*b <= 1"]), "continuous")

    assert not found.is_exact
    assert "low-discrepancy" in found.how
    assert found.matrix[0, terms.names.index("a²")] == pytest.approx(0.25, abs=2e-4)
