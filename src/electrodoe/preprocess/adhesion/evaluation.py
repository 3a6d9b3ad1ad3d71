"""From a pull-off curve to its strength: orientation, parts, zero, peak, checks, in this order."""

from dataclasses import replace

from electrodoe.findings import Finding, has_errors
from electrodoe.ingest import PullOffCurve
from electrodoe.preprocess.adhesion.baseline import fit_baseline
from electrodoe.preprocess.adhesion.curve_checks import check_curve, no_tension
from electrodoe.preprocess.adhesion.noise import force_noise_n
from electrodoe.preprocess.adhesion.orientation import find_orientation, rough_zero_n
from electrodoe.preprocess.adhesion.peak import find_peak
from electrodoe.preprocess.adhesion.protocol_checks import check_protocol
from electrodoe.preprocess.adhesion.pull_off_test import PullOffTest, Reading
from electrodoe.preprocess.adhesion.reading_checks import check_reading
from electrodoe.preprocess.adhesion.segments import find_segments
from electrodoe.study import AdhesionProtocol


def evaluate_pull_off(
    curve: PullOffCurve, protocol: AdhesionProtocol, area_mm2: float | None = None
) -> PullOffTest:
    """Return a curve's adhesion strength, its interval, and what is odd about it.

    Parameters
    ----------
    curve : PullOffCurve
        As a reader handed it on.
    protocol : AdhesionProtocol
        How the test was to be made.
    area_mm2 : float or None, mm²
        Of this specimen, where it is not that of the protocol.

    Returns
    -------
    PullOffTest
        Never an error: a curve without a strength says so in its findings.
    """
    area = area_mm2 or protocol.area_mm2
    test = PullOffTest(curve=curve, area_mm2=area, findings=(*curve.findings, *check_curve(curve)))
    if has_errors(test.findings):
        return test
    reading, findings = _read(curve, protocol)
    test = replace(test, reading=reading, findings=(*test.findings, *findings))
    return replace(
        test,
        findings=(*test.findings, *check_reading(test, protocol), *check_protocol(test, protocol)),
    )


def _read(
    curve: PullOffCurve, protocol: AdhesionProtocol
) -> tuple[Reading | None, tuple[Finding, ...]]:
    """Return what a curve is read as, or why it cannot be."""
    noise = force_noise_n(curve.force_n)
    rough = curve.force_n - rough_zero_n(curve.time_s, curve.force_n)
    orientation = find_orientation(curve.time_s, rough, noise, protocol.tension_sign)
    if not orientation.has_tension:
        return None, (no_tension(curve, orientation, noise),)
    segments = find_segments(rough, orientation)
    baseline = fit_baseline(curve.time_s, curve.force_n, segments.before, segments.after)
    pull = orientation.tension_sign * (curve.force_n - baseline.line.at(curve.time_s))
    noise = max(noise, baseline.scatter_n)
    peak = find_peak(curve.time_s, pull, segments.pull.start, noise, baseline.inflation)
    reading = Reading(
        orientation=orientation,
        segments=segments,
        baseline=baseline,
        pull_n=pull,
        noise_n=noise,
        peak=peak,
    )
    return reading, ()
