"""Decisions over surfaces that are known exactly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
import scipy.stats

from electrodoe.dataset import TrainingData
from electrodoe.models import Intervals
from electrodoe.optimize import Decision, decision, possible_settings
from electrodoe.study import Study

Surface = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class KnownSurface:
    """A surface without error of its own; a measurement scatters by a normal distribution."""

    surface: Surface
    sd: float = 1.0
    method: str = "known"
    unseen: float = 0.0

    def predict(self, inputs):
        """Return the surface."""
        return self.surface(inputs)

    def intervals(self, inputs, level=0.9):
        """Return normal intervals."""
        half = self.sd * scipy.stats.norm.ppf(0.5 + level / 2)
        center = self.predict(inputs)
        return Intervals(
            kind="new configuration",
            method=self.method,
            level=level,
            center=center,
            lower=center - half,
            upper=center + half,
        )

    def require(self, level):
        """Support every level."""

    def probability(self, inputs, lower, upper):
        """Return the normal distribution's fraction."""
        low, high = ((end - self.predict(inputs)) / self.sd for end in (lower, upper))
        return scipy.stats.norm.cdf(high) - scipy.stats.norm.cdf(low)

    def guaranteed(self, inputs, lower, upper, _confidence):
        """Return the chance itself: nothing is uncertain about it."""
        return self.probability(inputs, lower, upper)


def study_of(responses: dict, factors: dict | None = None, **more) -> Study:
    """Return a study of two factors between 0 and 10."""
    return Study.model_validate(
        {
            "title": "Made up",
            "factors": factors or {name: {"region": [0.0, 10.0]} for name in ("a", "b")},
            "responses": responses,
            **more,
        }
    )


def grid_data(surface: Surface, name: str = "y") -> TrainingData:
    """Return a 4 x 4 grid over the region, two samples each."""
    grid = np.stack(np.meshgrid(*[np.linspace(0, 10, 4)] * 2), axis=-1).reshape(-1, 2)
    inputs = np.repeat(grid, 2, axis=0)
    return TrainingData(
        scenario="all",
        response_name=name,
        input_names=("a", "b"),
        inputs=inputs,
        response=surface(inputs) + np.tile([-0.5, 0.5], 16),
        configurations=np.repeat(np.arange(16), 2),
        sample_names=tuple(f"s{number:02d}" for number in range(32)),
    )


def decide(study: Study, surfaces: Sequence[Surface], sd: float = 1.0, **how) -> Decision:
    """Return the decision of a study whose responses are known surfaces."""
    names = list(study.responses)
    data = tuple(grid_data(s, name) for s, name in zip(surfaces, names, strict=True))
    region = possible_settings(study, data[0], **how).region
    return decision(study, region, tuple(KnownSurface(s, sd) for s in surfaces), data)


def hill(a: float, b: float) -> Surface:
    """Return a round hill of height 0 at some settings."""
    return lambda x: -((x[:, 0] - a) ** 2) - (x[:, 1] - b) ** 2


@pytest.fixture
def round_hill() -> Decision:
    """Return the search for the top of a hill at (3, 6)."""
    return decide(study_of({"y": {"goal": "maximize"}}), [hill(3, 6)])


@pytest.fixture(scope="session")
def region_of_two() -> Decision:
    """Return a decision over a square whose data a test replaces by its own."""
    return decide(study_of({"y": {"goal": "maximize"}}), [hill(3, 6)])
