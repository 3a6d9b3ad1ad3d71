"""Least squares of many spectra at once: Levenberg–Marquardt with bounds and exact derivatives."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Complexes, Floats
from electrodoe.preprocess.impedance.circuits import Circuit

_MOST_STEPS: Final = 60
"""Bound against endless descents; a small fall is meant to end them first."""
_FIRST_DAMPING: Final = 1e-3
"""The usual start (Press et al., Numerical Recipes, ch. 15.5), as the factor of ten is."""
_MIN_DAMPING: Final = 1e-10
"""Below it a step is Gauss-Newton's in all digits that count."""
_MOST_DAMPING: Final = 1e8
"""Above it a step changes nothing, so the descent is over."""
_FALL: Final = 1e-9
"""A step that lowers the sum of squares by a smaller share ends a descent."""
_OF_ROUNDING: Final = 1e-7
"""A step this short that is no shorter than the one before shows where rounding begins."""
_MOST_REFINEMENTS: Final = 30
"""Bound against endless refinement; short steps are meant to end it first."""
_CONVERGED: Final = 1e-11
"""Fraction of a parameter by which the last step may still change it: tables agree to 1e-9."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Minimum:
    """Where the weighted sums of squares are least.

    Attributes
    ----------
    values : array of shape (n_spectra, n_parameters)
        Parameters of the circuit.
    rss : array of shape (n_spectra,)
        Weighted sums of squared residuals, real and imaginary parts.
    gradient : array of shape (n_spectra, n_parameters)
        Half of that of the squares, downhill.
    information : array of shape (n_spectra, n_parameters, n_parameters)
        Products of the weighted derivatives.
    is_bound : bool array of shape (n_spectra, n_parameters)
        Parameters that a bound holds.
    """

    values: Floats
    rss: Floats
    gradient: Floats
    information: Floats
    is_bound: Booleans


def minimize(
    circuit: Circuit,
    log_omega: Floats,
    spectra: Complexes,
    weights: Floats,
    start: Floats,
) -> Minimum:
    """Return the nearest minima, each spectrum with its own damping and its own end.

    Spectra whose fit has ended cost nothing more.

    Notes
    -----
    Marquardt's scaling; a parameter at a bound whose gradient points outwards is held there for
    the step. Damping falls tenfold after a step that helps, and rises tenfold after one that does
    not.
    """
    lower, upper = np.array(circuit.lower), np.array(circuit.upper)
    values = np.clip(start, lower, upper)
    rss, gradient, information = _normal(circuit, log_omega, spectra, weights, values)
    damping = np.full(len(values), _FIRST_DAMPING)
    active = np.arange(len(values))
    for _ in range(_MOST_STEPS):
        # one damped step of each spectrum that goes on, held at its bounds
        held = _held(values[active], gradient[active], lower, upper)
        step = _step(information[active], gradient[active], damping[active], held)
        trial = np.clip(values[active] + step, lower, upper)
        answer = _normal(circuit, log_omega, spectra[active], weights[active], trial)
        # keep what is better; trust the quadratic more there, and less elsewhere
        before = rss[active]
        is_better = answer[0] <= before
        fall = np.where(is_better, before - answer[0], np.inf)
        better = active[is_better]
        values[better] = trial[is_better]
        for kept, new in zip((rss, gradient, information), answer, strict=True):
            kept[better] = new[is_better]
        damping[active] *= np.where(is_better, 0.1, 10.0)
        np.clip(damping, _MIN_DAMPING, None, out=damping)
        # a spectrum ends where its squares fall no more, or no step helps
        goes_on = (fall > _FALL * before) & (damping[active] < _MOST_DAMPING)
        active = active[goes_on]
        if not active.size:
            break
    minimum = Minimum(
        values=values,
        rss=rss,
        gradient=gradient,
        information=information,
        is_bound=_held(values, gradient, lower, upper),
    )
    return _converged(circuit, log_omega, spectra, weights, minimum)


def _converged(
    circuit: Circuit,
    log_omega: Floats,
    spectra: Complexes,
    weights: Floats,
    minimum: Minimum,
) -> Minimum:
    """Return minima to the last digits that sums of squares, flat there, do not tell any more.

    Steps follow as long as each is shorter than the one before, damped only where they are not:
    where a fit ends is then no matter of rounding.
    """
    # from here on the length of a step judges, as sums of squares are flat to half their digits
    lower, upper = np.array(circuit.lower), np.array(circuit.upper)
    values, rss, gradient, information = (
        getattr(minimum, name).copy() for name in ("values", "rss", "gradient", "information")
    )
    active = np.flatnonzero(np.isfinite(rss))
    before = np.full(len(values), np.inf)
    damping = np.full(len(values), _MIN_DAMPING)
    for _ in range(_MOST_REFINEMENTS):
        # a hardly damped step, and its length relative to the parameters
        held = _held(values[active], gradient[active], lower, upper)
        step = _step(information[active], gradient[active], damping[active], held)
        trial = np.clip(values[active] + step, lower, upper)
        size = np.max(np.abs(trial - values[active]) / (1.0 + np.abs(values[active])), axis=1)
        answer = _normal(circuit, log_omega, spectra[active], weights[active], trial)
        # keep steps that grow shorter and do not climb; damp the others
        is_nearer = (size < before[active]) & (answer[0] <= (1.0 + _FALL) * rss[active])
        nearer = active[is_nearer]
        values[nearer], before[nearer] = trial[is_nearer], size[is_nearer]
        for kept, new in zip((rss, gradient, information), answer, strict=True):
            kept[nearer] = new[is_nearer]
        damping[active] = np.where(is_nearer, damping[active], 10.0 * damping[active] + 1e-2)
        # a spectrum ends where its step is below what is asked, or rounding sets in
        goes_on = np.where(is_nearer, size > _CONVERGED, size > _OF_ROUNDING)
        active = active[goes_on & (damping[active] < _MOST_DAMPING)]
        if not active.size:
            break
    return Minimum(
        values=values,
        rss=rss,
        gradient=gradient,
        information=information,
        is_bound=_held(values, gradient, lower, upper),
    )


def lowest(minima: Sequence[Minimum]) -> Minimum:
    """Return, for each spectrum, the lowest of some minima."""
    best = np.argmin([minimum.rss for minimum in minima], axis=0)
    row = np.arange(len(best))
    return Minimum(
        **{
            field.name: np.stack([getattr(each, field.name) for each in minima])[best, row]
            for field in fields(Minimum)
        }
    )


def _normal(
    circuit: Circuit,
    log_omega: Floats,
    spectra: Complexes,
    weights: Floats,
    values: Floats,
) -> tuple[Floats, Floats, Floats]:
    """Return sums of squares, their half gradients downhill, and the products of derivatives."""
    with np.errstate(over="ignore", invalid="ignore"):
        impedance, derivatives = circuit.evaluate(log_omega, values)
        residuals = _as_real((spectra - impedance) * weights)
        slopes = _as_real(np.ascontiguousarray((derivatives * weights).swapaxes(0, 1)))
        rss = np.einsum("ij,ij->i", residuals, residuals)
        gradient = np.matmul(slopes, residuals[:, :, None])[..., 0]
        information = np.matmul(slopes, slopes.swapaxes(1, 2))
    is_lost = ~(np.isfinite(rss) & np.isfinite(information).all(axis=(1, 2)))
    rss[is_lost] = np.inf
    return rss, gradient, information


def _as_real(values: Complexes) -> Floats:
    """Return complex numbers as twice as many real ones."""
    return values.view(np.float64)


def _held(
    values: Floats,
    gradient: Floats,
    lower: Floats,
    upper: Floats,
) -> Booleans:
    """Return which parameters stand at a bound and would leave it."""
    return ((values <= lower) & (gradient < 0.0)) | ((values >= upper) & (gradient > 0.0))


def _step(
    information: Floats,
    gradient: Floats,
    damping: Floats,
    held: Booleans,
) -> Floats:
    """Return the damped Gauss–Newton steps of the parameters that are free."""
    diagonal = np.einsum("ijj->ij", information)
    scale = np.sqrt(np.where(held | (diagonal <= 0.0), 1.0, diagonal))
    free = ~held
    scaled = information / (scale[:, :, None] * scale[:, None, :])
    scaled = np.where(free[:, :, None] & free[:, None, :], scaled, 0.0)
    index = np.arange(scale.shape[1])
    scaled[:, index, index] = 1.0 + damping[:, None]
    aim = np.where(free, gradient, 0.0) / scale
    return np.linalg.solve(scaled, aim[..., None])[..., 0] / scale
