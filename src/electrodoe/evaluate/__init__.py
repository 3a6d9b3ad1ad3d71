"""What a model can do: on new replicates, on new configurations, term by term."""

from electrodoe.evaluate.anova import AnovaRow, analysis_of_variance
from electrodoe.evaluate.circumstances import block_findings, circumstance_findings
from electrodoe.evaluate.coefficient_tests import CoefficientTests, coefficient_tests
from electrodoe.evaluate.compared_rows import on_common_rows, unscored_findings
from electrodoe.evaluate.discoveries import discoveries
from electrodoe.evaluate.evaluation import (
    EVALUATION_SCHEMA,
    PREDICTION_SCHEMA,
    REPEAT_SCHEMA,
    Evaluation,
    evaluate,
)
from electrodoe.evaluate.judgement import (
    LIKELY,
    Predictability,
    best_rows,
    deciding_rows,
    judge,
    judged_r2,
    predictability,
    r2_lower,
)
from electrodoe.evaluate.lack_of_fit import LackOfFit, lack_of_fit, quadratic_lack_of_fit
from electrodoe.evaluate.metrics import r_squared, root_mean_squared_error
from electrodoe.evaluate.model_summary import ENOUGH_PRECISION, MODEL_SUMMARY_SCHEMA
from electrodoe.evaluate.outcome_findings import outcome_findings
from electrodoe.evaluate.outcome_tests import OutcomeTests, outcome_tests
from electrodoe.evaluate.probability_scores import (
    CalibrationPart,
    ProbabilityScores,
    calibration,
    probability_scores,
)
from electrodoe.evaluate.reduced_model import REDUCED
from electrodoe.evaluate.residual_diagnostics import (
    RESIDUAL_CHECK_SCHEMA,
    RESIDUAL_SCHEMA,
    residual_findings,
    residual_sentence,
    telling,
)
from electrodoe.evaluate.scales import scale_findings
from electrodoe.evaluate.screening.findings import screening_findings
from electrodoe.evaluate.screening.tables import (
    SCREENING_EFFECT_SCHEMA,
    SCREENING_RUN_SCHEMA,
    SCREENING_SCHEMA,
    screening_tables,
)
from electrodoe.evaluate.significance import (
    ANOVA_SCHEMA,
    COEFFICIENT_SCHEMA,
    COMPONENT_SCHEMA,
    Significance,
    significance,
)
from electrodoe.evaluate.size import size_findings
from electrodoe.evaluate.uneven_scatter import scatter_findings
from electrodoe.evaluate.untested import untested_findings

__all__ = [
    "ANOVA_SCHEMA",
    "COEFFICIENT_SCHEMA",
    "COMPONENT_SCHEMA",
    "ENOUGH_PRECISION",
    "EVALUATION_SCHEMA",
    "LIKELY",
    "MODEL_SUMMARY_SCHEMA",
    "PREDICTION_SCHEMA",
    "REDUCED",
    "REPEAT_SCHEMA",
    "RESIDUAL_CHECK_SCHEMA",
    "RESIDUAL_SCHEMA",
    "SCREENING_EFFECT_SCHEMA",
    "SCREENING_RUN_SCHEMA",
    "SCREENING_SCHEMA",
    "AnovaRow",
    "CalibrationPart",
    "CoefficientTests",
    "Evaluation",
    "LackOfFit",
    "OutcomeTests",
    "Predictability",
    "ProbabilityScores",
    "Significance",
    "analysis_of_variance",
    "best_rows",
    "block_findings",
    "calibration",
    "circumstance_findings",
    "coefficient_tests",
    "deciding_rows",
    "discoveries",
    "evaluate",
    "judge",
    "judged_r2",
    "lack_of_fit",
    "on_common_rows",
    "outcome_findings",
    "outcome_tests",
    "predictability",
    "probability_scores",
    "quadratic_lack_of_fit",
    "r2_lower",
    "r_squared",
    "residual_findings",
    "residual_sentence",
    "root_mean_squared_error",
    "scale_findings",
    "scatter_findings",
    "screening_findings",
    "screening_tables",
    "significance",
    "size_findings",
    "telling",
    "unscored_findings",
    "untested_findings",
]
