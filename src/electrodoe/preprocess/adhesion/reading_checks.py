"""What makes a strength doubtful, by the curve itself."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.findings import Finding, Severity, found
from electrodoe.preprocess.adhesion.pull_off_test import PullOffTest, Reading
from electrodoe.study import AdhesionProtocol

_LEAST_IN_ERRORS: Final = 6.0
_LONGEST_RUN: Final = 5
"""Equal points running at the peak, where a cell that is not at its limit scatters."""
_RUNS: Final = 3
_CELL_SHARE: Final = 0.98
_AGAIN: Final = 0.5
_HYSTERESIS: Final = 0.15
_LARGE_DRIFT: Final = 0.2
_LEAST_AT_PEAK: Final = 4


def check_reading(test: PullOffTest, protocol: AdhesionProtocol) -> tuple[Finding, ...]:
    """Return what is odd about a curve that has a tension.

    Parameters
    ----------
    test : PullOffTest
        With or without a reading.
    protocol : AdhesionProtocol
        For the sign and the load cell.

    Returns
    -------
    tuple of Finding
        An error where the strength must not be used, a warning where it may be off.
    """
    if test.reading is None:
        return ()
    seen = (
        _against_the_sign(test, protocol),
        _rupture(test, test.reading),
        _limit(test, test.reading, protocol),
        _two_peaks(test, test.reading),
        _noise(test, test.reading),
        _zero(test, test.reading),
        _drift(test, test.reading),
        _few_at_the_peak(test, test.reading),
    )
    return tuple(each for each in seen if each)


def _peak_place(test: PullOffTest, reading: Reading) -> str:
    """Return the line of the peak."""
    return f"{test.curve.path}, line {test.curve.lines[reading.peak.index]}"


def _against_the_sign(test: PullOffTest, protocol: AdhesionProtocol) -> Finding | None:
    """Return the error about a sign that the order of compression and pull contradicts."""
    said = {"auto": 0, "positive": 1, "negative": -1}[protocol.tension_sign]
    seen = test.reading.orientation.tension_sign if test.reading else 0
    if said in (0, seen):
        return None
    return found(
        "D405",
        f"tension is {protocol.tension_sign} by the protocol, but the side that comes second"
        " and is held shorter has the other sign",
        test.curve.place,
    )


def _rupture(test: PullOffTest, reading: Reading) -> Finding | None:
    """Return the error about a peak that nothing follows."""
    n = reading.pull_n.size
    if reading.peak.rupture < n:
        return None
    left = n - 1 - reading.peak.index
    if left < 2:
        return found(
            "D407",
            "the force is greatest where the curve ends; it may have risen further",
            _peak_place(test, reading),
        )
    last = float(reading.pull_n[-1]) / float(reading.pull_n[reading.peak.index])
    return found(
        "D406",
        f"{last:.0%} of the peak force are left where the curve ends",
        _peak_place(test, reading),
    )


def _limit(test: PullOffTest, reading: Reading, protocol: AdhesionProtocol) -> Finding | None:
    """Return the error about a load cell that cannot show more."""
    force = test.curve.force_n
    at, cell = reading.peak.index, protocol.load_cell_n
    run = _runs(force[reading.segments.pull])
    typical = float(np.percentile(_runs(force), 95))
    at_cell = cell is not None and abs(force[at]) >= _CELL_SHARE * cell
    is_flat = force[at] == force[max(at - 1, 0)] or force[at] == force[min(at + 1, force.size - 1)]
    longest = int(run.max()) if run.size and is_flat else 1
    if not at_cell and (longest < _LONGEST_RUN or longest < _RUNS * typical):
        return None
    return found(
        "D408",
        f"{longest} equal points running at the peak of {abs(force[at]):.4g} N"
        if not at_cell
        else f"{abs(force[at]):.4g} N of the load cell's {cell:g} N are reached",
        _peak_place(test, reading),
    )


def _runs(force_n: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the lengths of all runs of equal points."""
    ends = np.flatnonzero(np.diff(force_n) != 0.0)
    return np.diff(np.concatenate([[-1], ends, [force_n.size - 1]]))


def _two_peaks(test: PullOffTest, reading: Reading) -> Finding | None:
    """Return the error about a bond that parts in steps."""
    pull, start, peak = reading.pull_n, reading.segments.pull.start, reading.peak
    high = _AGAIN * peak.force_n
    low = high - max(_HYSTERESIS * peak.force_n, _LEAST_IN_ERRORS * reading.noise_n)
    before, after = pull[start : peak.index + 1], pull[peak.rupture :]
    drop = max(high, 2.0 * _LEAST_IN_ERRORS * reading.noise_n)
    is_down = np.maximum.accumulate(before) - before > drop
    fell = np.flatnonzero(after < low)
    again = after[fell[0] :] > high if fell.size else np.zeros(2, dtype=bool)
    if low <= 0.0 or not (is_down.any() or (again[:-1] & again[1:]).any()):
        return None
    return found(
        "D409",
        "the force falls below half of its greatest value and rises above it again: the bond"
        " parted in steps, so no one area belongs to the peak",
        _peak_place(test, reading),
    )


def _noise(test: PullOffTest, reading: Reading) -> Finding | None:
    """Return the error about a peak that may be noise."""
    zero = reading.baseline.std_n(float(test.curve.time_s[reading.peak.index]))
    error = float(np.hypot(reading.noise_n, zero))
    if reading.peak.force_n >= _LEAST_IN_ERRORS * error:
        return None
    return found(
        "D410",
        f"a peak of {reading.peak.force_n:.3g} N over noise and zero of {error:.2g} N",
        _peak_place(test, reading),
    )


def _zero(test: PullOffTest, reading: Reading) -> Finding | None:
    """Return the finding about a zero that is seen on one side, or nowhere."""
    base = reading.baseline
    has = [part.stop > part.start for part in (base.before, base.after)]
    if all(has):
        return None
    seen = "before the contact" if has[0] else "after the rupture"
    return found(
        "D415",
        f"free travel is recorded only {seen}; its line is carried on to the peak"
        if any(has)
        else "no free travel is recorded, so the machine's own zero is taken",
        test.curve.place,
        severity=Severity.NOTE if any(has) else Severity.WARNING,
        title="Zero seen on one side" if any(has) else "Zero not seen",
    )


def _drift(test: PullOffTest, reading: Reading) -> Finding | None:
    """Return the warning about a zero that moves by much of the peak."""
    time = test.curve.time_s
    drift = abs(reading.baseline.line.slope_n_s) * float(time[-1] - time[0])
    if drift <= _LARGE_DRIFT * reading.peak.force_n:
        return None
    return found(
        "D416",
        f"the zero moves by {drift:.3g} N during the test, the peak is"
        f" {reading.peak.force_n:.3g} N; the drift is taken off as a straight line",
        test.curve.place,
    )


def _few_at_the_peak(test: PullOffTest, reading: Reading) -> Finding | None:
    """Return the warning about a peak that is read from single points."""
    n = reading.peak.window.stop - reading.peak.window.start
    if n >= _LEAST_AT_PEAK:
        return None
    return found(
        "D417",
        f"{n} points lie near the peak; the true one may lie between them",
        _peak_place(test, reading),
    )
