"""Closed forms for left-out configurations equal refitting."""

import numpy as np
import pytest

from electrodoe.dataset import leave_one_configuration_out
from electrodoe.models import FAMILIES, Search
from electrodoe.models.left_out import left_out_by_factor
from electrodoe.models.tuning import out_of_fold


@pytest.mark.parametrize("name", ["mlr", "ridge_quadratic", "gaussian_process"])
@pytest.mark.parametrize("is_ragged", [False, True])
def test_the_closed_form_equals_a_refit_without_each_configuration(
    name: str, is_ragged: bool, search: Search
) -> None:
    """With replicates complete or not; the normalization is that of all samples in both."""
    family = FAMILIES[name]
    assert family.left_out is not None
    if is_ragged:
        search = search.take(np.arange(len(search.response)) % 7 > 0)
    chosen = family.tune(search)

    refitted = out_of_fold(
        search,
        chosen,
        family.fit,
        family.predict,
        leave_one_configuration_out(search.configurations),
    )

    np.testing.assert_allclose(family.left_out(search, chosen), refitted, atol=1e-9)


def test_a_configuration_that_alone_determines_a_term_has_no_left_out_prediction() -> None:
    """NaN, instead of a number out of a division by zero."""
    X = np.column_stack([np.ones(4), [0.0, 0.0, 0.0, 1.0]])
    factor = np.linalg.qr(X).Q

    predicted = left_out_by_factor(factor, np.array([1.0, 2.0, 3.0, 9.0]), np.array([0, 1, 2, 3]))

    assert predicted[:3].tolist() == pytest.approx([2.5, 2.0, 1.5])
    assert np.isnan(predicted[3])
