"""Runs beyond the end of the region: only where settings stand there, and only possible ones."""

import numpy as np
import pytest
from tests.optimize.conftest import decide, study_of

from electrodoe.optimize import ends_reached, runs_beyond


def made(**plan: object):
    study = study_of({"y": {"goal": "maximize"}}, **plan)
    return decide(study, [lambda x: 3 * x[:, 0] + x[:, 1]])


def test_a_factor_at_its_end_goes_a_quarter_and_half_of_its_range_beyond():
    """From 0 to 10: 12.5 and 15, the other one stays."""
    decision, point = made(), np.array([1.0, 0.2])

    assert ends_reached(decision, point) == {"a": 1}
    assert [run["a"] for run in runs_beyond(decision, point)] == [12.5, 15.0]
    assert [run["b"] for run in runs_beyond(decision, point)] == pytest.approx([6.0, 6.0])


def test_the_lower_end_goes_down_and_both_go_together():
    runs = runs_beyond(made(), np.array([-1.0, 1.0]))

    assert [(run["a"], run["b"]) for run in runs] == [(-2.5, 12.5), (-5.0, 15.0)]


def test_inside_there_is_nothing_to_move():
    assert runs_beyond(made(), np.array([0.99, -0.99])) == ()


def test_a_limit_of_the_plan_is_kept():
    decision = made(plan={"runs": 12, "constraints": ["a + b <= 20"]})

    runs = runs_beyond(decision, np.array([1.0, 0.2]))

    assert [run["a"] for run in runs] == [12.5]
