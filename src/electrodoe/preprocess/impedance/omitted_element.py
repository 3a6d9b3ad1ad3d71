"""What a contact or an inductance that the fit leaves out would change in the ionic resistance."""

from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.preprocess.impedance.choice import Choice, top_hz
from electrodoe.preprocess.impedance.circuits import CONTACT, INDUCTIVE, Circuit
from electrodoe.preprocess.impedance.fit import CircuitFit, fit_circuit
from electrodoe.preprocess.impedance.kramers_kronig import kramers_kronig
from electrodoe.preprocess.impedance.misfit import EXPLAINED, misfit_limit, noise_of
from electrodoe.preprocess.impedance.sweeps import Sweeps


@dataclass(frozen=True, kw_only=True, eq=False)
class OmittedElement:
    """What is known of an element that explains a spectrum and is not in its fit.

    Attributes
    ----------
    shift : array of shape (n_spectra,)
        ln of the reported ionic resistance over that of the fit with the element; NaN where no
        element is left out.
    reach : array of shape (n_spectra,)
        Half the 95 % interval of ln R_ion in the fit with the element.
    is_above : bool array of shape (n_spectra,)
        Whether the element lies above the fitted frequencies: the top of an arc does.
    is_hidden : bool array of shape (n_spectra,)
        Whether an arc explains the whole sweep of a spectrum that a line explains below the
        automatic cut.
    """

    shift: Floats
    reach: Floats
    is_above: Booleans
    is_hidden: Booleans

    @property
    def harm(self) -> Floats:
        """Return how far the reported resistance may be off, as a fraction, with 95 % confidence.

        NaN where no element is left out, or the fit with it has no interval.
        """
        return np.asarray(np.expm1(np.abs(self.shift) + self.reach))


def omitted_element(
    whole: Sweeps, fitted: Sweeps, choice: Choice, is_cut: Booleans
) -> OmittedElement:
    """Return what each spectrum's left-out element would change.

    The element is fitted to all points of the sweep, also to those above the window, which tell
    most of it; where it does not explain these, to the points that the reported fit saw.

    Parameters
    ----------
    whole : Sweeps
        Capacitive points, without the limit of the window at high frequencies.
    fitted : Sweeps
        Points that the reported fits saw.
    choice : Choice
        What is reported, and what is needed.
    is_cut : bool array of shape (n_spectra,)
        Where the automatic cut has left points out until a line explains the rest: an arc may hide
        in it.
    """
    shift, reach = np.full((2, len(choice.needed)), np.nan)
    is_above, is_hidden = np.zeros((2, len(shift)), dtype=np.bool_)
    for circuit in (CONTACT, INDUCTIVE):
        is_needed = choice.needed == circuit.name
        may_hide = is_cut & (circuit is CONTACT)
        rows = np.flatnonzero((is_needed | may_hide) & (choice.circuit != circuit.name))
        if not rows.size:
            continue
        wide, is_explained = _explaining(circuit, whole.rows(rows))
        near = fit_circuit(circuit, fitted.rows(rows))
        near_r_ion = np.where(is_needed[rows], near.r_ion_ohm, np.nan)
        r_ion = np.where(is_explained, wide.r_ion_ohm, near_r_ion)
        is_hidden[rows] |= ~is_needed[rows] & is_explained
        shift[rows] = np.log(choice.fit.r_ion_ohm[rows] / r_ion)
        reach[rows] = np.where(is_explained, wide.reach, near.reach)
        is_above[rows] = _is_above(circuit, wide, near, is_explained, fitted.rows(rows))
    return OmittedElement(shift=shift, reach=reach, is_above=is_above, is_hidden=is_hidden)


def _explaining(circuit: Circuit, sweeps: Sweeps) -> tuple[CircuitFit, Booleans]:
    """Return the fits of a circuit, and whether they leave no more than Kramers and Kronig do."""
    fit = fit_circuit(circuit, sweeps)
    limit = EXPLAINED * misfit_limit(sweeps.n_used) * noise_of(kramers_kronig(sweeps).rms)
    return fit, np.asarray(fit.rms <= limit)


def _is_above(
    circuit: Circuit, wide: CircuitFit, near: CircuitFit, is_explained: Booleans, fitted: Sweeps
) -> Booleans:
    """Return whether an element lies above the fitted frequencies; an inductance always does."""
    if circuit is INDUCTIVE:
        return np.ones(len(is_explained), dtype=np.bool_)
    values = np.where(is_explained[:, None], wide.values, near.values)
    highest = np.where(fitted.used, fitted.frequency_hz, 0.0).max(axis=1)
    return np.asarray(top_hz(values, fitted.reference) > highest)
