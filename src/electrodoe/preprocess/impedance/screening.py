"""What the screening sees in spectra: in the measurement, and in the cell."""

from collections.abc import Callable
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans
from electrodoe.findings import KINDS, Finding, Severity, found
from electrodoe.preprocess.impedance.analysis import Analysis
from electrodoe.preprocess.impedance.circuits import CONTACT, INDUCTIVE, MOST_GAMMA, SHORTED
from electrodoe.preprocess.impedance.misfit import EXPLAINED
from electrodoe.preprocess.impedance.outlying import DRIFT_LIMIT, MAINS_LIMIT, SPIKE_LIMIT
from electrodoe.study import ImpedanceProtocol

Screened = dict[int, Finding]
"""By row; the place is filled in by who knows the spectra."""


def screened(
    code: str,
    is_met: Booleans,
    rejects: Booleans,
    what: Callable[[int], str],
) -> Screened:
    """Return what is found in some spectra: a warning where it rejects them, else a note."""
    return {
        row: found(
            code,
            what(row),
            "",
            severity=Severity.WARNING if rejects[row] else Severity.NOTE,
            flag=KINDS[code].flag_words,
            row=row,
        )
        for row in np.flatnonzero(is_met).tolist()
    }


KRAMERS_KRONIG_LIMIT: Final = 0.01
"""Of the modulus: no clean spectrum of 0.5 % noise is above it (benchmarks)."""
_OVER_NOISE: Final = 1.5
"""Residuals up to this multiple of the median one are noise, and no disagreement."""


def screened_signals(analysis: Analysis, protocol: ImpedanceProtocol) -> tuple[Screened, ...]:
    """Return what is odd about the measurements, in the order in which the table tells it."""
    return (
        _inductive_points(analysis),
        _drift(analysis),
        _points(analysis, "D306", analysis.points.is_mains, MAINS_LIMIT),
        _noise(analysis, protocol),
        _points(analysis, "D308", analysis.points.is_spike, SPIKE_LIMIT),
        _invalid(analysis, protocol),
    )


def _nowhere(analysis: Analysis) -> Booleans:
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

    return screened("D303", count > 0, _nowhere(analysis), what)


def _drift(analysis: Analysis) -> Screened:
    """Return which cells changed while they were measured."""
    drift = analysis.points.drift
    is_met = drift > DRIFT_LIMIT
    return screened(
        "D305",
        is_met,
        is_met & (analysis.test.rms > KRAMERS_KRONIG_LIMIT),
        lambda row: (
            f"the slowest points leave {drift[row]:.2g} times the squared residual that noise"
            f" would (limit {DRIFT_LIMIT:g}); all leave {analysis.test.rms[row]:.2%} of the modulus"
            f" (limit {KRAMERS_KRONIG_LIMIT:.0%})"
        ),
    )


def _points(analysis: Analysis, code: str, is_out: Booleans, limit: float) -> Screened:
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

    return screened(code, np.asarray(is_out.any(axis=1)), _nowhere(analysis), what)


def _noise(analysis: Analysis, protocol: ImpedanceProtocol) -> Screened:
    """Return which spectra are noisy as a whole; the interval tells what it costs."""
    noise = analysis.points.noise
    return screened(
        "D307",
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
        is_met,
        is_met,
        lambda row: (
            f"residuals of {rms[row]:.2%} of the modulus (limit {KRAMERS_KRONIG_LIMIT:.0%}), with"
            f" noise of {points.noise[row]:.2%}"
        ),
    )


_MAX_REPORTED: Final = float(np.log(100.0))
"""Half an interval of ln R_ion, beyond which no number is reported."""


def screened_cells(analysis: Analysis, protocol: ImpedanceProtocol) -> tuple[Screened, ...]:
    """Return what is odd about the cells, in the order in which the table tells it."""
    return (
        _further(analysis, "D301", CONTACT.name, "a contact of {} ohm", protocol),
        _shorted(analysis, protocol),
        _further(analysis, "D304", INDUCTIVE.name, "an inductance of {} H", protocol),
        _unexplained(analysis, protocol),
        _at_bound(analysis),
        _wide(analysis, protocol),
        _negative(analysis),
    )


def _further(
    analysis: Analysis, code: str, name: str, element: str, protocol: ImpedanceProtocol
) -> Screened:
    """Return which spectra need one more element in series with the line.

    One that is not in the fit rejects, unless the protocol's ``highest_hz`` leaves it out and the
    resistance is then as near as ``interval_limit`` asks. One that an automatic cut hides from the
    line rejects where the resistance is not.
    """
    choice, omitted = analysis.choice, analysis.omitted
    is_fitted = choice.circuit == name
    is_cut_off = omitted.is_above & (protocol.highest_hz is not None)
    is_harmless = is_cut_off & (omitted.harm <= protocol.interval_limit)
    is_hidden = omitted.is_hidden & (name == CONTACT.name)
    is_hidden &= omitted.harm > protocol.interval_limit
    is_met = (choice.needed == name) | is_hidden

    def what(row: int) -> str:
        harm = _harm(analysis, protocol, row)
        if is_hidden[row]:
            return f"a model with this element explains the whole sweep; {harm}"
        ratio = (
            f"the line leaves {choice.misfit[row]:.3g} times what Kramers and Kronig leave"
            f" (limit {choice.limit[row]:.3g})"
        )
        if not is_fitted[row]:
            return f"{ratio}; a model with this element explains it; {harm}"
        reported = element.format(f"{choice.element[row]:.3g}")
        return f"{ratio}, with {reported} {choice.left[row]:.3g} times"

    return screened(code, is_met, is_met & ~is_fitted & ~is_harmless, what)


def _harm(analysis: Analysis, protocol: ImpedanceProtocol, row: int) -> str:
    """Return where an element that is not in the fit lies, and how far it moves the resistance."""
    where = "above" if analysis.omitted.is_above[row] else "inside"
    harm = analysis.omitted.harm[row]
    if not np.isfinite(harm):
        return f"it lies {where} the fitted frequencies, and does what is not known to R_ion"
    is_limited = protocol.highest_hz is not None or protocol.model == "cut"
    limit = f" (limit {protocol.interval_limit:.0%})" if is_limited else ""
    return (
        f"it lies {where} the fitted frequencies, and R_ion may be off by {harm:.1%} without"
        f" it{limit}"
    )


def _shorted(analysis: Analysis, protocol: ImpedanceProtocol) -> Screened:
    """Return which cells conduct through their separator."""
    choice = analysis.choice
    fraction = np.nan_to_num(choice.short_fraction)
    is_met = (fraction > protocol.short_limit) | (choice.needed == SHORTED.name)
    return screened(
        "D302",
        is_met,
        is_met,
        lambda row: (
            f"a short would take {fraction[row]:.1%} of the slowest point's current"
            f" (limit {protocol.short_limit:.0%})"
        ),
    )


def _unexplained(analysis: Analysis, protocol: ImpedanceProtocol) -> Screened:
    """Return which spectra follow no circuit; harmful where choices then move the resistance."""
    choice = analysis.choice
    is_explained = np.isin(choice.needed, (CONTACT.name, INDUCTIVE.name, SHORTED.name))
    is_met = ~is_explained & (choice.left > EXPLAINED * choice.limit)
    span = (analysis.spread_high_ohm - analysis.spread_low_ohm) / choice.fit.r_ion_ohm
    return screened(
        "D309",
        is_met,
        is_met & ~(span <= protocol.spread_limit),
        lambda row: (
            f"the fit leaves {choice.left[row]:.2g} times what Kramers and Kronig leave"
            f" (limit {EXPLAINED * choice.limit[row]:.3g}); weighting and cropping move R_ion by"
            f" {span[row]:.1%} (limit {protocol.spread_limit:.0%})"
        ),
    )


def _at_bound(analysis: Analysis) -> Screened:
    """Return which exponents stand at a bound; the upper one is an ideal capacitor."""
    fit = analysis.choice.fit
    return screened(
        "D310",
        fit.is_bound,
        fit.is_bound & (fit.gamma < 0.5 * (1.0 + MOST_GAMMA) - 0.01),
        lambda row: f"gamma ends at {fit.gamma[row]:.3g} (bounds 0.5 and 1)",
    )


def _wide(analysis: Analysis, protocol: ImpedanceProtocol) -> Screened:
    """Return whose interval is too wide to be of use."""
    fit = analysis.choice.fit
    half = np.sinh(np.minimum(fit.reach, _MAX_REPORTED))
    is_met = ~(half <= protocol.interval_limit)
    return screened(
        "D312",
        is_met,
        is_met,
        lambda row: (
            f"the 95 % interval of R_ion is ± {half[row]:.1%} (limit {protocol.interval_limit:.0%})"
            if half[row] < np.sinh(_MAX_REPORTED)
            else "R_ion has no finite 95 % interval"
        ),
    )


def _negative(analysis: Analysis) -> Screened:
    """Return which series resistances are negative."""
    fit = analysis.choice.fit
    is_met = fit.r0_ohm < 0.0
    return screened(
        "D317",
        is_met,
        is_met,
        lambda row: f"R0 is {fit.r0_ohm[row]:.3g} ohm where a separator has more than 0",
    )
