"""What residuals show that clean ones rarely do: a stray run, drift, spread, one run that decides.

Each chance is that of a clean study with these very settings: closed forms where there are some,
else normal errors drawn and projected as the residuals were.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats
from electrodoe.evaluate.hat_matrix import FittedRows

FEWEST: Final = 3
"""Degrees of freedom: with fewer, residuals are nearly one contrast and all alike."""
_DRAWS: Final = 4_000
"""Sets of normal errors: chances near 1 % are known to 0.16 %."""
_MOST_ROWS: Final = 2_000
"""Rows up to which errors are drawn: 64 MB; beyond, one row in two thousand decides nothing."""
_INFLUENTIAL: Final = 1.0
"""Cook's distance from which a row decides (Cook 1977: the fit leaves its 50 % region)."""
_HIGH_LEVERAGE: Final = 2.0
"""Times the mean leverage (Belsley, Kuh, Welsch 1980)."""

CheckKind = Literal["outlier", "drift", "spread", "influence"]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One question to the residuals.

    Attributes
    ----------
    kind : str
        ``outlier``, ``drift``, ``spread`` or ``influence``.
    row : int or None
        The row that stands out, where it is about one.
    value : float
        Externally studentized residual; drift from the first to the last run in residual standard
        deviations; correlation of squared residuals with fitted values; Cook's distance.
    p : float
        Chance of as much in a clean study.
    """

    kind: CheckKind
    row: int | None
    value: float
    p: float


def residual_checks(rows: FittedRows, order: Floats | None) -> list[Check]:
    """Return what was asked of some residuals, one row per question that can be asked.

    Parameters
    ----------
    rows : FittedRows
        Of a linear model.
    order : array of shape (n_rows,) or None
        When each row was made, where it is known.

    Returns
    -------
    list of Check
        Empty with fewer than three degrees of freedom or an exact fit.
    """
    if rows.degrees_of_freedom < FEWEST or rows.variance == 0.0:
        return []
    found = [_outlier(rows), _drift(rows, order)]
    if len(rows.y) <= _MOST_ROWS:
        found += _drawn(rows)
    return [check for check in found if check is not None]


def _outlier(rows: FittedRows) -> Check | None:
    """Return the largest residual, tested as the largest of all (Bonferroni)."""
    t = rows.externally_studentized
    r = np.abs(rows.studentized)
    if not np.isfinite(r).any():
        return None
    # two replicates have residuals of one size: the first of them, whatever the last bits
    largest = np.nanmax(r)
    row = int(np.flatnonzero(r >= largest * (1.0 - 1e-9))[0])
    size = abs(t[row]) if np.isfinite(t[row]) else np.inf
    single = 2.0 * float(scipy.stats.t.sf(size, rows.degrees_of_freedom - 1))
    n = int(np.isfinite(r).sum())
    return Check(kind="outlier", row=row, value=float(t[row]), p=min(1.0, n * single))


def _drift(rows: FittedRows, order: Floats | None) -> Check | None:
    """Return how the response moves with the order of runs, beside the terms."""
    if order is None:
        return None
    rank = scipy.stats.rankdata(order)
    own = rank - rank.mean()
    beside = own - rows.Q @ (rows.Q.T @ own)
    room, degrees = float(beside @ beside), rows.degrees_of_freedom - 1
    if room < 1e-6 * float(own @ own):  # the terms make up the order
        return None
    slope = float(beside @ rows.y) / room
    left = float(rows.residuals @ rows.residuals) - slope**2 * room
    if left <= 0.0:
        return None
    t = slope * np.sqrt(room * degrees / left)
    p = 2.0 * float(scipy.stats.t.sf(abs(t), degrees))
    way = slope * float(np.ptp(rank)) / np.sqrt(rows.variance)
    return Check(kind="drift", row=None, value=float(way), p=p)


def _drawn(rows: FittedRows) -> list[Check | None]:
    """Return what is compared with clean studies: spread along the fit, and influence."""
    errors = np.random.default_rng(0).standard_normal((_DRAWS, len(rows.y)))
    clean = errors - (errors @ rows.Q) @ rows.Q.T
    squares = np.sum(clean**2, axis=1, keepdims=True) / rows.degrees_of_freedom
    room = np.where(rows.is_free, 1.0 - rows.leverages, np.inf)
    studentized = clean**2 / (squares * room)  # squared
    return [_spread(rows, studentized), _influence(rows, studentized)]


def _spread(rows: FittedRows, clean: Floats) -> Check | None:
    """Return how squared residuals go with fitted values."""
    height = np.where(rows.is_free, rows.fitted, 0.0)
    height = np.where(rows.is_free, height - height[rows.is_free].mean(), 0.0)
    if not np.ptp(height) > 1e-9 * np.abs(rows.fitted).max():
        return None
    own = np.nan_to_num(rows.studentized) ** 2
    value = float(_slope(own[None], height)[0])
    chance = float(np.mean(np.abs(_slope(clean, height)) >= abs(value)))
    together = np.corrcoef(own[rows.is_free], height[rows.is_free])[0, 1]
    return Check(kind="spread", row=None, value=float(together), p=max(chance, 1.0 / _DRAWS))


def _slope(squares: Floats, height: Floats) -> Floats:
    """Return the mean height, weighted by squared residuals."""
    return np.asarray(squares @ height / squares.sum(axis=1))


def _influence(rows: FittedRows, clean: Floats) -> Check | None:
    """Return the row that decides most, where it stands far out and decides much."""
    distances = np.nan_to_num(rows.cooks_distances)
    row = int(np.flatnonzero(distances >= distances.max() * (1.0 - 1e-9))[0])
    is_far = rows.leverages[row] > _HIGH_LEVERAGE * rows.leverages.mean()
    if not is_far or distances[row] < _INFLUENTIAL:
        return None
    odds = rows.leverages / np.where(rows.is_free, 1.0 - rows.leverages, np.inf)
    most = (clean * odds).max(axis=1) / rows.Q.shape[1]
    chance = max(float(np.mean(most >= distances[row])), 1.0 / _DRAWS)
    return Check(kind="influence", row=row, value=float(distances[row]), p=chance)
