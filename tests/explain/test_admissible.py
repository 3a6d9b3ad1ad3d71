"""Explanations of dependent inputs are refused with the reason."""

import numpy as np
import pytest

from electrodoe.dataset import Dependence
from electrodoe.errors import ExplanationError
from electrodoe.explain import require_explainable


def test_a_dependent_input_is_named_with_the_strongest_pair():
    """As the paper's third scenario: r and VIF stand in the message."""
    correlation = np.array([[1.0, 0.1, -0.92], [0.1, 1.0, 0.0], [-0.92, 0.0, 1.0]])
    vif = np.diag(np.linalg.inv(correlation))
    dependent = Dependence(input_names=("a", "b", "c"), correlation=correlation, vif=vif)

    with pytest.raises(ExplanationError, match=r"'a' follows .* r = -0\.92 between 'a' and 'c'"):
        require_explainable(dependent)


def test_an_input_that_follows_from_several_is_named_with_its_vif():
    """A dependence on many inputs at once shows in no pair, and is refused all the same."""
    dependent = Dependence(input_names=("a", "b"), correlation=np.eye(2), vif=np.array([1.2, 8.25]))

    with pytest.raises(ExplanationError, match=r"'b' follows .*VIF 8\.25"):
        require_explainable(dependent)


def test_independent_inputs_pass():
    """A small VIF is explained, whatever the correlation of a pair."""
    weak = np.array([[1.0, 0.62], [0.62, 1.0]])

    assert (
        require_explainable(
            Dependence(input_names=("a", "b"), correlation=weak, vif=np.full(2, 1.6))
        )
        is None
    )
