"""What the screening sees in a measurement: drift, mains, noise, points that stand apart."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.preprocess.impedance.analysis import Analysis
from electrodoe.preprocess.impedance.outlying import DRIFT_LIMIT, MAINS_LIMIT, SPIKE_LIMIT
from electrodoe.preprocess.impedance.screened import Screened, screened
from electrodoe.study import ImpedanceProtocol

KRAMERS_KRONIG_LIMIT: Final = 0.01
_OVER_NOISE: Final = 1.5
"""Residuals up to this multiple of the median one are noise, and no disagreement."""


def screened_signals(analysis: Analysis, protocol: ImpedanceProtocol) -> tuple[Screened, ...]:
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


def _inductive_points(analysis: Analysis) -> Screened:
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

    return screened("D303", "inductive points", count > 0, _nowhere(analysis), what)


def _drift(analysis: Analysis) -> Screened:
    """Return which cells changed while they were measured."""
    drift = analysis.points.drift
    is_met = drift > DRIFT_LIMIT
    return screened(
        "D305",
        "drift",
        is_met,
        is_met & (analysis.test.rms > KRAMERS_KRONIG_LIMIT),
        lambda row: (
            f"the slowest points leave {drift[row]:.2g} times the squared residual that noise"
            f" would (limit {DRIFT_LIMIT:g}); all leave {analysis.test.rms[row]:.2%} of the modulus"
            f" (limit {KRAMERS_KRONIG_LIMIT:.0%})"
        ),
    )


def _points(
    analysis: Analysis, code: str, flag: str, is_out: NDArray[np.bool_], limit: float
) -> Screened:
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

    return screened(code, flag, np.asarray(is_out.any(axis=1)), _nowhere(analysis), what)


def _noise(analysis: Analysis, protocol: ImpedanceProtocol) -> Screened:
    """Return which spectra are noisy as a whole; the interval tells what it costs."""
    noise = analysis.points.noise
    return screened(
        "D307",
        "noise",
        noise > protocol.noise_limit,
        _nowhere(analysis),
        lambda row: f"noise is {noise[row]:.2%} of the modulus (limit {protocol.noise_limit:.2%})",
    )


def _invalid(analysis: Analysis, protocol: ImpedanceProtocol) -> Screened:
    """Return what disagrees with Kramers and Kronig for none of the other reasons."""
    points, rms = analysis.points, analysis.test.rms
    is_named = (
        (points.drift > DRIFT_LIMIT)
        | (points.noise > protocol.noise_limit)
        | analysis.left_out.any(axis=1)
    )
    is_met = ~is_named & (rms > np.maximum(KRAMERS_KRONIG_LIMIT, _OVER_NOISE * points.noise))
    return screened(
        "D311",
        "Kramers-Kronig",
        is_met,
        is_met,
        lambda row: (
            f"residuals of {rms[row]:.2%} of the modulus (limit {KRAMERS_KRONIG_LIMIT:.0%}), with"
            f" noise of {points.noise[row]:.2%}"
        ),
    )
