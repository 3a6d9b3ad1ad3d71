"""Intervals meet the textbook where it has an answer, and are refused where there is none."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.stats
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.dataset import (
    TrainingData,
    configuration_means,
    leave_one_configuration_out,
)
from electrodoe.errors import ModelError
from electrodoe.models import (
    fit,
    jackknife_plus,
    mean_intervals,
    needs_refits,
    predictive,
    refit_without,
    replicate_intervals,
    tune,
)
from electrodoe.models.intervals import require_level


def line_data(response, configurations, inputs=None):
    """Return samples of one input; a configuration's number is its setting if none is given."""
    configurations = np.asarray(configurations)
    inputs = configurations.astype(float) if inputs is None else np.asarray(inputs)
    return TrainingData(
        scenario="all",
        response_name="strength_kpa",
        input_names=("porosity",),
        inputs=inputs[:, None],
        response=np.asarray(response, dtype=float),
        configurations=configurations,
        sample_names=tuple(f"s{number}" for number in range(len(response))),
    )


def fitted(data, family):
    return fit(data, family, tune(data, family, width=1))


@pytest.mark.parametrize(("n", "level"), [(9, 0.90), (19, 0.95), (4, 0.80)])
def test_a_level_needs_one_over_alpha_less_one_configurations(n: int, level: float):
    """90 % needs 9, 95 % needs 19: with 17, a 95 % interval without assumptions is infinite."""
    require_level(level, n, "here")

    with pytest.raises(
        ModelError, match=f"cannot support {100 * level:.0f} %.*at least {n}"
    ) as caught:
        require_level(level, n - 1, "response 'strength_kpa'")
    assert caught.value.where == "response 'strength_kpa'"
    assert "%" in caught.value.fix


@pytest.mark.parametrize("level", [0.0, 1.0, 90.0])
def test_a_level_is_a_fraction(level: float):
    """90 is refused, not read as 90 %."""
    with pytest.raises(ModelError, match="a fraction between 0 and 1"):
        require_level(level, 100, "here")


def test_without_replicates_it_is_the_textbooks_prediction_interval():
    """The ``obs_ci`` of statsmodels' ordinary least squares."""
    rng = np.random.default_rng(3)
    data = line_data(rng.normal(size=12), np.arange(12), rng.uniform(size=12))
    new = np.linspace(-0.5, 1.5, 7)[:, None]

    found = mean_intervals(data, fitted(data, "mlr")).intervals(new, 0.9)

    peer = sm.OLS(data.response, sm.add_constant(data.inputs)).fit()
    table = peer.get_prediction(sm.add_constant(new)).summary_frame(alpha=0.1)
    np.testing.assert_allclose(found.lower, table["obs_ci_lower"], rtol=1e-9)
    np.testing.assert_allclose(found.upper, table["obs_ci_upper"], rtol=1e-9)


def test_with_equal_replicates_two_mean_squares_are_added():
    """(1 + h) s² + (1 - 1/n) s_e², by Satterthwaite's rule."""
    rng = np.random.default_rng(4)
    data = line_data(rng.normal(size=30), np.repeat(np.arange(10), 3))
    new = np.array([[2.0], [11.0]])

    error, degrees_of_freedom = mean_intervals(data, fitted(data, "mlr")).standard_errors(new)

    x = np.arange(10.0)
    means = configuration_means(data.response[:, None], data.configurations)[:, 0]
    F, f = sm.add_constant(x), sm.add_constant(new)
    h = np.sum((f @ np.linalg.inv(F.T @ F)) * f, axis=1)
    s2 = sm.OLS(means, F).fit().mse_resid
    e2 = np.sum((data.response - np.repeat(means, 3)) ** 2) / 20
    first, second = (1 + h) * s2, 2 / 3 * e2
    np.testing.assert_allclose(error**2, first + second, rtol=1e-9)
    np.testing.assert_allclose(
        degrees_of_freedom, (first + second) ** 2 / (first**2 / 8 + second**2 / 20), rtol=1e-9
    )


def test_a_probability_and_an_interval_are_the_same_statement(data, new_settings):
    """Between the ends of the 90 % interval lie 90 %."""
    known = mean_intervals(data, fitted(data, "polynomial"))
    ends = known.intervals(new_settings[:1], 0.9)

    chance = known.probability(new_settings[:1], float(ends.lower[0]), float(ends.upper[0]))

    assert chance[0] == pytest.approx(0.9)


def hardness(others, x):
    """Return sqrt(1 + 3 f' (F' F + I)^-1 f) of a quadratic in settings coded from 0 and 10."""
    F = np.array([[1, s / 5 - 1, (s / 5 - 1) ** 2] for s in others])
    f = np.array([1, x / 5 - 1, (x / 5 - 1) ** 2])
    return np.sqrt(1 + 3 * f @ np.linalg.inv(F.T @ F + np.eye(3)) @ f)


@pytest.mark.parametrize("is_scaled", [False, True])
@pytest.mark.parametrize("weighing", ["pooled", "hierarchical"])
def test_jackknife_plus_is_its_definition(weighing: str, *, is_scaled: bool):
    """Refits, quantiles and weights typed out, for an uneven number of replicates."""
    rng = np.random.default_rng(5)
    sizes = [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2]
    configurations = np.repeat(np.arange(11), sizes)
    data = line_data(rng.normal(size=len(configurations)), configurations)

    found = jackknife_plus(
        data, fitted(data, "mlr"), weighing=weighing, is_scaled=is_scaled
    ).intervals(np.array([[4.5]]), 0.8)

    low, high, weight = [], [], []
    for k, size in enumerate(sizes):
        others = configurations != k
        slope, start = np.polyfit(configurations[others], data.response[others], 1)
        for value in data.response[configurations == k]:
            miss = abs(value - start - slope * k)
            if is_scaled:
                runs = np.setdiff1d(np.arange(11), k)
                miss *= hardness(runs, 4.5) / hardness(runs, k)
            low.append(start + slope * 4.5 - miss)
            high.append(start + slope * 4.5 + miss)
            weight.append(
                1 / (len(configurations) + 1) if weighing == "pooled" else 1 / (12 * size)
            )
    assert found.upper[0] == pytest.approx(
        min(h for h in high if np.dot(np.array(high) <= h, weight) >= 0.8)
    )
    assert found.lower[0] == pytest.approx(
        max(v for v in low if np.dot(np.array(low) >= v, weight) >= 0.8)
    )


def test_what_was_never_seen_counts_as_an_even_chance(data, new_settings):
    """Neither as kept nor as missed: 21/22 at most of ten configurations, 1/22 at least."""
    known = predictive(data, fitted(data, "ridge_quadratic"), width=1)
    n = data.n_configurations
    far = 1e3 * np.ptp(data.response)

    assert known.unseen == pytest.approx(1 / (n + 1))
    assert known.probability(new_settings, -far, far) == pytest.approx((n + 0.5) / (n + 1))
    assert known.probability(new_settings, far, np.inf) == pytest.approx(0.5 / (n + 1))
    assert known.probability(new_settings, -np.inf, np.inf).tolist() == [1.0] * len(new_settings)
    below = known.probability(new_settings, -np.inf, 0.0)
    above = known.probability(new_settings, np.nextafter(0.0, 1.0), np.inf)
    np.testing.assert_allclose(below + above, 1.0)


def test_weighing_configurations_alike_never_narrows(data, new_settings):
    """As long as all have as many replicates."""
    pooled = jackknife_plus(data, fitted(data, "mlr"))

    a = pooled.intervals(new_settings, 0.9)
    b = pooled.weighed("hierarchical").intervals(new_settings, 0.9)

    assert np.all(b.lower <= a.lower)
    assert np.all(b.upper >= a.upper)


def test_refits_made_elsewhere_give_the_same_intervals(data, new_settings):
    """One by one, in any place, in the order of the configurations."""
    model = fitted(data, "ridge_quadratic")
    refits = [
        refit_without(data, model, left_out, width=1)
        for left_out in leave_one_configuration_out(data.configurations)
    ]

    elsewhere = predictive(data, model, refits=refits).intervals(new_settings, 0.9)
    here = predictive(data, model, width=1).intervals(new_settings, 0.9)

    assert needs_refits(model)
    assert not needs_refits(fitted(data, "mlr"))
    assert elsewhere.lower.tolist() == here.lower.tolist()
    assert elsewhere.upper.tolist() == here.upper.tolist()


def test_too_few_configurations_are_refused_with_the_reason():
    """Eight cannot carry 90 % by jackknife+."""
    data = line_data([1.0, 2, 2, 3, 5, 5, 6, 8], np.arange(8))

    with pytest.raises(ModelError, match="8 configurations cannot support 90 %"):
        jackknife_plus(data, fitted(data, "mlr")).intervals(np.array([[3.0]]), 0.9)


def test_as_many_terms_as_configurations_leave_nothing_to_judge_by():
    """Two settings and a line."""
    data = line_data([1.0, 1.5, 3.0, 3.5], [0, 0, 1, 1])

    with pytest.raises(ModelError, match="2 configurations leave nothing over to judge 2 terms"):
        mean_intervals(data, fitted(data, "mlr"))


def test_a_family_that_is_not_linear_has_no_t_interval(data):
    """It has jackknife+, and the choice knows."""
    model = fitted(data, "ridge_quadratic")

    with pytest.raises(ModelError, match="not linear in its terms"):
        mean_intervals(data, model)
    assert "jackknife" in predictive(data, model, width=1).method


def test_one_more_replicate_lies_about_the_mean_of_the_others():
    """The mean, plus and minus t · s · sqrt(1 + 1/n)."""
    data = line_data([9.0, 11.0, 20.0, 22.0, 24.0], [0, 0, 1, 1, 1])

    found = replicate_intervals(data, 0.9)

    s = np.sqrt((1 + 1 + 4 + 0 + 4) / 3)
    half = scipy.stats.t.ppf(0.95, 3) * s * np.sqrt(1 + 1 / 2)
    assert found.kind == "new replicate"
    assert found.center.tolist() == [10.0, 22.0]
    assert found.upper[0] - 10.0 == pytest.approx(half)


def test_without_replicates_nobody_knows_how_they_scatter():
    """Refused, and not taken from the model's residuals."""
    with pytest.raises(ModelError, match="no configuration has a second sample"):
        replicate_intervals(line_data([1.0, 2.0], [0, 1]))


@given(shift=st.floats(-1e4, 1e4), scale=st.floats(1e-3, 1e3))
def test_intervals_follow_the_unit(shift: float, scale: float):
    """A response in another unit has the same interval in that unit."""
    data = line_data(np.sin(np.arange(24.0)) * 3, np.repeat(np.arange(12), 2))
    other = replace(data, response=shift + scale * data.response)
    new = np.array([[3.3], [14.0]])

    for make in (mean_intervals, jackknife_plus):
        first = make(data, fitted(data, "mlr")).intervals(new)
        second = make(other, fitted(other, "mlr")).intervals(new)
        tolerance = 1e-6 * (abs(shift) + scale)
        np.testing.assert_allclose(second.lower, shift + scale * first.lower, atol=tolerance)
        np.testing.assert_allclose(second.upper, shift + scale * first.upper, atol=tolerance)


def test_rows_that_are_runs_have_the_intervals_of_plain_least_squares():
    """Three runs at each of six settings: statsmodels' interval of an observation, 16 df."""
    rng = np.random.default_rng(4)
    settings = np.repeat(np.arange(6), 3)
    data = line_data(20.0 + 2.0 * settings + rng.normal(size=18), settings)
    as_runs = replace(data, runs=np.arange(18), is_run_assumed=True)
    new = np.array([[0.5], [2.25]])

    found = mean_intervals(as_runs, fitted(as_runs, "mlr")).intervals(new)

    result = sm.OLS(data.response, sm.add_constant(data.inputs[:, 0])).fit()
    expected = result.get_prediction(sm.add_constant(new[:, 0])).conf_int(obs=True, alpha=0.1)
    np.testing.assert_allclose(np.column_stack([found.lower, found.upper]), expected)


def test_settings_that_differ_by_more_than_rows_do_are_not_taken_as_runs():
    """An assumption that the lack of fit contradicts is dropped; a declaration is not."""
    rng = np.random.default_rng(5)
    settings = np.repeat(np.arange(9), 3)
    between = 3.0 * rng.normal(size=9)[settings]
    data = line_data(20.0 + between + 0.2 * rng.normal(size=27), settings)
    runs = np.arange(27)
    model, new = fitted(data, "mlr"), np.array([[4.0]])

    def width(own: TrainingData) -> float:
        found = mean_intervals(own, model).intervals(new)
        return float(found.upper[0] - found.lower[0])

    assert width(replace(data, runs=runs, is_run_assumed=True)) == width(data)
    assert width(replace(data, runs=runs)) < width(data)
