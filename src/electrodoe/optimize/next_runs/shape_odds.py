"""What the existing runs say of curvature, and of run-to-run variation: two rival shapes."""

from dataclasses import replace
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset import TrainingData
from electrodoe.models.process_average import Processes
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.next_runs.learned_processes import LearnedProcesses, learned_processes
from electrodoe.optimize.next_runs.rival_shapes import RivalShapes, Shape

_ALL: Final = 1000
"""More than the 84 processes of the grid, so that none is dropped."""
_N_EACH: Final = 8
"""Processes of each kind that are averaged: chosen, half of the default family's."""
_MIN_NOISE: Final = 1e-9
"""Of a normalized response, so that a run is never taken for exact."""


def rival_shapes(decision: Decision, data: TrainingData, points: Floats) -> RivalShapes:
    """Return what the existing runs say of new ones, with more curvature and without.

    Parameters
    ----------
    decision : Decision
        Region.
    data : TrainingData
        One response.
    points : array of shape (n_points, n_axes)
        Coded.

    Returns
    -------
    RivalShapes
        Each a mean over the likeliest processes of its kind.

    Notes
    -----
    Curvature together with run-to-run variation explains everything and is distinguished from
    nothing; it is left out, so that each rival has to account for the lack of fit of the quadratic
    by itself.
    """
    learned = learned_processes(data, _ALL)
    processes = _without_combined(learned.processes)
    is_curved = processes.smooth_variance > 0.0
    has_effects = processes.configuration_variance > max(learned.scatter, _smallest(processes))
    quadratic, curved = ~is_curved, is_curved & ~has_effects
    Z = learned.normalized(decision.settings(points))
    return RivalShapes(
        points=points,
        quadratic=_shape(replace(learned, processes=_likeliest(processes, quadratic)), Z),
        curved=_shape(replace(learned, processes=_likeliest(processes, curved)), Z),
        odds=_odds(processes, quadratic, curved),
    )


def _without_combined(processes: Processes) -> Processes:
    """Return processes of which none has lost its last bit of probability."""
    return replace(processes, weight=np.maximum(processes.weight, np.finfo(np.float64).tiny))


def _smallest(processes: Processes) -> float:
    """Return the smallest run-to-run variance that any process has."""
    return float(processes.configuration_variance.min())


def _odds(processes: Processes, quadratic: Booleans, curved: Booleans) -> float:
    """Return the chance of curvature against the quadratic, from even odds before the runs.

    With curvature and without, every run-to-run variance is as likely beforehand.
    """
    likely = [
        float(processes.weight[kind].sum()) / len(np.unique(processes.configuration_variance[kind]))
        for kind in (quadratic, curved)
    ]
    return likely[1] / sum(likely)


def _likeliest(processes: Processes, kind: Booleans) -> Processes:
    """Return the likeliest processes of a kind; all come in the order of their probability."""
    rows = np.flatnonzero(kind)[:_N_EACH]
    return Processes(
        quadratic_variance=processes.quadratic_variance[rows],
        smooth_variance=processes.smooth_variance[rows],
        length_scale=processes.length_scale[rows],
        configuration_variance=processes.configuration_variance[rows],
        weight=processes.weight[rows] / processes.weight[rows].sum(),
    )


def _shape(learned: LearnedProcesses, Z: Floats) -> Shape:
    """Return mean and covariance of a mixture of posteriors, on the scale of the models."""
    weights, means = learned.processes.weight, learned.mean(Z)
    mean = weights @ means
    within = np.tensordot(weights, learned.covariance(Z, Z), axes=1)
    between = (weights[:, None] * (means - mean)).T @ (means - mean)
    scale = learned.scales.response_scale
    return Shape(
        mean=learned.scales.scaled(mean),
        covariance=scale**2 * (within + between),
        noise=scale**2 * (float(weights @ learned.noise) + _MIN_NOISE),
    )
