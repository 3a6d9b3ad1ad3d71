"""One fitted model, explained: importances with their certainty, sample by sample, along inputs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.dataset import (
    Dependence,
    TrainingData,
    dependence,
    few_configurations,
    few_samples,
)
from electrodoe.explain.admissible import require_explainable
from electrodoe.explain.impurity import SHADOW
from electrodoe.explain.measures import (
    COEFFICIENT,
    INTERACTION,
    MOST_CONFIGURATIONS,
    mean_size,
    measures,
    pair_sizes,
    pairs,
)
from electrodoe.explain.settings import configuration_settings
from electrodoe.explain.shapley import ShapleyValues, shapley_values
from electrodoe.explain.stability import (
    Bootstraps,
    Measures,
    band,
    bootstrap_configurations,
    fraction_of_first_ranks,
    ranks,
)
from electrodoe.explain.surface import effects_along
from electrodoe.explain.tables import (
    EFFECT_SCHEMA,
    EXPLANATION_SCHEMA,
    INTERACTION_SCHEMA,
    SHAPLEY_SCHEMA,
)
from electrodoe.models import FittedModel, fit, in_canonical_order
from electrodoe.models.fixed_point import merged_levels
from electrodoe.models.forest import with_fewer_trees

_N_TREES_IN_REFITS: Final = 30
"""Trees of each bootstrap's forest: the spread between bootstraps is far above theirs."""
MOST_EXPLAINED: Final = 500
"""Samples with Shapley values of their own; a swarm of more is a blot."""
_EFFECT: Final = "effect"
"""Name of what the refits say along the inputs; it is no importance, and has no rank."""
_MOST_ALONG: Final = 2_000
"""Samples that accumulated effects are averaged over: 200 in each of ten intervals."""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What one model's predictions rest on.

    Attributes
    ----------
    importances, shapley, interactions, effects : polars.DataFrame
        Rows of the tables :data:`EXPLANATION_SCHEMA`, :data:`SHAPLEY_SCHEMA`,
        :data:`INTERACTION_SCHEMA` and :data:`EFFECT_SCHEMA`.
    n_bootstraps, n_refused : int
        Refits behind the bands, and draws that did not determine the model.
    """

    importances: pl.DataFrame
    shapley: pl.DataFrame
    interactions: pl.DataFrame
    effects: pl.DataFrame
    n_bootstraps: int
    n_refused: int


def explain(data: TrainingData, model: FittedModel, *, n_bootstraps: int, seed: int) -> Explanation:
    """Return an explanation of a fitted model.

    Parameters
    ----------
    data : TrainingData
        The samples it was fitted to; their order does not matter.
    model : FittedModel
        What to explain.
    n_bootstraps : int
        Refits on drawn configurations, with the model's hyperparameters but at most 30 trees;
        0 for no bands.
    seed : int
        Start of every random choice.

    Returns
    -------
    Explanation
        The same to the bit for the same samples and seed.

    Raises
    ------
    ExplanationError
        If all inputs move together, or there are more than 12.
    ModelError
        If trees cannot be grown beside a shadow input.
    """
    apart = dependence(data.input_names, data.inputs, data.levels)
    require_explainable(apart)
    groups, names = apart.group_numbers, list(apart.members)
    ordered = _in_one_order(data)
    once, again, draws = np.random.default_rng(seed).spawn(3)
    background = configuration_settings(few_configurations(ordered, MOST_CONFIGURATIONS)).inputs
    reported = few_samples(ordered, MOST_EXPLAINED)
    explained = shapley_values(model.predict, reported.inputs, background, groups)
    point = _with_samples(measures(ordered, model, once, groups), explained)

    lighter = with_fewer_trees(model.hyperparameters, _N_TREES_IN_REFITS)
    along = few_samples(ordered, _MOST_ALONG)

    def refit(drawn: TrainingData) -> Measures:
        refitted = fit(drawn, model.family, lighter, seed=model.seed)
        curves = [heights for _, heights in _curves(along, refitted)]
        return {**measures(drawn, refitted, again, groups), _EFFECT: np.concatenate(curves)}

    bootstraps = bootstrap_configurations(ordered, refit, n_bootstraps=n_bootstraps, rng=draws)
    return Explanation(
        importances=_importances(model, names, point, bootstraps),
        shapley=_shapley(reported, model, apart, explained),
        interactions=_interactions(model, names, point, bootstraps),
        effects=_effects(along, model, bootstraps),
        n_bootstraps=n_bootstraps,
        n_refused=bootstraps.n_refused,
    )


def _in_one_order(data: TrainingData) -> TrainingData:
    """Return the samples by content, equal ones by name; levels parted by rounding are one."""
    levels = replace(data, inputs=merged_levels(data.inputs))
    return in_canonical_order(levels.take(np.argsort(np.array(data.sample_names), kind="stable")))


def _with_samples(point: Measures, explained: ShapleyValues) -> Measures:
    """Return the measures with Shapley means over the samples, as they stand in the tables."""
    each = np.ones(len(explained.values))
    return {
        **point,
        "shapley": mean_size(explained.values, each),
        INTERACTION: pair_sizes(explained.interactions, each),
    }


def _head(model: FittedModel, n_rows: int) -> dict[str, list[str]]:
    """Return the columns that every table starts with, in full: polars is slow to repeat one."""
    return {
        "target": [model.response_name] * n_rows,
        "scenario": [model.scenario] * n_rows,
        "family": [model.family] * n_rows,
    }


def _size(name: str, values: Floats) -> Floats:
    """Return what is ranked: coefficients have a direction, a negative permutation is no use."""
    return np.abs(values) if name == COEFFICIENT else values


def _bands(bootstraps: Bootstraps, name: str) -> dict[str, Sequence[float] | None]:
    """Return percentiles and fractions of first ranks, or nulls where there are no refits."""
    if name not in bootstraps.draws:
        return {"low": None, "high": None, "p_rank_1": None}
    low, high = band(bootstraps.draws[name])
    fractions = fraction_of_first_ranks(_size(name, bootstraps.draws[name]))
    return {"low": low.tolist(), "high": high.tolist(), "p_rank_1": fractions.tolist()}


def _importances(
    model: FittedModel, names: list[str], point: Measures, bootstraps: Bootstraps
) -> pl.DataFrame:
    """Return the importance of each input, or group of them, by each method."""
    frames = [
        pl.DataFrame(
            {
                **_head(model, len(value)),
                "method": [name] * len(value),
                "input": [*names, SHADOW][: len(value)],
                "value": value,
                **_bands(bootstraps, name),
                "rank": ranks(_size(name, value)),
            },
            schema_overrides=dict(EXPLANATION_SCHEMA.columns),
        ).select(*EXPLANATION_SCHEMA.columns)
        for name, value in point.items()
        if name != INTERACTION
    ]
    return pl.concat(frames)


def _shapley(
    data: TrainingData, model: FittedModel, apart: Dependence, explained: ShapleyValues
) -> pl.DataFrame:
    """Return every sample's Shapley values; a group of inputs has no value of its own."""
    members = apart.members
    alone = {name: data.input_names.index(own[0]) for name, own in members.items() if len(own) == 1}
    nothing = np.full(data.n_samples, np.nan)
    values = [data.inputs[:, alone[name]] if name in alone else nothing for name in members]
    n_rows = len(members) * data.n_samples
    return pl.DataFrame(
        {
            "row": np.repeat(data.sample_names, len(members)).tolist(),
            **_head(model, n_rows),
            "input": list(members) * data.n_samples,
            "input_value": np.column_stack(values).ravel(),
            "shapley_value": explained.values.ravel(),
            "base": np.full(n_rows, explained.base),
            "prediction": np.repeat(explained.predictions, len(members)),
        },
        schema=dict(SHAPLEY_SCHEMA.columns),
    ).with_columns(pl.col("input_value").fill_nan(None))


def _interactions(
    model: FittedModel, names: list[str], point: Measures, bootstraps: Bootstraps
) -> pl.DataFrame:
    """Return the mean size of each pair's interaction; no rows for a single input."""
    first, second = pairs(len(names))
    bands = _bands(bootstraps, INTERACTION) if len(first) else {"low": None, "high": None}
    return pl.DataFrame(
        {
            **_head(model, len(first)),
            "input_1": [names[index] for index in first],
            "input_2": [names[index] for index in second],
            "value": point[INTERACTION],
            "low": bands["low"],
            "high": bands["high"],
        },
        schema=dict(INTERACTION_SCHEMA.columns),
    )


def _curves(data: TrainingData, model: FittedModel) -> list[tuple[Floats, Floats]]:
    """Return the accumulated local effects along each input, of a category those of its levels."""
    is_category = [name in data.levels for name in data.input_names]
    return effects_along(model.predict, data.inputs, is_category)


def _effects(data: TrainingData, model: FittedModel, bootstraps: Bootstraps) -> pl.DataFrame:
    """Return the course along each input, with the band of the refits' courses at the same ends."""
    curves = _curves(data, model)
    names = np.repeat(data.input_names, [len(edges) for edges, _ in curves]).tolist()
    bands = _bands(bootstraps, _EFFECT)
    return pl.DataFrame(
        {
            **_head(model, len(names)),
            "input": names,
            "input_value": np.concatenate([edges for edges, _ in curves]),
            "effect": np.concatenate([heights for _, heights in curves]),
            "low": bands["low"],
            "high": bands["high"],
        },
        schema=dict(EFFECT_SCHEMA.columns),
    )
