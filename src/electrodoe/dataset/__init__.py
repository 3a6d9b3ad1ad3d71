"""Samples in canonical order, their scenarios, splits and oddities."""

from electrodoe.dataset.assembly import assemble, assemble_declared
from electrodoe.dataset.box_cox import BoxCox, box_cox, known_transform, on_model_scale
from electrodoe.dataset.checks.confounding import confounded_factors
from electrodoe.dataset.checks.two_outcomes import is_undeclared_outcome
from electrodoe.dataset.dataset import AFTER, CONFIGURATION, FROM_RUN, LINE, SAMPLE, Dataset
from electrodoe.dataset.dependence import (
    MAX_CORRELATION,
    MAX_VIF,
    Dependence,
    correlation_matrix,
    dependence,
    variance_inflation_factors,
)
from electrodoe.dataset.inspection import CHECKS, inspect
from electrodoe.dataset.left_out_units import can_leave_plots_out, left_out_units
from electrodoe.dataset.level_cells import levels_found
from electrodoe.dataset.outcomes import outcomes
from electrodoe.dataset.run_order import known_run_order
from electrodoe.dataset.run_settings import are_runs_doubted
from electrodoe.dataset.splits import (
    MOST_LEFT_OUT,
    grouped_folds,
    leave_groups_out,
    leave_one_configuration_out,
    left_out_groups,
    random_test_rows,
)
from electrodoe.dataset.thinning import (
    by_turns,
    draw_configurations,
    few_configurations,
    few_samples,
)
from electrodoe.dataset.training_data import TrainingData, configuration_means
from electrodoe.dataset.transforms import Transform, declared_transform

__all__ = [
    "AFTER",
    "CHECKS",
    "CONFIGURATION",
    "FROM_RUN",
    "LINE",
    "MAX_CORRELATION",
    "MAX_VIF",
    "MOST_LEFT_OUT",
    "SAMPLE",
    "BoxCox",
    "Dataset",
    "Dependence",
    "TrainingData",
    "Transform",
    "are_runs_doubted",
    "assemble",
    "assemble_declared",
    "box_cox",
    "by_turns",
    "can_leave_plots_out",
    "configuration_means",
    "confounded_factors",
    "correlation_matrix",
    "declared_transform",
    "dependence",
    "draw_configurations",
    "few_configurations",
    "few_samples",
    "grouped_folds",
    "inspect",
    "is_undeclared_outcome",
    "known_run_order",
    "known_transform",
    "leave_groups_out",
    "leave_one_configuration_out",
    "left_out_groups",
    "left_out_units",
    "levels_found",
    "on_model_scale",
    "outcomes",
    "random_test_rows",
    "variance_inflation_factors",
]
