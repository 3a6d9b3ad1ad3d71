"""What every model family offers: choose hyperparameters, fit, predict; all three are functions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

State = Mapping[str, NDArray[Any]]
"""A fitted model: named arrays and nothing else, so it is saved without pickle."""
Hyperparameters = Mapping[str, Any]
"""Settings of a fit, as JSON values."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """What a search for hyperparameters may look at.

    Attributes
    ----------
    inputs : array of shape (n_samples, n_inputs)
        Normalized inputs.
    response : array of shape (n_samples,)
        Normalized response.
    configurations : array of shape (n_samples,), int
        Replicates of one configuration are never parted by a search.
    width : int
        1 (narrow) to 3 (wide).
    seed : int
        Start of every random choice.
    """

    inputs: NDArray[np.float64]
    response: NDArray[np.float64]
    configurations: NDArray[np.int64]
    width: int
    seed: int

    def take(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> "Search":
        """Return the same search on some of the samples."""
        return Search(
            inputs=self.inputs[rows],
            response=self.response[rows],
            configurations=self.configurations[rows],
            width=self.width,
            seed=self.seed,
        )


@dataclass(frozen=True, kw_only=True)
class Family:
    """One kind of model, as three functions in normalized units.

    Attributes
    ----------
    name, title : str
        Its name in tables and its name in sentences.
    reference : str
        Where the method is described; printed in the report.
    choose : callable
        ``choose(search) -> hyperparameters``, by folds that keep configurations whole.
    fit : callable
        ``fit(inputs, response, hyperparameters, seed) -> state``.
    predict : callable
        ``predict(state, inputs) -> array of shape (n_samples,)``.
    left_out : callable or None
        ``left_out(search, hyperparameters) -> array of shape (n_samples,)``: what a refit without
        each configuration would predict for it, where a closed form knows; None where only
        refitting does.
    """

    name: str
    title: str
    reference: str
    choose: Callable[[Search], Hyperparameters]
    fit: Callable[[NDArray[np.float64], NDArray[np.float64], Hyperparameters, int], State]
    predict: Callable[[State, NDArray[np.float64]], NDArray[np.float64]]
    left_out: Callable[[Search, Hyperparameters], NDArray[np.float64]] | None = None
