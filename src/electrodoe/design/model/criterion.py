"""What a search makes small: the mean variance, the coefficients' volume, or the worst point."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Floats


@dataclass(frozen=True, kw_only=True)
class OptimalityCriterion:
    """A criterion as a function of C, the inverse of the information matrix.

    Attributes
    ----------
    value : callable
        From C, shape (n_designs, p, p), to the criterion, shape (n_designs,); less is better.
    weights : array of shape (p, p) or None
        M, where the criterion is ``trace(C M)``; its changes need ``C M C`` only.
    evaluation : array of shape (n_points, p) or None
        Where the maximum variance is looked for.
    is_listed : bool
        Whether those points are all; otherwise the region may hide a worse one between them.
    gradient : callable or None
        From C to W, so that the criterion changes by ``-trace(W dA)`` for a small change dA of
        the information; None where it has kinks.
    """

    value: Callable[[Floats], Floats]
    weights: Floats | None = None
    evaluation: Floats | None = None
    is_listed: bool = True
    gradient: Callable[[Floats], Floats] | None = None


def mean_variance(moments: Floats) -> OptimalityCriterion:
    """Return criterion I (or A, with the identity for M): ``trace(C M)``."""
    return OptimalityCriterion(
        value=lambda C: np.einsum("sij,ij->s", C, moments),
        weights=moments,
        gradient=lambda C: C @ moments @ C,
    )


def volume() -> OptimalityCriterion:
    """Return criterion D: the logarithm of the determinant of C."""
    return OptimalityCriterion(
        value=lambda C: -np.linalg.slogdet(np.linalg.inv(C))[1], gradient=lambda C: C
    )


def worst_variance(evaluation: Floats, *, is_listed: bool = True) -> OptimalityCriterion:
    """Return criterion G: the maximum prediction variance among some points."""
    return OptimalityCriterion(
        value=lambda C: np.max(_variances(C, evaluation), axis=1),
        evaluation=evaluation,
        is_listed=is_listed,
    )


def softened(evaluation: Floats, power: float) -> OptimalityCriterion:
    r"""Return a smooth stand-in for :func:`worst_variance`, closer to it with a higher power.

    Notes
    -----
    The mean :math:`(\frac{1}{m} \sum_z v_z^q)^{1/q}` of the variances v at m points, which tends
    to their maximum.
    """

    def value(C: Floats) -> Floats:
        largest, _, mean = _fractions(C, evaluation, power)
        return np.asarray(largest * mean ** (1.0 / power))

    def gradient(C: Floats) -> Floats:
        _, fractions, mean = _fractions(C, evaluation, power)
        weights = fractions ** (power - 1.0) * mean[:, None] ** (1.0 / power - 1.0)
        CZ = evaluation @ C
        return np.asarray(np.swapaxes(CZ, 1, 2) @ (weights[..., None] / len(evaluation) * CZ))

    return OptimalityCriterion(value=value, gradient=gradient)


def _fractions(C: Floats, evaluation: Floats, power: float) -> tuple[Floats, Floats, Floats]:
    """Return the maximum variance, all as fractions of it, and their mean power."""
    variances = _variances(C, evaluation)
    largest = np.max(variances, axis=1)
    fractions = variances / largest[:, None]
    return largest, fractions, np.mean(fractions**power, axis=1)


def _variances(C: Floats, evaluation: Floats) -> Floats:
    """Return the variance at every point, shape (n_designs, n_points)."""
    return np.asarray(np.sum((evaluation @ C) * evaluation, axis=2))
