"""Simulated runs of two inputs with an outcome or a count each, for tests and benchmarks."""

from collections.abc import Callable

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.models.generalized_linear import inverse_link
from electrodoe.study import ResponseKind


def sampled(
    kind: ResponseKind, n: int, seed: int, linear: Callable[[Floats], Floats]
) -> TrainingData:
    """Return simulated runs of two inputs with one outcome or count each."""
    rng = np.random.default_rng([seed, 16])
    inputs = rng.uniform(-1.0, 1.0, (n, 2))
    mean = inverse_link(kind, linear(inputs))
    drawn = rng.random(n) < mean if kind == "binary" else rng.poisson(mean)
    return TrainingData(
        scenario="all",
        response_name="pass",
        input_names=("a", "b"),
        inputs=inputs,
        response=drawn.astype(np.float64),
        configurations=np.arange(n),
        sample_names=tuple(f"s{row}" for row in range(n)),
        kind=kind,
    )
