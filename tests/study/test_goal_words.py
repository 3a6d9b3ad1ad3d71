"""Goals as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import StudyError
from electrodoe.study import goal_from_words
from electrodoe.study.responses import Response

NAMES = ["Haftfestigkeit", "Kapazität 5C", "Kapazität 5C (mAh)", "loss_pct"]


@pytest.mark.parametrize(
    ("words", "name", "keys"),
    [
        ("Haftfestigkeit max >= 300", "Haftfestigkeit", {"goal": "maximize", "lower": 300.0}),
        ("Haftfestigkeit max", "Haftfestigkeit", {"goal": "maximize"}),
        ("loss_pct min <=5", "loss_pct", {"goal": "minimize", "upper": 5.0}),
        ("loss_pct range ≥ 2 ≤ 5", "loss_pct", {"goal": "range", "lower": 2.0, "upper": 5.0}),
        ("loss_pct <= 5", "loss_pct", {"goal": "range", "upper": 5.0}),
        ("Kapazität 5C target 1.9", "Kapazität 5C", {"goal": "target", "target": 1.9}),
        ("Kapazität 5C (mAh) ziel 1,9", "Kapazität 5C (mAh)", {"goal": "target", "target": 1.9}),
    ],
)
def test_what_is_wanted_is_understood(words: str, name: str, keys: dict[str, object]):
    """The longest name that fits, and keys that a response takes."""
    assert goal_from_words(words, NAMES) == (name, keys)
    assert Response.model_validate(keys).goal == keys["goal"]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("adhesion max", "names no response"),
        ("loss_pct", "says no goal"),
        ("loss_pct more", "'more' is no goal"),
        ("loss_pct max 5", "'max 5' is no goal"),
        ("loss_pct target", "a target without its value"),
        ("loss_pct max >= many", "'many' where a number is meant"),
        ("loss_pct max >= 1.500", "'1.500' may be 1500 or 1.5"),
        ("loss_pct target nan", "'nan' where a number is meant"),
        ("loss_pct max >= 300 kPa", "'kPa' beside a value"),
        ("", "names no response"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: str, what: str):
    """With what can be written."""
    with pytest.raises(StudyError) as refused:
        goal_from_words(words, NAMES)

    assert what in refused.value.what
    assert refused.value.fix


@given(words=st.text(max_size=40))
def test_no_text_ends_in_a_traceback(words: str):
    """A goal or a clear error."""
    try:
        name, keys = goal_from_words(f"loss_pct {words}", NAMES)
    except StudyError:
        return
    assert name == "loss_pct"
    assert keys["goal"] in {"maximize", "minimize", "target", "range"}
