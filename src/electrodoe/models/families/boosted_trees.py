"""Boosted trees by XGBoost, always with exact splits."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.models.boosted_arrays import ask_boosted, trees_of
from electrodoe.models.boosted_folds import Rounds, one_by_one, rounds_of
from electrodoe.models.boosted_rounds import boosted, booster_of, matrix_of, training
from electrodoe.models.family import Family, Hyperparameters, Search, Setting, State
from electrodoe.models.split_columns import splitting
from electrodoe.models.tuning import grid, search_folds, simplest_of_smallest, with_given

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
_SETTINGS: Final = (
    Setting(name="max_depth", low=1, high=20, is_whole=True),
    Setting(name="eta", also=("learning_rate",), low=1e-3, high=1.0),
    Setting(name="min_child_weight", low=0.0, high=1e6),
    Setting(name="n_rounds", also=("n_estimators",), low=1, high=20_000, is_whole=True),
    Setting(name="gamma", also=("min_split_loss",), low=0.0, high=1e6),
    Setting(name="reg_lambda", also=("lambda",), low=0.0, high=1e6),
    Setting(name="reg_alpha", also=("alpha",), low=0.0, high=1e6),
    Setting(name="subsample", low=0.05, high=1.0),
    Setting(name="colsample_bytree", low=0.05, high=1.0),
)
"""The last five are searched by nobody: where they are not given, XGBoost's own values hold. Bounds
are XGBoost's, but for a slowest learning and a most of rounds that still end."""
_DRAWN: Final = {"subsample", "colsample_bytree"}
"""Settings with which a tree sees a part of the data, drawn anew for each: folds that share a
booster would share the draws."""


def _tune(search: Search) -> Hyperparameters:
    """Return the candidate and number of rounds with the smallest error by grouped folds."""
    candidates = with_given(_CANDIDATES[search.width], search.given)
    if len(candidates) == 1 and "n_rounds" in search.given:
        return candidates[0]
    folds = search_folds(search)
    grow = (one_by_one if _DRAWN & set(search.given) else rounds_of)(search, folds)
    paths = np.array([_path(search, grow(_grown(each)), _steps(each)) for each in candidates])
    best, step = divmod(simplest_of_smallest(paths.ravel()), _N_STEPS)
    return {**candidates[best], "n_rounds": _steps(candidates[best])[step]}


def _grown(hyperparameters: Hyperparameters) -> Hyperparameters:
    """Return what a booster is grown with: all but the number of its trees."""
    known = {each.name for each in _SETTINGS} - {"n_rounds"}
    return {name: value for name, value in hyperparameters.items() if name in known}


def _path(search: Search, rounds: Rounds, steps: list[int]) -> Floats:
    """Return the squared errors of all folds by step; those that were not tried are infinite."""
    path = np.full(_N_STEPS, np.inf)
    for step, n_rounds in enumerate(steps):
        path[step] = np.sum((search.response - rounds.until(n_rounds)) ** 2)
        if step - simplest_of_smallest(path) >= _PATIENCE:
            break
    return path


def _steps(candidate: Hyperparameters) -> list[int]:
    """Return the numbers of rounds that a search looks at: evenly spaced, or the one given."""
    if "n_rounds" in candidate:
        return [candidate["n_rounds"]]
    longest = _REACH / candidate["eta"]
    return [round(longest * step / _N_STEPS) for step in range(1, _N_STEPS + 1)]


def _fit(
    inputs: Floats,
    response: Floats,
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return the booster's trees as arrays."""
    train = matrix_of(*training(inputs, response))
    booster = booster_of([train], _grown(hyperparameters), seed)
    boosted(booster, train, range(hyperparameters["n_rounds"]))
    return trees_of(bytes(booster.save_raw("ubj")))


def total_gain(state: State, n_inputs: int) -> Floats:
    """Return each input's fraction of the loss that the trees' splits remove.

    Fractions that add up to one, or zeros where no tree has split.
    """
    gain = np.bincount(state["feature"], state["gain"], n_inputs)
    return np.asarray(gain / gain.sum() if gain.sum() > 0.0 else gain, dtype=np.float64)


BOOSTED_TREES: Final = splitting(
    Family(
        name="xgboost",
        title="XGBoost",
        reference="Chen, Guestrin, KDD (2016) 785",
        tune=_tune,
        fit=_fit,
        predict=ask_boosted,
        gains=total_gain,
        max_rows=2_000,
        settings=_SETTINGS,
    )
)
"""Gradient boosting with exact splits, its rounds chosen by leaving configurations out."""
