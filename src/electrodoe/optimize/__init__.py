"""From models to decisions: which settings, how sure, how far may I drift, what to run next."""

from electrodoe.optimize.beyond import ends_reached, runs_beyond
from electrodoe.optimize.canonical import (
    CanonicalAnalysis,
    canonical_analysis,
    second_degree,
)
from electrodoe.optimize.confirmation import Verdict, verdicts
from electrodoe.optimize.decision import Decision, decision
from electrodoe.optimize.desirability import Goal, desirability, goal_of, overall_desirability
from electrodoe.optimize.distance import Distance, distance
from electrodoe.optimize.level_settings import MOST_CERTAIN, LevelSettings
from electrodoe.optimize.next_runs.augmentation_runs import augmentation_runs
from electrodoe.optimize.next_runs.exploration_runs import exploration_runs
from electrodoe.optimize.next_runs.improvement import ExploitationRuns, exploitation_runs
from electrodoe.optimize.next_runs.quadratic_residuals import LeftOutResidual, quadratic_residuals
from electrodoe.optimize.next_runs.repeated_settings import RepeatedSettings, repeated_settings
from electrodoe.optimize.next_runs.rival_shapes import RivalShapes, Shape
from electrodoe.optimize.next_runs.shape_odds import rival_shapes
from electrodoe.optimize.next_runs.shape_runs import (
    Discrimination,
    ShapeRuns,
    ShapeTest,
    shape_runs,
)
from electrodoe.optimize.next_runs.sheet_plan import sheet_plan
from electrodoe.optimize.optimization import (
    CONFIRMATION,
    EXPLOITATION,
    EXPLORATION,
    LACK_OF_FIT,
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
    Prediction,
    QuadraticShape,
    Recommendation,
    Refusal,
    Window,
    json_values,
    recommendation_of,
)
from electrodoe.optimize.sensitivity import (
    ResponseShape,
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
    "CONFIRMATION",
    "EXPLOITATION",
    "EXPLORATION",
    "LACK_OF_FIT",
    "MOST_CERTAIN",
    "CanonicalAnalysis",
    "Decision",
    "Discrimination",
    "Distance",
    "ExploitationRuns",
    "Goal",
    "Learned",
    "LeftOutResidual",
    "LevelSettings",
    "NoWindow",
    "OperatingWindow",
    "OptimizationResult",
    "ParetoSet",
    "PictureWords",
    "PossibleSettings",
    "Prediction",
    "ProbabilityMap",
    "Promise",
    "QuadraticShape",
    "Recommendation",
    "Refusal",
    "RepeatedSettings",
    "ResponseShape",
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
    "augmentation_runs",
    "best_set_point",
    "canonical_analysis",
    "decision",
    "describe",
    "desirability",
    "distance",
    "ends_reached",
    "exploitation_runs",
    "exploration_runs",
    "goal_of",
    "json_values",
    "operating_window",
    "optimize_settings",
    "overall_desirability",
    "pareto_set",
    "possible_settings",
    "probability_map",
    "quadratic_residuals",
    "recommendation_of",
    "repeated_settings",
    "rival_shapes",
    "runs_beyond",
    "second_degree",
    "second_degree_shape",
    "settings_for",
    "shape_runs",
    "sheet_plan",
    "sobol_indices",
    "steepest_path",
    "verdicts",
]
