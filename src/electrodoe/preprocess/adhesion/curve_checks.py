"""What makes a curve unreadable before or while its parts are looked for."""

from typing import Final

import numpy as np

from electrodoe.findings import Finding, Severity
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
    found = []
    n = curve.force_n.size
    if n < _LEAST_POINTS:
        found.append(
            Finding(
                code="D401",
                severity=Severity.ERROR,
                title="Too few points",
                what=f"{n} points where a pull-off test has at least {_LEAST_POINTS}",
                where=curve.place,
                fix="export the whole curve, not its results",
            )
        )
    falls = np.flatnonzero(np.diff(curve.time_s) < 0.0)
    if falls.size:
        found.append(
            Finding(
                code="D402",
                severity=Severity.ERROR,
                title="Time falls",
                what=f"the clock jumps back {falls.size} times",
                where=f"{curve.path}, line {curve.lines[falls[0] + 1]}",
                fix="check that columns are not swapped and that the file holds one test",
            )
        )
    return tuple(found)


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
        return Finding(
            code="D403",
            severity=Severity.ERROR,
            title="No contact",
            what=f"the force spans {span:.3g} N, no more than its noise of {noise_n:.2g} N",
            where=curve.place,
            fix="check that the stamp touched the specimen and that the load cell was connected",
        )
    side = "negative" if orientation.tension_sign > 0 else "positive"
    return Finding(
        code="D404",
        severity=Severity.ERROR,
        title="No tension",
        what=f"the force is {side} only, which is taken for compression",
        where=curve.place,
        fix=f"if the machine counts tension {side}, say tension_sign = '{side}'; otherwise the"
        " bond did not hold",
    )
