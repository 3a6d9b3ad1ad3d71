"""Logistic and Poisson regression, by maximum likelihood or with Firth's penalty."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.special

from electrodoe.arrays import Floats
from electrodoe.errors import ModelError
from electrodoe.study import ResponseKind

_MOST_STEPS: Final = 500
"""Of Fisher scoring; five to thirty are usual, and some hundred where the likelihood is flat."""
_FLAT: Final = 1e-8
"""Rise of the likelihood in the last of them that is nothing: where outcomes are separated it is so
flat that coefficients go on moving in their sixth digit."""
_MOST_HALVINGS: Final = 30
"""Of one step that overshoots: it is then a billionth of its length."""
_LONGEST: Final = 5.0
"""Of a step, in units of the linear predictor per standardized term, as in logistf; chosen."""
_CLOSE: Final = 1e-9
"""Length of a step, in units of the linear predictor, at which the search ends."""
_RISE: Final = 1e-11
"""Of a likelihood, that is no rounding."""
_FAR: Final = 30.0
"""Linear predictor beyond which a probability is 0 or 1 to thirteen digits."""
_SEPARATED: Final = 15.0
"""Linear predictor that no likelihood with a finite maximum asks for: one in three million."""


@dataclass(frozen=True, kw_only=True)
class GeneralizedLinear:
    """Coefficients with what is known of them.

    Attributes
    ----------
    coefficients : array of shape (n_terms,)
        On the logit of a probability, or on the logarithm of a mean count.
    covariance : array of shape (n_terms, n_terms)
        Inverse of the information at the coefficients.
    log_likelihood : float
        Without the penalty, and without what does not depend on the coefficients.
    penalized : float
        With Firth's penalty; the same as the above where there is none.
    """

    coefficients: Floats
    covariance: Floats
    log_likelihood: float
    penalized: float

    @property
    def standard_errors(self) -> Floats:
        """Return the standard error of each coefficient, shape (n_terms,)."""
        return np.sqrt(np.diagonal(self.covariance))


def inverse_link(kind: ResponseKind, linear: Floats) -> Floats:
    """Return probabilities of logits, or mean counts of logarithms.

    Examples
    --------
    >>> inverse_link("binary", np.array([0.0])), inverse_link("count", np.array([0.0]))
    (array([0.5]), array([1.]))
    """
    linear = np.clip(linear, -_FAR, _FAR)
    return np.asarray(scipy.special.expit(linear) if kind == "binary" else np.exp(linear))


def fit_generalized(
    X: Floats,
    y: Floats,
    kind: ResponseKind,
    *,
    is_penalized: bool = True,
    held: Floats | None = None,
    zero: int | None = None,
) -> GeneralizedLinear:
    r"""Return the coefficients of a logistic or a Poisson regression.

    Parameters
    ----------
    X : array of shape (n_samples, n_terms)
        Model matrix of full rank, a column of ones among its columns.
    y : array of shape (n_samples,)
        0 and 1, or counts.
    kind : {"binary", "count"}
        Which of the two.
    is_penalized : bool
        Whether Firth's penalty is added, half the logarithm of the information's determinant:
        estimates are finite where the outcomes are separated, and nearly unbiased.
    held : array of shape (n_samples,), or None
        What is added to the linear predictor, such as the logarithm of an exposure.

    zero : int or None
        A coefficient that is held at zero while the penalty stays that of all terms: the
        likelihood without the term, for a likelihood ratio.

    Returns
    -------
    GeneralizedLinear
        The maximum.

    Raises
    ------
    ModelError
        If there is none without the penalty, as where a term separates the outcomes.

    Notes
    -----
    With :math:`h_i` the leverage of a sample, Firth's scores are

    .. math:: \sum_i x_i (y_i - \mu_i + h_i (1/2 - \mu_i)), \qquad
        \sum_i x_i (y_i - \mu_i + h_i / 2)

    of a logistic and of a Poisson regression.

    References
    ----------
    .. [1] Firth, Biometrika 80 (1993) 27, 10.1093/biomet/80.1.27.
    .. [2] Heinze, Schemper, Statistics in Medicine 21 (2002) 2409, 10.1002/sim.1047.
    .. [3] McCullagh, Nelder, Generalized Linear Models (1989).

    Examples
    --------
    Of 4 samples one is the event, with and without the penalty:

    >>> X, y = np.ones((4, 1)), np.array([0.0, 0.0, 0.0, 1.0])
    >>> fit_generalized(X, y, "binary", is_penalized=False).coefficients.round(4)
    array([-1.0986])
    >>> fit_generalized(X, y, "binary").coefficients.round(4)
    array([-0.8473])
    """
    offset = np.zeros(len(y)) if held is None else held
    free = np.arange(X.shape[1]) != (-1 if zero is None else zero)
    coefficients = np.zeros(X.shape[1])
    level = np.full(len(y), _start(y, kind))
    coefficients[free] = np.linalg.lstsq(X[:, free], level, rcond=None)[0]

    def at(place: Floats) -> GeneralizedLinear:
        return _state(X, y, kind, place, offset, is_penalized=is_penalized)

    now = at(coefficients)
    for _ in range(_MOST_STEPS):
        step = np.zeros(X.shape[1])
        covariance = _without(now.covariance, zero)
        step[free] = (covariance @ _score(X, y, kind, now, offset, is_penalized=is_penalized))[free]
        moved = float(np.max(np.abs(X @ step), initial=0.0))
        step *= min(1.0, _LONGEST / max(moved, _CLOSE))
        before = now.penalized
        step, now = _climbed(now, step, at)
        if not is_penalized and np.max(np.abs(X @ now.coefficients)) > _SEPARATED:
            break
        if np.max(np.abs(X @ step), initial=0.0) < _CLOSE:
            return now
    if is_penalized and abs(now.penalized - before) < _FLAT:
        return now
    if is_penalized:
        raise ModelError(
            f"the search for coefficients does not end in {_MOST_STEPS} steps",
            where=f"{kind} response",
            fix="choose a model with fewer terms",
        )
    raise ModelError(
        "the likelihood has no maximum: a term separates the outcomes",
        where=f"{kind} response",
        fix="fit it with the penalty",
    )


def _climbed(
    now: GeneralizedLinear, step: Floats, at: Callable[[Floats], GeneralizedLinear]
) -> tuple[Floats, GeneralizedLinear]:
    """Return a step, halved as long as half of it leads higher, and where it leads.

    Scoring does not see how the penalty bends: its steps may be twice as long as they should be,
    and lead back and forth.
    """
    after = at(now.coefficients + step)
    for _ in range(_MOST_HALVINGS):
        half = at(now.coefficients + step / 2.0)
        if half.penalized <= after.penalized + _RISE:
            break
        step, after = step / 2.0, half
    return step, after


def _without(covariance: Floats, zero: int | None) -> Floats:
    """Return the covariance of the coefficients where one of them is known to be zero."""
    if zero is None:
        return covariance
    own = covariance[:, zero]
    return np.asarray(covariance - np.outer(own, own) / own[zero])


def _start(y: Floats, kind: ResponseKind) -> float:
    """Return the linear predictor of the mean, half a sample of either outcome added."""
    if kind == "binary":
        return float(scipy.special.logit((y.sum() + 0.5) / (len(y) + 1.0)))
    return float(np.log((y.sum() + 0.5) / len(y)))


def _state(
    X: Floats,
    y: Floats,
    kind: ResponseKind,
    coefficients: Floats,
    offset: Floats,
    *,
    is_penalized: bool,
) -> GeneralizedLinear:
    """Return coefficients with their information and likelihood."""
    linear = np.clip(X @ coefficients + offset, -_FAR, _FAR)
    root = np.sqrt(variance(kind, inverse_link(kind, linear)))
    R = np.linalg.qr(root[:, None] * X, mode="r")
    diagonal = np.abs(np.diagonal(R))
    if np.min(diagonal) <= np.finfo(np.float64).eps * np.max(diagonal):
        raise ModelError(
            "the information is singular: a term follows from the others",
            where=f"{kind} response",
            fix="choose a model with fewer terms",
        )
    inverse = np.linalg.inv(R)
    gained = y @ linear - np.sum(np.logaddexp(0.0, linear) if kind == "binary" else np.exp(linear))
    penalty = float(np.sum(np.log(diagonal))) if is_penalized else 0.0
    return GeneralizedLinear(
        coefficients=coefficients,
        covariance=np.asarray(inverse @ inverse.T),
        log_likelihood=float(gained),
        penalized=float(gained) + penalty,
    )


def _score(
    X: Floats,
    y: Floats,
    kind: ResponseKind,
    now: GeneralizedLinear,
    offset: Floats,
    *,
    is_penalized: bool,
) -> Floats:
    """Return the slope of the (penalized) likelihood in the coefficients."""
    mean = inverse_link(kind, X @ now.coefficients + offset)
    left = y - mean
    if is_penalized:
        leverage = variance(kind, mean) * np.sum((X @ now.covariance) * X, axis=1)
        left = left + leverage * (0.5 - mean if kind == "binary" else 0.5)
    return np.asarray(X.T @ left)


def variance(kind: ResponseKind, mean: Floats) -> Floats:
    """Return the variance of one sample with a mean: of a coin, or of a Poisson count."""
    return mean * (1.0 - mean) if kind == "binary" else mean
