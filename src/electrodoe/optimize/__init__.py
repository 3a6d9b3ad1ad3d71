"""From models to decisions: which settings, how sure, how far may I drift, what to run next."""

from electrodoe.optimize.canonical import (
    CanonicalAnalysis,
    canonical_analysis,
    second_degree,
)
from electrodoe.optimize.confirmation import Verdict, verdicts
from electrodoe.optimize.decision import Decision, decision
from electrodoe.optimize.desirability import Goal, desirability, goal_of, overall_desirability
from electrodoe.optimize.distance import Distance, distance
from electrodoe.optimize.next_runs.improvement import ImprovingRuns, improving_runs
from electrodoe.optimize.next_runs.learning_runs import learning_runs
from electrodoe.optimize.next_runs.made_again import MadeAgain, made_again
from electrodoe.optimize.next_runs.quadratic_misses import Miss, quadratic_misses
from electrodoe.optimize.next_runs.rival_shapes import RivalShapes, Shape
from electrodoe.optimize.next_runs.shape_beliefs import rival_shapes
from electrodoe.optimize.next_runs.shape_runs import Parting, ShapeRuns, ShapeTest, shape_runs
from electrodoe.optimize.next_runs.sheet_plan import sheet_plan
from electrodoe.optimize.next_runs.teaching_runs import teaching_runs
from electrodoe.optimize.optimization import (
    CHECK,
    CONFIRM,
    IMPROVE,
    TEACH,
    Learned,
    OptimizationResult,
    optimize_settings,
)
from electrodoe.optimize.pareto import ParetoSet, pareto_set
from electrodoe.optimize.possible_settings import PossibleSettings, possible_settings
from electrodoe.optimize.probability_map import ProbabilityMap, probability_map
from electrodoe.optimize.recommendation import (
    NoWindow,
    PictureWords,
    Recommendation,
    Refusal,
    Window,
    json_values,
    recommendation_of,
)
from electrodoe.optimize.sensitivity import (
    SobolIndices,
    second_degree_shape,
    sobol_indices,
    steepest_path,
)
from electrodoe.optimize.set_points import (
    Promise,
    Searches,
    SetPoint,
    best_set_point,
    describe,
    settings_for,
)
from electrodoe.optimize.window import OperatingWindow, WindowSearch, operating_window

__all__ = [
    "CHECK",
    "CONFIRM",
    "IMPROVE",
    "TEACH",
    "CanonicalAnalysis",
    "Decision",
    "Distance",
    "Goal",
    "ImprovingRuns",
    "Learned",
    "MadeAgain",
    "Miss",
    "NoWindow",
    "OperatingWindow",
    "OptimizationResult",
    "ParetoSet",
    "Parting",
    "PictureWords",
    "PossibleSettings",
    "ProbabilityMap",
    "Promise",
    "Recommendation",
    "Refusal",
    "RivalShapes",
    "Searches",
    "SetPoint",
    "Shape",
    "ShapeRuns",
    "ShapeTest",
    "SobolIndices",
    "Verdict",
    "Window",
    "WindowSearch",
    "best_set_point",
    "canonical_analysis",
    "decision",
    "describe",
    "desirability",
    "distance",
    "goal_of",
    "improving_runs",
    "json_values",
    "learning_runs",
    "made_again",
    "operating_window",
    "optimize_settings",
    "overall_desirability",
    "pareto_set",
    "possible_settings",
    "probability_map",
    "quadratic_misses",
    "recommendation_of",
    "rival_shapes",
    "second_degree",
    "second_degree_shape",
    "settings_for",
    "shape_runs",
    "sheet_plan",
    "sobol_indices",
    "steepest_path",
    "teaching_runs",
    "verdicts",
]
