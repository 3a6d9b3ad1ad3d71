"""Two courses along the web made comparable: holes filled, drift taken off, noise smoothed."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

Floats = NDArray[np.float64]

SMOOTHED_BINS: Final = 2.0
"""Standard deviation of the smoothing, so that a peak is wider than a bin and round."""
_LEAST_FILLED: Final = 0.2


def comparable(profile: Floats, drift_bins: float) -> Floats | None:
    """Return a course without its drift, in units of its own standard deviation.

    Parameters
    ----------
    profile : array of shape (n_bins,)
        Means per bin along the web, NaN where there is none.
    drift_bins : float
        Standard deviation of the moving mean that is taken off.

    Returns
    -------
    array of shape (n_bins,) or None
        None where fewer than a fifth of the bins are filled, or nothing changes.

    Examples
    --------
    >>> import numpy as np
    >>> comparable(np.ones(50), 10.0) is None
    True
    """
    is_known = np.isfinite(profile)
    if np.mean(is_known) < _LEAST_FILLED:
        return None
    bins = np.arange(len(profile))
    filled = np.interp(bins, bins[is_known], profile[is_known])
    smooth = gaussian_filter1d(filled, SMOOTHED_BINS, mode="nearest")
    rest = smooth - gaussian_filter1d(filled, drift_bins, mode="nearest")
    spread = float(np.std(rest))
    is_flat = spread <= 1e-9 * max(float(np.max(np.abs(filled))), 1e-300)
    return None if is_flat else (rest - rest.mean()) / spread


def profile_edges(length_m: float, n_running: int, n_most: int = 262_144) -> Floats:
    """Return fine bins along the web, in which sensors are compared with one another.

    Parameters
    ----------
    length_m : float, m
        Of the coil.
    n_running : int
        Rows of the log at which it moved.
    n_most : int
        Bins at most, which bounds memory.

    Returns
    -------
    array of shape (n_bins + 1,), m
        Equal bins of about four rows each, of 5 mm or more.

    Examples
    --------
    >>> profile_edges(0.02, 1000)
    array([0.   , 0.005, 0.01 , 0.015, 0.02 ])
    """
    bin_m = max(0.005, 4.0 * length_m / max(n_running, 1), length_m / n_most)
    return bin_m * np.arange(int(np.ceil(length_m / bin_m - 1e-9)) + 1, dtype=np.float64)
