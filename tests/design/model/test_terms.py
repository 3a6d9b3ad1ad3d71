"""Model matrices, formulas and their derivatives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.design.problems import axes_of

from electrodoe.design.model.formula import model_terms
from electrodoe.errors import DesignError


def test_the_full_quadratic_of_three_numbers_and_a_category_has_eighteen_terms() -> None:
    """Main effects, products, squares of the numbers: Goos and Jones, chapter 4."""
    terms = model_terms("quadratic", axes_of([3, 3, 3, ("p", "q", "r")]))

    assert len(terms.column_index) == 18
    assert terms.names[:4] == ["1", "a", "b", "c"]
    assert "d[p]" in terms.names
    assert "a × d[q]" in terms.names


@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("linear", ["1", "a", "b"]),
        ("interactions", ["1", "a", "b", "a × b"]),
        ("a:b", ["1", "a", "b", "a × b"]),
        ("a + b^2", ["1", "a", "b", "b²"]),
        ("a*b", ["1", "a", "b", "a × b"]),
        ("a**2", ["1", "a", "a²"]),
        ("a^2:b", ["1", "a", "b", "a × b", "a²", "a² × b"]),
    ],
)
def test_a_formula_is_made_hierarchical(model: str, names: list[str]) -> None:
    """Everything that a term contains stands beside it."""
    assert sorted(model_terms(model, axes_of([5, 5])).names) == sorted(names)


def test_a_factor_with_two_levels_gets_no_square() -> None:
    """Its square could not be distinguished from the intercept."""
    assert model_terms("quadratic", axes_of([2, 3])).names == ["1", "a", "b", "a × b", "b²"]


@pytest.mark.parametrize(
    ("model", "what"),
    [
        ("a + z", "no factor is called 'z'"),
        ("a^3", "needs 4 levels"),
        ("a + + b", "no factor is called ''"),
        ("a - b", "no factor is called"),
        ("a^9:b^9:c^9", "needs"),
    ],
)
def test_an_impossible_term_is_refused(model: str, what: str) -> None:
    """The message names the term and the fix."""
    with pytest.raises(DesignError, match=what.replace("^", r"\^")):
        model_terms(model, axes_of([3, 3, 3]))


def test_a_model_without_bounds_is_refused() -> None:
    """Nine powers of three factors would be a thousand terms."""
    with pytest.raises(DesignError, match="500 are possible"):
        model_terms("a^9:b^9:c^9", axes_of([None, None, None]))


@given(st.integers(0, 2**32 - 1))
def test_the_gradient_is_that_of_finite_differences(seed: int) -> None:
    """The derivative of a weighted sum over the model matrix, by every number."""
    rng = np.random.default_rng(seed)
    terms = model_terms("cubic", axes_of([None, None, None]))
    points = rng.uniform(-1.0, 1.0, (4, 3))
    weights = rng.normal(size=(4, len(terms.column_index)))

    found = terms.gradient(points, weights)

    for axis in range(3):
        step = np.zeros(3)
        step[axis] = 1e-6
        rise = terms.matrix(points + step) - terms.matrix(points - step)
        np.testing.assert_allclose(
            found[:, axis], np.sum(weights * rise, axis=1) / 2e-6, rtol=1e-5, atol=1e-6
        )


def test_a_star_holds_the_rows_where_one_factor_varies() -> None:
    """The same rows as the model matrix of each changed point."""
    terms = model_terms("quadratic", axes_of([None, 3, ("p", "q")]))
    points = np.array([[0.3, -1.0, 1.0], [-0.2, 0.0, 0.0]])
    settings = [np.array([[-1.0, 1.0], [0.5, 0.1]]), None, np.array([[0.0, 1.0], [0.0, 1.0]])]

    found = terms.star(points, settings)

    for design in range(2):
        for number, (axis, position) in enumerate([(0, 0), (0, 1), (2, 0), (2, 1)]):
            tried = settings[axis]
            assert tried is not None
            changed = points[design].copy()
            changed[axis] = tried[design, position]
            np.testing.assert_allclose(found[design, number], terms.matrix(changed), atol=1e-15)
