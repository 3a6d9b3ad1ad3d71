"""Decisions over known surfaces of as many factors as are asked for."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from tests.optimize.conftest import KnownSurface, study_of

from electrodoe.dataset import TrainingData
from electrodoe.optimize import Decision, decision, possible_settings
from electrodoe.study import Study

NAMES = tuple("abcdefghijk")
Surface = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def data_of(study: Study, surface: Surface, name: str) -> TrainingData:
    """Return twenty runs with two samples each, spread over a study's factors."""
    rng = np.random.default_rng(8)
    columns, levels = [], {}
    for factor_name, factor in study.factors.items():
        if factor.is_categorical:
            columns.append(np.arange(20) % len(factor.levels))
            levels[factor_name] = dict(enumerate(factor.levels))
        else:
            columns.append(rng.uniform(0.0, 10.0, 20))
    inputs = np.repeat(np.column_stack(columns).astype(np.float64), 2, axis=0)
    return TrainingData(
        scenario="all",
        response_name=name,
        input_names=tuple(study.factors),
        inputs=inputs,
        response=surface(inputs) + np.tile([-0.5, 0.5], 20),
        configurations=np.repeat(np.arange(20), 2),
        sample_names=tuple(f"s{number:02d}" for number in range(40)),
        levels=levels,
    )


def declared(n_factors: int, responses: dict, **more) -> Study:
    """Return a study of factors between 0 and 10, with other factors or plans in its place."""
    factors = {name: {"region": [0.0, 10.0]} for name in NAMES[:n_factors]}
    return study_of(responses, factors | more.pop("factors", {}), **more)


def decide_for(study: Study, surfaces: Sequence[Surface], sd: float = 1.0) -> Decision:
    """Return the decision of a study whose responses are known surfaces."""
    data = tuple(
        data_of(study, surface, name)
        for surface, name in zip(surfaces, study.responses, strict=True)
    )
    region = possible_settings(study, data[0]).region
    return decision(study, region, tuple(KnownSurface(s, sd) for s in surfaces), data)
