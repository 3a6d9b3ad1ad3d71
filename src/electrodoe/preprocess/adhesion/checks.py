"""What is odd about a pull-off test: its curve, its protocol, and what was read from it."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.findings import Finding, Severity, found
from electrodoe.ingest import PullOffCurve
from electrodoe.physics import pull_off_force
from electrodoe.preprocess.adhesion.pull_off_test import PullOffTest, Reading
from electrodoe.preprocess.adhesion.segments import Orientation
from electrodoe.study import AdhesionProtocol

_MIN_POINTS: Final = 20
"""Below it a file holds results and no curve (D401); the paper's machine has 2000 a second."""
_MOST_FORCE_N: Final = 1e9
"""No testing machine reaches a tenth of it (D420); a pull-off test has some ten to thousand."""


def check_curve(curve: PullOffCurve) -> tuple[Finding, ...]:
    """Return why a curve cannot be evaluated; nothing where it can."""
    odd = []
    n = curve.force_n.size
    if n < _MIN_POINTS:
        odd.append(
            found(
                "D401",
                f"{n} points where a pull-off test has at least {_MIN_POINTS}",
                curve.place,
            )
        )
    largest = float(np.abs(curve.force_n).max(initial=0.0))
    if largest > _MOST_FORCE_N:
        odd.append(found("D420", f"a force of {largest:.3g} N", curve.place))
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


_MISTAKEN: Final = 5.0
"""A stress that is off by this factor speaks of a wrong unit or area, not of a wrong setting."""
_SAME_AREA: Final = 0.01
"""Relative difference that is rounding (D419): 50 mm² for 50.26 is 0.5 %."""
_LOW_RATE: Final = 0.5
"""Of the protocol's rate (D414): chosen, so that rounding is no finding."""
_ABOUT_THE_PEAK: Final = 20
"""Points on either side of the peak whose distance in time is looked at."""
_MM_MIN_PER_MM_S: Final = 60.0
"""Seconds in a minute."""


def check_protocol(test: PullOffTest, protocol: AdhesionProtocol) -> tuple[Finding, ...]:
    """Return where a test differs from its protocol.

    Warnings; an error where unit or area must be wrong.
    """
    if test.reading is None:
        return ()
    seen = (
        _compression(test, test.reading, protocol),
        _dwell(test, protocol),
        _speed(test, test.reading, protocol),
        _rate(test, test.reading, protocol),
        _area(test),
    )
    return tuple(each for each in seen if each)


def _compression(test: PullOffTest, reading: Reading, protocol: AdhesionProtocol) -> Finding | None:
    """Return what is odd about the stress with which the stamp was pressed on."""
    meant, seen = protocol.compression_stress_kpa, test.compression_stress_kpa
    if meant is None:
        return None
    if np.isnan(seen):
        return _no_compression(test, reading, meant, protocol)
    if abs(seen - meant) <= protocol.tolerance * meant:
        return None
    is_mistaken = not meant / _MISTAKEN < seen < meant * _MISTAKEN
    return found(
        "D412",
        f"pressed on with {seen:.4g} kPa where the protocol says {meant:g} kPa",
        test.curve.place,
        severity=Severity.ERROR if is_mistaken else Severity.WARNING,
        title="Unit or area is wrong" if is_mistaken else "Other compression",
        fix=f"check the unit of the force and the area ({test.area_mm2:g} mm²); if both are right,"
        " correct compression_stress_kpa",
    )


def _no_compression(
    test: PullOffTest, reading: Reading, meant_kpa: float, protocol: AdhesionProtocol
) -> Finding:
    """Return the warning about a curve with tension only, or with what is hardly tension."""
    meant_n = float(pull_off_force(np.array([meant_kpa]), test.area_mm2)[0])
    has_parted = reading.peak.rupture < reading.pull_n.size
    is_alike = has_parted and abs(reading.peak.force_n - meant_n) <= protocol.tolerance * meant_n
    if is_alike and _held_s(test, reading) > 0.1 * (protocol.dwell_time_s or 0.0):
        return found(
            "D404",
            f"the one force of the curve is held at {reading.peak.force_n:.4g} N, which is"
            " the protocol's compression",
            test.curve.place,
        )
    return found(
        "D411",
        "the curve has tension only: sign, unit and dwell cannot be checked",
        test.curve.place,
    )


def _held_s(test: PullOffTest, reading: Reading) -> float:
    """Return for how long the tension stays above four fifths of its peak."""
    is_high = reading.pull_n[1:] > 0.8 * reading.peak.force_n
    return float(np.diff(test.curve.time_s)[is_high].sum())


def _dwell(test: PullOffTest, protocol: AdhesionProtocol) -> Finding | None:
    """Return the warning about a force that was held shorter or longer."""
    meant, seen = protocol.dwell_time_s, test.dwell_s
    if meant is None or not abs(seen - meant) > protocol.tolerance * meant:
        return None
    return found(
        "D413", f"held for {seen:.3g} s where the protocol says {meant:g} s", test.curve.place
    )


def _speed(test: PullOffTest, reading: Reading, protocol: AdhesionProtocol) -> Finding | None:
    """Return the warning about a pull that was slower or faster, where travel is recorded."""
    travel, time = test.curve.travel_mm, test.curve.time_s
    meant, part = protocol.pull_off_speed_mm_min, reading.segments.pull
    if travel is None or meant is None or part.stop - part.start < 3:
        return None
    lasted = float(time[part][-1] - time[part][0])
    way = abs(float(travel[part][-1] - travel[part][0]))
    if not lasted or not np.isfinite(way):
        return None
    seen = _MM_MIN_PER_MM_S * way / lasted
    if abs(seen - meant) <= protocol.tolerance * meant:
        return None
    return found(
        "D418",
        f"pulled at {seen:.4g} mm/min where the protocol says {meant:g} mm/min",
        test.curve.place,
    )


def _rate(test: PullOffTest, reading: Reading, protocol: AdhesionProtocol) -> Finding | None:
    """Return the finding about a recording that is slower about its peak.

    Machines record a dwell sparsely, so that only the points next to the peak tell.
    """
    meant, peak = protocol.data_rate_hz, reading.peak.index
    steps_s = np.diff(test.curve.time_s[max(peak - _ABOUT_THE_PEAK, 0) : peak + _ABOUT_THE_PEAK])
    step_s = float(np.median(steps_s)) if steps_s.size else 0.0
    seen = 1.0 / step_s if step_s else np.inf
    if meant is None or seen >= _LOW_RATE * meant:
        return None
    return found(
        "D414",
        f"{seen:.4g} points a second at the peak where the protocol says {meant:g}",
        test.curve.place,
    )


def _area(test: PullOffTest) -> Finding | None:
    """Return the warning about a file that states another area."""
    stated = test.curve.area_mm2
    if stated is None or abs(stated - test.area_mm2) <= _SAME_AREA * test.area_mm2:
        return None
    return found(
        "D419",
        f"the file states {stated:.4g} mm², the strength is over {test.area_mm2:g} mm²",
        test.curve.place,
    )


_MIN_IN_ERRORS: Final = 6.0
"""Standard deviations that noise alone does not reach among 10⁵ points (as D403)."""
_LONGEST_RUN: Final = 5
"""Equal points running at the peak, where a cell that is not at its limit scatters."""
_RUNS: Final = 3
"""Times as long as elsewhere in the curve (D408), since coarse steps repeat, too; chosen."""
_CELL_FRACTION: Final = 0.98
"""Of the load cell's capacity (D408); chosen."""
_AGAIN: Final = 0.5
"""Of the peak, below which and above again a bond parts in steps (D409); chosen."""
_HYSTERESIS: Final = 0.15
"""Of the peak, between falling below and rising above (D409); chosen."""
_LARGE_DRIFT: Final = 0.2
"""Of the peak (D416); chosen."""
_MIN_AT_PEAK: Final = 4
"""Below it no polynomial is laid through the peak (D417), as in `peak.py`."""


def check_reading(test: PullOffTest, protocol: AdhesionProtocol) -> tuple[Finding, ...]:
    """Return what is odd about a curve that has a tension.

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
            "the force is largest where the curve ends; it may have risen further",
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
    at_cell = cell is not None and abs(force[at]) >= _CELL_FRACTION * cell
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


def _runs(force_n: Floats) -> Integers:
    """Return the lengths of all runs of equal points."""
    ends = np.flatnonzero(np.diff(force_n) != 0.0)
    return np.diff(np.concatenate([[-1], ends, [force_n.size - 1]]))


def _two_peaks(test: PullOffTest, reading: Reading) -> Finding | None:
    """Return the error about a bond that parts in steps."""
    pull, start, peak = reading.pull_n, reading.segments.pull.start, reading.peak
    high = _AGAIN * peak.force_n
    low = high - max(_HYSTERESIS * peak.force_n, _MIN_IN_ERRORS * reading.noise_n)
    before, after = pull[start : peak.index + 1], pull[peak.rupture :]
    drop = max(high, 2.0 * _MIN_IN_ERRORS * reading.noise_n)
    is_down = np.maximum.accumulate(before) - before > drop
    fell = np.flatnonzero(after < low)
    again = after[fell[0] :] > high if fell.size else np.zeros(2, dtype=bool)
    if low <= 0.0 or not (is_down.any() or (again[:-1] & again[1:]).any()):
        return None
    return found(
        "D409",
        "the force falls below half of its maximum value and rises above it again: the bond"
        " parted in steps, so no one area belongs to the peak",
        _peak_place(test, reading),
    )


def _noise(test: PullOffTest, reading: Reading) -> Finding | None:
    """Return the error about a peak that may be noise."""
    zero = reading.baseline.std_n(float(test.curve.time_s[reading.peak.index]))
    error = float(np.hypot(reading.noise_n, zero))
    if reading.peak.force_n >= _MIN_IN_ERRORS * error:
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
    if n >= _MIN_AT_PEAK:
        return None
    return found(
        "D417",
        f"{n} points lie near the peak; the true one may lie between them",
        _peak_place(test, reading),
    )
