"""Prediction variance over the region: curve, worst point, slices, points."""

import numpy as np
import pytest
from tests.design.problems import axes_of

from electrodoe.design.assessment.design_space import (
    fraction_of_design_space,
    variance_quantiles,
    variance_slices,
)
from electrodoe.design.classical.response_surface import central_composite
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.plan_model import PlanModel, prediction_variance
from electrodoe.design.region.points import region_points
from electrodoe.design.region.region import region_of
from electrodoe.design.search.worst_point import max_variance
from electrodoe.errors import DesignError


def _model(levels, constraints=(), model="quadratic", forbidden=()) -> PlanModel:
    region = region_of(axes_of(levels), constraints, forbidden)
    return PlanModel(region=region, terms=model_terms(model, region.axes))


def test_the_curve_of_a_line_has_its_closed_form() -> None:
    """Two runs at the ends: PV is (1 + x^2) / 2, below (1 + s^2) / 2 in a fraction s."""
    model = _model([None], model="linear")
    covariance = model.covariance(np.array([[-1.0], [1.0]]))
    points = region_points(model.region)

    curve = fraction_of_design_space(prediction_variance(model.terms, covariance, points))

    assert len(curve) == 201
    expected = (1.0 + curve["fraction"].to_numpy() ** 2) / 2.0
    np.testing.assert_allclose(curve["prediction_variance"], expected, atol=5e-5)


def test_quantiles_carry_their_fractions() -> None:
    """Half, 80, 90, 95 % and the largest."""
    found = variance_quantiles(np.arange(101.0), 107.0)

    assert found == {"50%": 50.0, "80%": 80.0, "90%": 90.0, "95%": 95.0, "max": 107.0}


def test_the_worst_point_between_grid_points_is_climbed_to() -> None:
    """A random plan, against a grid of 401 by 401."""
    model = _model([None, None], model="cubic")
    design = np.random.default_rng(5).uniform(-0.9, 0.9, (14, 2))
    covariance = model.covariance(design)
    line = np.linspace(-1.0, 1.0, 401)
    dense = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    expected = prediction_variance(model.terms, covariance, dense).max()

    found = max_variance(model, covariance, np.zeros((1, 2)))

    assert expected <= found * (1.0 + 1e-12) <= 1.001 * expected


@pytest.mark.parametrize("constraint", ["a + b <= 0.37", "a*a + b*b <= 1.1"])
def test_the_worst_point_lies_within_the_limits(constraint: str) -> None:
    """A corner that a plane cuts, and the edge of a disk; never a point outside."""
    model = _model([None, None], [constraint])
    design = np.vstack([central_composite(2) * 0.5, np.zeros((1, 2)), [[0.1, 0.2]]])
    covariance = model.covariance(design)
    line = np.linspace(-1.0, 1.0, 1001)
    dense = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    dense = dense[model.region.is_feasible(dense)]
    expected = prediction_variance(model.terms, covariance, dense).max()

    found = max_variance(model, covariance, region_points(model.region))

    assert 0.999 * expected <= found <= 1.01 * expected


def test_each_category_is_climbed_in() -> None:
    """Only 'r' has little data; the worst point is there and between the ends it is found."""
    model = _model([None, ("p", "q", "r")])
    x = np.linspace(-1.0, 1.0, 6)
    design = np.vstack(
        [
            np.column_stack([x, np.zeros(6)]),
            np.column_stack([x, np.ones(6)]),
            [[-0.5, 2.0], [0.5, 2.0], [0.2, 2.0]],
        ]
    )
    covariance = model.covariance(design)
    line = np.column_stack([np.linspace(-1.0, 1.0, 2001), np.full(2001, 2.0)])
    expected = prediction_variance(model.terms, covariance, line).max()

    found = max_variance(model, covariance, region_points(model.region))

    assert found == pytest.approx(expected, rel=1e-6)


def test_slices_hold_the_others_at_the_center_point_and_leave_out_what_cannot_be_made() -> None:
    """In the factors' own units; null where a limit is broken."""
    model = _model([None, 3, None], ["a + b <= 0"])
    design = np.vstack([central_composite(3), np.zeros((1, 3))])
    covariance = model.covariance(design)

    slices = variance_slices(model, covariance)

    assert len(slices) == 3 * 41**2
    own = slices.filter(x_factor="a", y_factor="b")
    assert set(own["held"]) == {"c = 0.0"}
    broken = own.filter(own["x"] + own["y"] > 1e-9)
    assert broken["prediction_variance"].null_count() == len(broken) > 0
    kept = own.drop_nulls()
    points = np.column_stack([kept["x"], kept["y"], np.zeros(len(kept))])
    np.testing.assert_allclose(
        kept["prediction_variance"], prediction_variance(model.terms, covariance, points)
    )


def test_points_fill_a_tight_region_evenly() -> None:
    """A needle that random points of the box hardly meet: walks have the mean of its simplex."""
    region = region_of(axes_of([None] * 6), ["a + b + c + d + e + f <= -5"])

    points = region_points(region)

    assert len(points) >= 20_000
    assert region.is_feasible(points).all()
    np.testing.assert_allclose(points.mean(axis=0), -1.0 + 1.0 / 7.0, atol=6e-3)


def test_points_beside_a_category_take_every_name_alike() -> None:
    """A third each."""
    points = region_points(region_of(axes_of([None, ("p", "q", "r")]), ["a <= 0.2"]))

    fractions = np.bincount(points[:, 1].astype(int)) / len(points)
    np.testing.assert_allclose(fractions, 1.0 / 3.0, atol=1e-3)


def test_a_region_without_room_is_refused() -> None:
    """With the limits named."""
    region = region_of(axes_of([None, None]), ["a*a + b*b <= -1"])

    with pytest.raises(DesignError, match="no combination"):
        region_points(region)
