"""The parts of a pull-off test: which way tension points, contact, dwell, pull, free travel."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from electrodoe.arrays import Booleans, Floats

_MIN_IN_NOISE: Final = 6.0
"""Among 10⁵ points of normal noise the farthest lies at 4.4 standard deviations."""
_MIN_FRACTION: Final = 0.005
"""A side of less than this fraction of the other may be wander of the zero."""
_LEVEL_FRACTION: Final = 0.1
"""A curve that ends within this fraction of its maximum force has come back to its zero."""


@dataclass(frozen=True, kw_only=True)
class Orientation:
    """Sides of a force.

    Attributes
    ----------
    tension_sign : int
        1 or -1.
    has_compression, has_tension : bool
        Whether each side stands out of the noise.
    """

    tension_sign: int
    has_compression: bool
    has_tension: bool


def rough_zero_n(time_s: Floats, force_n: Floats) -> Floats:
    """Return the zero as it looks from a curve's two ends.

    A line from the level of the first points to that of the last; level, where the curve ends under
    load.
    """
    n_level = min(max(force_n.size // 200, 5), 200)
    first, last = float(np.median(force_n[:n_level])), float(np.median(force_n[-n_level:]))
    span = float(time_s[-1] - time_s[0])
    if abs(last - first) > _LEVEL_FRACTION * np.abs(force_n - first).max() or span == 0.0:
        return np.full_like(force_n, first)
    rise: Floats = (last - first) * (time_s - time_s[0]) / span
    return first + rise


def find_orientation(
    time_s: Floats,
    force_n: Floats,
    noise_n: float,
    tension_sign: Literal["auto", "positive", "negative"],
) -> Orientation:
    """Return which side of a force is tension.

    The side that comes first and is held longer is compression.
    """
    largest = max(float(force_n.max()), -float(force_n.min()))
    smallest = max(_MIN_IN_NOISE * noise_n, _MIN_FRACTION * largest)
    there = {sign: float((sign * force_n).max()) > smallest for sign in (1, -1)}
    said = {"auto": 0, "positive": 1, "negative": -1}[tension_sign]
    if there[1] and there[-1]:
        first = 1 if force_n.argmax() < force_n.argmin() else -1
        if _held_s(time_s, first * force_n) >= _held_s(time_s, -first * force_n):
            return Orientation(tension_sign=-first, has_compression=True, has_tension=True)
        there = {sign: float((sign * force_n).max()) == largest for sign in (1, -1)}
    sign = said or 1
    return Orientation(tension_sign=sign, has_compression=there[-sign], has_tension=there[sign])


def _held_s(time_s: Floats, force_n: Floats) -> float:
    """Return for how long a force stays above half of its maximum value."""
    return float(np.diff(time_s)[force_n[1:] > 0.5 * force_n.max()].sum())


_CONTACT: Final = 0.02  # chosen, to lie above the noise
_HOLD: Final = 0.95  # chosen; as below
_HALF: Final = 0.5
"""Fractions of a segment's maximum force at which it begins or ends."""
_NOTHING: Final = slice(0, 0)


@dataclass(frozen=True, kw_only=True)
class PullOffSegments:
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


def find_segments(force_n: Floats, orientation: Orientation) -> PullOffSegments:
    """Return the parts of a test.

    Contact at 2 % of the compression, dwell from 95 % of it until half of its level is left,
    rupture where less than half of the peak is left at two points running.
    """
    pull = orientation.tension_sign * force_n
    n = pull.size
    # tension only: contact where the force leaves zero, rupture after the peak
    if not orientation.has_compression:
        peak = int(pull.argmax())
        contact = _last(pull[:peak] <= _CONTACT * pull[peak]) + 1
        rupture = rupture_index(pull, peak)
        return PullOffSegments(
            before=slice(0, contact),
            compression=_NOTHING,
            dwell=_NOTHING,
            pull=slice(contact, rupture),
            after=slice(rupture, n),
        )
    # the peak of tension follows the peak of compression
    press = -pull
    largest = int(press.argmax())
    peak = largest + int(pull[largest:].argmax())
    # from contact until the stamp presses as it should, then the dwell
    contact = _last(press[:largest] <= _CONTACT * press[largest]) + 1
    hold = contact + int(np.argmax(press[contact:] >= _HOLD * press[largest]))
    # the dwell ends on the way to tension, where half of its force is left
    turn = max(_last(pull[:peak] <= 0.0), hold)
    level = float(np.median(press[hold : turn + 1]))
    release = hold + _last(press[hold : turn + 1] >= _HALF * level) + 1
    rupture = rupture_index(pull, peak)
    return PullOffSegments(
        before=slice(0, contact),
        compression=slice(contact, hold),
        dwell=slice(hold, release),
        pull=slice(release, rupture),
        after=slice(rupture, n),
    )


def rupture_index(pull_n: Floats, peak: int) -> int:
    """Return the first point after the rupture; the number of points where there is none.

    The first of two points running with less than half of the peak.
    """
    is_low = pull_n[peak:] < _HALF * pull_n[peak]
    is_gone = is_low[:-1] & is_low[1:]
    return peak + int(np.argmax(is_gone)) if is_gone.any() else pull_n.size


def _last(condition: Booleans) -> int:
    """Return the last index where a condition holds, or -1."""
    found = np.flatnonzero(condition)
    return int(found[-1]) if found.size else -1
