"""Candidate parameters: what a declaration must say, and what contradicts itself."""

import pytest
from pydantic import ValidationError

from electrodoe.study import LAWS, Parameter, Relevance

RATED = {"process": "drying", "importance": "high", "complexity": "low"}


def test_a_word_is_short_for_a_rating():
    """``literature = "high"`` says the same as its long form."""
    parameter = Parameter(process="drying", complexity="low", literature="high")

    assert parameter.literature == Relevance(rating="high")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"importance": None}, "nothing says how important"),
        ({"experts": "high"}, "by itself and by its sources"),
        ({"importance": None, "experts": {"impact": 0.5}}, "neither two numbers nor a rating"),
        ({"importance": None, "experts": {"rating": "low", "impact": 0.5}}, "neither two numbers"),
        ({"importance": None, "experts": "huge"}, "low"),
        ({"because": "it acts on it"}, "add 'factor'"),
        ({"factor": "porosity", "left_out": "no time"}, "left out and has a factor"),
        ({"law": "porosity"}, "add 'follows_from'"),
        ({"law": "porosty", "follows_from": ("a",)}, "did you mean 'porosity'"),
        ({"follows_from": ("a", "a")}, "twice"),
        ({"complexity": "some"}, "low"),
    ],
)
def test_a_contradictory_parameter_is_refused(changes: dict[str, object], complaint: str):
    """The message names what to change."""
    with pytest.raises(ValidationError, match=complaint):
        Parameter.model_validate({**RATED, **changes})


def test_every_law_says_what_it_links_and_where_it_is_written():
    """The table is complete, and each equation is one."""
    for law in LAWS.values():
        assert len(law.quantities) >= 2
        assert law.equation.count(" = ") == 1
        assert law.title
        assert law.reference
