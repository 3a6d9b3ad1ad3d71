"""A made-up study whose surface is known: 18 configurations of three factors, three replicates."""

import numpy as np
import pytest
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.models import Search
from electrodoe.models.fitting import in_canonical_order, normalize


def adhesion_kpa(inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the true surface: a plane, an interaction and curvature."""
    loading, temperature, porosity = ((inputs - [9.7, 55.0, 0.32]) / [1.5, 10.0, 0.05]).T
    return 900 + 60 * loading - 40 * porosity + 25 * loading * porosity + 20 * temperature**2


@pytest.fixture(scope="session")
def data() -> TrainingData:
    """Return 54 samples with a replicate scatter of 5 kPa."""
    rng = np.random.default_rng(7)
    settings = rng.uniform([8.2, 45.0, 0.25], [11.2, 65.0, 0.40], (18, 3))
    inputs = np.repeat(settings, 3, axis=0)
    return TrainingData(
        scenario="all",
        response_name="adhesion_strength_kpa",
        input_names=("mass_loading_mg_cm2", "dryer_temperature_c", "porosity"),
        inputs=inputs,
        response=adhesion_kpa(inputs) + rng.normal(0.0, 5.0, 54),
        configurations=np.repeat(np.arange(18), 3),
        sample_names=tuple(f"S{number:02d}" for number in range(54)),
    )


@pytest.fixture(scope="session")
def new_settings() -> NDArray[np.float64]:
    """Return 200 settings inside the region."""
    return np.random.default_rng(8).uniform([8.6, 48.0, 0.27], [10.8, 62.0, 0.38], (200, 3))


@pytest.fixture(scope="session")
def truth_kpa(new_settings: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the surface at the new settings."""
    return adhesion_kpa(new_settings)


@pytest.fixture(scope="session")
def search(data: TrainingData) -> Search:
    """Return the same study as a family's search sees it."""
    ordered = in_canonical_order(data)
    normalization = normalize(ordered)
    return Search(
        inputs=normalization.inputs(ordered.inputs),
        response=normalization.response(ordered.response),
        configurations=ordered.configurations,
        width=1,
        seed=3,
    )
