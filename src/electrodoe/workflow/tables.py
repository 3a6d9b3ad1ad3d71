"""The tables of a results folder: their columns, and their way from parts to CSV."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from electrodoe.evaluate import (
    ANOVA_SCHEMA,
    COEFFICIENT_SCHEMA,
    COMPONENT_SCHEMA,
    EVALUATION_SCHEMA,
    MODEL_SUMMARY_SCHEMA,
    PREDICTION_SCHEMA,
    REPEAT_SCHEMA,
    RESIDUAL_CHECK_SCHEMA,
    RESIDUAL_SCHEMA,
    SCREENING_EFFECT_SCHEMA,
    SCREENING_RUN_SCHEMA,
    SCREENING_SCHEMA,
)
from electrodoe.explain import (
    AGREEMENT_SCHEMA,
    EFFECT_SCHEMA,
    EXPLANATION_SCHEMA,
    INTERACTION_SCHEMA,
    SHAPLEY_SCHEMA,
)
from electrodoe.findings import FINDING_COLUMNS
from electrodoe.quantities import TableSchema
from electrodoe.verify import VERIFICATION_TABLES
from electrodoe.workflow.run_folder import Products, RunFolder, from_arrow, from_csv, to_csv

HYPERPARAMETER_SCHEMA: Final = TableSchema(
    name="hyperparameters",
    columns=dict.fromkeys(("target", "scenario", "family", "hyperparameters", "given"), pl.String),
)
"""``hyperparameters`` is JSON; ``given`` names what the study gives, the rest was searched."""

REFUSAL_SCHEMA: Final = TableSchema(
    name="refusals",
    columns=dict.fromkeys(
        ("stage", "target", "scenario", "family", "what", "where", "fix"), pl.String
    ),
)
"""What could not be estimated or explained, and why."""

FINDING_SCHEMA: Final = TableSchema(
    name="findings", columns=dict.fromkeys(FINDING_COLUMNS, pl.String)
)

TABLES: Final[Mapping[str, TableSchema]] = {
    "evaluation": EVALUATION_SCHEMA,
    "predictions": PREDICTION_SCHEMA,
    "repeats": REPEAT_SCHEMA,
    "hyperparameters": HYPERPARAMETER_SCHEMA,
    "models_refused": REFUSAL_SCHEMA,
    "explanations": EXPLANATION_SCHEMA,
    "shapley_values": SHAPLEY_SCHEMA,
    "interactions": INTERACTION_SCHEMA,
    "effects": EFFECT_SCHEMA,
    "agreement": AGREEMENT_SCHEMA,
    "anova": ANOVA_SCHEMA,
    "coefficients": COEFFICIENT_SCHEMA,
    "variance_components": COMPONENT_SCHEMA,
    "screening": SCREENING_SCHEMA,
    "screening_effects": SCREENING_EFFECT_SCHEMA,
    "screening_runs": SCREENING_RUN_SCHEMA,
    "model_summaries": MODEL_SUMMARY_SCHEMA,
    "residuals": RESIDUAL_SCHEMA,
    "residual_checks": RESIDUAL_CHECK_SCHEMA,
    "explanations_refused": REFUSAL_SCHEMA,
    **VERIFICATION_TABLES,
    "verification_refused": REFUSAL_SCHEMA,
    "recommendation_refused": REFUSAL_SCHEMA,
    "findings": FINDING_SCHEMA,
}
"""Tables of a run, by file name without ``.csv``."""


def stacked(name: str, parts: Sequence[Products]) -> pl.DataFrame:
    """Return one table from the parts that have a fraction in it."""
    schema = TABLES[name]
    frames = [from_arrow(products[name]) for products in parts if name in products]
    return pl.concat([schema.frame([]), *frames])


def as_csv(tables: Mapping[str, pl.DataFrame]) -> dict[str, bytes]:
    """Return tables as files, each checked against its columns."""
    return {f"{name}.csv": to_csv(TABLES[name].check(frame)) for name, frame in tables.items()}


def read_back(folder: RunFolder, name: str) -> pl.DataFrame:
    """Return a table that an earlier stage wrote."""
    return from_csv(folder.read(f"{name}.csv"), TABLES[name])
