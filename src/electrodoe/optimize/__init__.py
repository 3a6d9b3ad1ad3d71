"""From models to decisions: which settings, how sure, how far may I drift, what to run next."""

from electrodoe.optimize.canonical import (
    CanonicalAnalysis,
    canonical_analysis,
    ridge_path,
    second_degree,
)
from electrodoe.optimize.confirmation import Verdict, verdicts
from electrodoe.optimize.decision import Decision, decision
from electrodoe.optimize.desirability import Goal, desirability, goal_of, overall_desirability
from electrodoe.optimize.distance import Distance, distance
from electrodoe.optimize.improvement import ImprovingRuns, improving_runs
from electrodoe.optimize.learning_runs import learning_runs
from electrodoe.optimize.next_runs import sheet_plan, teaching_runs
from electrodoe.optimize.pareto import ParetoSet, pareto_set
from electrodoe.optimize.possible_settings import PossibleSettings, possible_settings
from electrodoe.optimize.probability_map import ProbabilityMap, probability_map
from electrodoe.optimize.recommendation import (
    CONFIRM,
    IMPROVE,
    TEACH,
    Learned,
    Recommendation,
    recommend,
)
from electrodoe.optimize.sensitivity import (
    SobolIndices,
    second_degree_shape,
    sobol_indices,
    steepest_path,
)
from electrodoe.optimize.set_points import (
    Promise,
    SetPoint,
    best_set_point,
    describe,
    settings_for,
)
from electrodoe.optimize.window import OperatingWindow, WindowSearch, operating_window

__all__ = [
    "CONFIRM",
    "IMPROVE",
    "TEACH",
    "CanonicalAnalysis",
    "Decision",
    "Distance",
    "Goal",
    "ImprovingRuns",
    "Learned",
    "OperatingWindow",
    "ParetoSet",
    "PossibleSettings",
    "ProbabilityMap",
    "Promise",
    "Recommendation",
    "SetPoint",
    "SobolIndices",
    "Verdict",
    "WindowSearch",
    "best_set_point",
    "canonical_analysis",
    "decision",
    "describe",
    "desirability",
    "distance",
    "goal_of",
    "improving_runs",
    "learning_runs",
    "operating_window",
    "overall_desirability",
    "pareto_set",
    "possible_settings",
    "probability_map",
    "recommend",
    "ridge_path",
    "second_degree",
    "second_degree_shape",
    "settings_for",
    "sheet_plan",
    "sobol_indices",
    "steepest_path",
    "teaching_runs",
    "verdicts",
]
