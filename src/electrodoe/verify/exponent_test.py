"""Whether categories need exponents of their own, or one serves them all."""

from collections.abc import Sequence
from dataclasses import dataclass

from electrodoe.verify.bruggeman_fit import Points, fit_exponents, scatter_of


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


def compare_exponents(categories: Sequence[Points]) -> ExponentTest:
    """Return the F test of own exponents against one shared exponent.

    Parameters
    ----------
    categories : sequence of Points
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
    _, own, freedom = fit_exponents(categories, is_shared=False)
    divisor, error_freedom, against = scatter_of(categories, own, freedom)
    n_more = len(categories) - 1
    if n_more < 1 or divisor is None or divisor <= 0.0:
        return ExponentTest(
            f=None,
            p=None,
            degrees_of_freedom=n_more,
            error_degrees_of_freedom=error_freedom,
            against=against,
        )
    ratio = max(shared - own, 0.0) / n_more / divisor
    return ExponentTest(
        f=ratio,
        p=float(f_distribution.sf(ratio, n_more, error_freedom)),
        degrees_of_freedom=n_more,
        error_degrees_of_freedom=error_freedom,
        against=against,
    )
