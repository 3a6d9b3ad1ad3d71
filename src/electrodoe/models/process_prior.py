"""Processes before any run: a quadratic surface, with or without a bend and effects."""

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

LENGTH_SCALES: Final = (1.2, 3.0)
"""How far a bend beyond the quadratic reaches, in standard deviations of the inputs."""
_QUADRATIC_VARIANCES: Final = (0.01, 0.07, 0.5)
_SMOOTH_VARIANCES: Final = (0.02, 0.2, 1.5)
_CONFIGURATION_VARIANCES: Final = (0.001, 0.01, 0.1, 0.5)
"""All in units of a normalized response: wide steps, because a mean over few is wanted."""
_PRIOR_OF_A_BEND: Final = 0.5


@dataclass(frozen=True, kw_only=True)
class Processes:
    """Some processes and how much each is believed; all arrays have shape (n_processes,).

    Attributes
    ----------
    quadratic_variance, smooth_variance : array
        Of the terms of second degree, and of the bend beyond them.
    length_scale : array
        Of the bend, one of ``length_scales``.
    configuration_variance : array
        Of what replicates share and the inputs do not explain.
    share : array
        Probabilities; they add up to one.
    length_scales : tuple of float
        All that the bends have.
    """

    quadratic_variance: NDArray[np.float64]
    smooth_variance: NDArray[np.float64]
    length_scale: NDArray[np.float64]
    configuration_variance: NDArray[np.float64]
    share: NDArray[np.float64]
    length_scales: tuple[float, ...] = LENGTH_SCALES

    def kernel_shares(self) -> NDArray[np.float64]:
        """Return how much of each kernel a process holds, shape (n_processes, n_kernels)."""
        is_of_scale = self.length_scale[:, None] == np.array(self.length_scales)
        smooth = self.smooth_variance[:, None] * is_of_scale
        return np.column_stack([np.ones(len(self.share)), self.quadratic_variance, smooth])


def process_prior(
    length_scales: tuple[float, ...] = LENGTH_SCALES, prior_of_a_bend: float = _PRIOR_OF_A_BEND
) -> Processes:
    """Return a grid of processes, each with its probability before any run.

    Parameters
    ----------
    length_scales : tuple of float
        How far bends reach, in standard deviations of the inputs.
    prior_of_a_bend : float
        Probability that there is one, shared out evenly; the rest is on quadratics without.

    Returns
    -------
    Processes
        Every combination of variances and bends.
    """
    bends = [(0.0, length_scales[0], 1.0 - prior_of_a_bend)]
    pairs = list(product(_SMOOTH_VARIANCES, length_scales))
    bends += [(*pair, prior_of_a_bend / len(pairs)) for pair in pairs]
    rows = product(_QUADRATIC_VARIANCES, _CONFIGURATION_VARIANCES, bends)
    table = np.array([(quadratic, effect, *bend) for quadratic, effect, bend in rows])
    return Processes(
        quadratic_variance=table[:, 0],
        configuration_variance=table[:, 1],
        smooth_variance=table[:, 2],
        length_scale=table[:, 3],
        share=table[:, 4] / table[:, 4].sum(),
        length_scales=length_scales,
    )
