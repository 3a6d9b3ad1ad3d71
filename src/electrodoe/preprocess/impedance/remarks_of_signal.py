"""What the screening sees in a measurement: drift, mains, noise, points that stand apart."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.preprocess.impedance.analysis import Analysis
from electrodoe.preprocess.impedance.outlying import DRIFT_LIMIT, MAINS_LIMIT, SPIKE_LIMIT
from electrodoe.preprocess.impedance.remark import Remark
from electrodoe.study import ImpedanceProtocol

KRAMERS_KRONIG_LIMIT: Final = 0.01
_OVER_NOISE: Final = 1.5
"""Residuals up to this multiple of the median one are noise, and no disagreement."""


def remarks_of_signal(analysis: Analysis, protocol: ImpedanceProtocol) -> tuple[Remark, ...]:
    """Return what is odd about the measurements, in the order in which the table tells it."""
    return (
        _inductive_points(analysis),
        _drift(analysis),
        _points(analysis, "D306", "mains", analysis.points.is_mains, MAINS_LIMIT),
        _noise(analysis, protocol),
        _points(analysis, "D308", "outlying points", analysis.points.is_spike, SPIKE_LIMIT),
        _invalid(analysis, protocol),
    )


def _nowhere(analysis: Analysis) -> NDArray[np.bool_]:
    """Return False for every spectrum."""
    return np.zeros(len(analysis.test.rms), dtype=np.bool_)


def _inductive_points(analysis: Analysis) -> Remark:
    """Return which spectra have points above the real axis."""
    window = analysis.window
    count = (window.used & ~(window.impedance_ohm.imag < 0.0)).sum(axis=1)

    def what(row: int) -> str:
        is_out = window.used[row] & ~(window.impedance_ohm.imag[row] < 0.0)
        at = window.frequency_hz[is_out]
        where = f"{at.min():.6g} Hz" if len(at) == 1 else f"{at.min():.6g} to {at.max():.6g} Hz"
        return (
            f"the imaginary part is not negative at {where} ({len(at)} of"
            f" {window.used[row].sum()} points); the fit does not see that"
        )

    return Remark(
        code="D303",
        flag="inductive points",
        title="Inductive points left out",
        fix="nothing, where they are the fastest ones; otherwise check cables and sign",
        is_met=count > 0,
        rejects=_nowhere(analysis),
        what=what,
    )


def _drift(analysis: Analysis) -> Remark:
    """Return which cells changed while they were measured."""
    drift = analysis.points.drift
    is_met = drift > DRIFT_LIMIT
    return Remark(
        code="D305",
        flag="drift",
        title="The cell changed during the sweep",
        fix="let the cell rest at the temperature of the measurement, and measure again",
        is_met=is_met,
        rejects=is_met & (analysis.test.rms > KRAMERS_KRONIG_LIMIT),
        what=lambda row: (
            f"the slowest points leave {drift[row]:.2g} times the squared residual that noise"
            f" would (limit {DRIFT_LIMIT:g}); all leave {analysis.test.rms[row]:.2%} of the modulus"
            f" (limit {KRAMERS_KRONIG_LIMIT:.0%})"
        ),
    )


def _points(
    analysis: Analysis, code: str, flag: str, is_out: NDArray[np.bool_], limit: float
) -> Remark:
    """Return which spectra have single points that stand apart."""
    points = analysis.points

    def what(row: int) -> str:
        worst = np.where(is_out[row], points.distance[row], 0.0)
        at = ", ".join(f"{value:.4g}" for value in analysis.sweeps.frequency_hz[is_out[row]])
        fate = "does not see them" if (analysis.left_out & is_out)[row].any() else "sees them"
        return (
            f"points at {at} Hz lie up to {worst.max():.1f} standard deviations from the others"
            f" (limit {limit:g}); the fit {fate}"
        )

    return Remark(
        code=code,
        flag=flag,
        title="Mains in the signal" if code == "D306" else "Outlying points",
        fix="shield the cell and its cables" if code == "D306" else "look at the gallery",
        is_met=np.asarray(is_out.any(axis=1)),
        rejects=_nowhere(analysis),
        what=what,
    )


def _noise(analysis: Analysis, protocol: ImpedanceProtocol) -> Remark:
    """Return which spectra are noisy as a whole; the interval tells what it costs."""
    noise = analysis.points.noise
    return Remark(
        code="D307",
        flag="noise",
        title="Noisy spectrum",
        fix="raise the amplitude or average more; the interval of R_ion says what it costs",
        is_met=noise > protocol.noise_limit,
        rejects=_nowhere(analysis),
        what=lambda row: (
            f"noise is {noise[row]:.2%} of the modulus (limit {protocol.noise_limit:.2%})"
        ),
    )


def _invalid(analysis: Analysis, protocol: ImpedanceProtocol) -> Remark:
    """Return what disagrees with Kramers and Kronig for none of the other reasons."""
    points, rms = analysis.points, analysis.test.rms
    is_named = (
        (points.drift > DRIFT_LIMIT)
        | (points.noise > protocol.noise_limit)
        | analysis.left_out.any(axis=1)
    )
    is_met = ~is_named & (rms > np.maximum(KRAMERS_KRONIG_LIMIT, _OVER_NOISE * points.noise))
    return Remark(
        code="D311",
        flag="Kramers-Kronig",
        title="The spectrum disagrees with Kramers and Kronig",
        fix="measure again with a smaller amplitude, at rest",
        is_met=is_met,
        rejects=is_met,
        what=lambda row: (
            f"residuals of {rms[row]:.2%} of the modulus (limit {KRAMERS_KRONIG_LIMIT:.0%}), with"
            f" noise of {points.noise[row]:.2%}"
        ),
    )
