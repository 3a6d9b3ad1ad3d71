"""How surely a specification holds: tolerance limits that are printed in tables, and simulation."""

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.models import fit, jackknife_plus, predictive, tune
from electrodoe.models.probability_bound import guaranteed_probability, lower_probability_bound

PRINTED = (
    # n, content, confidence, one-sided factor k: Krishnamoorthy and Mathew (2009), table B1; the
    # same in Natrella, NBS Handbook 91 (1963), table A-7
    (5, 0.90, 0.90, 2.742),
    (10, 0.90, 0.95, 2.355),
    (20, 0.95, 0.95, 2.396),
    (10, 0.99, 0.95, 3.981),
    (50, 0.90, 0.95, 1.646),
)


@pytest.mark.parametrize(("n", "content", "confidence", "factor"), PRINTED)
def test_it_is_the_printed_tolerance_factor_asked_the_other_way_round(
    n, content, confidence, factor
):
    """A margin of k deviations is the content that the table says."""
    found = lower_probability_bound(np.array([factor]), np.array([1.0 / n]), n - 1.0, confidence)

    assert found[0] == pytest.approx(content, abs=1e-3)


@pytest.mark.parametrize("t", [0.0, 1e-7, 1e-3, 3e-3, 0.5, 40.0, 499.0, 501.0])
@pytest.mark.parametrize("confidence", [0.55, 0.75, 0.9])
def test_it_inverts_students_noncentral_t_at_both_signs(t, confidence):
    """SciPy's distribution, asked back, returns the confidence."""
    above, below = lower_probability_bound(np.array([t, -t]), np.ones(2), 7.0, confidence)

    for value, chance in ((t, above), (-t, below)):
        if 1e-12 < chance < 1.0 - 1e-12:
            back = scipy.stats.nct.cdf(value, 7.0, scipy.stats.norm.ppf(chance))
            assert back == pytest.approx(confidence, abs=1e-3)


@given(st.floats(-20.0, 20.0), st.floats(0.01, 3.0), st.floats(1.0, 60.0), st.floats(0.55, 0.99))
def test_it_grows_with_the_margin_and_shrinks_with_the_confidence(
    margin, leverage, degrees_of_freedom, confidence
):
    """And is always a chance."""
    v = np.full(3, leverage)
    near, here, far = lower_probability_bound(
        margin + np.array([-0.5, 0.0, 0.5]), v, degrees_of_freedom, confidence
    )
    surer = lower_probability_bound(
        np.array([margin]), v[:1], degrees_of_freedom, 0.5 + confidence / 2.0
    )[0]

    assert 0.0 <= near <= here + 1e-9 <= far + 2e-9 <= 1.0 + 3e-9
    assert surer <= here + 1e-9


@pytest.mark.parametrize("leverage", [0.0, 1e-9, 1e-5])
def test_a_prediction_without_error_leaves_that_of_the_deviation(leverage):
    """Then the chance is that of the margin by the largest deviation, a chi-square's."""
    found = lower_probability_bound(np.array([3.0]), np.array([leverage]), 9.0, 0.95)

    shrunk = 3.0 * np.sqrt(scipy.stats.chi2.ppf(0.05, 9) / 9)
    assert found[0] == pytest.approx(scipy.stats.norm.cdf(shrunk), abs=1e-4)


def test_without_scatter_a_specification_is_kept_or_not():
    """No division by zero."""
    found = guaranteed_probability(np.array([1.0, 3.0]), 0.0, np.zeros(2), 5.0, (2.0, np.inf), 0.9)

    assert found.tolist() == [0.0, 1.0]


def test_two_ends_share_what_may_fail():
    """Both bounds at 95 % are together right at 90 %."""
    center, v = np.array([5.0]), np.array([0.2])

    both = guaranteed_probability(center, 1.0, v, 12.0, (2.0, 7.5), 0.9)[0]

    below, above = lower_probability_bound(np.array([3.0, 2.5]), np.repeat(v, 2), 12.0, 0.95)
    assert both == pytest.approx(below + above - 1.0)


def simulated(rng, slope=10.0, effect=2.0, noise=1.0):
    """Return twelve configurations of one factor, three replicates each, about a plane."""
    levels = np.linspace(0.0, 1.0, 12)
    means = slope * levels + rng.normal(0.0, effect, 12)
    return TrainingData(
        scenario="all",
        response_name="y",
        input_names=("a",),
        inputs=np.repeat(levels, 3)[:, None],
        response=np.repeat(means, 3) + rng.normal(0.0, noise, 36),
        configurations=np.repeat(np.arange(12), 3),
        sample_names=tuple(f"s{number:02d}" for number in range(36)),
    )


@pytest.mark.parametrize(
    ("family", "n_studies", "expected"), [("mlr", 1000, 0.03), ("ridge_quadratic", 100, 0.08)]
)
def test_the_bound_is_right_as_often_as_it_says(family, n_studies, expected):
    """Simulated: a plane, run-to-run variation, replicates; the true chance is known.

    For least squares it is nearly exact (two variances are combined by Satterthwaite's rule); for
    a refitted family it is an approximation, which may be too careful.
    """
    rng = np.random.default_rng(11)
    at, lower = np.array([[0.8]]), 5.0
    true = scipy.stats.norm.cdf((8.0 - lower) / np.hypot(2.0, 1.0))
    held = []
    for _ in range(n_studies):
        data = simulated(rng)
        model = fit(data, family, tune(data, family, width=1))
        known = predictive(data, model, width=1)
        held.append(known.guaranteed(at, lower, np.inf, 0.9)[0] <= true)

    assert 0.9 - expected <= np.mean(held)
    assert family != "mlr" or np.mean(held) <= 0.9 + expected


def test_unscaled_residuals_assure_nothing():
    """They do not say how much of an error is the prediction's."""
    data = simulated(np.random.default_rng(3))
    model = fit(data, "ridge_quadratic", tune(data, "ridge_quadratic", width=1))

    with pytest.raises(ModelError, match="not scaled") as caught:
        jackknife_plus(data, model, width=1).guaranteed(data.inputs, 0.0, 5.0, 0.9)

    assert "is_scaled=True" in caught.value.fix
