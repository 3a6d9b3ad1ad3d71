"""A model that has learned: it predicts in declared units and knows where it has seen data."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset import Transform
from electrodoe.dataset.categories import InputColumns, Levels, column_names, input_columns
from electrodoe.errors import ModelError
from electrodoe.models.catalogue import FAMILIES
from electrodoe.models.family import Hyperparameters, State

_DECIMALS: Final = 10
"""Of normalized values: their last bits change with the unit, and would decide between splits."""
_ROWS_AT_ONCE: Final = 8_192
"""Settings that are asked about together: kernels between them and 2,000 samples are 130 MB."""


@dataclass(frozen=True, kw_only=True)
class Normalization:
    """Mean and standard deviation of the training samples.

    Attributes
    ----------
    input_mean, input_scale : array of shape (n_columns,)
        In the inputs' units; 0 and 1 for the contrasts of categories, which have none.
    response_mean, response_scale : float
        In the response's unit, or on the scale of its transform.
    transform : Transform or None
        On whose scale the response is modeled.
    columns : InputColumns or None
        Which columns stand for which input, where some are categories.
    """

    input_mean: Floats
    input_scale: Floats
    response_mean: float
    response_scale: float
    transform: Transform | None = None
    columns: InputColumns | None = None

    def inputs(self, inputs: Floats) -> Floats:
        """Return inputs without unit, contrasts in place of categories."""
        columns = inputs if self.columns is None else self.columns.contrasts(inputs)
        return np.round((columns - self.input_mean) / self.input_scale, _DECIMALS)

    def declared(self, response: Floats) -> Floats:
        """Return a response in its unit again; a mean on another scale becomes a median."""
        scaled = self.scaled(response)
        return scaled if self.transform is None else self.transform.inverse(scaled)

    def scaled(self, response: Floats) -> Floats:
        """Return a response on the scale of its transform; in its unit where there is none."""
        return self.response_mean + self.response_scale * response

    def response(self, response: Floats) -> Floats:
        """Return a response without unit."""
        response = response if self.transform is None else self.transform.forward(response)
        return np.round((response - self.response_mean) / self.response_scale, _DECIMALS)


@dataclass(frozen=True, kw_only=True)
class FittedModel:
    """One family fitted to one response.

    Attributes
    ----------
    family : str
        Key of :data:`FAMILIES`.
    scenario, response_name : str
        What it predicts, from which scenario's inputs.
    input_names : tuple of str
        Order of the inputs it is asked with.
    hyperparameters : mapping
        As chosen by grouped folds, or given.
    given : tuple of str
        Names of those that were given; the others were searched.
    normalization : Normalization
        Between declared and normalized units.
    state : mapping of str to array
        The family's arrays.
    lower, upper : array of shape (n_inputs,)
        Range of the inputs it has seen.
    levels : mapping of str to mapping of int to str
        Names of the levels it has seen, of the inputs that are categories, by their numbers.
    n_samples, n_configurations, seed : int
        What it was fitted to and with.
    """

    family: str
    scenario: str
    response_name: str
    input_names: tuple[str, ...]
    hyperparameters: Hyperparameters
    normalization: Normalization
    state: State
    lower: Floats
    upper: Floats
    n_samples: int
    n_configurations: int
    seed: int
    given: tuple[str, ...] = ()
    levels: Levels = field(default_factory=dict)

    @property
    def given_hyperparameters(self) -> Hyperparameters:
        """Return what was given, as a refit needs it."""
        return {name: self.hyperparameters[name] for name in self.given}

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the names of the columns that a family sees; a category has one per contrast."""
        return column_names(self.input_names, self.levels)

    def predict(self, inputs: Floats) -> Floats:
        """Return predictions in the response's unit.

        Parameters
        ----------
        inputs : array of shape (n_samples, n_inputs)
            In the units and the order of ``input_names``; a category as the number of its level.

        Returns
        -------
        array of shape (n_samples,)
            Predicted response, the median where it is modeled on another scale; see
            :meth:`is_inside` for which of them to trust.

        Raises
        ------
        ModelError
            If the number of inputs is wrong or one is not finite.
        """
        return self.normalization.declared(self._normalized(inputs))

    def predict_on(self, transform: Transform | None, inputs: Floats) -> Floats:
        """Return predictions on the scale of a transform, which may be another model's."""
        if transform is None:
            return self.predict(inputs)
        own = self.normalization.transform
        if own is not None and (own.name, own.power) == (transform.name, transform.power):
            return self.normalization.scaled(self._normalized(inputs))
        return transform.forward(self.predict(inputs))

    @property
    def transform(self) -> Transform | None:
        """Return on whose scale the response is modeled, if not on its own."""
        return self.normalization.transform

    def _normalized(self, inputs: Floats) -> Floats:
        """Return predictions without unit."""
        self._require_settings(inputs)
        Z = self.normalization.inputs(inputs)
        parts = [Z[start : start + _ROWS_AT_ONCE] for start in range(0, len(Z), _ROWS_AT_ONCE)]
        answers = [FAMILIES[self.family].predict(self.state, part) for part in parts or [Z]]
        return np.concatenate(answers)

    def _require_settings(self, inputs: Floats) -> None:
        """Raise where inputs are not one finite number for each name."""
        if inputs.ndim != 2 or inputs.shape[1] != len(self.input_names):
            raise ModelError(
                f"inputs of shape {inputs.shape}; (n_samples, {len(self.input_names)}) is meant",
                where=f"model of '{self.response_name}'",
                fix=f"give the columns {', '.join(self.input_names)} in this order",
            )
        if not np.all(np.isfinite(inputs)):
            row, column = np.argwhere(~np.isfinite(inputs))[0]
            raise ModelError(
                f"'{self.input_names[column]}' is {inputs[row, column]}",
                where=f"model of '{self.response_name}', row {row}",
                fix="give a number for every input",
            )

    def is_inside(self, inputs: Floats) -> Booleans:
        """Return which settings lie in the range of every input that the model has seen."""
        is_between = ((inputs >= self.lower) & (inputs <= self.upper)).all(axis=1)
        return np.asarray(is_between & input_columns(self.input_names, self.levels).holds(inputs))
