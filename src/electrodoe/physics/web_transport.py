"""Where the web is: its speed integrated, and when a place of it passes a sensor."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import PhysicsError
from electrodoe.physics.bounds import require_positive

_S_PER_MIN: Final = 60.0
"""Seconds in a minute."""


def web_position(time_s: Floats, speed_m_min: Floats, start_m: float = 0.0) -> Floats:
    r"""Return the length of web that has passed the blade.

    Parameters
    ----------
    time_s : array of shape (n,), s
        Increasing.
    speed_m_min : array of shape (n,), m/min
        Speed of the web at these times, linear in between; negative where it runs back.
    start_m : float, m
        Length at the first time.

    Returns
    -------
    array of shape (n,), m
        Exact for a speed that is linear between the times.

    Raises
    ------
    PhysicsError
        If a time is not later than the one before, or a number is missing.

    Notes
    -----
    .. math:: x(t) = x_0 + \int_{t_0}^{t} v(t')\,\mathrm{d}t'

    by the trapezoidal rule, summed from left to right, so that a log that is read in parts gives
    the same bits as one that is read at once.

    Examples
    --------
    >>> import numpy as np
    >>> web_position(np.array([0.0, 60.0, 120.0]), np.array([0.6, 0.6, 0.0])).round(3)
    array([0. , 0.6, 0.9])
    """
    _require_clock(time_s, speed_m_min)
    steps = np.empty(len(time_s))
    steps[:1] = start_m
    steps[1:] = np.diff(time_s) * (0.5 / _S_PER_MIN) * (speed_m_min[1:] + speed_m_min[:-1])
    return np.cumsum(steps)


def web_position_at(
    wanted_s: Floats,
    time_s: Floats,
    speed_m_min: Floats,
    position_m: Floats,
) -> Floats:
    r"""Return the web's position between the times at which its speed is known.

    Parameters
    ----------
    wanted_s : array of shape (m,), s
        Any times.
    time_s, speed_m_min : arrays of shape (n,), s and m/min
        As for :func:`web_position`.
    position_m : array of shape (n,), m
        What that returned.

    Returns
    -------
    array of shape (m,), m
        Missing (NaN) before the first time and after the last.

    Notes
    -----
    With a speed that is linear in an interval of length :math:`h`, :math:`\tau` after its start:

    .. math:: x = x_k + v_k \tau + \frac{(v_{k+1} - v_k)\,\tau^2}{2h}

    Examples
    --------
    >>> import numpy as np
    >>> t, v = np.array([0.0, 60.0]), np.array([0.0, 1.2])
    >>> web_position_at(np.array([30.0, 90.0]), t, v, web_position(t, v)).round(3)
    array([0.15,  nan])
    """
    if len(time_s) < 2:
        return np.where(np.isin(wanted_s, time_s), position_m[:1].sum(), np.nan)
    interval = np.clip(np.searchsorted(time_s, wanted_s, side="right") - 1, 0, len(time_s) - 2)
    after = wanted_s - time_s[interval]
    length = time_s[interval + 1] - time_s[interval]
    speed = speed_m_min[interval] / _S_PER_MIN
    gain = (speed_m_min[interval + 1] - speed_m_min[interval]) / _S_PER_MIN
    found = position_m[interval] + speed * after + 0.5 * gain * after**2 / length
    is_inside = (wanted_s >= time_s[0]) & (wanted_s <= time_s[-1])
    return np.where(is_inside, found, np.nan)


def passing_time(
    web_m: Floats,
    distance_m: float,
    time_s: Floats,
    speed_m_min: Floats,
) -> Floats:
    r"""Return when places of the web pass a sensor behind the blade.

    Parameters
    ----------
    web_m : array of shape (m,), m
        Places, as lengths that had passed the blade.
    distance_m : float, m
        From the blade to the sensor along the web; negative before the blade.
    time_s, speed_m_min : arrays of shape (n,), s and m/min
        As for :func:`web_position`; the speed is nowhere negative.

    Returns
    -------
    array of shape (m,), s
        The first such time, where the web stood still there; missing (NaN) where the place has
        not passed between the first and the last time.

    Raises
    ------
    PhysicsError
        If the web runs back, so that a place may pass twice.

    Notes
    -----
    Solves :math:`x(t) = w + d` for :math:`t` in the interval of the clock that holds it, by the
    form of the quadratic's root that does not cancel:
    :math:`\tau = 2s / (v_k + \sqrt{v_k^2 + 2as})` with :math:`s` the way left to go and :math:`a`
    the acceleration.

    Examples
    --------
    >>> import numpy as np
    >>> t, v = np.array([0.0, 1800.0]), np.array([0.6, 0.6])
    >>> passing_time(np.array([1.0]), 6.0, t, v).round(3)
    array([700.])
    """
    if np.any(speed_m_min < 0.0):
        row = int(np.argmax(speed_m_min < 0.0))
        raise PhysicsError(
            f"the web runs back at {speed_m_min[row]:g} m/min, so a place may pass twice",
            where=f"row {row}, speed_m_min = {speed_m_min[row]:g}",
            fix="ask for the time within a segment of the log that runs forward",
        )
    position_m = web_position(time_s, speed_m_min)
    target = web_m + distance_m
    interval = np.clip(np.searchsorted(position_m, target, side="left") - 1, 0, len(time_s) - 2)
    way = target - position_m[interval]
    speed = speed_m_min[interval] / _S_PER_MIN
    length = time_s[interval + 1] - time_s[interval]
    gain = (speed_m_min[interval + 1] / _S_PER_MIN - speed) / length
    root = speed + np.sqrt(np.maximum(speed**2 + 2.0 * gain * way, 0.0))
    after = np.divide(2.0 * way, root, out=np.zeros_like(way), where=root > 0.0)
    # adding the distance rounds: the last place of the log may come to lie a bit beyond its end
    rounding = 4.0 * np.spacing(np.abs(web_m) + abs(distance_m))
    is_inside = (target >= position_m[0] - rounding) & (target <= position_m[-1] + rounding)
    return np.where(is_inside, time_s[interval] + np.clip(after, 0.0, length), np.nan)


def transport_delay(distance_m: float, speed_m_min: float) -> float:
    r"""Return how long a place of the web travels between two sensors at constant speed.

    Parameters
    ----------
    distance_m : float, m
        Way along the web.
    speed_m_min : float, m/min
        Of the web.

    Returns
    -------
    float, s
        :math:`t = d / v`.

    Raises
    ------
    PhysicsError
        If the speed is not positive: web that stands still never arrives.

    Examples
    --------
    The line of [1]_: sensors over about 6 m, coated at 0.6 m/min.

    >>> transport_delay(6.0, 0.6)
    600.0

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.
    """
    require_positive(speed_m_min, "speed_m_min")
    return distance_m * _S_PER_MIN / speed_m_min


def _require_clock(time_s: Floats, speed_m_min: Floats) -> None:
    """Raise where a clock does not go forward, or a number is missing."""
    is_sound = np.isfinite(time_s) & np.isfinite(speed_m_min)
    is_sound[1:] &= np.diff(time_s) > 0.0
    if not np.all(is_sound):
        row = int(np.argmin(is_sound))
        raise PhysicsError(
            f"time {time_s[row]:g} s with a speed of {speed_m_min[row]:g} m/min:"
            " times have to increase and no number may be missing",
            where=f"row {row}, time_s = {time_s[row]:g}",
            fix="sort the rows by time and set incomplete ones aside",
        )
