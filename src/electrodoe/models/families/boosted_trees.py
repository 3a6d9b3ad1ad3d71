"""Boosted trees by XGBoost, always with exact splits."""

from typing import Final

import numpy as np
import xgboost
from numpy.typing import NDArray

from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.tuning import grid, search_folds

_FIXED: Final = {"tree_method": "exact", "nthread": 1, "verbosity": 0}
"""``hist`` cuts at observed levels instead of midway: wrong everywhere between design levels."""
_REACH: Final = 12.0
"""Most rounds tried, times the learning rate: 60 rounds at 0.2, 240 at 0.05."""
_N_STEPS: Final = 12
"""Numbers of rounds that a search looks at."""
_CANDIDATES: Final = {
    1: grid(max_depth=[3], eta=[0.2], min_child_weight=[1]),
    2: grid(max_depth=[2, 4], eta=[0.2], min_child_weight=[1]),
    3: grid(max_depth=[1, 2, 3, 5], eta=[0.05, 0.1], min_child_weight=[1, 3]),
}


def _choose(search: Search) -> Hyperparameters:
    """Return the candidate and number of rounds with the least error by grouped folds."""
    candidates = _CANDIDATES[search.width]
    paths = np.zeros((len(candidates), _N_STEPS))
    for test in search_folds(search):
        train = _matrix(search.inputs[~test], search.response[~test])
        held_out = _matrix(search.inputs[test])
        for path, candidate in zip(paths, candidates, strict=True):
            booster = _boost(train, candidate, _steps(candidate)[-1], search.seed)
            for step, n_rounds in enumerate(_steps(candidate)):
                predicted = booster.predict(held_out, iteration_range=(0, n_rounds))
                path[step] += np.sum((search.response[test] - predicted) ** 2)
    best, step = divmod(int(np.argmin(paths)), _N_STEPS)
    return {**candidates[best], "n_rounds": _steps(candidates[best])[step]}


def _steps(candidate: Hyperparameters) -> list[int]:
    """Return the numbers of rounds that a search looks at, evenly spaced."""
    longest = _REACH / candidate["eta"]
    return [round(longest * step / _N_STEPS) for step in range(1, _N_STEPS + 1)]


def _matrix(
    inputs: NDArray[np.float64], response: NDArray[np.float64] | None = None
) -> xgboost.DMatrix:
    """Return samples in XGBoost's own form."""
    return xgboost.DMatrix(inputs, label=response, nthread=1)


def _boost(
    train: xgboost.DMatrix, settings: Hyperparameters, n_rounds: int, seed: int
) -> xgboost.Booster:
    """Return the trees; ``xgboost.train`` adds callbacks, and half the time for 50 samples."""
    booster = xgboost.Booster({**_FIXED, **settings, "seed": seed}, [train])
    for number in range(n_rounds):
        booster.update(train, number)
    return booster


def _fit(
    inputs: NDArray[np.float64],
    response: NDArray[np.float64],
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return the booster as the bytes of XGBoost's own binary JSON."""
    settings = {key: hyperparameters[key] for key in ("max_depth", "eta", "min_child_weight")}
    booster = _boost(_matrix(inputs, response), settings, hyperparameters["n_rounds"], seed)
    return {"ubjson": np.frombuffer(bytes(booster.save_raw("ubj")), dtype=np.uint8)}


def _booster(state: State) -> xgboost.Booster:
    """Return the booster that a state holds."""
    booster = xgboost.Booster({"nthread": 1})
    booster.load_model(bytearray(state["ubjson"].tobytes()))
    return booster


def _predict(state: State, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sum of all trees."""
    return np.asarray(_booster(state).predict(_matrix(inputs)), dtype=np.float64)


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
    scores = _booster(state).get_score(importance_type="total_gain")
    gain = np.array([float(scores.get(f"f{index}", 0.0)) for index in range(n_inputs)])  # type: ignore[arg-type]
    return gain / gain.sum() if gain.sum() > 0.0 else gain


BOOSTED_TREES: Final = Family(
    name="xgboost",
    title="XGBoost",
    reference="Chen, Guestrin, KDD (2016) 785",
    choose=_choose,
    fit=_fit,
    predict=_predict,
)
"""Gradient boosting with exact splits, its rounds chosen by leaving configurations out."""
