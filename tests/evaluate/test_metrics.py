"""Scores equal their known answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import EvaluationError
from electrodoe.evaluate import r_squared, root_mean_squared_error

OBSERVED, PREDICTED = np.array([1.0, 2, 3, 4]), np.array([1.1, 1.9, 3.2, 3.8])


def test_the_known_answers_are_met():
    """R² .98 and RMSE .1581139."""
    assert r_squared(OBSERVED, PREDICTED) == pytest.approx(0.98, abs=1e-12)
    assert root_mean_squared_error(OBSERVED, PREDICTED) == pytest.approx(0.1581139, abs=5e-8)


def test_the_mean_scores_zero_and_worse_scores_below():
    """R² is measured against the observed mean."""
    assert r_squared(OBSERVED, np.full(4, 2.5)) == 0.0
    assert r_squared(OBSERVED, OBSERVED[::-1]) < 0.0


def test_r_squared_of_equal_values_is_refused():
    """Without spread there is nothing to explain."""
    with pytest.raises(EvaluationError, match="4 equal values"):
        r_squared(np.ones(4), PREDICTED)


@given(scale=st.floats(0.01, 1000.0), shift=st.floats(-1000.0, 1000.0))
def test_r_squared_has_no_unit_and_rmse_has_one(scale, shift):
    """Another unit changes the RMSE by its factor and R² not at all."""
    y, p = shift + scale * OBSERVED, shift + scale * PREDICTED

    assert r_squared(y, p) == pytest.approx(0.98, abs=1e-6)
    assert root_mean_squared_error(y, p) == pytest.approx(scale * 0.1581139, rel=1e-4)
