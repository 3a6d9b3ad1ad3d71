"""The recommendation says in which whole plots and which block its next runs are made."""

from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from tests.strategies.run_plans import anode_plan, anode_study

from electrodoe.report.recommendation.group_sentences import groups_clause

PURPOSES = ["confirmation", "exploration", "confirmation", "exploration"]


def said(**groups: Sequence[object]) -> str:
    """Return what is said of four runs, the dryer hard to change."""
    plan = anode_plan(purpose=PURPOSES, **groups)
    factors = {name: {} for name in plan.factors}
    factors["dryer_2_temperature_c"] = {"hard_to_change": True}
    study = anode_study(factors=factors)
    return groups_clause(study, SimpleNamespace(next_runs=plan))


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ({}, []),
        ({"whole_plot": [9, 9, 9, 9]}, ["1 whole plot (9)"]),
        (
            {"whole_plot": [9, 9, 10, 10]},
            ["2 whole plots (9 to 10)", "confirmation runs stand in two"],
        ),
        ({"block": [4, 4, 4, 4]}, ["a block of their own, number 4", "column 'block'"]),
    ],
)
def test_groups_are_said_as_they_are(groups: dict[str, list[int]], words: list[str]) -> None:
    """Nothing where every run is set anew in one day; numbers as on the sheet."""
    text = said(**groups)

    assert (text == "") == (not words)
    for word in words:
        assert word in text
    if groups.get("whole_plot") == [9, 9, 9, 9]:
        assert "stand in two" not in text
