"""Bruggeman exponents of categories, and whether one serves them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers

BETWEEN_CONFIGURATIONS: Final = "configuration means"
BETWEEN_REPLICATES: Final = "replicates alone"
NOTHING: Final = "nothing"
LEVEL: Final = 0.90
"""Of the intervals of an exponent: that of all intervals of a model (`models.LEVEL`)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class BruggemanPoints:
    """The configurations of one category, in log space.

    Attributes
    ----------
    log_porosity, log_tortuosity : array of shape (n_configurations,)
        Means over each configuration's samples.
    counts : array of shape (n_configurations,)
        Number of samples: the weights.
    pure_error : float
        Sum of squares of log tortuosity within configurations.
    n_porosities : int
        Distinct levels of porosity.
    """

    log_porosity: Floats
    log_tortuosity: Floats
    counts: Floats
    pure_error: float
    n_porosities: int

    @property
    def is_saturated(self) -> bool:
        """Return whether two parameters meet two porosities: agreement is then automatic."""
        return self.n_porosities <= 2


@dataclass(frozen=True, kw_only=True)
class RelationFit:
    """``tortuosity = prefactor * porosity ** -exponent`` for one category.

    Attributes
    ----------
    prefactor, exponent : float
        Fitted.
    low, high : float or None
        90 % interval of the exponent.
    interval : str
        The scatter behind it: :data:`BETWEEN_CONFIGURATIONS`, :data:`BETWEEN_REPLICATES` (which
        leaves out what differs from configuration to configuration), or :data:`NOTHING`.
    degrees_of_freedom : int
        Behind it.
    deviation : float
        Root mean square of the configurations' log tortuosity from the fit: relative.
    """

    prefactor: float
    exponent: float
    low: float | None
    high: float | None
    interval: str
    degrees_of_freedom: int
    deviation: float


def points_of(
    porosity: Floats, tortuosity: Floats, configurations: Integers, n_porosities: int
) -> BruggemanPoints:
    """Return a category's samples as points.

    Parameters
    ----------
    porosity, tortuosity : array of shape (n_samples,), dimensionless
        Positive.
    configurations : array of shape (n_samples,), int
        Configuration of each sample.
    n_porosities : int
        Distinct levels of porosity.

    Returns
    -------
    BruggemanPoints
        One per configuration.
    """
    _, position, counts = np.unique(configurations, return_inverse=True, return_counts=True)
    x, y = (
        np.bincount(position, weights=np.log(values)) / counts for values in (porosity, tortuosity)
    )
    within = np.log(tortuosity) - y[position]
    return BruggemanPoints(
        log_porosity=x,
        log_tortuosity=y,
        counts=counts.astype(np.float64),
        pure_error=float(within @ within),
        n_porosities=n_porosities,
    )


def fit_exponents(
    categories: Sequence[BruggemanPoints], *, is_shared: bool
) -> tuple[tuple[RelationFit, ...], float, int]:
    r"""Return the relation of each category, with one exponent for all or with its own.

    Parameters
    ----------
    categories : sequence of BruggemanPoints
        At least one, each with two porosities or more.
    is_shared : bool
        One exponent for all categories, each with a prefactor of its own.

    Returns
    -------
    fits : tuple of RelationFit
        By category.
    residual : float
        Weighted sum of squares that is left, in log space.
    degrees_of_freedom : int
        Configurations less parameters.

    Notes
    -----
    Least squares in log space, weighted by the number of replicates:

    .. math:: \ln\tau = \ln a_c - b\,\ln\varepsilon

    Intervals are Student's, from the configurations' scatter about the fit, because replicates
    share their configuration's deviation. Where a fit leaves none, they rest on replicates alone
    and are too narrow by what differs from one configuration to the next.

    Examples
    --------
    >>> two = points_of(np.array([0.25, 0.35]), np.array([6.0, 4.5]), np.array([0, 1]), 2)
    >>> (found,), _, degrees_of_freedom = fit_exponents([two], is_shared=False)
    >>> round(found.prefactor, 7), round(found.exponent, 7), degrees_of_freedom, found.interval
    (1.8339732, 0.854995, 0, 'nothing')
    """
    groups = [list(categories)] if is_shared else [[one] for one in categories]
    fitted = [_fit_together(group) for group in groups]
    fits = tuple(fit for group, _, _ in fitted for fit in group)
    return (
        fits,
        sum(left for _, left, _ in fitted),
        sum(degrees_of_freedom for _, _, degrees_of_freedom in fitted),
    )


def _fit_together(
    categories: Sequence[BruggemanPoints],
) -> tuple[list[RelationFit], float, int]:
    """Return the fits of categories that share an exponent, what is left, and its freedom."""
    from scipy.stats import t

    centers = [
        (
            np.average(c.log_porosity, weights=c.counts),
            np.average(c.log_tortuosity, weights=c.counts),
        )
        for c in categories
    ]
    x = [c.log_porosity - center[0] for c, center in zip(categories, centers, strict=True)]
    y = [c.log_tortuosity - center[1] for c, center in zip(categories, centers, strict=True)]
    spread = sum(float(c.counts @ own**2) for c, own in zip(categories, x, strict=True))
    product = sum(
        float(c.counts @ (own * other)) for c, own, other in zip(categories, x, y, strict=True)
    )
    exponent = -product / spread
    errors = [own_y + exponent * own_x for own_x, own_y in zip(x, y, strict=True)]
    left = sum(float(c.counts @ error**2) for c, error in zip(categories, errors, strict=True))
    degrees_of_freedom = sum(len(own) for own in x) - len(categories) - 1
    variance, behind, interval = scatter_of(categories, left, degrees_of_freedom)
    half = (
        None
        if variance is None
        else float(t.ppf((1 + LEVEL) / 2, behind)) * np.sqrt(variance / spread)
    )
    fits = [
        RelationFit(
            prefactor=float(np.exp(center[1] + exponent * center[0])),
            exponent=exponent,
            low=None if half is None else float(exponent - half),
            high=None if half is None else float(exponent + half),
            interval=interval,
            degrees_of_freedom=behind,
            deviation=float(np.sqrt(np.average(error**2, weights=category.counts))),
        )
        for category, center, error in zip(categories, centers, errors, strict=True)
    ]
    return fits, left, degrees_of_freedom


def scatter_of(
    categories: Sequence[BruggemanPoints], left: float, degrees_of_freedom: int
) -> tuple[float | None, int, str]:
    """Return the variance of a sample's log tortuosity, its freedom, and what it rests on."""
    if degrees_of_freedom > 0:
        return left / degrees_of_freedom, degrees_of_freedom, BETWEEN_CONFIGURATIONS
    within = sum(int(c.counts.sum()) - len(c.counts) for c in categories)
    if within > 0:
        return sum(c.pure_error for c in categories) / within, within, BETWEEN_REPLICATES
    return None, 0, NOTHING


@dataclass(frozen=True, kw_only=True)
class ExponentTest:
    """Whether own exponents fit better than one for all.

    Attributes
    ----------
    f, p : float or None
        None where there is one category, or no scatter to compare with.
    degrees_of_freedom, error_degrees_of_freedom : int
        Of numerator and divisor.
    against : str
        The scatter in the divisor, as for an interval.
    """

    f: float | None
    p: float | None
    degrees_of_freedom: int
    error_degrees_of_freedom: int
    against: str


def compare_exponents(categories: Sequence[BruggemanPoints]) -> ExponentTest:
    """Return the F test of own exponents against one shared exponent.

    Parameters
    ----------
    categories : sequence of BruggemanPoints
        At least one.

    Returns
    -------
    ExponentTest
        The divisor is the scatter of configurations about the fits with own exponents; where
        these are all exact, the scatter of replicates, and then the test is too ready to see a
        difference.

    References
    ----------
    .. [1] Draper, Smith, Applied Regression Analysis (1998), ch. 6.
    """
    from scipy.stats import f as f_distribution

    _, shared, _ = fit_exponents(categories, is_shared=True)
    _, own, degrees_of_freedom = fit_exponents(categories, is_shared=False)
    divisor, error_degrees_of_freedom, against = scatter_of(categories, own, degrees_of_freedom)
    n_more = len(categories) - 1
    if n_more < 1 or divisor is None or divisor <= 0.0:
        return ExponentTest(
            f=None,
            p=None,
            degrees_of_freedom=n_more,
            error_degrees_of_freedom=error_degrees_of_freedom,
            against=against,
        )
    ratio = max(shared - own, 0.0) / n_more / divisor
    return ExponentTest(
        f=ratio,
        p=float(f_distribution.sf(ratio, n_more, error_degrees_of_freedom)),
        degrees_of_freedom=n_more,
        error_degrees_of_freedom=error_degrees_of_freedom,
        against=against,
    )
