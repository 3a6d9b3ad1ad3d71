"""The modified Bruggeman relation: known exponents, saturated fits, honest intervals."""

import numpy as np
import pytest
from scipy.stats import linregress

from electrodoe.verify import BruggemanPoints, compare_exponents, fit_exponents, points_of
from electrodoe.verify.bruggeman_fit import BETWEEN_CONFIGURATIONS, BETWEEN_REPLICATES, NOTHING


def category(
    porosities: list[float],
    *,
    prefactor: float = 2.0,
    exponent: float = 0.8,
    between: float = 0.0,
    within: float = 0.0,
    rng: np.random.Generator | None = None,
) -> BruggemanPoints:
    rng = rng or np.random.default_rng(0)
    numbers = np.repeat(np.arange(len(porosities)), 3)
    porosity = np.array(porosities)[numbers]
    scatter = between * rng.normal(size=len(porosities))[numbers]
    scatter = scatter + within * rng.normal(size=len(numbers))
    tortuosity = prefactor * porosity**-exponent * np.exp(scatter)
    return points_of(porosity, tortuosity, numbers, len(set(porosities)))


@pytest.mark.parametrize("is_shared", [False, True])
def test_known_exponents_are_recovered_without_scatter(is_shared: bool):
    """Three categories with their own prefactors and one exponent, to the last digits."""
    made = [category([0.25, 0.30, 0.40], prefactor=a) for a in (1.5, 2.0, 2.5)]

    fits, residual, _ = fit_exponents(made, is_shared=is_shared)

    assert [fit.exponent for fit in fits] == pytest.approx([0.8] * 3, rel=1e-10)
    assert [fit.prefactor for fit in fits] == pytest.approx([1.5, 2.0, 2.5], rel=1e-10)
    assert residual < 1e-20


def test_a_fit_through_two_porosities_is_the_line_through_them():
    """(0.25, 6.0) and (0.35, 4.5): b = 0.8549950, a = 1.8339732, with nothing left to doubt it."""
    points = points_of(np.array([0.25, 0.35]), np.array([6.0, 4.5]), np.array([0, 1]), 2)

    (fit,), residual, degrees_of_freedom = fit_exponents([points], is_shared=False)

    assert (fit.prefactor, fit.exponent) == pytest.approx((1.8339732, 0.8549950), abs=5e-8)
    assert points.is_saturated
    assert (fit.low, fit.high, fit.interval, degrees_of_freedom) == (None, None, NOTHING, 0)
    assert residual < 1e-25


def test_two_porosities_are_saturated_however_many_samples_and_three_are_not():
    """Agreement is automatic in the one case alone; replicates cannot change that."""
    assert category([0.25, 0.35], within=0.05).is_saturated
    assert category([0.25, 0.35, 0.35], within=0.05).is_saturated
    assert not category([0.25, 0.30, 0.35], within=0.05).is_saturated


def test_one_category_agrees_with_simple_regression():
    """Slope and standard error are SciPy's, of the configurations' means."""
    made = category([0.25, 0.30, 0.35, 0.40], between=0.05)

    (fit,), _, degrees_of_freedom = fit_exponents([made], is_shared=False)

    expected = linregress(made.log_porosity, made.log_tortuosity)
    assert fit.exponent == pytest.approx(-expected.slope, rel=1e-10)
    half = 2.9199856 * expected.stderr  # Student's t, 95 %, 2 degrees of freedom
    assert fit.high - fit.low == pytest.approx(2.0 * half, rel=1e-6)
    assert (degrees_of_freedom, fit.interval) == (2, BETWEEN_CONFIGURATIONS)


def test_a_saturated_fit_has_an_interval_of_replicates_alone():
    """And says so, because what differs between configurations is not in it."""
    (fit,), _, degrees_of_freedom = fit_exponents(
        [category([0.25, 0.35], within=0.03)], is_shared=False
    )

    assert (fit.interval, fit.degrees_of_freedom, degrees_of_freedom) == (BETWEEN_REPLICATES, 4, 0)
    assert fit.low < fit.exponent < fit.high


def test_replicates_weigh():
    """A configuration with many samples pulls the line more than one with a single sample."""
    porosity = np.array([0.25, 0.30, 0.30, 0.30, 0.30, 0.35])
    tortuosity = np.array([6.0, 5.5, 5.5, 5.5, 5.5, 4.5])
    numbers = np.array([0, 1, 1, 1, 1, 2])
    heavy = points_of(porosity, tortuosity, numbers, 3)
    light = points_of(porosity[[0, 1, 5]], tortuosity[[0, 1, 5]], numbers[[0, 1, 5]], 3)

    (pulled,), _, _ = fit_exponents([heavy], is_shared=False)
    (even,), _, _ = fit_exponents([light], is_shared=False)

    assert pulled.prefactor * 0.30**-pulled.exponent > even.prefactor * 0.30**-even.exponent


@pytest.mark.parametrize(
    ("between", "smallest", "largest"), [(0.0, 0.87, 0.93), (0.04, 0.87, 0.93)]
)
def test_the_shared_exponents_interval_covers_as_it_says(
    between: float, smallest: float, largest: float
):
    """Nominal 90 %: of 2000 studies with five categories, with and without configuration scatter.

    A binomial 99.9 % range for 2000 draws is .878 to .922.
    """
    rng = np.random.default_rng(11)
    hits = 0
    for _ in range(2000):
        made = [
            category(levels, between=between, within=0.03, rng=rng)
            for levels in ([0.25, 0.35], [0.25, 0.40], [0.30, 0.40], [0.25, 0.35], [0.25, 0.3, 0.4])
        ]
        (fit, *_), _, _ = fit_exponents(made, is_shared=True)
        hits += fit.low <= 0.8 <= fit.high

    assert smallest <= hits / 2000 <= largest


def test_intervals_of_replicates_alone_are_too_narrow_where_configurations_scatter():
    """Why the interval's kind is said: nominal 90 % covers less than half here."""
    rng = np.random.default_rng(3)
    hits = 0
    for _ in range(500):
        one = category([0.25, 0.35], between=0.05, within=0.03, rng=rng)
        (fit,), _, _ = fit_exponents([one], is_shared=False)
        hits += fit.low <= 0.8 <= fit.high

    assert hits / 500 < 0.6


def test_different_exponents_are_distinguished_from_one():
    """0.4 against 1.2 is seen; equal ones are called different in about 5 % of studies."""
    rng = np.random.default_rng(5)
    levels = [0.25, 0.30, 0.35, 0.40]
    apart = [category(levels, exponent=b, within=0.02, rng=rng) for b in (0.4, 1.2)]
    equal = [
        [category(levels, between=0.02, within=0.02, rng=rng) for _ in range(3)] for _ in range(500)
    ]

    assert compare_exponents(apart).p < 1e-3
    false = np.mean([compare_exponents(made).p < 0.05 for made in equal])
    assert 0.02 < false < 0.09


def test_saturated_categories_are_compared_with_replicates_and_it_says_so():
    """Nothing else is left to compare with."""
    made = [category([0.25, 0.35], within=0.03, exponent=b) for b in (0.7, 0.9)]

    test = compare_exponents(made)

    assert test.against == BETWEEN_REPLICATES
    assert (test.degrees_of_freedom, test.error_degrees_of_freedom) == (1, 8)


def test_one_category_has_no_test():
    """There is nothing to share."""
    assert compare_exponents([category([0.25, 0.35], within=0.03)]).p is None
