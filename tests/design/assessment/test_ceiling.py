"""The ceiling of a quadratic form against dense evaluation."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.design.problems import axes_of

from electrodoe.design.assessment.ceiling import ceiling
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.plan_model import prediction_variance
from electrodoe.design.region.polytope import polytope_corners
from electrodoe.design.region.region import region_of


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["quadratic", "cubic"]), st.booleans())
def test_no_point_rises_above_the_ceiling(seed: int, model: str, is_cut: bool) -> None:
    """Nor does the ceiling hang more than half a percent above the best of a dense grid."""
    region = region_of(axes_of([None, None]), ["a + b <= 0.3"] if is_cut else [])
    terms = model_terms(model, region.axes)
    root = np.random.default_rng(seed).normal(size=(2, len(terms.names)))
    form = root.T @ root
    line = np.linspace(-1.0, 1.0, 201)
    points = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    dense = prediction_variance(terms, form, points[region.is_feasible(points)]).max()

    found = ceiling(terms, region, form, (0, 1), np.zeros((1, 2)))

    assert dense <= found <= 1.005 * dense


def test_held_factors_keep_their_settings() -> None:
    """A category beside a number: the largest over both names."""
    region = region_of(axes_of([None, ("p", "q")]))
    terms = model_terms("quadratic", region.axes)
    form = np.diag([1.0, 0.0, 0.0, 0.0, 0.0])
    form[0, 1] = form[1, 0] = form[0, 2] = form[2, 0] = 0.25
    names = np.array([[0.0, 0.0], [0.0, 1.0]])

    found = ceiling(terms, region, form, (0,), names)

    corners = np.array([[a, b] for a in (-1.0, 1.0) for b in (0.0, 1.0)])
    largest = prediction_variance(terms, form, corners).max()
    assert largest <= found <= 1.001001 * largest


def test_four_factors_under_one_limit_are_bounded() -> None:
    """Boxes that the limit cuts off as a whole are left out; random points stay below."""
    region = region_of(axes_of([None] * 4), ["a + b + c + d <= 1"])
    terms = model_terms("quadratic", region.axes)
    rng = np.random.default_rng(8)
    root = rng.normal(size=(3, len(terms.names)))
    form = root.T @ root
    cut = polytope_corners(np.ones((1, 4)), np.array([1.0]))
    points = np.vstack([cut, region.grid(21)])
    dense = prediction_variance(terms, form, points).max()

    found = ceiling(terms, region, form, (0, 1, 2, 3), np.zeros((1, 4)))

    assert dense <= found <= 1.005 * dense
