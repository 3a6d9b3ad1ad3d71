"""Why a model predicts what it predicts, and how sure one may be of that."""

from electrodoe.explain.admissible import require_explainable
from electrodoe.explain.agreement import rank_agreement
from electrodoe.explain.coefficients import normalized_coefficients
from electrodoe.explain.composites import MAX_INPUTS
from electrodoe.explain.explanation import Explanation, explain
from electrodoe.explain.impurity import SHADOW, impurity_importance, with_shadow
from electrodoe.explain.permutation import permutation_importance
from electrodoe.explain.shapley import ShapleyValues, shapley_values
from electrodoe.explain.stability import Bootstraps, bootstrap_configurations
from electrodoe.explain.surface import (
    N_STEPS,
    SURFACE_SCHEMA,
    accumulated_local_effects,
    is_between,
    response_surface,
)
from electrodoe.explain.tables import (
    AGREEMENT_SCHEMA,
    EFFECT_SCHEMA,
    EXPLANATION_SCHEMA,
    INTERACTION_SCHEMA,
    SHAPLEY_SCHEMA,
)

__all__ = [
    "AGREEMENT_SCHEMA",
    "EFFECT_SCHEMA",
    "EXPLANATION_SCHEMA",
    "INTERACTION_SCHEMA",
    "MAX_INPUTS",
    "N_STEPS",
    "SHADOW",
    "SHAPLEY_SCHEMA",
    "SURFACE_SCHEMA",
    "Bootstraps",
    "Explanation",
    "ShapleyValues",
    "accumulated_local_effects",
    "bootstrap_configurations",
    "explain",
    "impurity_importance",
    "is_between",
    "normalized_coefficients",
    "permutation_importance",
    "rank_agreement",
    "require_explainable",
    "response_surface",
    "shapley_values",
    "with_shadow",
]
