"""What the runs made say of a bend, and of effects of single productions: two rival shapes."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.models.process_average import Processes
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.next_runs.learned_processes import LearnedProcesses, learned_processes
from electrodoe.optimize.next_runs.rival_shapes import RivalShapes, Shape

Floats = NDArray[np.float64]
_ALL: Final = 1000
_N_EACH: Final = 8
_LEAST_NOISE: Final = 1e-9
"""Of a normalized response, so that a run is never believed to be exact."""


def rival_shapes(decision: Decision, data: TrainingData, points: Floats) -> RivalShapes:
    """Return what the runs made say of new ones, with a bend and without.

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
    A bend together with effects explains everything and is told from nothing; it is left out, so
    that each rival has to account for what the quadratic misses by itself.
    """
    learned = learned_processes(data, _ALL)
    processes = _all_likely(learned.believed)
    is_bent = processes.smooth_variance > 0.0
    has_effects = processes.configuration_variance > max(learned.scatter, _least(processes))
    quadratic, bend = ~is_bent, is_bent & ~has_effects
    Z = learned.normalized(decision.settings(points))
    return RivalShapes(
        points=points,
        quadratic=_shape(replace(learned, believed=_likeliest(processes, quadratic)), Z),
        bend=_shape(replace(learned, believed=_likeliest(processes, bend)), Z),
        belief=_belief(processes, quadratic, bend),
    )


def _all_likely(processes: Processes) -> Processes:
    """Return processes of which none has lost its last bit of probability."""
    return replace(processes, share=np.maximum(processes.share, np.finfo(np.float64).tiny))


def _least(processes: Processes) -> float:
    """Return the least variance between productions that any process has."""
    return float(processes.configuration_variance.min())


def _belief(processes: Processes, quadratic: NDArray[np.bool_], bend: NDArray[np.bool_]) -> float:
    """Return the chance of the bend against the quadratic, from even odds before the runs.

    With a bend and without, every variance between productions is as likely beforehand.
    """
    likely = [
        float(processes.share[kind].sum()) / len(np.unique(processes.configuration_variance[kind]))
        for kind in (quadratic, bend)
    ]
    return likely[1] / sum(likely)


def _likeliest(processes: Processes, kind: NDArray[np.bool_]) -> Processes:
    """Return the likeliest processes of a kind; all come in the order of their probability."""
    rows = np.flatnonzero(kind)[:_N_EACH]
    return Processes(
        quadratic_variance=processes.quadratic_variance[rows],
        smooth_variance=processes.smooth_variance[rows],
        length_scale=processes.length_scale[rows],
        configuration_variance=processes.configuration_variance[rows],
        share=processes.share[rows] / processes.share[rows].sum(),
    )


def _shape(learned: LearnedProcesses, Z: Floats) -> Shape:
    """Return mean and covariance of a mixture of posteriors, in the response's unit."""
    weights, means = learned.believed.share, learned.mean(Z)
    mean = weights @ means
    within = np.tensordot(weights, learned.covariance(Z, Z), axes=1)
    between = (weights[:, None] * (means - mean)).T @ (means - mean)
    scale = learned.scales.response_scale
    return Shape(
        mean=learned.scales.declared(mean),
        covariance=scale**2 * (within + between),
        noise=scale**2 * (float(weights @ learned.noise) + _LEAST_NOISE),
    )
