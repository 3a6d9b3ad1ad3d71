"""The efficient set is where geometry says it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.optimize.conftest import decide, hill, study_of

from electrodoe.optimize import pareto_set
from electrodoe.optimize.desirability import Goal
from electrodoe.optimize.pareto import is_efficient, losses


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


@pytest.mark.parametrize(
    ("kind", "lost"),
    [
        ("maximize", [-1.0, -2.0, -3.0, -4.0]),
        ("minimize", [1.0, 2.0, 3.0, 4.0]),
        ("target", [1.5, 0.5, 0.5, 1.5]),
        ("range", [1.0, 0.0, 0.0, 1.0]),
    ],
)
def test_what_is_lost_is_counted_in_spans(kind: str, lost: list[float]):
    """A maximum loses downwards, a minimum upwards, a target and a range on both sides."""
    goal = Goal(
        response_name="y", kind=kind, low=0.0, high=10.0, target=25.0, lower=20.0, upper=30.0
    )

    assert goal.span == 10.0
    assert losses((goal,), np.array([[10.0], [20.0], [30.0], [40.0]])).ravel().tolist() == lost
