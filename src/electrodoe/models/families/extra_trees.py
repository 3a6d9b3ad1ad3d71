"""Extremely randomized trees."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.forest import ask_forest, grow_forest
from electrodoe.models.tuning import left_out_by_refitting

N_TREES: Final = 60
_N_TREES_LEFT_OUT: Final = 10


def _choose(search: Search) -> Hyperparameters:
    """Return the settings that proved robust on replicated designs: two samples per leaf."""
    return {"min_samples_leaf": 2, "max_features": 1.0, "n_trees": N_TREES}


def _fit(
    inputs: NDArray[np.float64],
    response: NDArray[np.float64],
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return the trees."""
    return grow_forest(
        inputs,
        response,
        n_trees=hyperparameters["n_trees"],
        min_samples_leaf=hyperparameters["min_samples_leaf"],
        max_features=hyperparameters["max_features"],
        is_extremely_random=True,
        seed=seed,
    )


def _left_out(search: Search, hyperparameters: Hyperparameters) -> NDArray[np.float64]:
    """Return the predictions of left-out configurations by smaller forests."""
    fewer = {**hyperparameters, "n_trees": _N_TREES_LEFT_OUT}
    return left_out_by_refitting(search, fewer, _fit, ask_forest)


EXTRA_TREES: Final = Family(
    name="extra_trees",
    title="Extra trees",
    reference="Geurts, Ernst, Wehenkel, Machine Learning 63 (2006) 3",
    choose=_choose,
    fit=_fit,
    predict=ask_forest,
    left_out=_left_out,
)
"""Trees with random thresholds on all rows; smoother between levels than a forest."""
