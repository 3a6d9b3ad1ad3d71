"""The best level in words: its chance is never one hundred percent, and doubt is said."""

import pytest
from tests.report.made_up_recommendation import make_recommended

from electrodoe.optimize import LevelSettings
from electrodoe.report.recommendation.level_sentences import level_paragraph
from electrodoe.study import Study

SET_POINT = make_recommended().set_point
STUDY = Study.model_validate(
    {
        "title": "a",
        "factors": {"binder": {"levels": ["PVDF", "PAA"]}, "supplier": {"levels": ["old", "new"]}},
        "responses": {promise.response_name: {} for promise in SET_POINT.responses},
    }
)


def rows(*chances: float, **more: str) -> list[LevelSettings]:
    """Return two levels with their chances."""
    return [
        LevelSettings(
            levels={"binder": level, **more},
            set_point=SET_POINT,
            chance_best=chance,
            is_recommended=level == "PVDF",
        )
        for level, chance in zip(("PVDF", "PAA"), chances, strict=True)
    ]


@pytest.mark.parametrize(
    ("chance", "words"), [(0.99, "at least 99\xa0%"), (0.86, "86\xa0%"), (0.01, "at most 1\xa0%")]
)
def test_a_chance_that_is_stated_at_all_ends_at_a_bound(chance: float, words: str) -> None:
    """Neither certain nor impossible."""
    told = level_paragraph(STUDY, rows(chance, 1.0 - chance))

    assert told.startswith(f"Binder PVDF is the best, with an estimated chance of {words}.")
    assert "100" not in told


def test_doubt_sends_the_next_best_to_the_confirmation() -> None:
    """Below four in five."""
    assert "That is not clear" in level_paragraph(STUDY, rows(0.6, 0.4))
    assert "That is not clear" not in level_paragraph(STUDY, rows(0.9, 0.1))


def test_two_categories_are_a_combination() -> None:
    """Each with its name once, then by their levels."""
    told = level_paragraph(STUDY, rows(0.9, 0.1, supplier="new"))

    assert told.startswith("The best combination is binder PVDF and supplier new, with")
    assert "PAA with new 10\xa0%" in told
