"""Made-up studies of anodes whose laws are known: a 17-run plan with three samples per run."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.design.problems import problem_of

from electrodoe.dataset import TrainingData
from electrodoe.design.search.search import search
from electrodoe.study import Study

INPUTS = ("active_mass_loading_mg_cm2", "dryer_2_temperature_c", "porosity")
LEVELS = (
    (8.2, 9.2, 10.2, 11.2),
    (50.0, 55.0, 60.0, 65.0),
    (0.25, 0.30, 0.35, 0.40),
)
Law = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def tortuosity(inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 2 ε^-0.8, a little more at high loading and less at high temperature."""
    loading, temperature, porosity = inputs.T
    return 2.0 * porosity**-0.8 * (1 + 0.05 * (loading - 9.7)) * (1 - 0.006 * (temperature - 57.5))


def ionic_resistance_ohm(inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return eq. (2) solved for the resistance, with eq. (1) for the thickness."""
    loading, _, porosity = inputs.T
    thickness_um = loading / 0.94 * 10.0 / 2.158 / (1.0 - porosity)
    return tortuosity(inputs) * 2.0 * thickness_um * 1e-4 / (1.767 * 0.35e-3 * porosity)


@pytest.fixture(scope="session")
def settings() -> NDArray[np.float64]:
    """Return the settings of the 17-run I-optimal plan of the paper's case."""
    coded = search(problem_of([4, 4, 4], 17, over="grid"), 1).design
    low, high = np.array([(levels[0], levels[-1]) for levels in LEVELS]).T
    return low + (coded + 1.0) / 2.0 * (high - low)


@pytest.fixture(scope="session")
def study() -> Study:
    """Return the declaration, with the levels of the paper's Table 2."""
    factors = {name: {"levels": levels} for name, levels in zip(INPUTS, LEVELS, strict=True)}
    responses = {
        name: {}
        for name in (
            "tortuosity", "ionic_resistance_ohm", "adhesion_strength_kpa",
            "discharge_capacity_c10_mah", "discharge_capacity_5c_mah",
        )
    }  # fmt: skip
    return Study.model_validate({"title": "Anodes", "factors": factors, "responses": responses})


@dataclass(frozen=True, kw_only=True)
class Anodes:
    """A maker of samples."""

    settings: NDArray[np.float64]

    def __call__(
        self,
        response_name: str,
        law: Law,
        *,
        seed: int = 0,
        between: float = 0.02,
        within: float = 0.03,
        settings: NDArray[np.float64] | None = None,
    ) -> TrainingData:
        """Return three samples per configuration with relative scatter between and within."""
        rng = np.random.default_rng(seed)
        own = self.settings if settings is None else settings
        configurations = np.repeat(np.arange(len(own)), 3)
        means = law(own) * np.exp(between * rng.normal(size=len(own)))
        return TrainingData(
            scenario="all",
            response_name=response_name,
            input_names=INPUTS,
            inputs=own[configurations],
            response=means[configurations] * np.exp(within * rng.normal(size=3 * len(own))),
            configurations=configurations,
            sample_names=tuple(f"S{number:03d}" for number in range(3 * len(own))),
        )


@pytest.fixture(scope="session")
def anodes(settings: NDArray[np.float64]) -> Anodes:
    """Return the maker."""
    return Anodes(settings=settings)
