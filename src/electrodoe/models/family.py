"""What every model family offers: tune hyperparameters, fit, predict; all three are functions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.study import ResponseKind

State = Mapping[str, NDArray[Any]]
"""A fitted model: named arrays and nothing else, so it is saved without pickle."""
Hyperparameters = Mapping[str, Any]
"""Settings of a fit, as JSON values."""
INPUT_OF_COLUMN: Final = "input_of_column"
"""Name of what is given to families, and kept by them, where categories have columns of contrasts:
the number of the input that each column stands for."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """What a search for hyperparameters may look at.

    Attributes
    ----------
    inputs : array of shape (n_samples, n_columns)
        Normalized inputs; a category has a column per contrast.
    response : array of shape (n_samples,)
        Normalized response.
    configurations : array of shape (n_samples,), int
        Replicates of one configuration are never parted by a search.
    width : int
        1 (narrow) to 3 (wide).
    seed : int
        Start of every random choice.
    given : mapping
        Hyperparameters that are known and not searched.
    units : array of shape (n_samples,), int, or None
        Number of what each sample is left out with: its whole plot, or its setting where several
        configurations have one; None where that is its configuration.
    is_planned_quadratic : bool
        Whether the samples are those of a plan for a model with squares.
    """

    inputs: Floats
    response: Floats
    configurations: Integers
    width: int
    seed: int
    given: Hyperparameters = field(default_factory=dict)
    units: Integers | None = None
    is_planned_quadratic: bool = False

    @property
    def left_out_units(self) -> Integers:
        """Return what each sample is left out with: no candidate is compared on seen ones."""
        return self.configurations if self.units is None else self.units

    def take(self, rows: Booleans | NDArray[np.intp]) -> "Search":
        """Return the same search on some of the samples."""
        return replace(
            self,
            inputs=self.inputs[rows],
            response=self.response[rows],
            configurations=self.configurations[rows],
            units=None if self.units is None else self.units[rows],
        )


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A hyperparameter that a person may give to a family.

    Attributes
    ----------
    name : str
        Its name here.
    also : tuple of str
        What scikit-learn or XGBoost call it.
    low, high : float
        Bounds, both possible.
    is_whole : bool
        Whether it is a whole number.
    choices : tuple of str
        Words of which one is given, where it is no number.
    """

    name: str
    also: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    is_whole: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Family:
    """One kind of model, as three functions in normalized units.

    Attributes
    ----------
    name, title : str
        Its name in tables and its name in sentences.
    reference : str
        Where the method is described; printed in the report.
    tune : callable
        ``tune(search) -> hyperparameters``, by folds that keep configurations whole.
    fit : callable
        ``fit(inputs, response, hyperparameters, seed) -> state``.
    predict : callable
        ``predict(state, inputs) -> array of shape (n_samples,)``.
    left_out : callable or None
        ``left_out(search, hyperparameters) -> array of shape (n_samples,)``: what a refit without
        each configuration would predict for it, where a closed form knows; None where only
        refitting does.
    terms : callable or None
        ``terms(inputs, hyperparameters) -> array of shape (n_samples, n_terms)`` of a family that
        is linear in its terms and fitted without a penalty: intervals and tests follow from them.
    slopes : callable or None
        ``slopes(state) -> array of shape (n_inputs,)`` on normalized inputs, where one number per
        input says how the response follows it.
    gains : callable or None
        ``gains(state, n_inputs) -> array of shape (n_inputs,)``: what splits on each input gain.
    max_rows : int or None
        Rows that it learns from at most: a kernel machine's time grows with the square of the
        rows, and a forest of 60 trees has 400 MB of 50,000. None where only its time grows.
    gathers_settings : bool
        Whether near settings are gathered where there are more than a kernel can hold.
    kind : {"number", "binary", "count"}
        What responses it is for. One of outcomes or counts is not normalized: the family sees 0
        and 1, or the counts, and predicts a probability or a mean count.
    settings : tuple of Setting
        Hyperparameters that may be given; ``tune`` searches the others.
    """

    name: str
    title: str
    reference: str
    tune: Callable[[Search], Hyperparameters]
    fit: Callable[[Floats, Floats, Hyperparameters, int], State]
    predict: Callable[[State, Floats], Floats]
    left_out: Callable[[Search, Hyperparameters], Floats] | None = None
    terms: Callable[[Floats, Hyperparameters], Floats] | None = None
    slopes: Callable[[State], Floats] | None = None
    gains: Callable[[State, int], Floats] | None = None
    max_rows: int | None = None
    gathers_settings: bool = False
    kind: ResponseKind = "number"
    settings: tuple[Setting, ...] = ()

    def rows_learned(self, n_samples: int) -> int:
        """Return how many of some samples the family learns from."""
        return n_samples if self.max_rows is None else min(n_samples, self.max_rows)
