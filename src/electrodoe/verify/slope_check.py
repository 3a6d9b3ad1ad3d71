"""Whether the data move along a factor as physics says, without any model of the catalogue."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import (
    TrainingData,
    Transform,
    configuration_means,
    known_transform,
)
from electrodoe.errors import ModelError
from electrodoe.models.least_squares import least_squares
from electrodoe.models.terms import has_quadratic_term, linear_matrix
from electrodoe.verify.laws import Expectation
from electrodoe.verify.region import StudiedRegion
from electrodoe.verify.sign_checks import BAND, HOLDS, OPEN, VIOLATED, SignCheck

_MIN_DEGREES_OF_FREEDOM: Final = 3
"""Degrees of freedom that squares must leave to be taken in."""


def check_data(
    expectation: Expectation, data: TrainingData, studied: StudiedRegion
) -> SignCheck | None:
    """Return how the measured means move along a factor, the other inputs held by least squares.

    With the 95 % interval of the slope from the configurations' means; None where they do not
    determine slopes and scatter. First-order terms and, where three degrees of freedom are left,
    squares. Where the response has a transform, on its scale; what is returned is the change in the
    response's unit about the middle of the scale.
    """
    from scipy.stats import t

    if data.kind != "number":
        return None  # models and their refits are checked; least squares has no right interval
    transform = known_transform(data)
    scaled = data.on_scale(transform).response[:, None]
    y = configuration_means(scaled, data.configurations)[:, 0]
    X = _terms(data, studied)
    degrees_of_freedom = len(X) - X.shape[1]
    if degrees_of_freedom < 1:
        return None
    try:
        slopes = least_squares(X, y, [f"term {number}" for number in range(X.shape[1])])
    except ModelError:
        return None
    scatter = float(np.sum((y - X @ slopes) ** 2)) / degrees_of_freedom
    number = data.input_names.index(expectation.factor)
    column = 1 + int(np.argmax(data.columns.input_of_column == number))
    error = float(np.sqrt(scatter * np.linalg.inv(X.T @ X)[column, column]))
    effect, reach = (
        2.0 * float(slopes[column]),
        2.0 * float(t.ppf(BAND[1], degrees_of_freedom)) * error,
    )
    low, high = effect - reach, effect + reach
    if transform is not None:
        effect, low, high = _in_unit(transform, float(y.mean()), np.array([effect, low, high]))
    is_right = expectation.agrees(low, high)
    is_wrong = expectation.agrees(-high, -low)
    return SignCheck(
        basis="data",
        effect=effect,
        low=low,
        high=high,
        fraction_against=None,
        fraction_against_for_certain=None,
        n_refits=0,
        verdict=HOLDS if is_right else VIOLATED if is_wrong else OPEN,
    )


def _in_unit(transform: Transform, middle: float, changes: Floats) -> list[float]:
    """Return changes about the middle of a scale as changes of the response."""
    ends = transform.inverse(middle + changes / 2.0), transform.inverse(middle - changes / 2.0)
    return np.asarray(ends[0] - ends[1]).tolist()  # type: ignore[no-any-return]


def _terms(data: TrainingData, studied: StudiedRegion) -> Floats:
    """Return the plane's terms at the configurations, with squares where these leave freedom.

    From -1 to +1 a square changes nothing of the mean change, and it takes curvature out of the
    scatter that the slope is evaluated by.
    """
    columns = data.columns
    means = configuration_means(data.inputs, data.configurations)
    coded = columns.contrasts(studied.coded(means))
    bends = has_quadratic_term(columns.contrasts(data.inputs), data.configurations)
    quadratic = coded[:, bends & columns.is_number] ** 2
    curved = np.column_stack([linear_matrix(coded), quadratic])
    return (
        curved if len(curved) - curved.shape[1] >= _MIN_DEGREES_OF_FREEDOM else linear_matrix(coded)
    )
