"""One pull-off curve, evaluated: its parts, its zero, its peak, and what is odd about it."""

from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.findings import Finding, has_errors
from electrodoe.ingest import PullOffCurve
from electrodoe.physics import adhesion_strength
from electrodoe.preprocess.adhesion.peak import Peak
from electrodoe.preprocess.adhesion.segments import Orientation, PullOffSegments
from electrodoe.preprocess.adhesion.zero import Baseline


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """What a curve that can be evaluated at all was read as.

    Attributes
    ----------
    orientation : Orientation
        Which sign is tension.
    segments : PullOffSegments
        Parts of the test.
    baseline : Baseline
        Zero of the load cell.
    pull_n : array of shape (n_points,), N
        Force less its zero, tension positive.
    noise_n : float, N
        Standard deviation of the noise.
    peak : Peak
        Maximum tension.
    """

    orientation: Orientation
    segments: PullOffSegments
    baseline: Baseline
    pull_n: Floats
    noise_n: float
    peak: Peak


@dataclass(frozen=True, kw_only=True, eq=False)
class PullOffTest:
    """One curve with its strength.

    Attributes
    ----------
    curve : PullOffCurve
        As measured.
    area_mm2 : float, mm²
        By which the force is divided.
    reading : Reading or None
        None where there is no tension to read.
    findings : tuple of Finding
        What is odd, the reader's findings first; one of severity error rejects the curve.
    """

    curve: PullOffCurve
    area_mm2: float
    reading: Reading | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Return whether the strength may be used."""
        return self.reading is not None and not has_errors(self.findings)

    @property
    def peak_force_n(self) -> float:
        """Return the maximum tension in N; NaN where there is none."""
        return self.reading.peak.force_n if self.reading else float("nan")

    @property
    def adhesion_strength_kpa(self) -> float:
        """Return the strength in kPa; NaN where there is no tension."""
        return float(adhesion_strength(np.array([self.peak_force_n]), self.area_mm2)[0])

    @property
    def half_width_kpa(self) -> float:
        """Return half of the strength's 95 % interval in kPa, from noise at peak and zero."""
        if self.reading is None:
            return float("nan")
        peak, baseline = self.reading.peak, self.reading.baseline
        zero = baseline.std_n(float(self.curve.time_s[peak.index]))
        half = peak.quantile * np.hypot(peak.std_n, zero)
        return float(adhesion_strength(np.array([half]), self.area_mm2)[0])

    @property
    def compression_stress_kpa(self) -> float:
        """Return the maximum stress of the compression in kPa; NaN where there is none."""
        if self.reading is None or not self.reading.orientation.has_compression:
            return float("nan")
        press = -self.reading.pull_n[: self.reading.segments.pull.start]
        return float(adhesion_strength(np.array([press.max()]), self.area_mm2)[0])

    @property
    def dwell_s(self) -> float:
        """Return for how long the force was held, in s; NaN where it was not."""
        dwell = self.reading.segments.dwell if self.reading else slice(0, 0)
        if dwell.stop - dwell.start < 2:
            return float("nan")
        return float(self.curve.time_s[dwell.stop - 1] - self.curve.time_s[dwell.start])
