"""The order of making, where some runs repeat others."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.design.problems import axes_of

from electrodoe.design.region.region import region_of
from electrodoe.design.structure.run_order import originals_first, run_order, run_plan


@given(st.integers(0, 2**32 - 1), st.booleans())
def test_what_is_repeated_is_made_before_its_repeat(seed: int, is_grouped: bool) -> None:
    """Settings are made when they were drawn to be; every run and whole plot once."""
    plot = np.array([[0.0], [1.0], [1.0], [2.0]])
    design = np.vstack([plot, plot + 3.0, plot])
    purposes = [*["planned", "planned", "replicate", "planned"] * 2, *["replicate"] * 4]
    groups = np.repeat([0, 1, 2], 4) if is_grouped else None
    drawn = run_order(groups, 0, 12, has_blocks=False, seed=seed)

    order = originals_first(drawn, design, purposes, groups)

    assert sorted(order.tolist()) == list(range(12))
    place = {position: place for place, position in enumerate(order.tolist())}
    assert place[1] < place[2]
    assert place[5] < place[6]
    if is_grouped:
        assert max(place[run] for run in range(4)) < min(place[run] for run in range(8, 12))
        assert [len(set(part)) for part in np.split(np.repeat([0, 1, 2], 4)[order], 3)] == [1] * 3
    else:
        np.testing.assert_array_equal(design[order], design[drawn])


def test_a_repeat_names_the_first_of_its_own_group() -> None:
    """And where its group has none the first before it."""
    region = region_of(axes_of([3]))
    design = np.array([[0.0], [1.0], [0.0], [0.0], [1.0]])

    plan = run_plan(region, design, ["planned"] * 5, np.array([7, 7, 4, 4, 4]), has_blocks=True)

    assert plan.frame["replicate_of"].to_list() == [None, None, 1, 3, 2]
    assert plan.frame["block"].to_list() == [1, 1, 2, 2, 2]
