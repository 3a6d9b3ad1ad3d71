"""Two outcomes and counts: regressions beside published digits, and how often intervals hold."""

import numpy as np
import pytest
import scipy.optimize
import scipy.special

from electrodoe.arrays import Floats
from electrodoe.errors import ModelError
from electrodoe.models import (
    families_of,
    fit,
    given_hyperparameters,
    model_from_bytes,
    model_to_bytes,
    needs_refits,
    outcome_intervals,
    predictive,
    tune,
)
from electrodoe.models.generalized_linear import fit_generalized, inverse_link
from electrodoe.study import ResponseKind
from strategies.outcomes import sampled

JOINTS_F = np.array(
    [66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58.0]
)
DISTRESS = np.array([0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1.0])
"""O-rings of 23 launches (Dalal, Fowlkes, Hoadley, JASA 84 (1989) 945, Table 1): joint temperature
in °F, and whether a primary ring showed distress."""


def plane(inputs: Floats) -> Floats:
    """Return a tilted plane of logits or logarithms."""
    return np.asarray(0.3 + 1.5 * inputs[:, 0] - 0.8 * inputs[:, 1])


def test_o_rings_as_published() -> None:
    """15.043 and -0.232 as Dalal et al. print them; errors as statsmodels 0.15 has them."""
    X = np.column_stack([np.ones(23), JOINTS_F])

    found = fit_generalized(X, DISTRESS, "binary", is_penalized=False)

    np.testing.assert_allclose(found.coefficients, [15.04290165, -0.23216274], rtol=1e-7)
    np.testing.assert_allclose(found.standard_errors, [7.37863638, 0.10823652], rtol=1e-6)
    assert found.log_likelihood == pytest.approx(-10.157596343933413, abs=1e-9)


def test_counts_as_in_statsmodels() -> None:
    """A Poisson GLM of 20 counts, statsmodels 0.15."""
    counts = np.array([0, 1, 0, 2, 1, 1, 0, 3, 2, 2, 4, 3, 2, 5, 4, 6, 5, 8, 7, 9.0])
    X = np.column_stack([np.ones(20), np.linspace(-1.0, 1.0, 20)])

    found = fit_generalized(X, counts, "count", is_penalized=False)

    np.testing.assert_allclose(found.coefficients, [0.85691294, 1.36388387], rtol=1e-7)
    np.testing.assert_allclose(found.standard_errors, [0.16529489, 0.24578564], rtol=1e-6)


def test_the_penalty_adds_half_an_outcome_to_each_cell_of_a_two_by_two_table() -> None:
    """Firth (1993), section 3.3: of a saturated table the estimates are Haldane's, zeros or not."""
    events, samples = np.array([0, 4]), np.array([5, 6])
    group = np.repeat([0.0, 1.0], samples)
    y = np.concatenate([np.arange(n) < k for k, n in zip(events, samples, strict=True)])

    found = fit_generalized(np.column_stack([np.ones(11), group]), y.astype(float), "binary")

    logits = np.log((events + 0.5) / (samples - events + 0.5))
    np.testing.assert_allclose(found.coefficients, [logits[0], logits[1] - logits[0]], atol=1e-7)


@pytest.mark.parametrize("kind", ["binary", "count"])
def test_the_penalized_maximum_is_the_maximum(kind: ResponseKind) -> None:
    """Another optimizer climbs likelihood and half the logarithm of the determinant as high."""
    data = sampled(kind, 25, 3, plane)
    X = np.column_stack([np.ones(25), data.inputs])

    def loss(coefficients: Floats) -> float:
        linear = X @ coefficients
        mean = inverse_link(kind, linear)
        weight = mean * (1.0 - mean) if kind == "binary" else mean
        part = np.logaddexp(0.0, linear) if kind == "binary" else mean
        half = 0.5 * np.linalg.slogdet((X * weight[:, None]).T @ X)[1]
        return float(-(data.response @ linear - part.sum()) - half)

    best = scipy.optimize.minimize(loss, np.zeros(3), method="BFGS", options={"gtol": 1e-9})
    found = fit_generalized(X, data.response, kind)
    without = fit_generalized(X, data.response, kind, zero=1)
    held = scipy.optimize.minimize(
        lambda two: loss(np.insert(two, 1, 0.0)), np.zeros(2), method="BFGS"
    )

    np.testing.assert_allclose(found.coefficients, best.x, atol=1e-5)
    np.testing.assert_allclose(without.coefficients, np.insert(held.x, 1, 0.0), atol=1e-4)


def test_separated_outcomes_have_finite_coefficients_with_the_penalty_alone() -> None:
    """Where x > 0 everything passes: without the penalty there is no maximum."""
    x = np.linspace(-1.0, 1.0, 12)
    X, y = np.column_stack([np.ones(12), x]), (x > 0.0).astype(float)

    found = fit_generalized(X, y, "binary")

    assert np.all(np.isfinite(found.coefficients))
    assert 1.0 < found.coefficients[1] < 20.0
    with pytest.raises(ModelError, match="separates the outcomes"):
        fit_generalized(X, y, "binary", is_penalized=False)


@pytest.mark.parametrize("family", [*families_of("binary"), *families_of("count")])
def test_predictions_keep_their_bounds_and_their_bytes(family: str) -> None:
    """Far outside of the samples, too; a saved model predicts the same bits."""
    kind: ResponseKind = "binary" if family in families_of("binary") else "count"
    data = sampled(kind, 40, 1, plane)
    model = fit(data, family, tune(data, family))
    far = np.array([[9.0, -9.0], [-9.0, 9.0], [0.1, 0.2]])

    predicted = model.predict(far)

    assert predicted.min() >= 0.0
    assert kind == "count" or predicted.max() <= 1.0
    assert predicted[0] > predicted[1]
    again = model_from_bytes(model_to_bytes(model))
    np.testing.assert_array_equal(again.predict(far), predicted)
    assert not needs_refits(model)


def test_a_pass_window_is_seen_and_a_plane_stays_a_plane() -> None:
    """The degree is chosen: of 40 planes at most 6 are bent, of 10 windows at least 9 are seen."""
    bent = [
        tune(sampled("binary", 40, seed, plane), "logistic")["degree"] == 2 for seed in range(40)
    ]
    seen = [
        tune(sampled("binary", 80, seed, lambda x: 3.0 - 8.0 * x[:, 0] ** 2), "logistic")["degree"]
        for seed in range(10)
    ]

    assert sum(bent) <= 6
    assert seen.count(2) >= 9


def test_a_degree_may_be_given() -> None:
    """Then it is not searched, and stays in refits."""
    data = sampled("binary", 40, 1, plane)
    given = given_hyperparameters("logistic", {"degree": 2})

    chosen = tune(data, "logistic", given=given)

    assert chosen["degree"] == 2
    assert len(fit(data, "logistic", chosen).state["coefficients"]) == 6


def test_families_of_other_responses_are_refused_by_name() -> None:
    """Neither is a least-squares family for outcomes, nor a logistic one for numbers."""
    data = sampled("binary", 20, 0, plane)

    with pytest.raises(ModelError, match="'mlr' is for a number response") as refused:
        tune(data, "mlr")

    assert "logistic" in refused.value.fix
    forest = fit(data, "probability_forest", tune(data, "probability_forest"))
    with pytest.raises(ModelError, match="no interval of a probability"):
        predictive(data, forest)


def test_intervals_of_probabilities_hold_nine_of_ten() -> None:
    """300 simulated studies of 40 runs: nine in ten of the true probabilities, and none below 0.

    Other truths, 20 to 100 runs: decision 33.
    """
    rng = np.random.default_rng(2)
    points = rng.uniform(-1.0, 1.0, (20, 2))
    truth = scipy.special.expit(plane(points))
    held = []
    for seed in range(300):
        data = sampled("binary", 40, seed, plane)
        if np.ptp(data.response) == 0.0:
            continue
        model = fit(data, "logistic", {"degree": 1, "quadratic": [True, True]})
        ends = outcome_intervals(data, model).intervals(points, 0.9)
        held.append(np.mean((ends.lower <= truth) & (truth <= ends.upper)))
        assert ends.lower.min() >= 0.0
        assert ends.upper.max() <= 1.0

    assert 0.87 <= np.mean(held) <= 0.94


def test_samples_of_one_run_that_go_together_widen_the_interval() -> None:
    """Eight samples of each run pass or fail together: what they say is that of one."""
    data = sampled("binary", 24, 4, plane)
    together = data.take(np.repeat(np.arange(24), 8))
    mixed = fit(together, "logistic", {"degree": 1, "quadratic": [True, True]})

    known = outcome_intervals(together, mixed)

    assert known.dispersion > 4.0
    assert known.degrees_of_freedom == 21.0
    assert outcome_intervals(data, mixed).dispersion == 1.0


def test_a_new_count_lies_where_it_is_said_and_is_never_negative() -> None:
    """90 % intervals of 200 simulated studies; counts are whole, so that they hold more."""
    held = []
    for seed in range(200):
        data = sampled("count", 24, seed, plane)
        model = fit(data, "poisson", {"degree": 1, "quadratic": [True, True]})
        new = sampled("count", 20, seed + 1000, plane)
        ends = outcome_intervals(data, model).intervals(new.inputs, 0.9)
        held.append(np.mean((ends.lower <= new.response) & (new.response <= ends.upper)))
        assert ends.lower.min() >= 0.0

    assert 0.9 <= np.mean(held) <= 0.98
