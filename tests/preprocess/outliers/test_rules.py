"""The rules by themselves: published critical values, limits that no value can pass, shares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from electrodoe.preprocess.outliers import (
    expected_fraction,
    fewest_for_a_flag,
    grubbs_critical,
    max_distance,
)
from electrodoe.preprocess.outliers.rules import are_outliers, distances
from electrodoe.study import OutlierRule

PUBLISHED = {
    0.05: {3: 1.155, 4: 1.481, 5: 1.715, 6: 1.887, 8: 2.126, 9: 2.215, 10: 2.290, 12: 2.412},
    0.01: {3: 1.155, 4: 1.496, 5: 1.764, 6: 1.973, 7: 2.139, 8: 2.274, 9: 2.387, 10: 2.482},
}
"""Two-sided, by n: Appendix 7 of Harvey, Analytical Chemistry (LibreTexts)."""
NIST = np.array([199.31, 199.53, 200.19, 200.82, 201.92, 201.95, 202.18, 245.57])
"""NIST/SEMATECH e-Handbook 1.3.5.17.1: G = 2.4687, critical 2.032 (one side, 5 %)."""
SAMPLES = st.lists(st.floats(-1e3, 1e3).map(lambda x: round(x, 3)), min_size=2, max_size=30)


@pytest.mark.parametrize("alpha", PUBLISHED)
def test_grubbs_critical_values_are_the_published_ones(alpha: float):
    """To the three printed digits."""
    for n, published in PUBLISHED[alpha].items():
        assert grubbs_critical(n, alpha) == pytest.approx(published, abs=1.1e-3)


def test_grubbs_finds_nists_outlier_with_nists_numbers():
    """One side at 5 % is two sides at 10 %."""
    rule = OutlierRule(rule="grubbs")

    assert distances(NIST, rule).max() == pytest.approx(2.4687, abs=1e-4)
    assert grubbs_critical(8, 0.10) == pytest.approx(2.032, abs=5e-4)
    assert np.flatnonzero(are_outliers(NIST, rule)).tolist() == [7]


@pytest.mark.parametrize(("ddof", "fewest"), [(1, 5), (0, 4)])
def test_the_papers_rule_is_blind_below_five_values(ddof: int, fewest: int):
    """Four with ddof 0; one value fewer cannot be flagged, however far it is."""
    rule = OutlierRule(rule="sd", ddof=ddof)

    assert fewest_for_a_flag(1.5, ddof) == fewest
    for n in (fewest - 1, fewest):
        values = np.append(np.zeros(n - 1), 1e6)
        assert are_outliers(values, rule).any() == (n == fewest)


@given(SAMPLES, st.sampled_from([0, 1]))
def test_no_value_lies_farther_than_it_can(values: list[float], ddof: int):
    """(n - 1)/√n with ddof 1, √(n - 1) with ddof 0; one far value reaches it."""
    found = distances(np.array(values), OutlierRule(rule="sd", ddof=ddof))
    far = distances(np.append(np.zeros(len(values) - 1), 1.0), OutlierRule(rule="sd", ddof=ddof))

    assert found.max() <= max_distance(len(values), ddof) * (1 + 1e-9)
    assert far.max() == pytest.approx(max_distance(len(values), ddof))


def test_many_good_values_are_flagged_in_13_4_of_100_cases():
    """2 (1 - Φ(1.5))."""
    assert expected_fraction(10**6, 1.5) == pytest.approx(2.0 * norm.sf(1.5), abs=1e-5)
    assert round(100 * expected_fraction(10**6, 1.5), 1) == 13.4


@pytest.mark.parametrize("n", [4, 5, 6, 10, 30])
@pytest.mark.parametrize("ddof", [0, 1])
def test_the_expected_fraction_is_that_of_simulated_samples(n: int, ddof: int):
    """40 000 normal values, within four standard errors."""
    values = np.random.default_rng(n).normal(size=(40_000 // n, n))
    away = np.abs(values - values.mean(axis=1, keepdims=True))
    found = float((away > 1.5 * values.std(axis=1, ddof=ddof, keepdims=True)).mean())

    assert found == pytest.approx(expected_fraction(n, 1.5, ddof), abs=4 * np.sqrt(0.13 / 40_000))


def test_the_robust_rule_sees_two_outliers_that_hide_each_other():
    """Two far values widen the standard deviation; the median absolute deviation stays."""
    values = np.array([10.0, 10.1, 9.9, 10.05, 9.95, 10.02, 30.0, 31.0])

    assert are_outliers(values, OutlierRule(rule="mad")).sum() == 2
    assert not are_outliers(values, OutlierRule(rule="grubbs")).any()


def test_the_robust_score_is_the_textbooks():
    """0.6745 times the distance from the median over the MAD, limit 3.5 (Iglewicz, Hoaglin)."""
    values = np.array([2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3])

    found = distances(values, OutlierRule(rule="mad"))

    median, mad = 2.45, 0.15
    np.testing.assert_allclose(found, 0.6745 * np.abs(values - median) / mad, rtol=1e-4)
    assert np.flatnonzero(found > 3.5).tolist() == [8, 9]


@given(SAMPLES, st.sampled_from(["sd", "mad", "grubbs"]))
def test_shift_and_scale_change_no_flag(values: list[float], name: str):
    """In another unit, from another zero: the same outliers."""
    rule, original = OutlierRule(rule=name), np.array(values)

    found = distances(4.0 * original + 16.0, rule)

    np.testing.assert_allclose(found, distances(original, rule), atol=1e-6)


@pytest.mark.parametrize("name", ["sd", "mad", "grubbs", "none"])
def test_equal_values_and_single_ones_have_no_outlier(name: str):
    """No spread, no distance."""
    for values in (np.full(9, 3.3), np.array([1.0])):
        assert not are_outliers(values, OutlierRule(rule=name)).any()
