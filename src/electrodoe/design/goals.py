"""What a search makes small: the mean variance, the coefficients' volume, or the worst point."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A criterion as a function of C, the inverse of the information matrix.

    Attributes
    ----------
    value : callable
        From C, shape (n_designs, p, p), to the criterion, shape (n_designs,); less is better.
    weights : array of shape (p, p) or None
        M, where the criterion is ``trace(C M)``; its changes need ``C M C`` only.
    evaluation : array of shape (n_points, p) or None
        Where the greatest variance is looked for.
    slope : callable or None
        From C to W, so that the criterion changes by ``-trace(W dA)`` for a small change dA of
        the information; None where it has kinks.
    """

    value: Callable[[Floats], Floats]
    weights: Floats | None = None
    evaluation: Floats | None = None
    slope: Callable[[Floats], Floats] | None = None


def mean_variance(moments: Floats) -> Goal:
    """Return criterion I (or A, with the identity for M): ``trace(C M)``."""
    return Goal(
        value=lambda C: np.einsum("sij,ij->s", C, moments),
        weights=moments,
        slope=lambda C: C @ moments @ C,
    )


def volume() -> Goal:
    """Return criterion D: the logarithm of the determinant of C."""
    return Goal(value=lambda C: -np.linalg.slogdet(np.linalg.inv(C))[1], slope=lambda C: C)


def worst_variance(evaluation: Floats) -> Goal:
    """Return criterion G: the greatest prediction variance among some points."""
    return Goal(
        value=lambda C: np.max(
            np.einsum("zp,spq,zq->sz", evaluation, C, evaluation, optimize=True), axis=1
        ),
        evaluation=evaluation,
    )
