"""Where the fall begins: points on the way down say nothing about the top."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.preprocess.adhesion.stretch import Stretch

_LIMIT: Final = 4.0
"""Standard errors by which the last points may leave the polynomial through the rest."""
_SUSPECT: Final = 2.0
"""Standard errors by which they may lie low next to a fall that has been seen."""
_FEWEST: Final = 5
"""Points that are left, at least: a line, and something to compare it with."""
_HIGH: Final = 6.0
"""Standard deviations of noise below the greatest point: what is left reaches up to there."""
_LARGEST: Final = 3
"""A block at the end is at most this part of a stretch, so that the rest leads to it."""


@dataclass(frozen=True, kw_only=True)
class Brink:
    """The end of the way up.

    Attributes
    ----------
    stop : int
        First point of the fall, or of what may belong to it; the number of points where none falls.
    n_unsure : int
        Samples within which the fall begins; 0 where none was seen.
    """

    stop: int
    n_unsure: int


def find_brink(stretch: Stretch, *, is_parted: bool) -> Brink:
    """Return where the last points of a stretch begin to fall.

    Parameters
    ----------
    stretch : Stretch
        From the way up to some way down, if there is one: five points or more.
    is_parted : bool
        Whether the rupture follows at once.

    Returns
    -------
    Brink
        The last 1, 2, 4, ... points are taken away until none of these blocks leaves the
        polynomial through the rest by more than noise may. One point is looked at first, so that a
        steep fall costs no more than itself; a fall that only a block shows may begin at any of
        its points. Once a fall is seen, less is enough to suspect the points before it.

    Examples
    --------
    >>> rise = np.linspace(9.0, 10.0, 20)
    >>> pull = np.concatenate([rise, [9.5, 8.9, 8.3]])
    >>> time = np.arange(23.0)
    >>> stretch = Stretch(time_s=time, pull_n=pull, noise_n=0.02, inflation=1.0)
    >>> find_brink(stretch, is_parted=False)
    Brink(stop=20, n_unsure=1)
    """
    stop, n_unsure = stretch.size, int(is_parted)
    is_high = stretch.pull_n >= stretch.pull_n.max() - _HIGH * stretch.noise_n
    kept = max(_FEWEST, int(is_high.argmax()) + 1)
    while n_apart := _n_apart(stretch.part(slice(stop)), stop - kept):
        stop, n_unsure = stop - n_apart, n_apart
    while n_unsure and (n_low := _n_low(stretch.part(slice(stop)), min(2 * n_unsure, stop - kept))):
        stop, n_unsure = stop - n_low, n_unsure + n_low
    return Brink(stop=stop, n_unsure=n_unsure)


def _n_apart(stretch: Stretch, most: int) -> int:
    """Return the size of the smallest block at the end that is apart from the rest, or 0."""
    sizes, errors = _last_blocks(stretch)
    return int(sizes[(np.abs(errors) > _LIMIT) & (sizes <= most)][:1].sum())


def _n_low(stretch: Stretch, most: int) -> int:
    """Return the size of the smallest block at the end that may lie on a fall, or 0."""
    sizes, errors = _last_blocks(stretch)
    return int(sizes[(errors < -_SUSPECT) & (sizes <= most)][:1].sum())


def _last_blocks(stretch: Stretch) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return sizes of blocks at the end, and how many standard errors each lies above the rest."""
    n, degree = stretch.size, stretch.degree
    largest = min(max(n // _LARGEST, 1), n - _FEWEST)
    sizes = 2 ** np.arange(max(largest, 0).bit_length())
    basis, _ = np.linalg.qr(np.vander(stretch.scaled_time(), degree + 1, increasing=True))
    residuals = stretch.pull_n - basis @ (basis.T @ stretch.pull_n)
    unit = max(float(np.abs(residuals).max()), stretch.noise_n, np.finfo(float).tiny)
    residuals, noise = residuals / unit, stretch.noise_n / unit
    leading = np.cumsum(basis[::-1], axis=0)[sizes - 1]
    free = np.maximum(sizes - np.sum(leading**2, axis=1), 1e-12)
    shift = np.cumsum(residuals[::-1])[sizes - 1] / np.sqrt(free)
    rest = np.maximum(residuals @ residuals - shift**2, 0.0) / max(n - degree - 2, 1)
    variance = np.maximum(rest, noise**2) * np.minimum(stretch.inflation, sizes)
    return sizes, shift / np.sqrt(np.maximum(variance, np.finfo(float).tiny))
