"""Where runs lie: each reason a run may not be made for, recognized by itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.design.region.placement import is_off_levels, misplaced_runs
from electrodoe.design.region.region import DesignRegion, design_region
from electrodoe.study import declare_study


def region_of_study(**plan: object) -> DesignRegion:
    """Return loading on levels, temperature that is hard to change, and a binder."""
    factors = {
        "loading": {"levels": [8.2, 9.2, 10.2, 11.2]},
        "temperature": {"region": [50, 65], "hard_to_change": True},
        "binder": {"levels": ["CMC", "PVDF"]},
    }
    content = {"title": "A plan", "factors": factors, "plan": {"runs": 20, **plan}}
    return design_region(declare_study(content, "here"))


@pytest.mark.parametrize(
    ("plan", "run", "reason"),
    [
        ({}, [1.4, 0.0, 0.0], "loading 11.8 lies above 11.2"),
        ({}, [0.0, -1.2, 0.0], "temperature 48.5 lies below 50"),
        (
            {"constraints": ["60 <= loading + temperature <= 70"]},
            [1.0, 1.0, 0.0],
            "breaks '60 <= loading + temperature <= 70'",
        ),
        (
            {"forbidden": ["binder == 'PVDF' and temperature > 60"]},
            [0.0, 1.0, 1.0],
            "is forbidden: 'binder == 'PVDF' and temperature > 60'",
        ),
    ],
)
def test_a_run_that_is_not_allowed_has_its_reason(
    plan: dict[str, object], run: list[float], reason: str
) -> None:
    """Beyond either end, past a limit, a forbidden combination; its neighbor has none."""
    design = np.array([[0.0, 0.0, 0.0], run])

    assert misplaced_runs(region_of_study(**plan), design).rows() == [(2, reason)]


def test_a_hard_factor_that_is_reset_within_a_whole_plot_is_reported() -> None:
    """Its first setting in the group counts; an easy factor may change."""
    design = np.array([[-1.0, 0.5, 0.0], [1.0, 0.5, 1.0], [1.0, -0.5, 0.0], [1.0, -0.5, 0.0]])

    found = misplaced_runs(region_of_study(), design, np.array([0, 0, 0, 1]))

    assert found.rows() == [(3, "temperature changes within whole plot 1")]


def test_a_setting_between_levels_is_no_level_and_an_end_is() -> None:
    """A factor without levels, and a category, are never off them."""
    axes = region_of_study().axes
    design = np.array([[-1.0, 0.123, 0.0], [1.0 / 3.0, 0.0, 1.0], [0.0, 0.0, 0.0]])

    assert is_off_levels(axes, design).any(axis=1).tolist() == [False, False, True]


@given(st.lists(st.floats(-2.0, 2.0), min_size=1, max_size=20), st.randoms())
def test_a_run_is_evaluated_by_itself(loadings: list[float], random) -> None:
    """In any order of the rows the same settings are not allowed, and for the same reasons."""
    region = region_of_study()
    design = np.array([[value, 0.0, 0.0] for value in loadings])
    order = random.sample(range(len(design)), len(design))

    plain = dict(misplaced_runs(region, design).iter_rows())
    shuffled = dict(misplaced_runs(region, design[order]).iter_rows())

    assert shuffled == {
        place: plain[row + 1] for place, row in enumerate(order, start=1) if row + 1 in plain
    }
