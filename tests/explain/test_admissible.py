"""Explanations of dependent inputs are refused with the reason."""

import numpy as np
import pytest

from electrodoe.dataset import Dependence
from electrodoe.errors import ExplanationError
from electrodoe.explain import require_independent


def test_a_correlated_pair_is_named_with_its_r():
    """Two inputs with |r| ≥ 0.3 are refused, as the paper's third scenario."""
    correlation = np.array([[1.0, 0.1, -0.62], [0.1, 1.0, 0.0], [-0.62, 0.0, 1.0]])
    dependent = Dependence(input_names=("a", "b", "c"), correlation=correlation, vif=np.ones(3))

    with pytest.raises(ExplanationError, match=r"'a' and 'c' move together \(r = -0\.62"):
        require_independent(dependent)


def test_an_input_that_follows_from_several_is_named_with_its_vif():
    """A dependence on many inputs at once shows in no pair, and is refused all the same."""
    dependent = Dependence(input_names=("a", "b"), correlation=np.eye(2), vif=np.array([1.2, 8.25]))

    with pytest.raises(ExplanationError, match=r"'b' follows .*VIF 8\.25"):
        require_independent(dependent)


def test_independent_inputs_pass():
    """Weak correlation and small VIF are explained."""
    weak = np.array([[1.0, 0.29], [0.29, 1.0]])

    assert (
        require_independent(
            Dependence(input_names=("a", "b"), correlation=weak, vif=np.full(2, 1.1))
        )
        is None
    )
