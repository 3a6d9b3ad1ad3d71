"""Declared limits: what they keep out, and what they cannot be made to do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.design.region.axes import FactorAxis
from electrodoe.design.region.constraints import read_inequalities
from electrodoe.design.region.expressions import read_expression
from electrodoe.design.region.region import region_of
from electrodoe.errors import DesignError

AXES = (
    FactorAxis(name="loading", low=8.0, high=12.0),
    FactorAxis(name="temperature", low=50.0, high=65.0),
    FactorAxis(name="binder", low=0.0, high=1.0, levels=np.arange(2.0), categories=("CMC", "PVDF")),
)


@given(st.integers(0, 2**32 - 1))
def test_limits_hold_in_the_factors_own_units(seed: int) -> None:
    """A chain of inequalities, a product and a forbidden combination, point by point."""
    region = region_of(
        AXES,
        ["60 <= 2*loading + temperature <= 85", "loading*temperature <= 700"],
        ["binder == 'PVDF' and temperature > 60"],
    )
    points = np.random.default_rng(seed).uniform(-1.0, 1.0, (50, 3))
    points[:, 2] = points[:, 2] > 0.0
    loading, temperature = 10.0 + 2.0 * points[:, 0], 57.5 + 7.5 * points[:, 1]

    total = 2.0 * loading + temperature
    expected = (total >= 60.0) & (total <= 85.0) & (loading * temperature <= 700.0)
    expected &= ~((points[:, 2] == 1.0) & (temperature > 60.0))
    np.testing.assert_array_equal(region.is_feasible(points), expected)


def test_a_linear_limit_is_known_as_such() -> None:
    """Only then are moments exact and the local refinement guided."""
    linear, product, ratio = read_inequalities(
        ["loading + temperature/3 <= 30", "loading*temperature <= 700", "loading/temperature <= 1"],
        AXES,
    )

    assert linear.coefficients is not None
    np.testing.assert_allclose(linear.coefficients, [2.0, 2.5, 0.0])
    assert linear.bound == pytest.approx(30.0 - 10.0 - 57.5 / 3.0)
    assert product.coefficients is None
    assert ratio.coefficients is None


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true') <= 1",
        "loading.__class__ <= 1",
        "[x for x in (1,)] <= 1",
        "(lambda: 1)() <= 2",
        "loading if True else 2 <= 1",
        "f'{loading}' <= 1",
        "loading <= 1e400",
        "loading := 3 <= 1",
        "exp(loading, key=1) <= 2",
        "((((((((((" * 50,
        "loading <= " + "1+" * 2000 + "1",
        "",
        "loading <=",
    ],
)
def test_what_is_not_arithmetic_is_refused(text: str) -> None:
    """Nothing is ever evaluated that could do more than compute."""
    with pytest.raises(DesignError, match=r"cannot be read|no factor"):
        read_inequalities([text], AXES)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("loading + temperature", "is not an inequality"),
        ("loading == 3", "is not an inequality"),
        ("load <= 3", "no factor is called 'load'"),
        ("binder <= 3", "no factor is called 'binder'"),
    ],
)
def test_a_limit_that_limits_nothing_is_refused(text: str, what: str) -> None:
    """With the place and the fix."""
    with pytest.raises(DesignError, match=what) as caught:
        read_inequalities([text], AXES)

    assert "[plan]" in caught.value.where
    assert caught.value.fix


@pytest.mark.parametrize(
    ("text", "what"),
    [("binder == 'SBR'", "category 'SBR'"), ("temperature + 1", "neither true nor false")],
)
def test_a_combination_that_cannot_be_is_refused(text: str, what: str) -> None:
    """An unknown category would forbid nothing, silently."""
    with pytest.raises(DesignError, match=what):
        region_of(AXES, [], [text])


def test_a_huge_power_is_infinite_and_stops_nothing() -> None:
    """Numbers overflow to infinity; the program goes on."""
    tower = read_expression("10^10^10^10 * a", ["a"], "here")

    assert np.isinf(tower({"a": np.ones(1)})).all()
