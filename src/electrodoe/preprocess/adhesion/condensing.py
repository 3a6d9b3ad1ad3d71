"""From force curves to adhesion strengths with intervals, flags and a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import polars as pl
import polars.selectors as cs

from electrodoe.findings import Finding, Severity, has_errors
from electrodoe.ingest import PullOffCurve
from electrodoe.preprocess.adhesion.checks import (
    check_curve,
    check_protocol,
    check_reading,
    no_tension,
)
from electrodoe.preprocess.adhesion.peak import find_peak
from electrodoe.preprocess.adhesion.pull_off_test import PullOffTest, Reading
from electrodoe.preprocess.adhesion.segments import find_orientation, find_segments, rough_zero_n
from electrodoe.preprocess.adhesion.zero import fit_baseline, force_noise_n
from electrodoe.preprocess.condensed import Condensed
from electrodoe.quantities import TableSchema
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


ADHESION_SCHEMA: Final = TableSchema(
    name="adhesion",
    columns={
        "file": pl.String,
        "lines": pl.String,
        "rule": pl.String,
        "specimen": pl.Int64,
        "adhesion_strength_kpa": pl.Float64,
        "adhesion_strength_low_kpa": pl.Float64,
        "adhesion_strength_high_kpa": pl.Float64,
        "peak_force_n": pl.Float64,
        "area_mm2": pl.Float64,
        "compression_stress_kpa": pl.Float64,
        "dwell_s": pl.Float64,
        "accepted": pl.Boolean,
        "flags": pl.String,
    },
)
"""One row per curve."""

_RULE: Final = "top of a polynomial through the highest points, less the line of the free travel"


def condense_adhesion(
    curves: Sequence[PullOffCurve],
    protocol: AdhesionProtocol,
    samples: pl.DataFrame | None = None,
) -> Condensed:
    """Return the adhesion strength of every curve.

    Parameters
    ----------
    curves : sequence of PullOffCurve
        As readers handed them on.
    protocol : AdhesionProtocol
        How the tests were to be made (Table 4).
    samples : polars.DataFrame or None
        ``file`` and ``area_mm2`` of specimens whose area is not that of the protocol.

    Returns
    -------
    Condensed
        In the order of the curves, with the columns of ``ADHESION_SCHEMA``; the bounds are those
        of a 95 % interval from the noise at the peak and the doubt of the zero. A value that a
        curve does not have is empty.
    """
    areas = _areas(samples)
    tests = [evaluate_pull_off(curve, protocol, areas.get(str(curve.path))) for curve in curves]
    table = ADHESION_SCHEMA.frame([_row(test) for test in tests])
    return Condensed(
        table=table.with_columns(cs.float().fill_nan(None)),
        findings=tuple(finding for test in tests for finding in test.findings),
    )


def _areas(samples: pl.DataFrame | None) -> Mapping[str, float]:
    """Return areas by file, where a table gives them."""
    if samples is None or "area_mm2" not in samples.columns:
        return {}
    known = samples.drop_nulls(["file", "area_mm2"])
    return dict(zip(known["file"], known["area_mm2"], strict=True))


def _row(test: PullOffTest) -> dict[str, object]:
    """Return one curve's row."""
    strength, half = test.adhesion_strength_kpa, test.half_width_kpa
    rejecting_first = sorted(test.findings, key=lambda each: each.severity is not Severity.ERROR)
    titles = dict.fromkeys(finding.title.lower() for finding in rejecting_first)
    return {
        "file": str(test.curve.path),
        "lines": f"{test.curve.lines.min()}-{test.curve.lines.max()}",
        "rule": _RULE,
        "specimen": test.curve.specimen,
        "adhesion_strength_kpa": strength,
        "adhesion_strength_low_kpa": strength - half,
        "adhesion_strength_high_kpa": strength + half,
        "peak_force_n": test.peak_force_n,
        "area_mm2": test.area_mm2,
        "compression_stress_kpa": test.compression_stress_kpa,
        "dwell_s": test.dwell_s,
        "accepted": test.is_accepted,
        "flags": "; ".join(titles),
    }
