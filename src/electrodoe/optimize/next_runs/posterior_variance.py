"""What is not known yet of a surface, and what a run would leave of it."""

from dataclasses import dataclass, replace

import numpy as np

from electrodoe.arrays import Floats


@dataclass(frozen=True, kw_only=True)
class MadeRun:
    """What one run has taught, shape (n_processes, n_candidates) each.

    Attributes
    ----------
    gain : array
        By how much each candidate's mean follows the run.
    column : array
        Covariance of the candidates with the run, before it.
    change : array
        What the run and a candidate see together, less half of what the run has seen alone.
    """

    gain: Floats
    column: Floats
    change: Floats


@dataclass(frozen=True, kw_only=True)
class PosteriorVariance:
    """What some processes, each with its posterior probability, do not know of some candidates.

    Attributes
    ----------
    covariance : array of shape (n_processes, n_candidates, n_candidates)
        Posterior covariance of the surface at the candidates, before any run.
    seen : array of shape (n_processes, n_candidates, n_candidates)
        What a candidate tells of all asked points, before any run: mean of the products of their
        covariances with two candidates.
    runs : tuple of MadeRun
        Runs since.
    own_covariance, own_seen : array of shape (n_processes, n_candidates)
        Diagonals of both after the runs.
    left : array of shape (n_processes,)
        Mean posterior variance of the asked points after the runs.
    noise : array of shape (n_processes,)
        Variance of a run's mean about the surface, above 0.
    weight : array of shape (n_processes,)
        Probabilities.

    Notes
    -----
    A run changes every pair of candidates; asked are the pairs of one candidate at a time.
    """

    covariance: Floats
    seen: Floats
    runs: tuple[MadeRun, ...]
    own_covariance: Floats
    own_seen: Floats
    left: Floats
    noise: Floats
    weight: Floats

    @property
    def mean(self) -> float:
        """Return the mean variance of the asked points, over all processes."""
        return float(self.weight @ self.left)

    def gains(self) -> Floats:
        r"""Return by how much a run at each candidate lowers the mean, shape (n_candidates,).

        Notes
        -----
        With c the covariance, s what is seen and n the noise of process k, of probability p,

        .. math:: \sum_k p_k \frac{s_k(x, x)}{c_k(x, x) + n_k}
        """
        return np.asarray(
            self.weight @ (self.own_seen / (self.own_covariance + self.noise[:, None]))
        )

    def with_run(self, candidate: int) -> "PosteriorVariance":
        """Return what is left after a run at a candidate."""
        return self._updated(candidate, self.noise)

    def without_run(self, candidate: int) -> "PosteriorVariance":
        """Return what was left before a run at a candidate: a run whose noise is negative."""
        return self._updated(candidate, -self.noise)

    def covariance_with(self, candidate: int) -> Floats:
        """Return the covariance of all candidates with one, shape (n_processes, n_candidates)."""
        column = self.covariance[:, :, candidate]
        for run in self.runs:
            column = column - run.gain * run.column[:, candidate, None]
        return column

    def seen_with(self, candidate: int) -> Floats:
        """Return what all candidates see together with one, shape (n_processes, n_candidates)."""
        column = self.seen[:, :, candidate]
        for run in self.runs:
            column = column - run.gain * run.change[:, candidate, None]
            column = column - run.gain[:, candidate, None] * run.change
        return column

    def _updated(self, candidate: int, noise: Floats) -> "PosteriorVariance":
        """Return what is left after a run.

        Notes
        -----
        Covariances with the run, c, become c less g c(x', x') for every pair, g = c / (c(x', x')
        + n); asked points lose the same.
        """
        column = self.covariance_with(candidate)
        spread = column[:, candidate] + noise
        gain = column / spread[:, None]
        seen = self.seen_with(candidate)
        own = seen[:, candidate]
        change = seen - 0.5 * own[:, None] * gain
        lost = gain * change
        return replace(
            self,
            runs=(*self.runs, MadeRun(gain=gain, column=column, change=change)),
            own_covariance=self.own_covariance - gain * column,
            own_seen=self.own_seen - lost - lost,
            left=self.left - own / spread,
        )


def posterior_variance_of(
    asked: Floats, cross: Floats, covariance: Floats, noise: Floats, weight: Floats
) -> PosteriorVariance:
    """Return what is not known from posterior covariances.

    Examples
    --------
    >>> one = np.ones((1, 1))
    >>> posterior = posterior_variance_of(one, one[None], one[None], np.ones(1), np.ones(1))
    >>> posterior.with_run(0).mean
    0.5
    """
    seen = np.swapaxes(cross, 1, 2) @ cross / cross.shape[1]
    return PosteriorVariance(
        covariance=covariance,
        seen=seen,
        runs=(),
        own_covariance=np.diagonal(covariance, axis1=1, axis2=2),
        own_seen=np.diagonal(seen, axis1=1, axis2=2),
        left=asked.mean(axis=1),
        noise=noise,
        weight=weight,
    )
