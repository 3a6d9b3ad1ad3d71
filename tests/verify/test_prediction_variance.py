"""Variance over the region: by least squares equal to the plan's curve, between refits of any."""

import numpy as np
import pytest
from tests.design.problems import problem_of
from tests.verify.conftest import LEVELS, tortuosity

from electrodoe.design.assessment.evaluation import evaluate_plan
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.region.points import region_points
from electrodoe.design.search.search import search
from electrodoe.models import fit, tune
from electrodoe.verify import (
    least_squares_variance,
    refit_predictions,
    refit_variance,
    studied_region,
)


def test_the_17_run_plan_has_its_known_unscaled_variance(study, anodes):
    """Minimum .204, 10 % .236, median .321, 90 % .509, 95 % .575, 99 % .723, mean .351.

    These are of a plan whose mean is .3 % above the best one's, which our search finds and which
    has 50 % .3205, 80 % .4410, 90 % .5076, 95 % .5637; so the first are met within 6 %.
    """
    coded = search(problem_of([4, 4, 4], 17, over="continuous"), 1).design
    low, high = np.array([(levels[0], levels[-1]) for levels in LEVELS]).T
    settings = low + (coded + 1.0) / 2.0 * (high - low)

    curve = least_squares_variance(
        data := anodes("tortuosity", tortuosity, settings=settings), studied_region(study, data)
    )

    unscaled = curve.fds["prediction_variance"].to_numpy() / curve.residual_variance
    found = np.interp([0.0, 0.1, 0.5, 0.9, 0.95, 0.99], curve.fds["fraction"], unscaled)
    assert found == pytest.approx([0.204, 0.236, 0.321, 0.509, 0.575, 0.723], rel=0.06)
    best = np.interp([0.5, 0.8, 0.9, 0.95], curve.fds["fraction"], unscaled)
    assert best == pytest.approx([0.3205, 0.4410, 0.5076, 0.5637], abs=5e-4)
    assert np.trapezoid(unscaled, curve.fds["fraction"]) == pytest.approx(0.351, rel=0.01)


def test_least_squares_is_the_plans_curve_times_the_residual_variance(study, anodes):
    """Exactly: same points, same fractions; s² from the configurations' means with 7 freedoms."""
    data = anodes("tortuosity", tortuosity)
    studied = studied_region(study, data)
    plan = PlanModel(region=studied.region, terms=model_terms("quadratic", studied.region.axes))
    design = studied.coded(anodes.settings)

    curve = least_squares_variance(data, studied)

    fds = evaluate_plan(plan, design, with_bound=False).fds
    means = data.response.reshape(17, 3).mean(axis=1)
    X = plan.terms.matrix(design)
    residuals = means - X @ np.linalg.lstsq(X, means, rcond=None)[0]
    assert curve.residual_variance == pytest.approx(residuals @ residuals / 7, rel=1e-9)
    assert curve.degrees_of_freedom == 7
    expected = fds["prediction_variance"].to_numpy() * curve.residual_variance
    assert curve.fds["prediction_variance"].to_numpy() == pytest.approx(expected, rel=1e-9)


def test_a_saturated_plan_has_no_least_squares_variance(study, anodes):
    """Ten configurations for ten terms leave nothing to tell the scatter from."""
    data = anodes("tortuosity", tortuosity, settings=anodes.settings[:10])

    assert least_squares_variance(data, studied_region(study, data)) is None


@pytest.mark.parametrize("family", ["mlr", "ridge_quadratic", "gaussian_process"])
def test_refits_vary_less_with_more_configurations(study, anodes, family: str):
    """Four times as many configurations: half of a plane's median variance, and less of any."""
    rng = np.random.default_rng(2)
    ends = np.array([(8.2, 11.2), (50.0, 65.0), (0.25, 0.40)]).T
    medians = []
    for n in (18, 72):
        data = anodes("tortuosity", tortuosity, settings=rng.uniform(*ends, (n, 3)), between=0.05)
        studied = studied_region(study, data)
        points = studied.decoded(region_points(studied.region)[:128])
        model = fit(data, family, tune(data, family, width=1))
        refits = refit_predictions(data, model, points, n_bootstraps=40, seed=1)
        medians.append(float(np.median(refits.variance)))

    assert medians[1] < (0.5 if family == "mlr" else 1.0) * medians[0]


def test_refits_of_a_plane_have_the_variance_of_theory(study, anodes):
    """For a plane that is true, the configuration bootstrap comes near s² f'(X'X)⁻¹f.

    With 60 configurations and 400 refits, the median ratio is within 25 % of one.
    """
    rng = np.random.default_rng(4)
    settings = rng.uniform([8.2, 50.0, 0.25], [11.2, 65.0, 0.40], (60, 3))
    data = anodes("tortuosity", lambda x: 5.0 + 0.2 * x[:, 0], settings=settings, within=0.0)
    studied = studied_region(study, data)
    coded = region_points(studied.region)[:200]
    model = fit(data, "mlr", {})

    refits = refit_predictions(data, model, studied.decoded(coded), n_bootstraps=400, seed=1)

    X = np.column_stack([np.ones(60), studied.coded(settings)])
    means = data.response.reshape(60, 3).mean(axis=1)
    residuals = means - X @ np.linalg.lstsq(X, means, rcond=None)[0]
    F = np.column_stack([np.ones(200), coded])
    theory = residuals @ residuals / 56 * np.sum((F @ np.linalg.inv(X.T @ X)) * F, axis=1)
    assert np.median(refits.variance / theory) == pytest.approx(1.0, abs=0.25)


def test_a_polynomial_that_draws_cannot_determine_is_not_refitted(study, anodes):
    """Seventeen configurations hold eleven in a draw, for ten terms: no refits, no curve."""
    data = anodes("tortuosity", tortuosity)
    model = fit(data, "polynomial", {"quadratic": [True] * 3})

    refits = refit_predictions(data, model, data.inputs[:5], n_bootstraps=20, seed=1)

    assert refits.n_refits == 0
    assert refit_variance("polynomial", refits) is None


def test_refits_do_not_depend_on_the_order_of_rows(anodes):
    """The same to the bit."""
    data = anodes("tortuosity", tortuosity)
    shuffled = data.take(np.random.default_rng(1).permutation(data.n_samples))
    model = fit(data, "mlr", {})

    first, second = (
        refit_predictions(samples, model, data.inputs[:5], n_bootstraps=5, seed=1).predictions
        for samples in (data, shuffled)
    )

    assert np.array_equal(first, second)
