"""Criteria against their definitions typed out, and the reasons why some have no value."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.design.problems import axes_of

from electrodoe.design.assessment.criteria import (
    CRITERIA,
    efficiencies,
    mean_variances,
    proven_efficiencies,
    region_moments,
)
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.moments import Moments
from electrodoe.design.model.plan_model import PlanModel, prediction_variance
from electrodoe.design.region.region import region_of


def _model(levels, constraints=(), groups=None) -> PlanModel:
    region = region_of(axes_of(levels), constraints)
    return PlanModel(region=region, terms=model_terms("quadratic", region.axes), groups=groups)


@given(st.integers(0, 2**32 - 1))
def test_i_is_the_mean_variance_typed_out(seed: int) -> None:
    """On the grid the plain mean; on the square Gauss' rule of degree nine."""
    rng = np.random.default_rng(seed)
    model = _model([4, 5])
    design = model.region.sample(11, rng)
    assume(np.linalg.cond(model.information(design)) < 1e6)
    covariance = model.covariance(design)
    nodes, weights = np.polynomial.legendre.leggauss(5)
    square = np.stack(np.meshgrid(nodes, nodes, indexing="ij"), axis=-1).reshape(-1, 2)
    fraction = np.outer(weights, weights).ravel() / 4.0
    X = model.terms.matrix(design)
    inverse = np.linalg.inv(X.T @ X)
    F, G = model.terms.matrix(square), model.terms.matrix(model.region.grid(2))

    found = mean_variances(model, covariance, region_moments(model)).values

    assert found["i_continuous"] == pytest.approx(
        fraction @ np.sum(F @ inverse * F, axis=1), rel=1e-9
    )
    assert found["i_grid"] == pytest.approx(np.mean(np.sum(G @ inverse * G, axis=1)), rel=1e-9)


def test_a_full_factorial_is_fully_efficient_for_its_line() -> None:
    """Orthogonal, all at the corners: D = A = G = 1."""
    axes = axes_of([2, 2])
    terms = model_terms("interactions", axes)
    model = PlanModel(region=region_of(axes), terms=terms)
    design = model.region.grid(2)
    covariance = model.covariance(design)
    largest = prediction_variance(terms, covariance, design).max()

    found = efficiencies(model.information(design), covariance, largest, 4).values

    assert [found[f"{name}_efficiency"] for name in "dag"] == pytest.approx([1.0] * 3)


def test_what_is_not_defined_says_why() -> None:
    """No levels, no mean over them; the reason stands beside the definition."""
    model = _model([4, None])
    design = model.region.sample(9, np.random.default_rng(1))

    frame = mean_variances(model, model.covariance(design), region_moments(model)).frame

    assert frame["criterion"].to_list() == ["i_continuous", "i_grid"]
    assert frame["value"][1] is None
    assert "'b' may lie anywhere between its ends" in frame["definition"][1]


def test_a_plan_beside_its_levels_is_compared_with_plans_that_may_be_there_too() -> None:
    """The scope of the bound follows the plan that was brought."""
    model = _model([4, 4])
    on = model.region.sample(9, np.random.default_rng(1))
    beside = on + np.where(on > 0.9, -0.05, 0.0)
    notes = []
    for design in (on, beside):
        values = {"i_continuous": 1.0, "i_grid": 1.0, "d_efficiency": 0.1}
        notes.append(proven_efficiencies(model, design, values, region_moments(model)).notes[0])

    assert notes == [
        "Bounds hold for any plan on these levels.",
        "Bounds hold for any plan in the region.",
    ]


def test_a_plan_outside_the_region_has_no_bound() -> None:
    """Beyond an end, and beyond a limit."""
    values = {"i_continuous": 1.0, "i_grid": 1.0, "d_efficiency": 0.1}
    beyond = np.array([[1.2, 0.0]])
    cut = np.array([[0.9, 0.9]])
    for constraints, design in (((), beyond), (("a + b <= 1",), cut)):
        model = _model([4, 4], constraints)
        found = proven_efficiencies(model, design, values, region_moments(model))

        assert set(found.values.values()) == {None}
        assert "outside the region" in found.frame["definition"][0]


def test_too_many_candidates_are_admitted() -> None:
    """Twelve factors tied by a limit."""
    names = "abcdefghijkl"
    model = _model([3] * 12, ["+".join(names) + " <= 3"])
    values = {"i_continuous": 1.0, "i_grid": None, "d_efficiency": 0.1}
    unit = Moments(matrix=np.eye(91), is_exact=True, how="")

    found = proven_efficiencies(model, np.zeros((1, 12)), values, {"i_continuous": unit})

    assert "too many candidates" in found.frame["definition"][0]


def test_groups_and_existing_runs_are_reported() -> None:
    """A loose bound is called loose."""
    model = _model([3, 3], groups=np.arange(12) // 3)
    design = model.region.sample(12, np.random.default_rng(2))
    values = {"i_continuous": 1.0, "i_grid": None, "d_efficiency": 0.1}

    found = proven_efficiencies(model, design, values, region_moments(model), design[:4])

    assert found.values["i_grid_efficiency_bound"] is None
    assert any("begin with the 4 existing runs" in note for note in found.notes)
    assert any("loose" in note for note in found.notes)


def test_existing_runs_beyond_the_region_leave_the_bound_to_the_new_ones() -> None:
    """What was made stays made: the new runs alone are chosen, and they keep the levels."""
    model = _model([3, 3])
    existing = np.array([[1.3, 0.0], [0.2, -0.7]])
    design = np.vstack([existing, model.region.sample(9, np.random.default_rng(2))])
    values = {"i_continuous": 1.0, "i_grid": 1.0, "d_efficiency": 0.1}

    found = proven_efficiencies(model, design, values, region_moments(model), existing)

    assert found.values["i_continuous_efficiency_bound"] is not None
    assert found.notes[0] == "Bounds hold for any plan on these levels."


def test_every_criterion_has_a_definition_of_one_sentence() -> None:
    """And the table keeps their order."""
    assert all(definition and "\n" not in definition for definition in CRITERIA.values())
