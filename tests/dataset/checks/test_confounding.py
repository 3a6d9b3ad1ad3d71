"""D105: an input that cannot be distinguished from the day, the machine or the operator."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.dataset import confounded_factors
from electrodoe.dataset.checks.confounding import confounding, explained_fraction
from electrodoe.findings import Finding, Severity

Found = Callable[..., list[Finding]]
GAPS = [float(gap) for gap in range(20, 65, 5) for _ in range(3)]
PARTLY = [
    day for day in ("Mon", "Mon", "Mon", "Mon", "Wed", "Mon", "Wed", "Wed", "Wed") for _ in "123"
]
"""Gaps of 20 to 45 µm on Monday and of 40 to 60 µm on Wednesday: 55 % of the variance, by hand."""


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
    assert confounded_factors(assembled(columns | {"day": days})) == (("gap_um", "day"),)
    assert confounded_factors(assembled(columns | {"day": PARTLY, "gap_um": GAPS})) == ()


def test_a_part_of_it_is_a_remark(found: Found):
    """From 40 percent of the variance of runs, where ranges overlap."""
    (finding,) = found("D105", day=PARTLY, gap_um=GAPS)

    assert finding.severity is Severity.NOTE
    assert finding.title == "Input partly confounded"


@pytest.mark.parametrize("days", [2, 3])
def test_runs_sorted_into_days_are_a_warning(days: int, columns, assembled):
    """However much of the factor is left within a day: nobody can tell it from the day."""
    of_row = [f"{1 + run * days // 9}" for run in range(9) for _ in range(3)]

    dataset = assembled(columns | {"day": of_row, "gap_um": GAPS})
    (finding,) = confounding(dataset)

    assert confounded_factors(dataset) == (("gap_um", "day"),)
    assert finding.severity is Severity.WARNING
    assert "the runs were sorted by it into 'day'" in finding.what


def test_random_days_seldom_look_confounded(assembled):
    """The plan's random order: 200 studies of 9 to 20 runs in two to four days (simulated)."""
    generator, warned = np.random.default_rng(2026), 0
    for _ in range(200):
        n_runs = int(generator.integers(9, 21))
        days = generator.permutation(np.arange(n_runs) * int(generator.integers(2, 5)) // n_runs)
        table = {
            "run": [str(run) for run in range(n_runs)],
            "cell": [f"A{run}" for run in range(n_runs)],
            "day": [f"day {day}" for day in days],
            "gap_um": generator.choice([20.0, 30.0, 40.0], n_runs).tolist(),
            "porosity": generator.uniform(0.3, 0.5, n_runs).tolist(),
            "strength_kpa": generator.normal(500.0, 5.0, n_runs).tolist(),
        }
        warned += len(confounded_factors(assembled(table)))

    assert warned <= 12  # of 400 pairs; 1 to 2 % were seen with other seeds


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
