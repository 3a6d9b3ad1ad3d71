"""Tests of a mixed model's terms: Kenward and Roger's covariance and degrees of freedom."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import scipy

from electrodoe.arrays import Floats
from electrodoe.models.mixed_model import MixedModel

_CARRIED: Final = 1e-9
"""Fraction of a contrast's variance that a grouping adds; less is rounding."""
_NEAR_TWO: Final = 1e-2
"""Degrees of freedom about 2 where the mean of F grows without bound and no scale is fitted."""


@dataclass(frozen=True, kw_only=True)
class StratumTest:
    """One F test with the variation that it is tested against.

    Attributes
    ----------
    numerator_degrees_of_freedom : int
        Contrasts that are tested together.
    degrees_of_freedom : float
        Of the error.
    f, p : float
        Scaled F and its tail.
    fractions : tuple of float
        How much of the contrasts' variance is the residual's and each grouping's; adds up to 1.
    """

    numerator_degrees_of_freedom: int
    degrees_of_freedom: float
    f: float
    p: float
    fractions: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class KenwardRoger:
    r"""What the uncertainty of variances does to tests of coefficients.

    Attributes
    ----------
    model : MixedModel
        As fitted.

    Notes
    -----
    The covariance of the coefficients is enlarged by what estimated weights add to it, and F gets
    the degrees of freedom and the scale that match its first two moments. In balanced data these
    are the exact tests of each stratum.

    References
    ----------
    .. [1] Kenward, Roger, Biometrics 53 (1997) 983, 10.2307/2533558.
    """

    model: MixedModel

    @cached_property
    def covariance(self) -> Floats:
        """Return the adjusted covariance of the coefficients, shape (n_terms, n_terms)."""
        Phi, W = self._unadjusted, self.model.variance_covariance
        inner = np.einsum("ij,ijab->ab", W, self._second)
        pulled = np.einsum("ij,iab,bc,jcd->ad", W, self._first, Phi, self._first)
        return np.asarray(Phi + 2.0 * Phi @ (inner - pulled) @ Phi)

    def test(self, contrasts: Floats) -> StratumTest | None:
        """Return the test that contrasts are all zero.

        Parameters
        ----------
        contrasts : array of shape (n_terms, n_contrasts)
            Columns are independent.

        Returns
        -------
        StratumTest or None
            None where nothing is left over to test against in their stratum.
        """
        model, Phi = self.model, self._unadjusted
        fractions = self.fractions(contrasts)
        if np.any(np.abs(fractions[~model.is_estimable]) > _CARRIED):
            return None
        n = contrasts.shape[1]
        Theta = contrasts @ np.linalg.inv(contrasts.T @ Phi @ contrasts) @ contrasts.T
        each = Theta @ Phi @ self._first @ Phi
        traces = np.einsum("iaa->i", each)
        W = model.variance_covariance
        A_1 = float(traces @ W @ traces)
        A_2 = float(np.einsum("ij,iab,jba->", W, each, each))
        degrees_of_freedom, scale = _matched(n, A_1, A_2)
        estimate = contrasts.T @ model.coefficients
        adjusted = contrasts.T @ self.covariance @ contrasts
        f = scale * float(estimate @ np.linalg.solve(adjusted, estimate)) / n
        return StratumTest(
            numerator_degrees_of_freedom=n,
            degrees_of_freedom=degrees_of_freedom,
            f=f,
            p=float(scipy.stats.f.sf(f, n, degrees_of_freedom)),
            fractions=tuple(np.where(model.is_estimable, fractions, 0.0).tolist()),
        )

    def fractions(self, contrasts: Floats) -> Floats:
        """Return how much of contrasts' variance is the residual's and each grouping's.

        A variance that is not estimable counts as if it were as large as the residual's.
        """
        model, Phi = self.model, self._unadjusted
        middle = contrasts.T @ Phi @ -self._first @ Phi @ contrasts
        carried = np.einsum("iaa->i", np.linalg.solve(contrasts.T @ Phi @ contrasts, middle))
        sizes = np.where(model.is_estimable, model.variances, model.variances[0])
        return np.asarray(carried * sizes / contrasts.shape[1])

    @cached_property
    def _unadjusted(self) -> Floats:
        """Return the covariance of the coefficients with known variances."""
        return self.model.coefficient_covariance

    @cached_property
    def _weighted(self) -> Floats:
        """Return the model matrix times the inverse covariance."""
        return np.asarray(self.model.inverse @ self.model.X)

    @cached_property
    def _first(self) -> Floats:
        """Return the first derivatives of the information by the variances."""
        return np.asarray(-self._weighted.T @ self.model.parts @ self._weighted)

    @cached_property
    def _second(self) -> Floats:
        """Return the products that second derivatives are made of."""
        pulled = self.model.parts @ self._weighted
        return np.asarray(np.einsum("iap,ab,jbq->ijpq", pulled, self.model.inverse, pulled))


def _matched(n: int, A_1: float, A_2: float) -> tuple[float, float]:
    """Return degrees of freedom and scale of F with the moments that Kenward and Roger give."""
    B = (A_1 + 6.0 * A_2) / (2.0 * n)
    g = ((n + 1.0) * A_1 - (n + 4.0) * A_2) / ((n + 2.0) * A_2)
    below = 3.0 * n + 2.0 * (1.0 - g)
    c_1, c_2, c_3 = g / below, (n - g) / below, (n + 2.0 - g) / below
    first = 1.0 - A_2 / n
    second = 1.0 - c_2 * B
    ratio = 1.0 if abs(second) < 1e-12 and abs(first) < 1e-12 else first / second
    rho = max(1.0 + c_1 * B, 0.0) / (1.0 - c_3 * B) * ratio**2 / n
    degrees_of_freedom = 4.0 + (n + 2.0) / (n * rho - 1.0)
    if abs(degrees_of_freedom - 2.0) < _NEAR_TWO:
        return degrees_of_freedom, 1.0
    return degrees_of_freedom, degrees_of_freedom * first / (degrees_of_freedom - 2.0)
