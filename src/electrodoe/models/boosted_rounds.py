"""XGBoost's boosters without the checks around them, always with exact splits."""

from typing import TYPE_CHECKING, Any, Final

from numpy.typing import NDArray

from electrodoe.arrays import Floats
from electrodoe.models.family import Hyperparameters
from electrodoe.models.fixed_point import levels_on_grid, on_grid

if TYPE_CHECKING:  # it takes a second to import, and what fits nothing does without
    import xgboost

_FIXED: Final = {"tree_method": "exact", "nthread": 1, "verbosity": 0}
"""``hist`` cuts at observed levels instead of midway: wrong everywhere between design levels."""


def training(inputs: Floats, response: Floats) -> tuple[Floats, Floats]:
    """Return samples on the grid, which single precision holds."""
    return levels_on_grid(inputs), on_grid(response)


def matrix_of(inputs: NDArray[Any], response: Floats | None = None) -> "xgboost.DMatrix":
    """Return samples in XGBoost's own form."""
    import xgboost

    return xgboost.DMatrix(inputs, label=response, nthread=1)


def booster_of(
    known: "list[xgboost.DMatrix]", settings: Hyperparameters, seed: int
) -> "xgboost.Booster":
    """Return a booster without trees, which remembers its predictions of some samples."""
    import xgboost

    booster = xgboost.Booster({**_FIXED, **settings, "seed": seed}, known)
    vars(booster)["_assign_dmatrix_features"] = _nothing_to_compare
    return booster


def _nothing_to_compare(_: "xgboost.DMatrix") -> None:
    """Stand for a comparison of names in every round: a fifth of the time, for names of nothing."""


def boosted(
    booster: "xgboost.Booster", train: "xgboost.DMatrix", rounds: range
) -> "xgboost.Booster":
    """Add trees; ``xgboost.train`` adds callbacks, and half the time for 50 samples."""
    for number in rounds:
        booster.update(train, number)
    return booster
