"""D105: an input that cannot be distinguished from the day, the machine or the operator."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.dataset import confounded_factors
from electrodoe.dataset.checks.confounding import explained_fraction
from electrodoe.findings import Finding, Severity

Found = Callable[..., list[Finding]]


def test_a_day_per_level_is_a_warning(found: Found):
    """With the levels that each day had."""
    (finding,) = found("D105", day=["Mon"] * 9 + ["Tue"] * 9 + ["Wed"] * 9)

    assert finding.severity is Severity.WARNING
    assert "explains 100 % of the variance of 'gap_um'" in finding.what
    assert "Mon: 20; Tue: 30; Wed: 40" in finding.what
    assert finding.where == "columns 'gap_um' and 'day'"


def test_factors_that_cannot_be_distinguished_are_named_with_the_circumstance(columns, assembled):
    """As pairs, and only where hardly anything is left."""
    days = ["Mon"] * 9 + ["Tue"] * 9 + ["Wed"] * 9
    partly = ["Mon"] * 12 + ["Tue"] * 3 + ["Wed"] * 12

    assert confounded_factors(assembled(columns | {"day": days})) == (("gap_um", "day"),)
    assert confounded_factors(assembled(columns | {"day": partly})) == ()


def test_a_part_of_it_is_a_remark(found: Found):
    """Between 40 and 90 percent of the variance."""
    (finding,) = found("D105", day=["Mon"] * 12 + ["Tue"] * 3 + ["Wed"] * 12)

    assert finding.severity is Severity.NOTE
    assert finding.title == "Input partly confounded"


def test_empty_days_are_a_level_of_their_own(found: Found):
    """What nobody wrote down can be confounded too."""
    (finding,) = found("D105", day=["Mon"] * 9 + ["Tue"] * 9 + [None] * 9)

    assert "Wed" not in finding.what
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("day", [["Mon"] * 27, [f"day {row // 3}" for row in range(27)]])
def test_one_day_or_a_day_per_configuration_says_nothing(found: Found, day: list[str]):
    """A constant confounds nothing; so many levels would explain anything."""
    assert found("D105", day=day) == []


def test_explained_fraction_is_kelleys():
    """By hand: 4 within, of 2 degrees of freedom; 29 in total, of 3."""
    fraction = explained_fraction(np.array([1.0, 3.0, 6.0, 8.0, np.nan]), np.array([0, 0, 1, 1, 1]))

    assert fraction == pytest.approx(1.0 - 2.0 / (29.0 / 3.0))


@given(seed=st.integers(0, 2**32 - 1), scale=st.floats(1e-3, 1e3))
def test_explained_fraction_does_not_depend_on_the_unit(seed: int, scale: float):
    """And never exceeds one."""
    rng = np.random.default_rng(seed)
    values, levels = rng.normal(size=20), rng.integers(0, 4, size=20)

    fraction = explained_fraction(values, levels)

    assert fraction <= 1.0
    assert fraction == pytest.approx(explained_fraction(scale * values + 3.0, levels), abs=1e-6)


def test_chance_explains_nothing_on_average():
    """The fraction that chance alone explains is taken off."""
    rng = np.random.default_rng(0)
    fractions = [
        explained_fraction(rng.normal(size=18), rng.integers(0, 6, size=18)) for _ in range(400)
    ]

    assert abs(np.mean(fractions)) < 0.03
