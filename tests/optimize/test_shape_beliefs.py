"""What the runs made say of two rival shapes does not hang on units, and meets a closed form."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.optimize.planted import GRID, N_EACH, bent, measured, slope, study

from electrodoe.optimize import rival_shapes

ASKED = np.random.default_rng(1).uniform(-1, 1, (25, 2))


@settings(max_examples=15)
@given(factor=st.floats(1e-3, 1e3), zero=st.floats(-1e3, 1e3))
def test_another_unit_of_the_response_changes_no_belief_and_no_run(region_of_two, factor, zero):
    """Means are converted, variances by the square, and the same points are taken."""
    made, _ = study(region_of_two, bent, seed=1)
    data = replace(made.data[0], response=zero + factor * made.data[0].response)

    before = rival_shapes(made, made.data[0], ASKED)
    after = rival_shapes(made, data, ASKED)

    assert after.belief == pytest.approx(before.belief, rel=1e-4)
    assert after.bend.mean == pytest.approx(zero + factor * before.bend.mean, rel=1e-6, abs=1e-4)
    assert after.standard_errors() == pytest.approx(factor * before.standard_errors(), rel=1e-4)
    assert after.parting(3) == before.parting(3)


def test_without_noise_a_bend_runs_through_the_runs_made_and_a_quadratic_does_not(region_of_two):
    """The means of the runs are met by the one alone."""
    made, _ = study(region_of_two, bent, seed=1)
    exact = bent(GRID)[:, None] + np.linspace(-1e-3, 1e-3, N_EACH)
    data = replace(made.data[0], response=exact.ravel())

    shapes = rival_shapes(made, data, (GRID - 5.0) / 5.0)

    assert np.abs(shapes.bend.mean - bent(GRID)).max() < 0.1
    assert np.abs(shapes.quadratic.mean - bent(GRID)).max() > 1.0


def test_a_smooth_hump_is_believed_and_scattered_productions_are_not(region_of_two):
    """By the mean of 20 studies of each kind; a right quadratic leaves the odds about even."""
    belief = {
        kind: np.mean(
            [
                rival_shapes(made, made.data[0], ASKED).belief
                for made in (study(region_of_two, surface, n, effect)[0] for n in range(20))
            ]
        )
        for kind, surface, effect in (
            ("bend", bent, 0.0),
            ("effects", slope, 3.0),
            ("neither", slope, 0.0),
        )
    }

    assert belief["bend"] > 0.6
    assert belief["effects"] < 0.15
    assert 0.3 < belief["neither"] < 0.6


def test_a_new_production_scatters_by_what_its_explanation_says(region_of_two):
    """Effects make it scatter more than replicates do; a bend leaves it at their standard error."""
    rng = np.random.default_rng(2)
    made, _ = study(region_of_two, slope, 1, effect=3.0)
    values = measured(GRID, slope, rng, effect=3.0)
    data = replace(made.data[0], response=values.ravel())

    shapes = rival_shapes(made, data, ASKED)

    own = values.var(axis=1, ddof=1).mean() / N_EACH
    assert own <= shapes.bend.noise < 2.5 * own
    assert shapes.quadratic.noise > 5.0 * own
