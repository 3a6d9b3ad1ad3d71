"""The tables of an explanation."""

from typing import Final

import polars as pl

from electrodoe.quantities import TableSchema

EXPLANATION_SCHEMA: Final = TableSchema(
    name="explanations",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "family": pl.String,
        "method": pl.String,
        "input": pl.String,
        "value": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "rank": pl.Int64,
        "p_rank_1": pl.Float64,
    },
)
"""``coefficient`` and ``mdi`` are shares, ``permutation`` and ``shapley`` in the response's unit.

``low`` and ``high`` are the 5th and 95th percentile over bootstraps of whole configurations,
``p_rank_1`` the fraction of them in which the input ranks first; all three are null where the
model could not be refitted. The input ``shadow`` belongs to ``mdi`` alone; inputs that move
together are one, ``a + b``.
"""

SHAPLEY_SCHEMA: Final = TableSchema(
    name="shapley",
    columns={
        "row": pl.String,
        "target": pl.String,
        "scenario": pl.String,
        "family": pl.String,
        "input": pl.String,
        "input_value": pl.Float64,
        "shapley_value": pl.Float64,
        "base": pl.Float64,
        "prediction": pl.Float64,
    },
)
"""One row per sample and input: a bee swarm; the values add up to prediction minus base. A group of
inputs that move together has no ``input_value``."""

INTERACTION_SCHEMA: Final = TableSchema(
    name="interactions",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "family": pl.String,
        "input_1": pl.String,
        "input_2": pl.String,
        "value": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
    },
)
"""Mean size of the half of a pair's interaction that is part of each input's Shapley value."""

EFFECT_SCHEMA: Final = TableSchema(
    name="effects",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "family": pl.String,
        "input": pl.String,
        "input_value": pl.Float64,
        "effect": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
    },
)
"""Accumulated local effects, in the response's unit, around zero, always of single inputs; ``low``
and ``high`` as in the importances, of the refits' own effects at the same values."""

AGREEMENT_SCHEMA: Final = TableSchema(
    name="agreement",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "method": pl.String,
        "n_families": pl.Int64,
        "kendall_w": pl.Float64,
        "mean_tau": pl.Float64,
        "top_input": pl.String,
        "top_fraction": pl.Float64,
    },
)
"""How alike the families rank the inputs; null where a ranking has a single input or none."""
