"""From models to decisions: which settings, how sure, how far may I drift, what to run next."""

from electrodoe.optimize.decision import Decision, decision
from electrodoe.optimize.desirability import Goal, desirability, goal_of, overall_desirability
from electrodoe.optimize.distance import Distance, distance
from electrodoe.optimize.pareto import ParetoSet, pareto_set
from electrodoe.optimize.possible_settings import PossibleSettings, possible_settings
from electrodoe.optimize.set_points import (
    Promise,
    SetPoint,
    best_set_point,
    describe,
    settings_for,
)

__all__ = [
    "Decision",
    "Distance",
    "Goal",
    "ParetoSet",
    "PossibleSettings",
    "Promise",
    "SetPoint",
    "best_set_point",
    "decision",
    "describe",
    "desirability",
    "distance",
    "goal_of",
    "overall_desirability",
    "pareto_set",
    "possible_settings",
    "settings_for",
]
