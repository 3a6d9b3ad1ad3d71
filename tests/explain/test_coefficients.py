"""Slopes are normalized by their Euclidean norm and keep their sign."""

import numpy as np
import pytest

from electrodoe.errors import ExplanationError
from electrodoe.explain import normalized_coefficients
from electrodoe.models import fit


def test_a_plane_gives_back_its_slopes(study):
    """Slopes per standard deviation of each input, their squares adding up to one."""
    data = study(lambda x: 7 + 3 * x[:, 0] - 4 * x[:, 1], noise=0.0)
    slopes = np.array([3.0, -4.0, 0.0]) * data.inputs.std(axis=0)

    result = normalized_coefficients(fit(data, "mlr", {}))

    np.testing.assert_allclose(result, slopes / np.linalg.norm(slopes), atol=1e-9)


def test_other_families_are_refused(study):
    """A quadratic has no single slope per input."""
    data = study(lambda x: x[:, 0])
    model = fit(data, "polynomial", {"quadratic": [True, True, True]})

    with pytest.raises(ExplanationError, match="polynomial"):
        normalized_coefficients(model)
