"""Whether replicates contradict the quadratic of each response that is decided on."""

import math

from electrodoe.dataset import TrainingData
from electrodoe.errors import EvaluationError, ModelError
from electrodoe.evaluate import quadratic_lack_of_fit
from electrodoe.optimize import ShapeTest


def shape_tests(data: tuple[TrainingData, ...]) -> tuple[ShapeTest, ...]:
    """Return a test for each response.

    Parameters
    ----------
    data : tuple of TrainingData
        Responses of one scenario.

    Returns
    -------
    tuple of ShapeTest
        In their order, with the reason where one cannot be tested.
    """
    return tuple(_tested(own) for own in data)


def _tested(data: TrainingData) -> ShapeTest:
    """Return the test of one response."""
    name = data.response_name
    if data.n_configurations == data.n_samples:
        return ShapeTest(response_name=name, refusal="no configuration has a second sample")
    try:
        test = quadratic_lack_of_fit(data)
    except (EvaluationError, ModelError) as error:
        return ShapeTest(response_name=name, refusal=error.what)
    if not math.isfinite(test.f):
        return ShapeTest(response_name=name, refusal="all replicates are equal")
    return ShapeTest(response_name=name, f=test.f, p=test.p)
