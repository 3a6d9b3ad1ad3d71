"""The zig-zag of a traversing sensor: where across the web it measures, and when."""

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import PhysicsError
from electrodoe.physics.bounds import require_positive


def traverse_position(
    time_s: Floats, width_mm: float, period_s: float, dwell_s: float = 0.0
) -> Floats:
    r"""Return where across the web a traversing sensor is.

    Parameters
    ----------
    time_s : array of shape (n,), s
        Since the sensor left the first edge.
    width_mm : float, mm
        Way from edge to edge.
    period_s : float, s
        From leaving the first edge to leaving it again, both dwells included.
    dwell_s : float, s
        Rest at each turn.

    Returns
    -------
    array of shape (n,), mm
        From 0 at the first edge to ``width_mm`` at the other.

    Raises
    ------
    PhysicsError
        If width or period is not positive, or two dwells leave no time to move.

    Notes
    -----
    A triangle wave with flat tops. Together with the web's own motion the footprint on the web is
    a zig-zag; at a web speed of 0.6 m/min and a period of 20 s one crossing takes 0.1 m of web.

    Examples
    --------
    >>> import numpy as np
    >>> traverse_position(np.array([0.0, 5.0, 10.0, 15.0, 20.0]), 200.0, 20.0)
    array([  0., 100., 200., 100.,   0.])
    """
    require_positive(width_mm, "width_mm")
    require_positive(period_s, "period_s")
    crossing_s = 0.5 * period_s - dwell_s
    if not 0.0 <= dwell_s < 0.5 * period_s:
        raise PhysicsError(
            f"dwell_s is {dwell_s:g} where 0 to below half of the period, {0.5 * period_s:g} s,"
            " is possible",
            where=f"dwell_s = {dwell_s:g}",
            fix="give the rest at one turn, in seconds",
        )
    phase = np.mod(time_s, period_s)
    forth = np.minimum(phase / crossing_s, 1.0)
    back = np.minimum((phase - 0.5 * period_s) / crossing_s, 1.0)
    return width_mm * np.where(phase < 0.5 * period_s, forth, 1.0 - back)


def crossing_length(speed_m_min: float, period_s: float) -> float:
    """Return the length of web that passes while the sensor crosses it once.

    Parameters
    ----------
    speed_m_min : float, m/min
        Of the web.
    period_s : float, s
        Of the traverse, there and back.

    Returns
    -------
    float, m
        A shorter segment is not seen over its whole width.

    Examples
    --------
    >>> crossing_length(0.6, 20.0)
    0.1
    """
    require_positive(period_s, "period_s")
    return speed_m_min / 60.0 * period_s / 2.0
