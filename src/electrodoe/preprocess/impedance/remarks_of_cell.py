"""What the screening sees in a cell: contact, short, inductance, and what no circuit explains."""

import numpy as np

from electrodoe.preprocess.impedance.analysis import Analysis
from electrodoe.preprocess.impedance.circuits import CONTACT, INDUCTIVE, MOST_GAMMA, SHORTED
from electrodoe.preprocess.impedance.misfit import EXPLAINED
from electrodoe.preprocess.impedance.remark import Remark
from electrodoe.study import ImpedanceProtocol


def remarks_of_cell(analysis: Analysis, protocol: ImpedanceProtocol) -> tuple[Remark, ...]:
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


def _further(analysis: Analysis, code: str, flag: str, name: str, element: str) -> Remark:
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

    return Remark(
        code=code,
        flag=flag,
        title=flag.capitalize(),
        fix='look at the fit in the gallery; model = "auto" takes the element into the fit',
        is_met=is_met,
        rejects=is_met & ~is_fitted,
        what=what,
    )


def _shorted(analysis: Analysis, protocol: ImpedanceProtocol) -> Remark:
    """Return which cells conduct through their separator."""
    choice = analysis.choice
    share = np.nan_to_num(choice.short_share)
    is_met = (share > protocol.short_limit) | (choice.needed == SHORTED.name)
    return Remark(
        code="D302",
        flag="short",
        title="Electronic short",
        fix='open the cell, or say model = "shorted" and accept it with a reason',
        is_met=is_met,
        rejects=is_met,
        what=lambda row: (
            f"a short would take {share[row]:.1%} of the slowest point's current"
            f" (limit {protocol.short_limit:.0%})"
        ),
    )


def _unexplained(analysis: Analysis, protocol: ImpedanceProtocol) -> Remark:
    """Return which spectra follow no circuit; harmful where choices then move the resistance."""
    choice = analysis.choice
    is_explained = np.isin(choice.needed, (CONTACT.name, INDUCTIVE.name, SHORTED.name))
    is_met = ~is_explained & (choice.left > EXPLAINED * choice.limit)
    span = (analysis.spread_high_ohm - analysis.spread_low_ohm) / choice.fit.r_ion_ohm
    return Remark(
        code="D309",
        flag="not a line",
        title="The transmission line does not explain the spectrum",
        fix="look at the fit in the gallery; a narrower window may help",
        is_met=is_met,
        rejects=is_met & ~(span <= protocol.spread_limit),
        what=lambda row: (
            f"the fit leaves {choice.left[row]:.2g} times what Kramers and Kronig leave"
            f" (limit {EXPLAINED * choice.limit[row]:.3g}); weighting and cropping move R_ion by"
            f" {span[row]:.1%} (limit {protocol.spread_limit:.0%})"
        ),
    )


def _at_bound(analysis: Analysis) -> Remark:
    """Return which exponents stand at a bound; the upper one is an ideal capacitor."""
    fit = analysis.choice.fit
    return Remark(
        code="D310",
        flag="exponent at bound",
        title="Exponent at its bound",
        fix="look at the fit in the gallery; there is no interval",
        is_met=fit.is_bound,
        rejects=fit.is_bound & (fit.gamma < 0.5 * (1.0 + MOST_GAMMA) - 0.01),
        what=lambda row: f"gamma ends at {fit.gamma[row]:.3g} (bounds 0.5 and 1)",
    )


def _wide(analysis: Analysis, protocol: ImpedanceProtocol) -> Remark:
    """Return whose interval is too wide to be of use."""
    fit = analysis.choice.fit
    with np.errstate(invalid="ignore"):
        half = 0.5 * (fit.r_ion_high_ohm - fit.r_ion_low_ohm) / fit.r_ion_ohm
    is_met = ~fit.is_bound & ~(half <= protocol.interval_limit)
    return Remark(
        code="D312",
        flag="wide interval",
        title="The ionic resistance is poorly determined",
        fix="measure to lower frequencies, or with less noise",
        is_met=is_met,
        rejects=is_met,
        what=lambda row: (
            f"the 95 % interval of R_ion is ± {half[row]:.1%} (limit {protocol.interval_limit:.0%})"
            if np.isfinite(half[row])
            else "R_ion has no finite 95 % interval"
        ),
    )


def _negative(analysis: Analysis) -> Remark:
    """Return which series resistances are negative."""
    fit = analysis.choice.fit
    is_met = fit.r0_ohm < 0.0
    return Remark(
        code="D317",
        flag="negative R0",
        title="Negative series resistance",
        fix="look at the fit in the gallery; subtract less for the cables, or narrow the window",
        is_met=is_met,
        rejects=is_met,
        what=lambda row: f"R0 is {fit.r0_ohm[row]:.3g} ohm where a separator has more than 0",
    )
