"""Extremely randomized trees."""

from functools import partial
from typing import Final

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

_fit: Final = partial(fit_forest, is_extremely_random=True)


def _tune(search: Search) -> Hyperparameters:
    """Return the settings that proved robust on replicated designs: two samples per leaf."""
    return {"min_samples_leaf": 2, "max_features": 1.0, "n_trees": N_TREES, **search.given}


EXTRA_TREES: Final = splitting(
    Family(
        name="extra_trees",
        title="Extra trees",
        reference="Geurts, Ernst, Wehenkel, Machine Learning 63 (2006) 3",
        tune=_tune,
        fit=_fit,
        predict=predict_forest,
        left_out=partial(forest_left_out, fit=_fit),
        gains=mean_decrease_impurity,
        max_rows=2_000,
        settings=FOREST_SETTINGS,
    )
)
"""Trees with random thresholds on all rows; smoother between levels than a forest."""
