"""A goal is whole, or refused."""

import pytest
from pydantic import ValidationError

from electrodoe.study import Response, Study


@pytest.mark.parametrize(
    ("declared", "fault"),
    [
        ({"lower": 3.0}, "lower without a goal"),
        ({"goal": "target"}, "needs the wanted value"),
        ({"goal": "range"}, "needs lower or upper"),
        ({"goal": "range", "lower": 1.0, "target": 2.0}, "knows no target"),
        ({"goal": "maximize", "lower": 3.0, "target": 2.0}, "do not rise"),
        ({"goal": "minimise"}, "Input should be 'maximize'"),
        ({"goal": "maximize", "weight": 0.0}, "greater than 0"),
    ],
)
def test_a_goal_that_contradicts_itself_is_refused(declared: dict, fault: str):
    """With what to write instead."""
    with pytest.raises(ValidationError, match=fault):
        Response(**declared)


def test_a_scenario_that_is_not_declared_cannot_be_decided_on():
    """With the nearest name."""
    declared = {"title": "a", "factors": {"x": {}}, "recommend": {"scenario": "al"}}

    with pytest.raises(ValidationError, match="scenario 'al' is not declared"):
        Study.model_validate(declared)
