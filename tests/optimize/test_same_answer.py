"""What is recommended does not see the last bits of what was measured."""

from dataclasses import replace

import numpy as np
import pytest
from tests.optimize.conftest import decide, hill, study_of

from electrodoe.dataset import TrainingData
from electrodoe.models import choose, fit, predictive
from electrodoe.optimize import Decision, best_set_point, decision, operating_window
from electrodoe.optimize.next_runs.improvement import improving_runs
from electrodoe.optimize.next_runs.learning_runs import learning_runs
from electrodoe.optimize.pareto import pareto_set

RESPONSES = {
    "y": {"goal": "maximize", "least": -30.0},
    "z": {"goal": "minimize", "greatest": 60.0},
}
SURFACES = [hill(3, 6), lambda x: 2.0 * x[:, 0] + 3.0 * x[:, 1]]


def _shaken(data: TrainingData, rng: np.random.Generator) -> TrainingData:
    """Return data with other last bits."""

    def noise(shape):
        return 1.0 + 1e-12 * rng.uniform(-1.0, 1.0, shape)

    return replace(
        data,
        inputs=data.inputs * noise(data.inputs.shape),
        response=data.response * noise(data.response.shape),
    )


def _learned(seed: int | None) -> Decision:
    """Return a decision over fitted models, of data with other last bits unless seed is None."""
    study = study_of(RESPONSES)
    known = decide(study, SURFACES)
    data = known.data
    if seed is not None:
        rng = np.random.default_rng(seed)
        data = tuple(_shaken(own, rng) for own in data)
    models = [
        fit(own, "ridge_quadratic", choose(own, "ridge_quadratic", width=1, seed=1), seed=1)
        for own in data
    ]
    found = tuple(predictive(own, model) for own, model in zip(data, models, strict=True))
    return decision(study, known.region, found, data)


@pytest.fixture(scope="module")
def plain() -> Decision:
    """Return the decision over data as they are."""
    return _learned(None)


@pytest.fixture(scope="module", params=[1, 2, 3])
def shaken(request: pytest.FixtureRequest) -> Decision:
    """Return the same decision over data with other last bits."""
    return _learned(request.param)


def test_the_set_point_is_the_same(plain: Decision, shaken: Decision):
    """To the last digit: it stands on steps."""
    first, other = (best_set_point(own, 1) for own in (plain, shaken))

    assert list(first.settings.values()) == list(other.settings.values())
    assert first.desirability == pytest.approx(other.desirability, rel=1e-6)


def test_the_window_is_the_same(plain: Decision, shaken: Decision):
    """To six digits."""
    first, other = (operating_window(own, 0.9).window for own in (plain, shaken))

    assert first is not None
    assert other is not None
    np.testing.assert_allclose(first.low, other.low, atol=1e-6)
    np.testing.assert_allclose(first.high, other.high, atol=1e-6)


def test_what_can_be_had_at_once_is_the_same(plain: Decision, shaken: Decision):
    """Every setting of the Pareto set."""
    first, other = (pareto_set(own, 1).points for own in (plain, shaken))

    np.testing.assert_allclose(first, other, atol=1e-9)


def test_next_runs_are_the_same(plain: Decision, shaken: Decision):
    """To improve and to learn, run by run."""
    for first, other in (
        [improving_runs(own, 3, 1).points for own in (plain, shaken)],
        [learning_runs(own, 3, None) for own in (plain, shaken)],
    ):
        np.testing.assert_allclose(first, other, atol=1e-9)
