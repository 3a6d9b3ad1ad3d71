"""Two explanations of the same runs: curvature beyond second order, or run-to-run variation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.ties import first_largest

_NEAR: Final = 0.5
"""Coded distance between runs that tell the shapes apart: a quarter of a range."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What one explanation says of new runs.

    Attributes
    ----------
    mean : array of shape (n_points,)
        Predicted surface, in the response's unit, or on the scale of its transform; so are the
        covariance and the noise.
    covariance : array of shape (n_points, n_points)
        Of the surface about it.
    noise : float
        Variance of the mean of a new run's samples about the surface.
    """

    mean: Floats
    covariance: Floats
    noise: float


@dataclass(frozen=True, kw_only=True)
class RivalShapes:
    """Both explanations.

    Attributes
    ----------
    points : array of shape (n_points, n_axes)
        Where new runs may be made, coded.
    quadratic : Shape
        A quadratic surface; its residuals are run-to-run variation.
    curved : Shape
        A quadratic with curvature that reaches over several runs; runs with the same settings
        differ by no more than the means of their replicates scatter.
    odds : float
        Chance of curvature against the quadratic after the existing runs, from even odds before
        them.
    """

    points: Floats
    quadratic: Shape
    curved: Shape
    odds: float

    def standard_errors(self) -> Floats:
        """Return the error of the difference that a new run at each point will show."""
        covariance, noise = self._difference()
        return np.sqrt(np.diagonal(covariance) + noise)

    def discriminating(self, n_points: int, given: Sequence[int] = ()) -> list[int]:
        r"""Return the points where the shapes part most in standard errors, one after the other.

        Parameters
        ----------
        n_points : int
            How many.
        given : sequence of int
            Points that will be run in any case, and are not asked.

        Returns
        -------
        list of int
            In the order of their choice.

        Notes
        -----
        With d the difference of the two means and S the sum of their covariances, noise included,
        over all new runs, those given among them, points are taken so that

        .. math:: d^T S^{-1} d

        rises most. Each choice is conditioned on those before it, so that what they will tell is
        not asked again, and lies at least a quarter of a range from them while there is such a
        point: averaging noise at one place would tell as much about these two shapes and nothing
        about a third. With a known noise and nothing but the quadratic unknown, the criterion is
        that of T-optimality [1]_.

        References
        ----------
        .. [1] Atkinson, Fedorov, Biometrika 62 (1975) 57, 10.1093/biomet/62.1.57.
        .. [2] Hunter, Reiner, Technometrics 7 (1965) 307, 10.1080/00401706.1965.10490265.
        """
        covariance, noise = self._difference()
        difference, chosen = self.curved.mean - self.quadratic.mean, list[int]()
        for turn in range(len(given) + n_points):
            variance = np.diagonal(covariance) + noise
            parted = np.where(self._is_asked(given, chosen), difference**2 / variance, -np.inf)
            point = given[turn] if turn < len(given) else int(first_largest(parted))
            chosen.append(point)
            column = covariance[:, point] / variance[point]
            difference = difference - column * difference[point]
            covariance = covariance - np.outer(column, covariance[point])
        return chosen[len(given) :]

    def _is_asked(self, given: Sequence[int], chosen: list[int]) -> Booleans:
        """Return which points may be taken next: none that is given, and none near one taken."""
        is_free = np.ones(len(self.points), dtype=np.bool_)
        is_free[list(given)] = False
        apart = np.linalg.norm(self.points[:, None] - self.points[chosen], axis=2)
        is_far = is_free & np.all(apart > _NEAR, axis=1)
        return is_far if is_far.any() else is_free

    def _difference(self) -> tuple[Floats, float]:
        """Return covariance and noise of the difference of both predictions of new runs."""
        covariance = self.quadratic.covariance + self.curved.covariance
        return covariance, self.quadratic.noise + self.curved.noise
