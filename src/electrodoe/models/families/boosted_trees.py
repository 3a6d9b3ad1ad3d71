"""Boosted trees by XGBoost, always with exact splits."""

from typing import Any, Final

import numpy as np
import xgboost
from numpy.typing import NDArray

from electrodoe.models.boosted_arrays import ask_boosted, trees_of
from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.fixed_point import levels_on_grid, on_grid
from electrodoe.models.tree_walk import asked
from electrodoe.models.tuning import grid, search_folds, simplest_of_least

_FIXED: Final = {"tree_method": "exact", "nthread": 1, "verbosity": 0}
"""``hist`` cuts at observed levels instead of midway: wrong everywhere between design levels."""
_REACH: Final = 12.0
"""Most rounds tried, times the learning rate: 60 rounds at 0.2, 240 at 0.05."""
_N_STEPS: Final = 12
"""Numbers of rounds that a search looks at."""
_PATIENCE: Final = 3
"""Steps without a smaller error after which a search tries no more rounds of a candidate."""
_CANDIDATES: Final = {
    1: grid(max_depth=[3], eta=[0.2], min_child_weight=[1]),
    2: grid(max_depth=[2, 4], eta=[0.2], min_child_weight=[1]),
    3: grid(max_depth=[1, 2, 3, 5], eta=[0.05, 0.1], min_child_weight=[3, 1]),
}
"""The simplest first: shallower trees, slower learning, larger leaves."""


def _choose(search: Search) -> Hyperparameters:
    """Return the candidate and number of rounds with the least error by grouped folds."""
    candidates = _CANDIDATES[search.width]
    folds = [
        (
            _matrix(*_training(search.inputs[~test], search.response[~test])),
            _matrix(asked(search.inputs[test])),
            search.response[test],
        )
        for test in search_folds(search)
    ]
    paths = np.array([_path(folds, candidate, search.seed) for candidate in candidates])
    best, step = divmod(simplest_of_least(paths.ravel()), _N_STEPS)
    return {**candidates[best], "n_rounds": _steps(candidates[best])[step]}


_Fold = tuple[xgboost.DMatrix, xgboost.DMatrix, NDArray[np.float64]]


def _path(folds: list[_Fold], candidate: Hyperparameters, seed: int) -> NDArray[np.float64]:
    """Return the squared errors of all folds by step; those that were not tried are infinite."""
    path = np.full(_N_STEPS, np.inf)
    boosters = [_booster([train, held_out], candidate, seed) for train, held_out, _ in folds]
    done = 0
    for step, n_rounds in enumerate(_steps(candidate)):
        path[step] = 0.0
        for booster, (train, held_out, observed) in zip(boosters, folds, strict=True):
            _boost(booster, train, range(done, n_rounds))
            path[step] += np.sum(
                (observed - booster.predict(held_out, validate_features=False)) ** 2
            )
        done = n_rounds
        if step - simplest_of_least(path) >= _PATIENCE:
            break
    return path


def _steps(candidate: Hyperparameters) -> list[int]:
    """Return the numbers of rounds that a search looks at, evenly spaced."""
    longest = _REACH / candidate["eta"]
    return [round(longest * step / _N_STEPS) for step in range(1, _N_STEPS + 1)]


def _training(
    inputs: NDArray[np.float64], response: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return samples on the grid, which single precision holds."""
    return levels_on_grid(inputs), on_grid(response)


def _matrix(inputs: NDArray[Any], response: NDArray[np.float64] | None = None) -> xgboost.DMatrix:
    """Return samples in XGBoost's own form."""
    return xgboost.DMatrix(inputs, label=response, nthread=1)


def _booster(known: list[xgboost.DMatrix], settings: Hyperparameters, seed: int) -> xgboost.Booster:
    """Return a booster without trees, which remembers its predictions of some samples."""
    booster = xgboost.Booster({**_FIXED, **settings, "seed": seed}, known)
    vars(booster)["_assign_dmatrix_features"] = _nothing_to_compare
    return booster


def _nothing_to_compare(_: xgboost.DMatrix) -> None:
    """Stand for a comparison of names in every round: a fifth of the time, for names of nothing."""


def _boost(booster: xgboost.Booster, train: xgboost.DMatrix, rounds: range) -> None:
    """Add trees; ``xgboost.train`` adds callbacks, and half the time for 50 samples."""
    for number in rounds:
        booster.update(train, number)


def _fit(
    inputs: NDArray[np.float64],
    response: NDArray[np.float64],
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return the booster's trees as arrays."""
    settings = {key: hyperparameters[key] for key in ("max_depth", "eta", "min_child_weight")}
    train = _matrix(*_training(inputs, response))
    booster = _booster([train], settings, seed)
    _boost(booster, train, range(hyperparameters["n_rounds"]))
    return trees_of(bytes(booster.save_raw("ubj")))


def total_gain(state: State, n_inputs: int) -> NDArray[np.float64]:
    """Return each input's share of the loss that the trees' splits remove.

    Parameters
    ----------
    state : mapping
        Fitted boosted trees.
    n_inputs : int
        Number of inputs.

    Returns
    -------
    array of shape (n_inputs,)
        Shares that add up to one, or zeros where no tree has split.
    """
    gain = np.bincount(state["feature"], state["gain"], n_inputs)
    return np.asarray(gain / gain.sum() if gain.sum() > 0.0 else gain, dtype=np.float64)


BOOSTED_TREES: Final = Family(
    name="xgboost",
    title="XGBoost",
    reference="Chen, Guestrin, KDD (2016) 785",
    choose=_choose,
    fit=_fit,
    predict=ask_boosted,
)
"""Gradient boosting with exact splits, its rounds chosen by leaving configurations out."""
