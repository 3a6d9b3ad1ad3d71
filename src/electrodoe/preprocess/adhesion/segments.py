"""Parts of a pull-off test: free travel, compression, dwell, pull, free travel again."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.preprocess.adhesion.orientation import Orientation

_CONTACT: Final = 0.02
_HOLD: Final = 0.95
_HALF: Final = 0.5
"""Shares of a segment's greatest force at which it begins or ends."""
_NOTHING: Final = slice(0, 0)


@dataclass(frozen=True, kw_only=True)
class Segments:
    """Where each part of a test lies among its points; empty where it is not there.

    Attributes
    ----------
    before : slice
        From the first point to the contact.
    compression : slice
        From the contact until the force is held.
    dwell : slice
        While it is held.
    pull : slice
        From the release to the rupture; to the end where there is none.
    after : slice
        From the rupture to the last point.
    """

    before: slice
    compression: slice
    dwell: slice
    pull: slice
    after: slice


def find_segments(force_n: NDArray[np.float64], orientation: Orientation) -> Segments:
    """Return the parts of a test.

    Parameters
    ----------
    force_n : array of shape (n_points,), N
        Less a rough zero.
    orientation : Orientation
        With tension.

    Returns
    -------
    Segments
        Contact at 2 % of the compression, dwell from 95 % of it until half of its level is left,
        rupture where less than half of the peak is left at two points running.
    """
    pull = orientation.tension_sign * force_n
    n = pull.size
    if not orientation.has_compression:
        peak = int(pull.argmax())
        contact = _last(pull[:peak] <= _CONTACT * pull[peak]) + 1
        rupture = rupture_index(pull, peak)
        return Segments(
            before=slice(0, contact),
            compression=_NOTHING,
            dwell=_NOTHING,
            pull=slice(contact, rupture),
            after=slice(rupture, n),
        )
    press = -pull
    greatest = int(press.argmax())
    peak = greatest + int(pull[greatest:].argmax())
    contact = _last(press[:greatest] <= _CONTACT * press[greatest]) + 1
    hold = contact + int(np.argmax(press[contact:] >= _HOLD * press[greatest]))
    turn = max(_last(pull[:peak] <= 0.0), hold)
    level = float(np.median(press[hold : turn + 1]))
    release = hold + _last(press[hold : turn + 1] >= _HALF * level) + 1
    rupture = rupture_index(pull, peak)
    return Segments(
        before=slice(0, contact),
        compression=slice(contact, hold),
        dwell=slice(hold, release),
        pull=slice(release, rupture),
        after=slice(rupture, n),
    )


def rupture_index(pull_n: NDArray[np.float64], peak: int) -> int:
    """Return the first point after the rupture; the number of points where there is none.

    Parameters
    ----------
    pull_n : array of shape (n_points,), N
        Tension positive.
    peak : int
        Where it is greatest.

    Returns
    -------
    int
        The first of two points running with less than half of the peak.
    """
    is_low = pull_n[peak:] < _HALF * pull_n[peak]
    is_gone = is_low[:-1] & is_low[1:]
    return peak + int(np.argmax(is_gone)) if is_gone.any() else pull_n.size


def _last(condition: NDArray[np.bool_]) -> int:
    """Return the last index where a condition holds, or -1."""
    found = np.flatnonzero(condition)
    return int(found[-1]) if found.size else -1
