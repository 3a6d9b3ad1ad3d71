"""Which circuit explains a spectrum: the line where it does, otherwise the one that is needed."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.arrays import Booleans, Floats
from electrodoe.preprocess.impedance.circuits import (
    CIRCUITS,
    CONTACT,
    INDUCTIVE,
    LINE,
    SHORTED,
    Circuit,
)
from electrodoe.preprocess.impedance.fit import CircuitFit, fit_circuit
from electrodoe.preprocess.impedance.misfit import EXPLAINED, misfit_limit, noise_of
from electrodoe.preprocess.impedance.sweeps import Sweeps, Weighting

MIN_ARC_HZ: Final = 300.0
"""Top of an arc; slower ones belong to the pores."""
_FALL: Final = 0.8
"""A further element has to lower the line's misfit at least to this; chosen."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Choice:
    """What was fitted to which spectrum.

    Attributes
    ----------
    fit : CircuitFit
        ``values`` are padded with NaN to the largest circuit.
    circuit : array of str, shape (n_spectra,)
        Name of the circuit that is reported.
    needed : array of str, shape (n_spectra,)
        Name of the circuit that explains the spectrum; ``line`` where none does, too.
    misfit : array of shape (n_spectra,)
        Residual of the line over that of Kramers and Kronig.
    left : array of shape (n_spectra,)
        The same for the chosen circuit.
    limit : array of shape (n_spectra,)
        Of ``misfit``, for a spectrum that a line explains.
    short_fraction : array of shape (n_spectra,)
        Fraction of the slowest point's current that a short takes; NaN where none was looked for.
    element : array of shape (n_spectra,)
        The further element: contact resistance in ohm, inductance in H, short in ohm; NaN for a
        line.
    """

    fit: CircuitFit
    circuit: NDArray[np.str_]
    needed: NDArray[np.str_]
    misfit: Floats
    left: Floats
    limit: Floats
    short_fraction: Floats
    element: Floats


def fit_chosen(sweeps: Sweeps, noise_rms: Floats, model: str, weighting: Weighting) -> Choice:
    """Return the fits of the circuit that is asked for, or that each spectrum needs.

    A further element is taken where it brings the residuals down to those of Kramers and Kronig,
    and by a fifth at least.
    """
    # the line's residuals over those of the Kramers-Kronig test
    line = fit_circuit(LINE, sweeps)
    noise, limit = noise_of(noise_rms), misfit_limit(sweeps.n_used)
    misfit = line.rms / noise
    needed = np.full(len(misfit), LINE.name, dtype="<U9")
    fraction = np.full(len(misfit), np.nan)
    # only where they are too large other circuits are tried, and a hidden short
    candidates = np.flatnonzero(misfit > limit)
    if candidates.size:
        some = sweeps.rows(candidates)
        needed[candidates] = _needed(some, misfit[candidates], noise[candidates], limit[candidates])
        is_left = np.isin(needed[candidates], (LINE.name, SHORTED.name))
        fraction[candidates[is_left]] = _short_fraction(some.rows(is_left))
    # the circuit that is asked for or needed, evaluated by modulus weights in any case
    names = needed if model == "auto" else np.full_like(needed, model)
    fit, element = _fit_each(sweeps, names, weighting, line)
    evaluated = fit if weighting == "modulus" else _fit_each(sweeps, names, "modulus", line)[0]
    is_shorted = names == SHORTED.name
    return Choice(
        fit=fit,
        circuit=names,
        needed=needed,
        misfit=misfit,
        left=evaluated.rms / noise,
        limit=limit,
        short_fraction=np.where(is_shorted, slowest_ohm(sweeps) / element, fraction),
        element=element,
    )


def _needed(
    sweeps: Sweeps,
    misfit: Floats,
    noise: Floats,
    limit: Floats,
) -> NDArray[np.str_]:
    """Return the circuit that explains best, the line where none does."""
    best = np.minimum(EXPLAINED * limit, _FALL * misfit)
    names = np.full(len(misfit), LINE.name, dtype="<U9")
    for circuit in (INDUCTIVE, SHORTED, CONTACT):
        fit = fit_circuit(circuit, sweeps)
        ratio = fit.rms / noise
        is_better = (ratio < best) & ~np.isnan(fit.r_ion_low_ohm) & _is_sound(circuit, fit, sweeps)
        names[is_better] = circuit.name
        best = np.where(is_better, 0.98 * ratio, best)
    return names


def _is_sound(circuit: Circuit, fit: CircuitFit, sweeps: Sweeps) -> Booleans:
    """Return whether a further element is what it is called."""
    if circuit is CONTACT:
        return np.asarray(top_hz(fit.values, sweeps.reference) > MIN_ARC_HZ)
    if circuit is INDUCTIVE:
        return np.asarray(fit.values[:, 4] > 0.0)
    return np.ones(len(fit.rms), dtype=np.bool_)


def top_hz(values: Floats, reference: float) -> Floats:
    """Return the frequency of an arc's top, from a contact's parameters."""
    with np.errstate(over="ignore"):
        return np.asarray(np.exp(reference - values[:, 5] / values[:, 6]) / (2.0 * np.pi))


def slowest_ohm(sweeps: Sweeps) -> Floats:
    """Return the modulus of the slowest point that counts."""
    last = sweeps.used.shape[1] - 1 - np.argmax(sweeps.used[:, ::-1], axis=1)
    return np.asarray(np.abs(sweeps.impedance_ohm[np.arange(len(last)), last]))


def _short_fraction(sweeps: Sweeps) -> Floats:
    """Return how much a short would take, in the fit that looks at the slow points first."""
    fit = fit_circuit(SHORTED, sweeps, "unit")
    return slowest_ohm(sweeps) * np.exp(fit.values[:, 4])


def _fit_each(
    sweeps: Sweeps, names: NDArray[np.str_], weighting: Weighting, line: CircuitFit
) -> tuple[CircuitFit, Floats]:
    """Return every spectrum's fit by its own circuit, and the further element."""
    # fits of the line are there already
    width = max(len(circuit.parameters) for circuit in CIRCUITS.values())
    fields: dict[str, Any] = {name: np.array(value) for name, value in vars(line).items()}
    fields["values"] = np.full((len(names), width), np.nan)
    fields["values"][:, :4] = line.values
    element = np.full(len(names), np.nan)
    # each other circuit for its spectra together; shorter sets of values are filled with NaN
    for name, circuit in CIRCUITS.items():
        rows = np.flatnonzero(names == name)
        if not rows.size or (circuit is LINE and weighting == "modulus"):
            continue
        fit = fit_circuit(circuit, sweeps.rows(rows), weighting)
        for field, value in vars(fit).items():
            if field == "values":
                fields[field][rows, : value.shape[1]] = value
            else:
                fields[field][rows] = value
        element[rows] = _element(circuit, fit, sweeps.reference)
    return replace(line, **fields), element


def _element(circuit: Circuit, fit: CircuitFit, reference: float) -> Floats:
    """Return the further element in its own unit."""
    if circuit is CONTACT:
        return np.asarray(np.exp(fit.values[:, 4]))
    if circuit is SHORTED:
        return np.asarray(np.exp(-fit.values[:, 4]))
    if circuit is INDUCTIVE:
        return np.asarray(fit.values[:, 4] / np.exp(reference))
    return np.full(len(fit.rms), np.nan)
