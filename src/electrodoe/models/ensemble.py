"""The default: an average of unlike families, each weighted by its left-out error."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.tuning import left_out_by_refitting

_POWER: Final = 6
"""Weights go with the inverse of the left-out mean squared error to this power: a family with
a tenth more error in its predictions (a fifth in their squares) gets a third of the weight."""
_LEAST_WEIGHT: Final = 0.02
"""A member below this share is not fitted at all."""


def ensemble_of(members: Mapping[str, Family]) -> Family:
    """Return a family that averages others.

    Parameters
    ----------
    members : mapping of str to Family
        Unlike families: a plane, a regularized quadratic, a smooth process, two kinds of trees.

    Returns
    -------
    Family
        Its hyperparameters are its members' and their weights.

    Notes
    -----
    Every member predicts each configuration without having seen it. Its weight is the inverse
    of the mean square of these errors, to the sixth power, over the sum of all. Weights found
    by least squares instead fit the noise of 18 left-out configurations; equal weights give a
    family that cannot follow the response as much say as one that can.
    """

    def choose(search: Search) -> Hyperparameters:
        chosen = {name: family.choose(search) for name, family in members.items()}
        errors = [
            search.response - _left_out(family, search, chosen[name])
            for name, family in members.items()
        ]
        weights = weights_by_error(np.mean(np.square(errors), axis=1))
        return {
            "weights": dict(zip(members, weights.tolist(), strict=True)),
            "members": chosen,
        }

    def fit(
        inputs: NDArray[np.float64],
        response: NDArray[np.float64],
        hyperparameters: Hyperparameters,
        seed: int,
    ) -> State:
        state: dict[str, NDArray[Any]] = {}
        for name, family in members.items():
            weight = hyperparameters["weights"][name]
            state[f"{name}/share"] = np.array(weight)
            if weight > 0.0:
                fitted = family.fit(inputs, response, hyperparameters["members"][name], seed)
                state |= {f"{name}/{key}": value for key, value in fitted.items()}
        return state

    def predict(state: State, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        total = np.zeros(len(inputs))
        for name, family in members.items():
            if (weight := float(state[f"{name}/share"])) > 0.0:
                total += weight * family.predict(member_state(state, name), inputs)
        return total

    return Family(
        name="ensemble",
        title="Ensemble",
        reference="Breiman, Machine Learning 24 (1996) 49; Bates, Granger, OR 20 (1969) 451",
        choose=choose,
        fit=fit,
        predict=predict,
    )


def member_state(state: State, name: str) -> State:
    """Return the arrays of one member of a fitted ensemble."""
    prefix = f"{name}/"
    return {
        key.removeprefix(prefix): value for key, value in state.items() if key.startswith(prefix)
    }


def weights_by_error(mean_squared_errors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the members' weights, which add up to one.

    Parameters
    ----------
    mean_squared_errors : array of shape (n_members,)
        On left-out configurations; an infinite one, or NaN, gets no weight.

    Returns
    -------
    array of shape (n_members,)
        Shares.

    Examples
    --------
    >>> weights_by_error(np.array([1.0, 1.0, 1.2, 4.0])).round(2)
    array([0.43, 0.43, 0.14, 0.  ])
    """
    errors = np.where(np.isfinite(mean_squared_errors), mean_squared_errors, np.inf)
    least = max(float(errors.min()), np.finfo(np.float64).tiny)
    weights = (least / np.maximum(errors, least)) ** _POWER
    weights = np.where(weights < _LEAST_WEIGHT * weights.sum(), 0.0, weights)
    return np.asarray(weights / weights.sum())


def _left_out(
    family: Family, search: Search, hyperparameters: Hyperparameters
) -> NDArray[np.float64]:
    """Return a member's predictions of configurations it has not seen."""
    if family.left_out is not None:
        return family.left_out(search, hyperparameters)
    return left_out_by_refitting(search, hyperparameters, family.fit, family.predict)
