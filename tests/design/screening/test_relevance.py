"""Importance by source and overall, ranks with ties, advice by place."""

from itertools import product

import pytest

from electrodoe.design.screening.relevance import ADVICE, importances, ranks
from electrodoe.study import Parameter


def rated(**changes: object) -> Parameter:
    return Parameter.model_validate({"process": "drying", "complexity": "low", **changes})


def test_numbers_are_measured_against_the_largest_of_their_own_source():
    """(8/8 + .9)/2 by literature, (2/4 + .5)/2 by experts, and the mean of the two."""
    found = importances(
        {
            "a": rated(
                literature={"interdependencies": 8, "impact": 0.9},
                experts={"interdependencies": 2, "impact": 0.5},
            ),
            "b": rated(experts={"interdependencies": 4, "impact": 0.1}),
        }
    )

    assert found["a"].literature == pytest.approx(0.95)
    assert found["a"].experts == pytest.approx(0.5)
    assert found["a"].overall == pytest.approx(0.725)
    assert found["b"].literature is None
    assert found["b"].overall == pytest.approx(0.55)


@pytest.mark.parametrize(("word", "score"), [("low", 1 / 6), ("medium", 3 / 6), ("high", 5 / 6)])
def test_a_rating_is_the_middle_of_its_third_and_comes_back_as_its_level(word: str, score: float):
    """Plain or by source."""
    plain, by_source = importances({"a": rated(importance=word), "b": rated(experts=word)}).values()

    assert plain.overall == by_source.overall == pytest.approx(score)
    assert plain.level == by_source.level == word


def test_no_interdependencies_at_all_divide_by_nothing():
    """Zero over zero is no importance, not an error."""
    found = importances({"a": rated(experts={"interdependencies": 0, "impact": 0.4})})

    assert found["a"].overall == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("literature", "experts", "disagree"),
    [("high", "medium", True), ("high", "high", False), ("low", "high", True)],
)
def test_sources_a_step_apart_disagree(literature: str, experts: str, disagree: bool):
    """One step of the rating is enough."""
    found = importances({"a": rated(literature=literature, experts=experts)})

    assert found["a"].sources_disagree is disagree


def test_equal_parameters_share_a_rank_and_the_next_is_counted_on():
    """More important first, then less complex."""
    parameters = {
        "hard": rated(importance="high", complexity="high"),
        "easy": rated(importance="high"),
        "minor": rated(importance="low"),
        "other": rated(importance="high"),
    }

    assert ranks(parameters, importances(parameters)) == {
        "hard": (3, 1),
        "easy": (1, 2),
        "minor": (4, 1),
        "other": (1, 2),
    }


def test_every_place_has_advice():
    """Nine fields."""
    levels = ("low", "medium", "high")

    assert set(ADVICE) == set(product(levels, levels))
