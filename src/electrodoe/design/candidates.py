"""Where the runs of an approximate design may lie, no more of them than a proof needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.axes import Axis
from electrodoe.design.model_terms import ModelTerms
from electrodoe.design.polytope import polytope_corners
from electrodoe.design.region import DesignRegion

Floats = NDArray[np.float64]
_SETTINGS: Final = {1: 41, 2: 21, 3: 11, 4: 7}
"""Settings tried of each free factor, by how many of them there are; 5 where there are more."""
_SHARES: Final = (0.0, 0.25, 0.5, 0.75)
_MOST_FREE: Final = 4
"""Factors without levels over which a ceiling can be proven box by box."""
_MOST_ENTRIES: Final = 6_000_000
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Settings that stand for a whole region.

    Attributes
    ----------
    points : array of shape (n_points, n_factors)
        Coded; of a factor that the region mirrors only the upper half.
    is_even : array of shape (p, p), bool
        Entries of an information matrix that mirroring leaves; all True without mirrors.
    free : tuple of int
        Factors between whose settings a quadratic form may still rise.
    held : array of shape (n_held, n_factors)
        Every combination of the others.
    is_proven : bool
        Whether what holds on ``points`` and on boxes of ``free`` holds for the region.
    """

    points: Floats
    is_even: NDArray[np.bool_]
    free: tuple[int, ...]
    held: Floats
    is_proven: bool


def candidates(
    terms: ModelTerms, region: DesignRegion, matrices: Sequence[Floats]
) -> Candidates | None:
    """Return the settings that a bound on a linear criterion has to look at.

    Parameters
    ----------
    terms : ModelTerms
        The model.
    region : DesignRegion
        Where runs may lie.
    matrices : sequence of array of shape (p, p)
        What the criterion is made of: the information of runs that stand already, the moments.

    Returns
    -------
    Candidates or None
        None where they are too many.

    Notes
    -----
    Where region and matrices stay the same when a factor changes its sign, so does a
    best approximate design (the criterion is convex), and half of the settings speak for all. A
    form ``f' G f`` is then even in that factor; with powers up to the square it is
    ``a + b x^2 + c x^4`` with ``c >= 0``, convex in ``x^2``: its greatest value lies at 0 or at
    an end, so three settings stand for the whole range. Without squares it is convex in x itself.
    """
    columns = terms.column_index
    is_cut = _cut_axes(region)
    even, free = np.ones((len(columns), len(columns)), dtype=np.bool_), []
    mirrored, degrees = [], columns.max(axis=0)
    for number, axis in enumerate(region.axes):
        parity = (columns[:, number, None] + columns[:, number]) % 2 == 0
        is_mirrored = (
            not is_cut[number]
            and _has_mirrored_levels(axis)
            and all(_is_even(matrix, parity) for matrix in matrices)
        )
        if is_mirrored:
            even &= parity
        is_free = axis.levels is None and (
            is_cut[number] or (degrees[number] > 1 and not is_mirrored) or degrees[number] > 2
        )
        mirrored.append(is_mirrored)
        if is_free:
            free.append(number)
    n_fine = _SETTINGS.get(len(free), 5)
    choices = [
        _settings(axis, degrees[n], n_fine if n in free else None, is_mirrored=mirrored[n])
        for n, axis in enumerate(region.axes)
    ]
    n_points = np.prod([float(len(own)) for own in choices])
    if n_points * len(columns) > _MOST_ENTRIES:
        return None
    points = np.array(list(product(*choices)))
    kept = [own if n not in free else np.zeros(1) for n, own in enumerate(choices)]
    feasible = np.vstack([points[region.is_feasible(points)], _ends_of_cuts(region)])
    held = np.array(list(product(*kept)))
    if not free:
        held = feasible
    return Candidates(
        points=feasible,
        is_even=even,
        free=tuple(free),
        held=held,
        is_proven=not free or (len(free) <= _MOST_FREE and _has_linear_limits(region)),
    )


def _settings(axis: Axis, degree: int, n_fine: int | None, *, is_mirrored: bool) -> Floats:
    """Return the settings of one factor that have to be tried; ``n_fine`` of a free one."""
    if axis.levels is not None:
        own = axis.levels
    elif n_fine is not None:
        own = np.linspace(-1.0, 1.0, max(n_fine, 2 * degree + 1))
    else:
        own = np.array([-1.0, 1.0] if degree <= 1 else [-1.0, 0.0, 1.0])
    return own[own >= -_ROUNDING] if is_mirrored else own


def _has_mirrored_levels(axis: Axis) -> bool:
    """Return whether a factor's settings stay the same when their sign changes."""
    if axis.levels is None:
        return True
    return not axis.is_categorical and bool(np.allclose(axis.levels, -axis.levels[::-1]))


def _is_even(matrix: Floats, parity: NDArray[np.bool_]) -> bool:
    """Return whether a matrix of the terms stays the same when a factor changes its sign."""
    return bool(np.all(np.abs(matrix[~parity]) <= _ROUNDING * np.abs(matrix).max()))


def _has_linear_limits(region: DesignRegion) -> bool:
    """Return whether linear inequalities are the only limits."""
    are_linear = all(own.coefficients is not None for own in region.inequalities)
    return are_linear and not region.forbidden


def _cut_axes(region: DesignRegion) -> NDArray[np.bool_]:
    """Return which factors a limit may name."""
    n = len(region.axes)
    if not _has_linear_limits(region):
        return np.ones(n, dtype=np.bool_)
    linear = [own.coefficients for own in region.inequalities if own.coefficients is not None]
    return np.asarray(np.any(np.array(linear).reshape(-1, n) != 0.0, axis=0))


def _ends_of_cuts(region: DesignRegion) -> Floats:
    """Return the corners that linear limits cut, and points between every two of them."""
    linear = [own for own in region.inequalities if own.coefficients is not None]
    n = len(region.axes)
    is_free = all(axis.levels is None for axis in region.axes)
    if not linear or not is_free or n > _MOST_FREE:
        return np.empty((0, n))
    corners = polytope_corners(
        np.array([own.coefficients for own in linear]), np.array([own.bound for own in linear])
    )
    if corners is None:
        return np.empty((0, n))
    points = np.array(
        [
            share * first + (1.0 - share) * second
            for first, second in permutations(corners, 2)
            for share in _SHARES
        ]
    )
    return np.asarray(np.unique(points[region.is_feasible(points)], axis=0))
