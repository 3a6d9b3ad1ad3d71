"""Which group has a place for which run."""

from typing import Any

import numpy as np
import pytest
from tests.design.problems import axes_of

from electrodoe.design.model.formula import model_terms
from electrodoe.design.region.region import region_of
from electrodoe.design.structure.existing_runs import ExistingRuns
from electrodoe.design.structure.run_allocation import RunAllocation, allocate_runs
from electrodoe.errors import DesignError
from electrodoe.study import PlanRequest


def _allocation(
    existing: ExistingRuns | None = None, hard: tuple[int, ...] = (), **asked: Any
) -> RunAllocation:
    region = region_of(axes_of([None, None], hard))
    request = PlanRequest.model_validate(asked)
    return allocate_runs(request, region, model_terms("quadratic", region.axes), existing)


def _centers(allocation: RunAllocation, n: int, n_existing: int = 0) -> list[int]:
    """Return the groups of the center runs."""
    assert allocation.searched is not None
    return allocation.searched[n_existing : n_existing + n].tolist()


@pytest.mark.parametrize(
    ("blocks", "n", "expected"),
    [
        ((6, 6, 6), 3, [0, 1, 2]),
        ((6, 6, 6), 4, [0, 1, 2, 0]),
        ((4, 9, 5), 2, [1, 2]),
        ((1, 9), 4, [1, 0, 1, 1]),
    ],
)
def test_center_runs_are_spread_over_blocks(
    blocks: tuple[int, ...], n: int, expected: list[int]
) -> None:
    """Each into the block with the fewest of them, then into that with most room."""
    assert _centers(_allocation(runs=sum(blocks), blocks=blocks, center_runs=n), n) == expected


@pytest.mark.parametrize(
    ("n", "expected"),
    [(2, [3, 3]), (3, [2, 2, 2]), (5, [0, 0, 0, 0, 3]), (7, [0, 0, 0, 0, 2, 2, 2])],
)
def test_center_runs_take_as_few_whole_plots_as_hold_them(n: int, expected: list[int]) -> None:
    """The smallest that holds all, else the largest and then the smallest that holds the rest."""
    allocation = _allocation(hard=(0,), runs=21, whole_plots=[4, 4, 3, 2, 4, 4], center_runs=n)

    assert _centers(allocation, n) == expected


def test_later_runs_leave_the_groups_even_and_none_empty() -> None:
    """Places are taken where most are left."""
    allocation = _allocation(runs=14, blocks=[6, 5, 3], replicate_runs=2, lack_of_fit_runs=2)

    assert np.bincount(allocation.searched).tolist() == [4, 3, 3]
    assert allocation.n_searched == 10


def test_the_last_whole_plots_with_one_as_large_are_the_repeats() -> None:
    """A whole plot that is alone in its size repeats none."""
    allocation = _allocation(
        hard=(0,), runs=18, whole_plots=[4, 3, 3, 3, 3, 2], replicate_whole_plots=2
    )

    assert allocation.repeats == (3, 4)
    assert allocation.sizes_without_repeats.tolist() == [4, 3, 3, 0, 0, 2]


def test_groups_of_existing_runs_take_no_further_run() -> None:
    """Neither center runs nor others."""
    existing = ExistingRuns(design=np.zeros((4, 2)), groups=np.array([0, 0, 0, 0]))

    allocation = _allocation(existing, runs=14, blocks=[4, 5, 5], center_runs=3, lack_of_fit_runs=1)

    assert allocation.searched[:4].tolist() == [0] * 4
    assert _centers(allocation, 3, 4) == [1, 2, 1]
    assert np.bincount(allocation.searched).tolist() == [4, 5, 4]


@pytest.mark.parametrize(
    ("asked", "hard", "what", "fix"),
    [
        ({"runs": 9, "blocks": [8, 1], "lack_of_fit_runs": 8}, (), "no place for all", "raise"),
        (
            {"runs": 19, "whole_plots": [2, 3, 4, 5, 5], "replicate_whole_plots": 2},
            (0,),
            "2 whole plots are to repeat another, and 1 can",
            "same number of runs",
        ),
        ({"runs": 12, "replicate_whole_plots": 1}, (), "no factor is hard", "replicate_runs"),
        (
            {"runs": 16, "whole_plots": 4, "center_runs": 12},
            (0,),
            "3 whole plots at the center leave 2 settings .* for 3 terms",
            "fewer center runs",
        ),
        (
            {"runs": 12, "whole_plots": [4, 4, 4], "replicate_whole_plots": 1},
            (0,),
            "3 whole plots, 1 of which repeat another, cannot tell 3 terms",
            "at least 4 whole plots",
        ),
    ],
)
def test_what_has_no_room_is_refused_with_its_fix(
    asked: dict[str, Any], hard: tuple[int, ...], what: str, fix: str
) -> None:
    """Before anything is searched."""
    with pytest.raises(DesignError, match=what) as caught:
        _allocation(hard=hard, **asked)

    assert fix in caught.value.fix
    assert caught.value.where.startswith("[plan]")


def test_new_groups_without_room_for_the_center_are_refused() -> None:
    """The groups of the existing runs are full."""
    existing = ExistingRuns(design=np.zeros((9, 2)), groups=np.repeat([0, 1], [5, 4]))
    hard_existing = ExistingRuns(design=np.zeros((9, 2)), groups=np.repeat([0, 1], [5, 4]))

    with pytest.raises(DesignError, match="no place for 4 center runs"):
        _allocation(existing, runs=12, blocks=[5, 4, 3], center_runs=4)
    with pytest.raises(DesignError, match="no place for 4 center runs"):
        _allocation(hard_existing, (0,), runs=12, whole_plots=[5, 4, 3], center_runs=4)
