"""What the screening sees in a cell: contact, short, inductance, and what no circuit explains."""

from typing import Final

import numpy as np

from electrodoe.preprocess.impedance.analysis import Analysis
from electrodoe.preprocess.impedance.circuits import CONTACT, INDUCTIVE, MOST_GAMMA, SHORTED
from electrodoe.preprocess.impedance.misfit import EXPLAINED
from electrodoe.preprocess.impedance.screened import Screened, screened
from electrodoe.study import ImpedanceProtocol

_MOST_TOLD: Final = float(np.log(100.0))
"""Half an interval of ln R_ion, beyond which no number is told."""


def screened_cells(analysis: Analysis, protocol: ImpedanceProtocol) -> tuple[Screened, ...]:
    """Return what is odd about the cells, in the order in which the table tells it."""
    return (
        _further(analysis, "D301", "contact arc", CONTACT.name, "a contact of {} ohm"),
        _shorted(analysis, protocol),
        _further(analysis, "D304", "inductive cell", INDUCTIVE.name, "an inductance of {} H"),
        _unexplained(analysis, protocol),
        _at_bound(analysis),
        _wide(analysis, protocol),
        _negative(analysis),
    )


def _further(analysis: Analysis, code: str, flag: str, name: str, element: str) -> Screened:
    """Return which spectra need one more element in series with the line."""
    choice = analysis.choice
    is_met = choice.needed == name
    is_fitted = choice.circuit == name

    def what(row: int) -> str:
        ratio = (
            f"the line leaves {choice.misfit[row]:.3g} times what Kramers and Kronig leave"
            f" (limit {choice.limit[row]:.3g})"
        )
        if not is_fitted[row]:
            return f"{ratio}; a model with this element explains it"
        told = element.format(f"{choice.element[row]:.3g}")
        return f"{ratio}, with {told} {choice.left[row]:.3g} times"

    return screened(code, flag, is_met, is_met & ~is_fitted, what)


def _shorted(analysis: Analysis, protocol: ImpedanceProtocol) -> Screened:
    """Return which cells conduct through their separator."""
    choice = analysis.choice
    share = np.nan_to_num(choice.short_share)
    is_met = (share > protocol.short_limit) | (choice.needed == SHORTED.name)
    return screened(
        "D302",
        "short",
        is_met,
        is_met,
        lambda row: (
            f"a short would take {share[row]:.1%} of the slowest point's current"
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
        "not a line",
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
        "exponent at bound",
        fit.is_bound,
        fit.is_bound & (fit.gamma < 0.5 * (1.0 + MOST_GAMMA) - 0.01),
        lambda row: f"gamma ends at {fit.gamma[row]:.3g} (bounds 0.5 and 1)",
    )


def _wide(analysis: Analysis, protocol: ImpedanceProtocol) -> Screened:
    """Return whose interval is too wide to be of use."""
    fit = analysis.choice.fit
    half = np.sinh(np.minimum(fit.reach, _MOST_TOLD))
    is_met = ~(half <= protocol.interval_limit)
    return screened(
        "D312",
        "wide interval",
        is_met,
        is_met,
        lambda row: (
            f"the 95 % interval of R_ion is ± {half[row]:.1%} (limit {protocol.interval_limit:.0%})"
            if half[row] < np.sinh(_MOST_TOLD)
            else "R_ion has no finite 95 % interval"
        ),
    )


def _negative(analysis: Analysis) -> Screened:
    """Return which series resistances are negative."""
    fit = analysis.choice.fit
    is_met = fit.r0_ohm < 0.0
    return screened(
        "D317",
        "negative R0",
        is_met,
        is_met,
        lambda row: f"R0 is {fit.r0_ohm[row]:.3g} ohm where a separator has more than 0",
    )
