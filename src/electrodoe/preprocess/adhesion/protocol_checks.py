"""Whether a test was made as its protocol says: compression, dwell, speed, rate, area."""

from typing import Final

import numpy as np

from electrodoe.findings import Finding, Severity, found
from electrodoe.physics import pull_off_force
from electrodoe.preprocess.adhesion.pull_off_test import PullOffTest, Reading
from electrodoe.study import AdhesionProtocol

_MISTAKEN: Final = 5.0
"""A stress that is off by this factor speaks of a wrong unit or area, not of a wrong setting."""
_SAME_AREA: Final = 0.01
_LOW_RATE: Final = 0.5
_ABOUT_THE_PEAK: Final = 20
"""Points on either side of the peak whose distance in time is looked at."""
_MM_MIN_PER_MM_S: Final = 60.0


def check_protocol(test: PullOffTest, protocol: AdhesionProtocol) -> tuple[Finding, ...]:
    """Return where a test differs from its protocol.

    Parameters
    ----------
    test : PullOffTest
        With or without a reading.
    protocol : AdhesionProtocol
        What was to be done.

    Returns
    -------
    tuple of Finding
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
