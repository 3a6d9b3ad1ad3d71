"""Where the data carry a prediction, and where it would be an extrapolation."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.models.gathered import gathered
from electrodoe.models.terms import linear_matrix

_ON_THE_HULL: Final = 1e-6
"""Distance in coded units that rounding alone makes."""
_SUM_WEIGHT: Final = 100.0
"""How strictly fractions of settings add up to one when a point is looked for between them."""
_SHADE: Final = 1.0 + 1e-9
"""As `electrodoe.ties.EQUAL`, so that a measured setting lies within its own reach."""
_MOST_SETTINGS: Final = 500
"""Settings that distances are measured to: the nearest mixture takes 1 ms, of 50,000 a second."""


@dataclass(frozen=True, kw_only=True, eq=False)
class DataSupport:
    """The settings that were measured.

    Attributes
    ----------
    settings : array of shape (n_settings, n_inputs)
        Distinct configurations in coded units, in which every input runs from -1 to +1.
    spread : array of shape (n_inputs + 1, n_inputs + 1)
        Inverse of X'X of the first-order model, by which leverages are measured.
    max_leverage, max_spacing : float
        Of the settings themselves: leverage, and distance to the nearest other one.
    """

    settings: Floats
    spread: Floats
    max_leverage: float
    max_spacing: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Reach:
    """How far points lie from what was measured.

    Attributes
    ----------
    hull_distance : array of shape (n_points,)
        Distance to the convex hull of the settings, in coded units; 0 inside.
    leverage_ratio : array of shape (n_points,)
        Leverage over the maximum leverage of a setting.
    spacing_ratio : array of shape (n_points,)
        Distance to the nearest setting over the largest such distance between settings.
    is_supported : array of shape (n_points,), bool
        Whether a point lies between the settings, or at least no farther from them, by both
        ratios, than they lie from one another.
    """

    hull_distance: Floats
    leverage_ratio: Floats
    spacing_ratio: Floats
    is_supported: Booleans


def data_support(coded: Floats) -> DataSupport:
    """Return the support that measured settings give.

    Parameters
    ----------
    coded : array of shape (n_settings, n_inputs)
        Means of the configurations, coded by the ends of the design region; equal ones count
        once, and of more than 500 near ones stand together at their mean.

    Returns
    -------
    DataSupport
        What :func:`reach` measures distances from.
    """
    settings = np.unique(np.round(coded, 9), axis=0)
    if len(settings) > _MOST_SETTINGS:
        settings = gathered(settings, np.zeros(len(settings)), most=_MOST_SETTINGS).inputs
    X = linear_matrix(settings)
    spread = np.asarray(np.linalg.pinv(X.T @ X, rcond=1e-10, hermitian=True), dtype=np.float64)
    between = _distances(settings, settings)
    np.fill_diagonal(between, np.inf)
    spacing = between.min(axis=1)
    return DataSupport(
        settings=settings,
        spread=spread,
        max_leverage=float(_leverages(spread, settings).max()),
        max_spacing=float(spacing[np.isfinite(spacing)].max(initial=0.0)),
    )


def reach(support: DataSupport, points: Floats) -> Reach:
    """Return how far points lie from measured settings.

    A prediction inside the range of every input may still be far from all data: the inputs of 17
    runs never fill a cube. Three measures say so, each blind where another sees: the hull knows
    no gaps inside it, the leverage no gaps at all, the spacing no direction.

    Parameters
    ----------
    support : DataSupport
        From :func:`data_support`.
    points : array of shape (n_points, n_inputs)
        Coded by the same ends.

    Returns
    -------
    Reach
        Three measures and the verdict.

    Examples
    --------
    >>> corners = np.array([[-1.0, -1], [1, -1], [-1, 1]])
    >>> found = reach(data_support(corners), np.array([[-0.5, -0.5], [1.0, 1.0]]))
    >>> found.hull_distance.round(3), found.leverage_ratio.round(3), found.is_supported
    (array([0.   , 1.414]), array([0.375, 3.   ]), array([ True, False]))
    """
    hull = np.array([_hull_distance(support.settings, point) for point in points])
    leverage = _leverages(support.spread, points) / support.max_leverage
    nearest = _distances(points, support.settings).min(axis=1)
    spacing = nearest / (support.max_spacing or 1.0)
    is_near = (leverage <= _SHADE) & (spacing <= _SHADE)
    return Reach(
        hull_distance=np.where(hull > _ON_THE_HULL, hull, 0.0),
        leverage_ratio=leverage,
        spacing_ratio=spacing,
        is_supported=np.asarray((hull <= _ON_THE_HULL) | is_near),
    )


def _distances(points: Floats, settings: Floats) -> Floats:
    """Return Euclidean distances, shape (n_points, n_settings)."""
    return np.asarray(np.linalg.norm(points[:, None, :] - settings[None, :, :], axis=2))


def _leverages(spread: Floats, points: Floats) -> Floats:
    """Return ``f(x)' (X'X)^-1 f(x)`` of the first-order model."""
    F = linear_matrix(points)
    return np.asarray(np.sum((F @ spread) * F, axis=1))


def _hull_distance(settings: Floats, point: Floats) -> float:
    """Return how far a point is from its nearest mixture of settings, by non-negative shares."""
    from scipy.optimize import nnls

    weights = np.full((1, len(settings)), _SUM_WEIGHT)
    _, distance = nnls(np.vstack([settings.T, weights]), np.append(point, _SUM_WEIGHT))
    return float(distance)
