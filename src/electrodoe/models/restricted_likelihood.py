"""The restricted likelihood of variances, and where it is largest."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.linalg

from electrodoe.arrays import Booleans, Floats
from electrodoe.ties import first_smallest

_MIN_EIGENVALUE: Final = 1e-3
"""Of the covariance, in residual variances: groups cannot be more alike than that by chance."""
_MOST_STEPS: Final = 100
"""Newton converges in four to eight; halved steps at the edge take more."""
_CONVERGED: Final = 1e-11
"""Step relative to all variances below which printed digits no longer change."""
_RISE: Final = 1e-9
"""Of the deviance, relative: a step may add rounding."""
_INDEPENDENT: Final = 1e-8
"""Part of a covariance, relative to its size, that others do not make up: less is rounding."""
_START_RATIOS: Final = (0.0, 1.0, 10.0)
"""Variance of every grouping over the residual's from which a search may start."""


@dataclass(frozen=True, kw_only=True)
class RestrictedLikelihood:
    """The restricted likelihood of variances.

    Attributes
    ----------
    X, y, parts : arrays of shape (n_coordinates, ...)
        Model matrix, response and the covariance of each unit variance, the residual's first, in
        orthonormal coordinates that span terms and groups.
    left_over : float
        Sum of squares of the response outside of them, all of it residual.
    n_left : int
        Degrees of freedom of that.
    """

    X: Floats
    y: Floats
    parts: Floats
    left_over: float
    n_left: int

    def is_estimable(self) -> Booleans:
        """Return which variances make a difference of their own beside the terms."""
        Q = np.linalg.qr(self.X)[0]
        M = np.eye(len(self.X)) - Q @ Q.T
        seen = M @ self.parts @ M
        gram = np.einsum("iab,jab->ij", seen, seen)
        gram[0, 0] += self.n_left
        found = np.zeros(len(self.parts), dtype=np.bool_)
        sizes = np.einsum("iab,iab->i", self.parts, self.parts)
        for number in range(len(self.parts)):
            known = np.flatnonzero(found)
            own = gram[number, number]
            if len(known):
                shared = gram[number, known]
                own -= shared @ np.linalg.solve(gram[np.ix_(known, known)], shared)
            found[number] = own > _INDEPENDENT * sizes[number]
        return found

    def projection(self, variances: Floats) -> Floats:
        """Return P, which takes the terms out of the inverse covariance."""
        inverse = inverse_covariance(variances, self.parts)
        weighted = inverse @ self.X
        inner = symmetric_inverse(self.X.T @ weighted)
        return np.asarray(inverse - weighted @ inner @ weighted.T)

    def deviance(self, variances: Floats) -> float:
        """Return minus twice the restricted log-likelihood but for a constant; infinite outside."""
        if variances[0] <= 0.0:
            return np.inf
        covariance = np.tensordot(variances, self.parts, axes=1)
        eigenvalues, vectors = np.linalg.eigh(covariance)
        if eigenvalues[0] < _MIN_EIGENVALUE * variances[0]:
            return np.inf
        scaled = vectors.T / np.sqrt(eigenvalues)[:, None]
        weighted, y = scaled @ self.X, scaled @ self.y
        R = np.asarray(np.linalg.qr(np.column_stack([weighted, y]), mode="r"))
        p = self.X.shape[1]
        fit = 2.0 * float(np.sum(np.log(np.abs(np.diag(R)[:p]))))
        squares = float(R[p, p] ** 2) if len(R) > p else 0.0
        rest = self.n_left * np.log(variances[0]) + self.left_over / variances[0]
        return float(np.sum(np.log(eigenvalues)) + fit + squares + rest)

    def expected_information(self, variances: Floats) -> Floats:
        """Return half the traces of P V_i P V_j."""
        each = self.projection(variances) @ self.parts
        traces = np.einsum("iab,jba->ij", each, each)
        traces[0, 0] += self.n_left / variances[0] ** 2
        return np.asarray(traces / 2.0)

    def step(self, variances: Floats) -> tuple[Floats, Floats]:
        """Return the gradient of the deviance and its curvature, by Newton or, else, by Fisher."""
        P = self.projection(variances)
        each = P @ self.parts
        Py = P @ self.y
        pulled = self.parts @ Py
        gradient = np.einsum("iaa->i", each) - pulled @ Py
        gradient[0] += self.n_left / variances[0] - self.left_over / variances[0] ** 2
        traces = np.einsum("iab,jba->ij", each, each)
        observed = 2.0 * pulled @ P @ pulled.T - traces
        traces[0, 0] += self.n_left / variances[0] ** 2
        observed[0, 0] += 2.0 * self.left_over / variances[0] ** 3
        observed[0, 0] -= self.n_left / variances[0] ** 2
        return gradient, observed if np.linalg.eigvalsh(observed)[0] > 0.0 else traces


def maximized(problem: RestrictedLikelihood, is_estimable: Booleans) -> Floats:
    """Return the variances of largest restricted likelihood, zero where not estimable."""
    kept = np.flatnonzero(is_estimable)
    own = RestrictedLikelihood(
        X=problem.X,
        y=problem.y,
        parts=problem.parts[kept],
        left_over=problem.left_over,
        n_left=problem.n_left,
    )
    starts = _starts(own)
    found = starts[int(first_smallest(np.array([own.deviance(each) for each in starts])))]
    deviance = own.deviance(found)
    for _ in range(_MOST_STEPS):
        gradient, curvature = own.step(found)
        move = -np.linalg.solve(curvature, gradient)
        while own.deviance(found + move) > deviance + _RISE * (1.0 + abs(deviance)):
            move = move / 2.0
            if np.abs(move).max() <= _CONVERGED * found[0]:
                break
        else:
            found = found + move
            deviance = own.deviance(found)
        if np.abs(move).max() <= _CONVERGED * np.abs(found).sum():
            break
    variances = np.zeros(len(problem.parts))
    variances[kept] = found
    return variances


def _starts(problem: RestrictedLikelihood) -> list[Floats]:
    """Return the unbiased quadratic estimate and some ratios of variances, as places to start."""
    Q = np.linalg.qr(problem.X)[0]
    M = np.eye(len(problem.X)) - Q @ Q.T
    seen = M @ problem.parts @ M
    gram = np.einsum("iab,jab->ij", seen, seen)
    gram[0, 0] += problem.n_left
    squares = np.einsum("a,iab,b->i", problem.y, seen, problem.y)
    squares[0] += problem.left_over
    starts = [np.linalg.solve(gram, squares)]
    n_free = len(problem.X) - problem.X.shape[1] + problem.n_left
    for ratio in _START_RATIOS:
        shape = np.array([1.0, *[ratio] * (len(problem.parts) - 1)])
        inside = problem.projection(shape)
        total = float(problem.y @ inside @ problem.y) + problem.left_over
        starts.append(shape * total / n_free)
    return starts


def inverse_covariance(variances: Floats, parts: Floats) -> Floats:
    """Return the inverse of a sum of unit covariances times variances."""
    return symmetric_inverse(np.tensordot(variances, parts, axes=1))


def symmetric_inverse(A: Floats) -> Floats:
    """Return the inverse of a positive definite matrix."""
    factor = scipy.linalg.cho_factor(A)
    return np.asarray(scipy.linalg.cho_solve(factor, np.eye(len(A))))
