"""Lenth's error is the book's, and its critical values are those of Ye and Hamada."""

import numpy as np
import pytest
import scipy.stats

from electrodoe.evaluate.screening.lenth import (
    critical_values,
    known_error,
    lenth_error,
    pseudo_standard_error,
)


@pytest.mark.parametrize(
    ("n_contrasts", "one", "largest"), [(7, 2.297, 4.867), (15, 2.156, 4.240), (31, 2.064, 3.92)]
)
def test_critical_values_are_published_ones(n_contrasts, one, largest):
    """Ye and Hamada (2000), as printed in Wu and Hamada, Experiments, Appendix H."""
    assert critical_values(n_contrasts) == pytest.approx((one, largest), rel=0.004)


def test_noise_passes_the_margins_as_often_as_they_say():
    """Of 4000 sets of 11 null contrasts, 5 % of contrasts and 5 % of sets."""
    z = np.random.default_rng(7).normal(size=(4000, 11))
    ratios = np.abs(z) / pseudo_standard_error(z)[:, None]
    one, largest = critical_values(11)

    assert np.mean(ratios > one) == pytest.approx(0.05, abs=0.005)
    assert np.mean(ratios.max(axis=1) > largest) == pytest.approx(0.05, abs=0.011)


def test_the_error_follows_the_unit():
    """Ten times the contrasts, ten times the margins."""
    z = np.random.default_rng(8).normal(size=15)

    assert lenth_error(10.0 * z).margin == pytest.approx(10.0 * lenth_error(z).margin)


def test_a_known_error_has_students_margins():
    """t(0.975; 8) is 2.306; seven independent ones together stay within Sidak's in 95 %."""
    error = known_error(2.0, 8, 7)
    within = 1.0 - 2.0 * scipy.stats.t.sf(error.simultaneous_margin / 2.0, 8)

    assert error.margin == pytest.approx(2.0 * 2.306, abs=0.001)
    assert within**7 == pytest.approx(0.95)
