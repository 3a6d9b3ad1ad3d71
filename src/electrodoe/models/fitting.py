"""From training data to a fitted model: order the rows, normalize, tune, fit."""

from collections.abc import Iterable

import numpy as np

from electrodoe.dataset import TrainingData, few_samples, known_transform, left_out_units
from electrodoe.errors import ModelError
from electrodoe.models.catalogue import FAMILIES, families_of
from electrodoe.models.family import INPUT_OF_COLUMN, Hyperparameters, Search
from electrodoe.models.fitted import FittedModel, Normalization
from electrodoe.models.fixed_point import level_numbers
from electrodoe.models.remembered import tuned_once


def tune(
    data: TrainingData,
    family: str,
    *,
    width: int = 2,
    seed: int = 0,
    given: Hyperparameters | None = None,
) -> Hyperparameters:
    """Return hyperparameters chosen on what is left out of the training data.

    Left out are configurations; settings, where several have one; whole plots, where factors are
    hard to change (:func:`electrodoe.dataset.units_left_out`).

    Parameters
    ----------
    data : TrainingData
        Samples; their order does not matter.
    family : str
        Key of :data:`FAMILIES`.
    width : int
        1 (narrow) to 3 (wide) search.
    seed : int
        Start of every random choice.
    given : mapping or None
        Hyperparameters that are not searched; :func:`electrodoe.models.given_hyperparameters`.

    Returns
    -------
    mapping
        JSON values; those that are given among them.

    Raises
    ------
    ModelError
        If no candidate can be estimated.
    """
    _require_kind(data, family)
    ordered = in_canonical_order(data)
    normalization = normalize(ordered)
    ordered = few_samples(ordered, FAMILIES[family].rows_learned(ordered.n_samples))
    return tuned_once(
        FAMILIES[family],
        Search(
            inputs=normalization.inputs(ordered.inputs),
            response=normalization.response(ordered.response),
            configurations=ordered.configurations,
            width=width,
            seed=seed,
            given={**(given or {}), **_given_columns(ordered)},
            units=left_out_units(ordered),
            is_planned_quadratic=ordered.is_planned_quadratic,
        ),
    )


def fit(
    data: TrainingData,
    family: str,
    hyperparameters: Hyperparameters,
    *,
    seed: int = 0,
    given: Iterable[str] = (),
) -> FittedModel:
    """Return a family fitted to training data with given hyperparameters.

    Parameters
    ----------
    data : TrainingData
        Samples; their order does not matter.
    family : str
        Key of :data:`FAMILIES`.
    hyperparameters : mapping
        As :func:`tune` returns them.
    seed : int
        Start of every random choice.
    given : iterable of str
        Names of those that were not searched, which the model remembers.

    Returns
    -------
    FittedModel
        Predicts in declared units.

    Raises
    ------
    ModelError
        If the data do not determine the model.
    """
    _require_kind(data, family)
    ordered = in_canonical_order(data)
    normalization = normalize(ordered)
    ordered = few_samples(ordered, FAMILIES[family].rows_learned(ordered.n_samples))
    known = {
        name: value for name, value in _given_columns(ordered).items() if name in hyperparameters
    }
    state = FAMILIES[family].fit(
        normalization.inputs(ordered.inputs),
        normalization.response(ordered.response),
        {**hyperparameters, **known},
        seed,
    )
    return FittedModel(
        family=family,
        scenario=data.scenario,
        response_name=data.response_name,
        input_names=data.input_names,
        hyperparameters=hyperparameters,
        given=tuple(sorted(given)),
        normalization=normalization,
        state=state,
        lower=data.inputs.min(axis=0),
        upper=data.inputs.max(axis=0),
        levels=data.levels,
        n_samples=data.n_samples,
        n_configurations=data.n_configurations,
        seed=seed,
    )


def _require_kind(data: TrainingData, family: str) -> None:
    """Raise where a family is for other responses, such as numbers where there are outcomes."""
    if FAMILIES[family].kind != data.kind:
        raise ModelError(
            f"'{family}' is for a {FAMILIES[family].kind} response, and '{data.response_name}' is"
            f" a {data.kind}",
            where=f"model '{family}' of '{data.response_name}'",
            fix=f"name {' or '.join(families_of(data.kind))}",
        )


def _given_columns(data: TrainingData) -> Hyperparameters:
    """Return which input each column stands for, where some are categories."""
    if not data.levels:
        return {}
    return {INPUT_OF_COLUMN: data.columns.input_of_column.tolist()}


def in_canonical_order(data: TrainingData) -> TrainingData:
    """Return the samples sorted by content: the order of rows moves a forest by several kPa.

    What differs by rounding is equal here, or replicates would change places between machines;
    among equals the last bits decide, so that the order of rows never does.
    """
    values = np.column_stack([data.inputs, data.response])
    levels = level_numbers(values)
    return data.take(np.lexsort([*values.T, *levels.T[::-1], data.configurations]))


def normalize(data: TrainingData) -> Normalization:
    """Return mean and scale of training data; constant columns and contrasts keep their unit.

    Those of a transformed response are on the scale of its transform; outcomes and counts stay.
    """
    columns = data.columns
    values = columns.contrasts(data.inputs)
    scale = values.std(axis=0)
    transform = known_transform(data)
    response = data.response if transform is None else transform.forward(data.response)
    spread, is_kept = float(response.std()), data.kind != "number"
    return Normalization(
        input_mean=np.where(columns.is_number, values.mean(axis=0), 0.0),
        input_scale=np.where(columns.is_number & (scale > 0.0), scale, 1.0),
        response_mean=0.0 if is_kept else float(response.mean()),
        response_scale=1.0 if is_kept or spread == 0.0 else spread,
        transform=transform,
        columns=columns if columns.has_categories else None,
    )
