"""What the runs say of two rival shapes does not hang on units, and meets a closed form."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.optimize.planted import GRID, N_EACH, curved, measured, slope, study

from electrodoe.optimize import rival_shapes

ASKED = np.random.default_rng(1).uniform(-1, 1, (25, 2))


@settings(max_examples=15)
@given(factor=st.floats(1e-3, 1e3), zero=st.floats(-1e3, 1e3))
def test_another_unit_of_the_response_changes_no_belief_and_no_run(region_of_two, factor, zero):
    """Means are converted, variances by the square, and the same points are taken."""
    existing, _ = study(region_of_two, curved, seed=1)
    data = replace(existing.data[0], response=zero + factor * existing.data[0].response)

    before = rival_shapes(existing, existing.data[0], ASKED)
    after = rival_shapes(existing, data, ASKED)

    assert after.odds == pytest.approx(before.odds, rel=1e-4)
    assert after.curved.mean == pytest.approx(
        zero + factor * before.curved.mean, rel=1e-6, abs=1e-4
    )
    assert after.standard_errors() == pytest.approx(factor * before.standard_errors(), rel=1e-4)
    assert after.discriminating(3) == before.discriminating(3)


def test_without_noise_curvature_runs_through_the_existing_runs_and_a_quadratic_does_not(
    region_of_two,
):
    """The means of the runs are met by the one alone."""
    existing, _ = study(region_of_two, curved, seed=1)
    exact = curved(GRID)[:, None] + np.linspace(-1e-3, 1e-3, N_EACH)
    data = replace(existing.data[0], response=exact.ravel())

    shapes = rival_shapes(existing, data, (GRID - 5.0) / 5.0)

    assert np.abs(shapes.curved.mean - curved(GRID)).max() < 0.1
    assert np.abs(shapes.quadratic.mean - curved(GRID)).max() > 1.0


def test_a_smooth_hump_is_believed_and_scattered_productions_are_not(region_of_two):
    """By the mean of 20 studies of each kind; a right quadratic leaves the odds about even."""
    odds = {
        kind: np.mean(
            [
                rival_shapes(existing, existing.data[0], ASKED).odds
                for existing in (study(region_of_two, surface, n, effect)[0] for n in range(20))
            ]
        )
        for kind, surface, effect in (
            ("curved", curved, 0.0),
            ("effects", slope, 3.0),
            ("neither", slope, 0.0),
        )
    }

    assert odds["curved"] > 0.6
    assert odds["effects"] < 0.15
    assert 0.3 < odds["neither"] < 0.6


def test_a_new_run_scatters_by_what_its_explanation_says(region_of_two):
    """Effects make it scatter more than replicates; curvature leaves their standard error."""
    rng = np.random.default_rng(2)
    existing, _ = study(region_of_two, slope, 1, effect=3.0)
    values = measured(GRID, slope, rng, effect=3.0)
    data = replace(existing.data[0], response=values.ravel())

    shapes = rival_shapes(existing, data, ASKED)

    own = values.var(axis=1, ddof=1).mean() / N_EACH
    assert own <= shapes.curved.noise < 2.5 * own
    assert shapes.quadratic.noise > 5.0 * own
