"""A proof of how good a plan can be at best: approximate theory and its dual."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from electrodoe.design.model_terms import ModelTerms
from electrodoe.design.region import DesignRegion

Floats = NDArray[np.float64]
_MOST_CANDIDATES: Final = 6_000
_COARSE: Final = 5
_MOST_STEPS: Final = 4_000
_WORK: Final = 4e9
_GAP: Final = 2e-5
"""Share of the criterion by which the bound may stay below the optimum."""


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A value that no plan can beat.

    Attributes
    ----------
    per_run : float
        The least mean prediction variance of any plan, times its number of runs.
    scope : str
        For which plans it is proven.
    """

    per_run: float
    scope: str


def least_mean_variance(terms: ModelTerms, region: DesignRegion, moments: Floats) -> Bound | None:
    r"""Return a proven lower bound on criterion I for any number of runs.

    Parameters
    ----------
    terms : ModelTerms
        The model.
    region : DesignRegion
        Where runs may lie.
    moments : array of shape (p, p)
        The moment matrix behind I.

    Returns
    -------
    Bound or None
        Exact for factors with levels; where a factor may lie anywhere the proof holds for plans
        on five settings of it. None where the candidates are more than 6,000.

    Notes
    -----
    For weights w on the candidates let :math:`M = \sum_i w_i f_i f_i^T`,
    :math:`\Phi = \mathrm{tr}(M^{-1} B)` and :math:`\psi_i = f_i^T M^{-1} B M^{-1} f_i`. For any
    other weights v with matrix N, Cauchy's inequality gives

    .. math:: \mathrm{tr}(N^{-1} B) \, \mathrm{tr}(N M^{-1} B M^{-1}) \ge \Phi^2,

    and the second factor is at most :math:`\max_i \psi_i`. So n runs have
    :math:`I \ge \Phi^2 / (n \max \psi)`, whatever the weights; a multiplicative algorithm makes
    this tight. Whole plots only lose information (V - I is nonnegative), so it holds for them too.

    References
    ----------
    .. [1] Atkinson, Donev, Tobias, Optimum Experimental Designs (2007), ch. 9 and 10.
    .. [2] Silvey, Titterington, Torsney, Commun. Statist. A 7 (1978) 1379.
    """
    if region.n_grid(_COARSE) > _MOST_CANDIDATES:
        return None
    F = terms.matrix(region.grid(_COARSE))
    n, p = F.shape
    if np.linalg.matrix_rank(F) < p:
        return None
    weights, best = np.full(n, 1.0 / n), 0.0
    n_steps = int(np.clip(_WORK / (6.0 * n * p * p), 200, _MOST_STEPS))
    with threadpool_limits(1):
        for _ in range(n_steps):
            inverse = np.linalg.inv((F.T * weights) @ F)
            BF = inverse @ F.T
            psi = np.sum(BF * (moments @ BF), axis=0)
            value = float(weights @ psi)
            best = max(best, value**2 / float(psi.max()))
            if best >= (1.0 - _GAP) * value:
                break
            weights = weights * np.sqrt(psi)
            weights /= weights.sum()
    is_listed = all(axis.levels is not None for axis in region.axes)
    scope = "any plan on these levels" if is_listed else "plans on five settings of each factor"
    return Bound(per_run=best, scope=scope)
