"""The efficient set is where geometry says it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.optimize.conftest import decide, hill, study_of

from electrodoe.optimize import pareto_set
from electrodoe.optimize.pareto import is_efficient


def test_between_two_hills_the_straight_line_is_efficient():
    """Tops at (2, 2) and (8, 5): the way over a point of the set is the straight way, to 0.5 %."""
    study = study_of({"y": {"goal": "maximize"}, "z": {"goal": "maximize"}})
    made = decide(study, [hill(2, 2), hill(8, 5)])

    settings = made.settings(pareto_set(made, seed=1).points)

    along = (settings - [2, 2]) @ np.array([6.0, 3.0]) / 45.0
    way = sum(np.linalg.norm(settings - top, axis=1) for top in ([2, 2], [8, 5]))
    assert way.max() < 1.005 * np.sqrt(45.0)
    assert (along.min(), along.max()) == pytest.approx((0.0, 1.0), abs=0.02)
    assert len(settings) > 30


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30
    )
)
def test_efficient_is_what_nothing_betters(rows):
    """The definition, row against row."""
    lost = np.array(rows, dtype=float)

    expected = [
        not any(np.all(other <= row) and np.any(other < row) for other in lost) for row in lost
    ]

    assert is_efficient(lost).tolist() == expected
