"""A recommendation is one thing: what is written is what is read."""

import json
from dataclasses import replace

import pytest
from tests.report.made_up_recommendation import LOADING, make_recommended

from electrodoe.optimize import NoWindow, Recommendation


def test_what_is_written_is_read_back_and_written_alike():
    """Numbers to the last bit; an end that JSON cannot hold is open again."""
    reported = make_recommended()

    again = Recommendation.from_json(reported.to_json())

    assert again == reported
    assert again.goals[0].upper == float("inf")
    assert again.to_json() == reported.to_json()


def test_the_file_says_what_follows_from_its_numbers():
    """For other programs: inside the existing runs or not, null where an end is open."""
    values = json.loads(make_recommended().to_json())

    assert values["set_point"]["distance"]["is_inside"] is True
    assert values["goals"][0]["upper"] is None
    assert values["window"]["ranges"][LOADING] == [13.0, 16.0]


def test_without_a_window_its_reason_is_read_back():
    """Ranges are null, and not an empty box."""
    none = NoWindow(reason="no goal has a specification", max_probability=None)
    reported = replace(make_recommended(), window=none)

    again = Recommendation.from_json(reported.to_json())

    assert again.window == none
    assert json.loads(reported.to_json())["window"]["ranges"] is None


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"summary": 3}'])
def test_another_file_is_no_recommendation(content: bytes):
    """Whoever reads it can say so."""
    with pytest.raises(ValueError, match="validation error"):
        Recommendation.from_json(content)
