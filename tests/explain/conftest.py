"""Made-up studies with known effects, replicates and configuration effects."""

from collections.abc import Callable

import numpy as np
import pytest

from electrodoe.dataset import TrainingData

Surface = Callable[[np.ndarray], np.ndarray]


@pytest.fixture
def study() -> Callable[..., TrainingData]:
    """Return a maker of replicated studies on random settings between -1 and 1."""

    def make(
        surface: Surface,
        *,
        seed: int = 0,
        n_configurations: int = 18,
        n_inputs: int = 3,
        n_replicates: int = 3,
        noise: float = 0.1,
        configuration_noise: float = 0.0,
    ) -> TrainingData:
        rng = np.random.default_rng(seed)
        settings = rng.uniform(-1.0, 1.0, (n_configurations, n_inputs)).round(1)
        means = surface(settings) + configuration_noise * rng.normal(size=n_configurations)
        configurations = np.repeat(np.arange(n_configurations), n_replicates)
        n_samples = len(configurations)
        return TrainingData(
            scenario="product",
            response_name="strength_kpa",
            input_names=tuple("abcdefghijklm"[:n_inputs]),
            inputs=settings[configurations],
            response=means[configurations] + noise * rng.normal(size=n_samples),
            configurations=configurations,
            sample_names=tuple(f"S{number:03d}" for number in range(n_samples)),
        )

    return make


@pytest.fixture
def factorial() -> TrainingData:
    """Return an independent study: a 3 × 3 × 2 factorial in which a matters most, c not at all."""
    rng = np.random.default_rng(4)
    grid = np.stack(np.meshgrid([-1.0, 0, 1], [-1.0, 0, 1], [-1.0, 1]), axis=-1).reshape(-1, 3)
    configurations = np.repeat(np.arange(len(grid)), 3)
    inputs = grid[configurations]
    return TrainingData(
        scenario="product",
        response_name="strength_kpa",
        input_names=("a", "b", "c"),
        inputs=inputs,
        response=5.0 * inputs[:, 0] + 2.0 * inputs[:, 1] ** 2 + 0.3 * rng.normal(size=len(inputs)),
        configurations=configurations,
        sample_names=tuple(f"S{number:03d}" for number in range(len(inputs))),
    )
