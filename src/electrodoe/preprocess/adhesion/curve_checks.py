"""What makes a curve unreadable before or while its parts are looked for."""

from typing import Final

import numpy as np

from electrodoe.findings import Finding, found
from electrodoe.ingest import PullOffCurve
from electrodoe.preprocess.adhesion.orientation import Orientation

_LEAST_POINTS: Final = 20


def check_curve(curve: PullOffCurve) -> tuple[Finding, ...]:
    """Return why a curve cannot be evaluated; nothing where it can.

    Parameters
    ----------
    curve : PullOffCurve
        As a reader handed it on.

    Returns
    -------
    tuple of Finding
        Too few points, or a clock that jumps back.
    """
    odd = []
    n = curve.force_n.size
    if n < _LEAST_POINTS:
        odd.append(
            found(
                "D401",
                f"{n} points where a pull-off test has at least {_LEAST_POINTS}",
                curve.place,
            )
        )
    falls = np.flatnonzero(np.diff(curve.time_s) < 0.0)
    if falls.size:
        odd.append(
            found(
                "D402",
                f"the clock jumps back {falls.size} times",
                f"{curve.path}, line {curve.lines[falls[0] + 1]}",
            )
        )
    return tuple(odd)


def no_tension(curve: PullOffCurve, orientation: Orientation, noise_n: float) -> Finding:
    """Return why a curve has no strength.

    Parameters
    ----------
    curve : PullOffCurve
        The curve.
    orientation : Orientation
        Without tension.
    noise_n : float, N
        Standard deviation of its noise.

    Returns
    -------
    Finding
        No contact at all, or a force on the side of compression only.
    """
    span = float(np.ptp(curve.force_n))
    if not orientation.has_compression:
        return found(
            "D403",
            f"the force spans {span:.3g} N, no more than its noise of {noise_n:.2g} N",
            curve.place,
        )
    side = "negative" if orientation.tension_sign > 0 else "positive"
    return found(
        "D404",
        f"the force is {side} only, which is taken for compression",
        curve.place,
        fix=f"if the machine counts tension {side}, say tension_sign = '{side}'; otherwise the"
        " bond did not hold",
    )
