"""Degrees of freedom for pure error, within groups and between them."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.design.problems import axes_of

from electrodoe.design.assessment.diagnostics import error_degrees_of_freedom
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.region.region import region_of


def _model(levels, groups=None, hard=(), model="quadratic") -> PlanModel:
    region = region_of(axes_of(levels, hard))
    return PlanModel(region=region, terms=model_terms(model, region.axes), groups=groups)


def test_a_central_composite_in_whole_plots_has_the_pure_error_of_both_scatters() -> None:
    """Built as Vining, Kowalski and Montgomery (2005) do, 12 whole plots of 4; counted by hand.

    Four axial whole plots repeat their sub-plot center four times (3 each), three center whole
    plots likewise: 21 within. The three center whole plots are one another's repeats: 2 between.
    The sum of the sub-plot squares is the same for all runs of a whole plot: 8 terms are within.
    """
    square, axial = list(product([-1.0, 1.0], repeat=2)), [(-1.0, 0), (1, 0), (0, -1), (0, 1)]
    plots = [[(*whole, *sub) for sub in square] for whole in square]
    plots += [[(*whole, 0.0, 0.0)] * 4 for whole in axial]
    plots += [[(0.0, 0.0, *sub) for sub in axial]]
    plots += [[(0.0, 0.0, 0.0, 0.0)] * 4] * 3
    model = _model([None] * 4, np.repeat(np.arange(12), 4), hard=(0, 1))

    found = error_degrees_of_freedom(model, np.array([run for plot in plots for run in plot]))

    assert (found.pure_error, found.pure_error_between_groups) == (21, 2)
    assert found.pure_error + found.lack_of_fit == 48 - 12 - 8


@pytest.mark.parametrize(
    ("settings", "groups", "within", "between"),
    [
        ([0, 0, 1, 2], [0, 0, 1, 1], 1, 0),
        ([0, 1, 0, 2], [0, 0, 1, 1], 0, 1),
        ([0, 1, 0, 1], [0, 0, 1, 1], 1, 1),
        ([0, 1, 1, 2, 2, 0], [0, 0, 1, 1, 2, 2], 1, 2),
        ([0, 1, 2, 3], [0, 0, 1, 1], 0, 0),
    ],
)
def test_a_setting_repeated_in_another_group_is_no_pure_error_within(
    settings: list[int], groups: list[int], within: int, between: int
) -> None:
    """Within a group; across two; two settings across two; a circle of three; none."""
    model = _model([4], np.array(groups), model="linear")

    found = error_degrees_of_freedom(model, np.linspace(-1.0, 1.0, 4)[settings][:, None])

    assert (found.pure_error, found.pure_error_between_groups) == (within, between)


@given(st.integers(0, 2**32 - 1))
def test_the_degrees_of_freedom_are_the_ranks_that_define_them(seed: int) -> None:
    """By the ranks of indicator matrices, written out."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(4, 20))
    groups = rng.integers(0, rng.integers(1, 6), n)
    design = rng.choice([-1.0, 0.0, 1.0], (n, 2))
    model = _model([3, 3], groups)
    Z = groups[:, None] == np.unique(groups)
    T = (design[:, None] == np.unique(design, axis=0)).all(axis=2)
    X = model.terms.matrix(design)
    both, modelled = (np.linalg.matrix_rank(np.column_stack([Z, own])) for own in (T, X))

    found = error_degrees_of_freedom(model, design)

    assert found.pure_error == n - both
    assert found.pure_error_between_groups == both - T.shape[1]
    assert found.lack_of_fit == both - modelled


def test_independent_runs_are_counted_as_ever() -> None:
    """Runs less settings; settings less terms; nothing between groups."""
    found = error_degrees_of_freedom(
        _model([4]), np.array([[-1.0], [-1 / 3], [1 / 3], [1.0], [1.0]])
    )

    assert (found.pure_error, found.lack_of_fit) == (1, 1)
    assert found.pure_error_between_groups is None
