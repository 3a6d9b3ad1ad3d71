"""XGBoost is exact: it cuts midway between the levels of a design."""

import numpy as np
from numpy.typing import NDArray

from electrodoe.models import FAMILIES, Search
from electrodoe.models.families.boosted_trees import total_gain

XGBOOST = FAMILIES["xgboost"]
SETTINGS = {"max_depth": 3, "eta": 0.3, "min_child_weight": 1, "n_rounds": 60}


def _on_four_levels() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x = np.repeat([0.0, 1.0, 2.0, 3.0], 6)
    return np.column_stack([x, np.tile([0.0, 1.0, 2.0], 8)]), 10.0 * x


def test_just_below_a_level_the_prediction_is_not_that_of_the_level_beneath() -> None:
    """``hist`` cuts at observed levels: 0.9 would get the answer of 0 instead of that of 1."""
    X, y = _on_four_levels()
    state = XGBOOST.fit(X, y, SETTINGS, 0)

    at_0, at_04, at_09, at_1 = XGBOOST.predict(
        state, np.array([[0.0, 1.0], [0.4, 1.0], [0.9, 1.0], [1.0, 1.0]])
    )

    assert at_04 == at_0
    assert at_09 == at_1
    assert at_1 - at_0 > 9.0


def test_all_gain_goes_to_the_input_that_matters() -> None:
    """Fractions add up to one, and are zero where no tree has split."""
    X, y = _on_four_levels()

    assert total_gain(XGBOOST.fit(X, y, SETTINGS, 0), 2).round(6).tolist() == [1.0, 0.0]
    assert total_gain(XGBOOST.fit(X, 0.0 * y, SETTINGS, 0), 2).tolist() == [0.0, 0.0]


def test_the_number_of_rounds_is_one_that_was_tried(search: Search) -> None:
    """Found on left-out configurations, among twelve."""
    chosen = XGBOOST.tune(search)

    assert chosen["n_rounds"] in range(5, 61, 5)
