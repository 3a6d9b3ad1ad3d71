"""One row of the model table: the paper's random split, its scatter, and new configurations."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import (
    TrainingData,
    can_leave_plots_out,
    known_transform,
    leave_groups_out,
    left_out_units,
    random_test_rows,
)
from electrodoe.dataset.blocks import without_effects
from electrodoe.errors import ModelError
from electrodoe.evaluate.metrics import r_squared, root_mean_squared_error
from electrodoe.models import Hyperparameters, fit, tune
from electrodoe.quantities import TableSchema

EVALUATION_SCHEMA: Final = TableSchema(
    name="evaluation",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "family": pl.String,
        "n": pl.Int64,
        "n_configurations": pl.Int64,
        "r2_train": pl.Float64,
        "r2_test": pl.Float64,
        "rmse_train": pl.Float64,
        "rmse_test": pl.Float64,
        "mse_ratio": pl.Float64,
        "r2_test_p05": pl.Float64,
        "r2_test_p95": pl.Float64,
        "r2_loco": pl.Float64,
        "rmse_loco": pl.Float64,
        "r2_loco_on_scale": pl.Float64,
        "r2_known_whole_plots": pl.Float64,
    },
)
"""One row per target, scenario and family; ``loco`` leaves one configuration out, pooled, or, where
factors are hard to change, one whole plot; ``known_whole_plots`` a configuration also there.
``on_scale`` is that of the response's transform, null where it has none; all else is in its
unit."""

PREDICTION_SCHEMA: Final = TableSchema(
    name="predictions",
    columns={
        "row": pl.String,
        "target": pl.String,
        "scenario": pl.String,
        "family": pl.String,
        "split": pl.String,
        "observed": pl.Float64,
        "predicted": pl.Float64,
    },
)
"""``split`` is ``train`` or ``test`` of the printed random split, or ``loco``."""

REPEAT_SCHEMA: Final = TableSchema(
    name="repeats",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "family": pl.String,
        "repeat": pl.Int64,
        "r2_test": pl.Float64,
    },
)
"""The random split again and again; repeat 0 is the one that is printed."""


_MOST_UNSCORED: Final = 0.5
"""Fraction of rows without a left-out prediction up to which the others speak for a family."""


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What one family can do with one response and one scenario.

    Attributes
    ----------
    summary, predictions, repeats : polars.DataFrame
        Rows of the tables :data:`EVALUATION_SCHEMA`, :data:`PREDICTION_SCHEMA` and
        :data:`REPEAT_SCHEMA`.
    """

    summary: pl.DataFrame
    predictions: pl.DataFrame
    repeats: pl.DataFrame


def evaluate(
    data: TrainingData,
    family: str,
    *,
    test_fraction: float = 0.2,
    n_repeats: int = 20,
    width: int = 2,
    seed: int = 0,
    given: Hyperparameters | None = None,
) -> Evaluation:
    """Return a family's scores on known and on new configurations.

    Parameters
    ----------
    data : TrainingData
        Samples in canonical order.
    family : str
        Key of ``electrodoe.models.FAMILIES``.
    test_fraction : float
        Fraction of rows in the test set of the random split.
    n_repeats : int
        Number of random splits; the first is the one that is printed.
    width : int
        1 (narrow) to 3 (wide) search for hyperparameters.
    seed : int
        Start of every random choice; the same seed gives every family the same test rows.
    given : mapping or None
        Hyperparameters that are not searched.

    Returns
    -------
    Evaluation
        Scores and predictions.

    Raises
    ------
    ModelError
        If no random split, or less than half of the left-out predictions, determine the model.

    Notes
    -----
    The random split asks about *new replicates of known configurations*. Leaving one
    configuration out asks about *new configurations*; its hyperparameters are chosen anew in
    each training set, and its R² is pooled over all left-out predictions. Of more than 40
    configurations several are left out together; see
    :func:`electrodoe.dataset.left_out_groups`. Where factors are hard to change, whole plots stand
    in the place of configurations, as long as the others determine what they have to; where several
    configurations have one setting, settings do (:func:`electrodoe.dataset.units_left_out`). The
    search for hyperparameters leaves out the same within its training rows.

    A split whose training rows do not determine the model is passed over, and the first that does
    is printed. A configuration without which the model is not determined, as the center of a
    Box-Behnken plan for its quadratic, is not scored: its rows have no left-out prediction.
    """
    rng = np.random.default_rng(seed)
    splits = [random_test_rows(data.n_samples, test_fraction, rng) for _ in range(n_repeats)]
    first, chosen, printed = _first_determined(data, splits, family, width, seed, given)
    scores = np.full(n_repeats, np.nan)
    scores[first] = _score(data.measured_response[splits[first]], printed[splits[first]])
    for repeat, test in enumerate(splits):
        if repeat == first:
            continue
        train, offsets = _without(data, test)
        try:
            model = fit(train, family, chosen, seed=seed)
        except ModelError:
            continue
        predicted = data.with_offsets(model.predict(data.inputs[test]), offsets[test])
        scores[repeat] = _score(data.measured_response[test], predicted)
    left_out = _left_out_predictions(data, family, width, seed, given)
    in_known_plots = _r2_in_known_plots(data, family, width, seed, given)
    return Evaluation(
        summary=_summary(data, family, splits[first], printed, scores, left_out).with_columns(
            r2_known_whole_plots=pl.lit(in_known_plots, dtype=pl.Float64)
        ),
        predictions=_predictions(data, family, splits[first], printed, left_out),
        repeats=_repeats(data, family, scores),
    )


def _first_determined(
    data: TrainingData,
    splits: list[Integers],
    family: str,
    width: int,
    seed: int,
    given: Hyperparameters | None,
) -> tuple[int, Hyperparameters, Floats]:
    """Return the first split that determines the model, its hyperparameters and predictions."""
    for number, test in enumerate(splits):
        train, offsets = _without(data, test)
        try:
            chosen = tune(train, family, width=width, seed=seed, given=given)
            model = fit(train, family, chosen, seed=seed)
        except ModelError as error:
            undetermined = error
            continue
        return number, chosen, data.with_offsets(model.predict(data.inputs), offsets)
    raise undetermined


def _without(data: TrainingData, test: Integers) -> tuple[TrainingData, Floats]:
    """Return the samples that are not in a test set, and what all blocks add as they see it."""
    is_learned = np.isin(np.arange(data.n_samples), test, invert=True)
    again = without_effects(data, is_learned)
    offsets = np.zeros(data.n_samples) if again.block_offsets is None else again.block_offsets
    return again.take(is_learned), offsets


def _score(observed: Floats, predicted: Floats) -> float:
    """Return R², or NaN for a test set without spread."""
    return r_squared(observed, predicted) if np.ptp(observed) > 0.0 else np.nan


def _left_out_predictions(
    data: TrainingData, family: str, width: int, seed: int, given: Hyperparameters | None
) -> Floats:
    """Return each sample's prediction by a model that saw nothing of its configuration."""
    predicted = np.full(data.n_samples, np.nan)
    for test in leave_groups_out(left_out_units(data)):
        train, offsets = _without(data, np.flatnonzero(test))
        try:
            chosen = tune(train, family, width=width, seed=seed, given=given)
            model = fit(train, family, chosen, seed=seed)
        except ModelError as error:
            undetermined = error
            continue
        predicted[test] = data.with_offsets(model.predict(data.inputs[test]), offsets[test])
    if np.isnan(predicted).sum() > _MOST_UNSCORED * data.n_samples:
        raise undetermined
    return predicted


def _r2_in_known_plots(
    data: TrainingData, family: str, width: int, seed: int, given: Hyperparameters | None
) -> float | None:
    """Return R² on left-out configurations of known whole plots, where plots are left out else."""
    if not can_leave_plots_out(data):
        return None
    try:
        predicted = _left_out_predictions(
            replace(data, whole_plots=None), family, width, seed, given
        )
    except ModelError:
        return None
    known = ~np.isnan(predicted)
    return _score(data.measured_response[known], predicted[known])


def _summary(
    data: TrainingData,
    family: str,
    test: Integers,
    predicted: Floats,
    scores: Floats,
    left_out: Floats,
) -> pl.DataFrame:
    """Return the family's row of the model table."""
    is_test = np.isin(np.arange(data.n_samples), test)
    y = data.measured_response
    rmse_train = root_mean_squared_error(y[~is_test], predicted[~is_test])
    rmse_test = root_mean_squared_error(y[is_test], predicted[is_test])
    low, high = _quantiles(scores)
    known = ~np.isnan(left_out)
    return EVALUATION_SCHEMA.frame(
        [
            {
                "target": data.response_name,
                "scenario": data.scenario,
                "family": family,
                "n": data.n_samples,
                "n_configurations": data.n_configurations,
                "r2_train": r_squared(y[~is_test], predicted[~is_test]),
                "r2_test": _score(y[is_test], predicted[is_test]),
                "rmse_train": rmse_train,
                "rmse_test": rmse_test,
                "mse_ratio": (rmse_train / rmse_test) ** 2 if rmse_test > 0.0 else np.nan,
                "r2_test_p05": low,
                "r2_test_p95": high,
                **left_out_scores(data, y[known], left_out[known]),
            }
        ]
    )


def left_out_scores(
    data: TrainingData, observed: Floats, predicted: Floats
) -> dict[str, float | None]:
    """Return the scores of left-out predictions, as columns of the model table.

    R² on the scale that the response is modeled on is None where that is its own.
    """
    transform = known_transform(data)
    forward = None if transform is None else transform.forward
    return {
        "r2_loco": r_squared(observed, predicted),
        "rmse_loco": root_mean_squared_error(observed, predicted),
        "r2_loco_on_scale": forward and r_squared(forward(observed), forward(predicted)),
    }


def _quantiles(scores: Floats) -> tuple[float, float]:
    """Return 5 and 95 % of the repeats' scores; NaN where no test set has a spread."""
    known = scores[~np.isnan(scores)]
    low, high = np.quantile(known, [0.05, 0.95]) if len(known) else (np.nan, np.nan)
    return float(low), float(high)


def _predictions(
    data: TrainingData,
    family: str,
    test: Integers,
    predicted: Floats,
    left_out: Floats,
) -> pl.DataFrame:
    """Return the printed split's and the left-out predictions, sample by sample."""
    split = np.where(np.isin(np.arange(data.n_samples), test), "test", "train")
    columns = {
        "row": data.sample_names * 2,
        **_head(data, family, 2 * data.n_samples),
        "split": np.concatenate([split, np.full(data.n_samples, "loco")]).tolist(),
        "observed": np.tile(data.measured_response, 2),
        "predicted": np.concatenate([predicted, left_out]),
    }
    table = pl.DataFrame(columns, schema=dict(PREDICTION_SCHEMA.columns))
    return table.filter(pl.col("predicted").is_not_nan())


def _repeats(data: TrainingData, family: str, scores: Floats) -> pl.DataFrame:
    """Return the test score of every repeat."""
    return pl.DataFrame(
        {
            **_head(data, family, len(scores)),
            "repeat": np.arange(len(scores)),
            "r2_test": scores,
        },
        schema=dict(REPEAT_SCHEMA.columns),
    )


def _head(data: TrainingData, family: str, n_rows: int) -> dict[str, list[str]]:
    """Return the columns that tables start with, in full: polars is slow to repeat one value."""
    return {
        "target": [data.response_name] * n_rows,
        "scenario": [data.scenario] * n_rows,
        "family": [family] * n_rows,
    }
