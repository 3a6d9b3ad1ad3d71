"""The default: response surfaces and unlike families, weighted by their left-out errors."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.arrays import Booleans, Floats
from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.remembered import tuned_once
from electrodoe.models.terms import matrix_of, quadratic_terms
from electrodoe.models.tuning import left_out_by_refitting

_POWER: Final = 12
"""Weights go with the inverse of the left-out mean squared error to this power: a family with
a tenth more error in its predictions (a fifth in their squares) gets a tenth of the weight."""
_ENOUGH_SPARE: Final = 0.5
"""Settings beyond the terms of a quadratic, per term, from which its left-out errors are trusted:
9, 15 and 23 settings of two to four inputs; chosen on made-up studies (decision 0036)."""
_ENOUGH_SETTINGS: Final = 17
"""From as many settings the power was chosen (decision 0003); fewer left-out errors say less."""
_MIN_WEIGHT: Final = 0.02
"""A member below this weight is not fitted at all. From there to twice as much its weight fades in,
so that no last digit of an error switches a member on."""
_PLANNED_ODDS: Final = 1000.0
"""Of the surfaces, where the runs were planned for them: others weigh as much from a left-out mean
squared error 1.8 times smaller. A planned run that is left out is an extrapolation for the
quadratic: in Box-Behnken, composite and optimal plans of 3 and 4 factors its squared error is 2.3
to 3.5 times a run's variance (mean of 1/(1 - leverage)), at new settings 1.3 to 1.4 times."""
_DECIMALS: Final = 4
"""Of the weights that are kept: what a person would write down."""


def ensemble_of(
    surfaces: Mapping[str, Family], others: Mapping[str, Family], judges: Collection[str]
) -> Family:
    """Return a family that averages others.

    Its hyperparameters are its members' and their weights.

    Notes
    -----
    Every member predicts each configuration without having seen it; :func:`member_weights` turns
    the errors into weights. Weights found by least squares instead fit the noise of 18 left-out
    configurations; equal weights give a family that cannot follow the response as much say as
    one that can.
    """
    members = {**surfaces, **others}
    is_judge = np.array([name in judges for name in others], dtype=np.bool_)

    def tune(search: Search) -> Hyperparameters:
        # each member tuned by itself, then evaluated by its left-out errors
        chosen = {name: tuned_once(family, search) for name, family in members.items()}
        errors = np.array(
            [
                search.response - _left_out(family, search, chosen[name])
                for name, family in members.items()
            ]
        )
        # weights of the surfaces among themselves, of the others, and of both parts
        parts = errors[: len(surfaces)], errors[len(surfaces) :]
        odds = _PLANNED_ODDS if search.is_planned_quadratic else 1.0
        exact = member_weights(*parts, is_judge, trust_in_errors(search), odds)
        return {
            "weights": dict(zip(members, _written(exact).tolist(), strict=True)),
            "members": chosen,
        }

    def fit(
        inputs: Floats,
        response: Floats,
        hyperparameters: Hyperparameters,
        seed: int,
    ) -> State:
        # only members with a weight are fitted; their arrays stand under their names
        state: dict[str, NDArray[Any]] = {}
        for name, family in members.items():
            weight = hyperparameters["weights"][name]
            state[f"{name}/member_weight"] = np.array(weight)
            if weight > 0.0:
                fitted = family.fit(inputs, response, hyperparameters["members"][name], seed)
                state |= {f"{name}/{key}": value for key, value in fitted.items()}
        return state

    def predict(state: State, inputs: Floats) -> Floats:
        total = np.zeros(len(inputs))
        for name, family in members.items():
            if (weight := float(state[f"{name}/member_weight"])) > 0.0:
                total += weight * family.predict(member_state(state, name), inputs)
        return total

    return Family(
        name="ensemble",
        title="Ensemble",
        reference="Breiman, Machine Learning 24 (1996) 49; Bates, Granger, OR 20 (1969) 451",
        tune=tune,
        fit=fit,
        predict=predict,
        max_rows=2_000,
        gathers_settings=True,
    )


def member_state(state: State, name: str) -> State:
    """Return the arrays of one member of a fitted ensemble."""
    prefix = f"{name}/"
    return {
        key.removeprefix(prefix): value for key, value in state.items() if key.startswith(prefix)
    }


def trust_in_errors(search: Search) -> float:
    """Return how far left-out errors may choose, from nearly 0 to 1.

    A fraction. With hardly more settings than a quadratic has terms, or few settings at all,
    left-out errors of unlike members differ by chance, and a free quadratic follows the noise.

    Examples
    --------
    >>> x = np.linspace(-1.0, 1.0, 17)
    >>> search = Search(
    ...     inputs=x[:, None], response=x, configurations=np.arange(17), width=1, seed=0
    ... )
    >>> trust_in_errors(search), round(trust_in_errors(search.take(np.arange(13))), 2)
    (1.0, 0.58)
    """
    n_settings = len(np.unique(search.configurations))
    n_terms = matrix_of(search.inputs, quadratic_terms(search)).shape[1]
    of_spare = min(max(n_settings - n_terms, 1) / n_terms / _ENOUGH_SPARE, 1.0)
    # squared: chosen on made-up studies, where it took half a percent more off than the plain ratio
    return float(of_spare * min(n_settings / _ENOUGH_SETTINGS, 1.0) ** 2)


def member_weights(
    surfaces: Floats, others: Floats, is_judge: Booleans, trust: float = 1.0, odds: float = 1.0
) -> Floats:
    """Return the weights of all members from their left-out errors.

    The surfaces share their part equally, for their errors are too much alike to rank them; with
    less than full trust the first, which is shrunken, takes from those that are not. The
    others are weighted by error. How the two parts are weighed is left to the surfaces' mean
    and the judges' mean: a flexible process whose parameters have seen everything looks better
    than it is, and would win against a surface that is true. Where the runs were planned for the
    surfaces, ``odds`` speak for them before any error does.

    Examples
    --------
    >>> errors = np.array([[1.0, -1.0], [1.0, 1.0], [2.0, 2.0]])
    >>> member_weights(errors[:1], errors[1:], np.array([True, True])).round(2)
    array([0.5, 0.5, 0. ])
    """
    power = _POWER * trust
    share = np.full(len(surfaces), trust / len(surfaces))
    share[0] += 1.0 - trust
    within = weights_by_error(np.mean(others**2, axis=1), power)
    judging = weights_by_error(np.mean(others[is_judge] ** 2, axis=1), power)
    of_surfaces = np.mean((share @ surfaces) ** 2)
    of_judges = np.mean((judging[judging > 0.0] @ others[is_judge][judging > 0.0]) ** 2)
    weight, rest = weights_by_error(
        np.array([of_surfaces, of_judges]), power, np.array([odds, 1.0])
    )
    return _without_small(np.concatenate([weight * share, rest * within]))


def weights_by_error(
    mean_squared_errors: Floats, power: float = _POWER, odds: Floats | float = 1.0
) -> Floats:
    """Return weights that add up to one and fall with the error; odds count before it.

    Examples
    --------
    >>> weights_by_error(np.array([1.0, 1.0, 1.2, 4.0])).round(2)
    array([0.47, 0.47, 0.05, 0.  ])
    """
    errors = np.where(np.isfinite(mean_squared_errors), mean_squared_errors, np.inf)
    smallest = max(float(errors.min()), np.finfo(np.float64).tiny)
    weights = odds * (smallest / np.maximum(errors, smallest)) ** power
    return _without_small(weights)


def _without_small(weights: Floats) -> Floats:
    """Return weights that add up to one, those below the smallest weight left out."""
    fractions = weights / weights.sum()
    kept = np.clip(2.0 * (fractions - _MIN_WEIGHT), 0.0, fractions)
    return np.asarray(kept / kept.sum())


def _written(weights: Floats) -> Floats:
    """Return weights as a person would write them; the first of the largest takes what is over."""
    rounded = np.round(weights, _DECIMALS)
    rounded[np.argmax(rounded)] += 1.0 - rounded.sum()
    return np.asarray(np.round(rounded, _DECIMALS))


def _left_out(family: Family, search: Search, hyperparameters: Hyperparameters) -> Floats:
    """Return a member's predictions of configurations it has not seen."""
    if family.left_out is not None:
        return family.left_out(search, hyperparameters)
    return left_out_by_refitting(search, hyperparameters, family.fit, family.predict)
