"""Screening data as books print them, and designs of their kinds."""

import numpy as np

from electrodoe.dataset import TrainingData

FILTRATION = np.array([45, 71, 48, 65, 68, 60, 80, 65, 43, 100, 45, 104, 75, 86, 70, 96.0])
"""Filtration rate (gal/h) in standard order: Montgomery, Design and Analysis of Experiments,
Table 6.10 (8th ed.), example 6.2."""
EYE_FOCUS = np.array([85.5, 75.1, 93.2, 145.4, 83.7, 77.6, 95.0, 141.8])
EYE_FOCUS_FOLDED = np.array([91.3, 136.7, 82.4, 73.4, 94.1, 143.8, 87.3, 71.9])
"""Eye focus time (ms), a 2^(7-4) and its foldover, run by run: Montgomery, example 8.7."""
FATIGUE = np.array(
    [6.058, 4.733, 4.625, 5.899, 7.0, 5.752, 5.682, 6.607, 5.818, 5.917, 5.863, 4.809]
)
"""Logarithm of the lifetime of repaired castings, Plackett-Burman in 12 runs: Hunter, Hodi, Eager
(1982), as in Wu and Hamada, Experiments, Table 8.2."""


def full(n_factors):
    """Return all corners in standard order."""
    runs = np.arange(2**n_factors)[:, None]
    return 2.0 * (runs >> np.arange(n_factors) & 1) - 1.0


def eye_focus_design():
    """Return the 2^(7-4) with D = AB, E = AC, F = BC, G = ABC."""
    a, b, c = full(3).T
    return np.column_stack([a, b, c, a * b, a * c, b * c, a * b * c])


def plackett_burman(n_factors=7):
    """Return Wu and Hamada's twelve runs."""
    first = [1, 1, -1, 1, 1, 1, -1, -1, -1, 1, -1]
    rows = [first[-k:] + first[:-k] for k in (0, *range(10, 0, -1))]
    return np.array([*rows, [-1] * 11], dtype=float)[:, :n_factors]


def training_data(coded, response, *, blocks=None, configurations=None, names=None):
    """Return samples of a coded design, each a run of its own."""
    n, k = coded.shape
    return TrainingData(
        scenario="product",
        response_name="strength_kpa",
        input_names=names or tuple(f"x{number}" for number in range(1, k + 1)),
        inputs=50.0 + 10.0 * coded,
        response=np.asarray(response, dtype=float),
        configurations=np.arange(n) if configurations is None else configurations,
        sample_names=tuple(map(str, range(n))),
        blocks=blocks,
    )


def anything(settings):
    """Say that every setting is possible."""
    return np.ones(len(settings), dtype=bool)
