"""Random forest."""

from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from electrodoe.models.family import Family, Hyperparameters, Search
from electrodoe.models.forest import (
    FOREST_SETTINGS,
    N_TREES,
    fit_forest,
    forest_left_out,
    mean_decrease_impurity,
    predict_forest,
)
from electrodoe.models.split_columns import splitting
from electrodoe.models.tuning import best_by_grouped_folds, grid, with_given

_fit: Final = partial(fit_forest, is_extremely_random=False)
_N_TREES_IN_SEARCH: Final = 15
"""A quarter of a finished forest's, since candidates are only compared; chosen."""
_CANDIDATES: Final = {
    1: grid(min_samples_leaf=[1], max_features=[1.0]),
    2: grid(min_samples_leaf=[3, 1], max_features=[1.0]),
    3: grid(min_samples_leaf=[5, 3, 2, 1], max_features=[0.5, 1.0]),
}
"""The simplest first: larger leaves, and fewer inputs to choose a split from."""


def _tune(search: Search) -> Hyperparameters:
    """Return the best candidate by grouped folds, tried with fewer trees."""
    given = {"n_trees": N_TREES, **search.given}
    candidates = with_given(_CANDIDATES[search.width], given)
    if len(candidates) == 1:
        return candidates[0]
    n_tried = min(_N_TREES_IN_SEARCH, given["n_trees"])
    tried = [{**candidate, "n_trees": n_tried} for candidate in candidates]
    return {**best_by_grouped_folds(search, tried, _fit, predict_forest), **given}


def _tune_coarse(search: Search) -> Hyperparameters:
    """Return leaves that hold as many samples as a configuration has, so none fits replicates."""
    _, sizes = np.unique(search.configurations, return_counts=True)
    leaf = int(np.median(sizes))
    return {"min_samples_leaf": leaf, "max_features": 1.0, "n_trees": N_TREES}


RANDOM_FOREST: Final = splitting(
    Family(
        name="random_forest",
        title="Random forest",
        reference="Breiman, Machine Learning 45 (2001) 5",
        tune=_tune,
        fit=_fit,
        predict=predict_forest,
        left_out=partial(forest_left_out, fit=_fit),
        gains=mean_decrease_impurity,
        max_rows=2_000,
        settings=FOREST_SETTINGS,
    )
)
"""Trees on bootstraps of the rows, as scikit-learn grows them."""

PROBABILITY_FOREST: Final = replace(
    RANDOM_FOREST,
    name="probability_forest",
    title="Probability forest",
    reference="Malley et al., Methods of Information in Medicine 51 (2012) 74",
    kind="binary",
)
"""The random forest of outcomes 0 and 1: the mean of a leaf is a share."""
COARSE_FOREST: Final = splitting(
    Family(
        name="coarse_forest",
        title="Coarse forest",
        reference=RANDOM_FOREST.reference,
        tune=_tune_coarse,
        fit=_fit,
        predict=predict_forest,
        left_out=partial(forest_left_out, fit=_fit),
    )
)
"""The same with leaves no smaller than a configuration; a member of the default, no family."""
