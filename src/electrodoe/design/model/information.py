"""The information of many designs at once, with runs that share whole plots or blocks."""

from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.design.model.criterion import OptimalityCriterion


@dataclass(kw_only=True)
class Information:
    """The state of a search, changed in place.

    Attributes
    ----------
    rows : array of shape (n_designs, n_runs, p)
        Model matrices.
    inverse : array of shape (n_designs, p, p)
        C, the inverse of the information matrix.
    weighted : array of shape (n_designs, p, p) or None
        ``C M C`` where the goal is ``trace(C M)``.
    value : array of shape (n_designs,)
        The goal.
    """

    rows: Floats
    inverse: Floats
    weighted: Floats | None
    value: Floats

    def take(self, kept: Booleans) -> "Information":
        """Return some of the designs."""
        return Information(
            rows=self.rows[kept],
            inverse=self.inverse[kept],
            weighted=None if self.weighted is None else self.weighted[kept],
            value=self.value[kept],
        )


@dataclass(frozen=True, kw_only=True)
class RunGroups:
    """Which runs share a whole plot or a block.

    Attributes
    ----------
    members : array of shape (n_runs, n_runs), bool
        Whether two runs stand in one group; all False without groups.
    fractions : array of shape (n_runs,)
        ``eta / (1 + eta n)`` for the group of each run, n its size; 0 without groups.
    """

    members: Booleans
    fractions: Floats

    @property
    def precision(self) -> Floats:
        """Return the inverse covariance of the runs, shape (n_runs, n_runs)."""
        return np.asarray(np.eye(len(self.fractions)) - self.members * self.fractions)


def grouping(groups: Integers | None, n_runs: int, variance_ratio: float) -> RunGroups:
    r"""Return the groups of runs with their weight in the covariance.

    Notes
    -----
    .. math:: V = I + \eta Z Z^T, \quad
        V^{-1} = I - \sum_g \frac{\eta}{1 + \eta n_g} 1_g 1_g^T
    """
    if groups is None:
        return RunGroups(
            members=np.zeros((n_runs, n_runs), dtype=np.bool_), fractions=np.zeros(n_runs)
        )
    members = groups[:, None] == groups
    sizes = members.sum(axis=1)
    return RunGroups(members=members, fractions=variance_ratio / (1.0 + variance_ratio * sizes))


def information(
    rows: Floats, groups: RunGroups, prior: Floats, goal: OptimalityCriterion, ridge: float
) -> Information:
    """Return the state of some designs, everything computed anew."""
    p = rows.shape[-1]
    if groups.fractions.any():
        A = np.swapaxes(rows, 1, 2) @ (groups.precision @ rows) + prior
    else:
        A = np.swapaxes(rows, 1, 2) @ rows + prior
    scale = np.einsum("sii->s", A) / p
    A[:, np.arange(p), np.arange(p)] += ridge * scale[:, None]
    C = np.asarray(np.linalg.inv(A), dtype=np.float64)
    C = (C + np.swapaxes(C, 1, 2)) / 2.0
    weighted = None if goal.weights is None else np.asarray(C @ goal.weights @ C)
    return Information(rows=rows, inverse=C, weighted=weighted, value=goal.value(C))
