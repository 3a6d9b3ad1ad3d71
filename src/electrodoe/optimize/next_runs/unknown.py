"""What is not known yet of a surface, and what a run would leave of it."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """What some processes, each believed with a probability, do not know of some candidates.

    Attributes
    ----------
    covariance : array of shape (n_processes, n_candidates, n_candidates)
        Posterior covariance of the surface at the candidates.
    seen : array of shape (n_processes, n_candidates, n_candidates)
        What a candidate tells of all asked points: mean of the products of their covariances with
        two candidates.
    left : array of shape (n_processes,)
        Mean posterior variance of the asked points.
    noise : array of shape (n_processes,)
        Variance of a run's mean about the surface, above 0.
    share : array of shape (n_processes,)
        Probabilities.
    """

    covariance: Floats
    seen: Floats
    left: Floats
    noise: Floats
    share: Floats

    @property
    def mean(self) -> float:
        """Return the mean variance of the asked points, over all processes."""
        return float(self.share @ self.left)

    def gains(self) -> Floats:
        r"""Return by how much a run at each candidate lowers the mean, shape (n_candidates,).

        Notes
        -----
        With c the covariance, s what is seen and n the noise of process k, believed with p,

        .. math:: \sum_k p_k \frac{s_k(x, x)}{c_k(x, x) + n_k}
        """
        own = np.diagonal(self.covariance, axis1=1, axis2=2) + self.noise[:, None]
        return np.asarray(self.share @ (np.diagonal(self.seen, axis1=1, axis2=2) / own))

    def with_run(self, candidate: int) -> "Unknown":
        """Return what is left after a run at a candidate."""
        return self._updated(candidate, self.noise)

    def without_run(self, candidate: int) -> "Unknown":
        """Return what was left before a run at a candidate: a run whose noise is negative."""
        return self._updated(candidate, -self.noise)

    def _updated(self, candidate: int, noise: Floats) -> "Unknown":
        """Return the covariances after a run.

        Notes
        -----
        Covariances with the run, c, become c less g c(x', x') for every pair, g = c / (c(x', x')
        + n); asked points lose the same.
        """
        column = self.covariance[:, :, candidate]
        spread = column[:, candidate] + noise
        gain = column / spread[:, None]
        own = self.seen[:, candidate, candidate]
        told = self.seen[:, :, candidate] - 0.5 * own[:, None] * gain
        known = gain[:, :, None] * column[:, None, :]
        lost = gain[:, :, None] * told[:, None, :]
        seen = self.seen - lost
        seen -= np.swapaxes(lost, 1, 2)  # in place: half of the time went into fresh memory
        return replace(
            self,
            covariance=np.subtract(self.covariance, known, out=known),
            seen=seen,
            left=self.left - own / spread,
        )


def unknown_of(
    asked: Floats, cross: Floats, covariance: Floats, noise: Floats, share: Floats
) -> Unknown:
    """Return what is not known from posterior covariances.

    Parameters
    ----------
    asked : array of shape (n_processes, n_asked)
        Variance where knowing counts.
    cross : array of shape (n_processes, n_asked, n_candidates)
        Covariance of these points with the candidates.
    covariance : array of shape (n_processes, n_candidates, n_candidates)
        Of the candidates.
    noise, share : array of shape (n_processes,)
        Of a run, and of belief.

    Returns
    -------
    Unknown
        The asked points are kept as means only.

    Examples
    --------
    >>> one = np.ones((1, 1))
    >>> unknown = unknown_of(one, one[None], one[None], np.ones(1), np.ones(1))
    >>> unknown.with_run(0).mean
    0.5
    """
    return Unknown(
        covariance=covariance,
        seen=np.swapaxes(cross, 1, 2) @ cross / cross.shape[1],
        left=asked.mean(axis=1),
        noise=noise,
        share=share,
    )
