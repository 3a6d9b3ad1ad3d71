"""Shapes, shares and ways up meet the textbook."""

import numpy as np
import polars as pl
import pytest
from tests.optimize.conftest import decide, grid_data, hill, study_of

from electrodoe.errors import RecommendationError
from electrodoe.models.least_squares import least_squares
from electrodoe.models.terms import quadratic_matrix
from electrodoe.optimize import (
    canonical_analysis,
    second_degree,
    second_degree_shape,
    sobol_indices,
    steepest_path,
)

BOTH = np.array([True, True])


def chem_react(folder):
    """Return b and B of the textbook's second-order fit with blocks."""
    file = folder / "rsm-textbook" / "rsm_ChemReact.csv"
    if not file.is_file():
        pytest.skip("the textbook's data are not beside the repository")
    table = pl.read_csv(file)
    time, temperature = table["Time"].to_numpy(), table["Temp"].to_numpy()
    X = quadratic_matrix(np.column_stack([(time - 85) / 5, (temperature - 175) / 5]), BOTH)
    block = (table["Block"].to_numpy() == "B2").astype(float)
    names = [str(number) for number in range(7)]
    fitted = least_squares(np.column_stack([X, block]), table["Yield"].to_numpy(), names)
    return second_degree(fitted[:6], BOTH)


def test_chem_react_is_analyzed_to_the_printed_digits(shared_data):
    """Stationary point (86.86148, 176.67190), eigenvalues -0.9233027 and -1.3186949: a maximum."""
    found = canonical_analysis(*chem_react(shared_data))

    assert found.stationary_point.round(7).tolist() == [0.3722954, 0.3343802]
    units = np.array([85.0, 175.0]) + 5.0 * found.stationary_point
    assert units.round(5).tolist() == [86.86148, 176.67190]
    assert found.eigenvalues.round(7).tolist() == [-0.9233027, -1.3186949]
    assert found.kind == "maximum"


def test_a_flat_surface_has_no_stationary_point():
    """A rising ridge is refused, with the way to go on."""
    with pytest.raises(RecommendationError, match="flat in some direction") as caught:
        canonical_analysis(np.array([1.0, 1.0]), np.diag([-1.0, 0.0]))

    assert "steepest ascent" in caught.value.fix


def test_the_shape_is_found_again_from_runs():
    """A hill at (3, 6) in coded units of a region from 0 to 10."""
    data = grid_data(hill(3, 6))
    made = decide(study_of({"y": {"goal": "maximize"}}), [hill(3, 6)])

    found = second_degree_shape(made.region, data)

    np.testing.assert_allclose(found.analysis.stationary_point, [-0.4, 0.2], atol=1e-9)
    np.testing.assert_allclose(found.analysis.eigenvalues, [-25.0, -25.0])


def test_sobol_indices_of_a_product_are_the_textbooks():
    """Of a + 2 b + 3 a b in coded units: 1/3, 4/3 and 1 parts of 8/3."""
    made = decide(
        study_of({"y": {"goal": "maximize"}}),
        [lambda x: (x[:, 0] - 5) / 5 + 2 * (x[:, 1] - 5) / 5 + 3 * (x - 5).prod(axis=1) / 25],
    )

    (found,) = sobol_indices(made, seed=1)

    assert found.first["a"] == pytest.approx(1 / 8, abs=0.01)
    assert found.first["b"] == pytest.approx(4 / 8, abs=0.01)
    assert found.total["a"] == pytest.approx(4 / 8, abs=0.01)


def test_the_steepest_way_runs_straight_to_the_edge():
    """Of 3 a + b: b rises by a third of a, until a is at its end."""
    made = decide(study_of({"y": {"goal": "maximize"}}), [lambda x: 3 * x[:, 0] + x[:, 1]])

    way = steepest_path(made, 0)

    np.testing.assert_allclose(way[-1], [1.0, 1 / 3], atol=1e-6)
    assert np.all(np.diff(made.predictions(way)[:, 0]) > 0)


def test_the_steepest_way_stops_at_a_limit():
    """And goes down where less is wanted."""
    study = study_of({"y": {"goal": "minimize"}}, plan={"runs": 12, "constraints": ["a >= 3"]})
    made = decide(study, [lambda x: x[:, 0]])

    assert made.settings(steepest_path(made, 0))[-1, 0] == pytest.approx(3.0, abs=0.05)
