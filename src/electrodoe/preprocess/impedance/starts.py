"""Where the fits begin: by the shape of a spectrum, and further ones for an added element."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Complexes, Floats
from electrodoe.physics.contact_arc import reduced_arc
from electrodoe.physics.transmission_line import reduced_line
from electrodoe.preprocess.impedance.circuits import Circuit

_GAMMAS: Final = np.array([0.55, 0.67, 0.78, 0.87, 0.94, 0.99])
_NODES_PER_DECADE: Final = 3
"""Of the grid that is scanned: the descent starts within a sixth of a decade; chosen."""
_MARGIN_DECADES: Final = 1.0
"""Of the bend, beyond the sweep's ends; farther out it says little of R_ion; chosen."""


def grid_nodes(log_omega: Floats) -> tuple[Floats, Floats]:
    """Return ln a and gamma of the grid's nodes.

    The line's bend, where a ω^gamma is 1, lies anywhere from a decade below the sweep to a decade
    above it.
    """
    margin = _MARGIN_DECADES * np.log(10.0)
    smallest, most = log_omega.min() - margin, log_omega.max() + margin
    n_knees = 2 + int((most - smallest) / np.log(10.0) * _NODES_PER_DECADE)
    gamma, knee = np.meshgrid(_GAMMAS, np.linspace(smallest, most, n_knees), indexing="ij")
    return -(gamma * knee).ravel(), gamma.ravel()


def line_starts(log_omega: Floats, spectra: Complexes, weights: Floats) -> tuple[Floats, Floats]:
    """Return starting values of the line, and the sums of squares there.

    Notes
    -----
    Variable projection [1]_: with ln a and gamma given, R0 and R_ion enter linearly, and their
    normal equations are five products of a matrix of spectra with a matrix of nodes.

    References
    ----------
    .. [1] Golub and Pereyra, SIAM J. Numer. Anal. 10 (1973) 413, 10.1137/0710036.
    """
    # nodes of ln a and gamma; with these given, R0 and R_ion enter linearly
    ln_a, gamma = grid_nodes(log_omega)
    shape = reduced_line(log_omega, ln_a, gamma)[0]
    # normal equations of both, for all spectra and nodes at once
    squared = weights * weights
    measured = squared * spectra
    n_11 = squared.sum(axis=1)[:, None]
    n_12 = squared @ shape.real.T
    n_22 = squared @ (shape.real**2 + shape.imag**2).T
    b_1 = measured.real.sum(axis=1)[:, None]
    b_2 = measured.real @ shape.real.T + measured.imag @ shape.imag.T
    # their solution, and the squares that it leaves
    determinant = np.maximum(n_11 * n_22 - n_12 * n_12, np.finfo(np.float64).tiny)
    r_ion = (n_11 * b_2 - n_12 * b_1) / determinant
    r0 = (b_1 - n_12 * r_ion) / n_11
    total = np.einsum("ij,ij->i", measured.real, spectra.real) + np.einsum(
        "ij,ij->i", measured.imag, spectra.imag
    )
    rss = np.where(r_ion > 0.0, total[:, None] - r0 * b_1 - r_ion * b_2, np.inf)
    # the best node of each spectrum with a positive resistance
    best = np.argmin(rss, axis=1)
    row = np.arange(len(spectra))
    found = r_ion[row, best]
    values = np.stack(
        [r0[row, best], np.log(np.where(found > 0.0, found, 1.0)), ln_a[best], gamma[best]], axis=1
    )
    return values, rss[row, best]


_FRACTIONS: Final = np.logspace(-3.0, -0.02, 10)
"""Conductances of a short that are tried, over the largest that a spectrum allows."""


def starts(
    circuit: Circuit,
    log_omega: Floats,
    spectra: Complexes,
    weights: Floats,
) -> Floats:
    """Return starting values of any circuit, several where one valley is not enough.

    Of the circuit's parameters; each start is worth a descent.
    """
    if circuit.name == "shorted":
        return _shorted_starts(log_omega, spectra, weights)[None]
    if circuit.name == "contact":
        return contact_starts(log_omega, spectra, weights)
    line = line_starts(log_omega, spectra, weights)[0]
    return np.pad(line, ((0, 0), (0, len(circuit.parameters) - line.shape[1])))[None]


def _shorted_starts(log_omega: Floats, spectra: Complexes, weights: Floats) -> Floats:
    """Return the line that is left once the best of some shorts is taken away."""
    spectra = np.where(weights > 0.0, spectra, 1.0)
    admittance = 1.0 / spectra
    most = np.min(np.where(weights > 0.0, admittance.real, np.inf), axis=1)
    most = np.maximum(most, 1e-6 * np.abs(admittance).max(axis=1))
    best = np.full(len(spectra), np.inf)
    values = np.zeros((len(spectra), 5))
    for fraction in _FRACTIONS:
        short = fraction * most
        cell = 1.0 / (admittance - short[:, None])
        line, rss = line_starts(log_omega, cell, weights * np.abs(spectra / cell) ** 2)
        is_better = rss < best
        best = np.where(is_better, rss, best)
        values[is_better] = np.column_stack([line, np.log(short)])[is_better]
    return values


_GAMMA_C: Final = 0.85
"""Exponent of the arcs that are tried, which the descent then frees; chosen."""
_ARCS_PER_DECADE: Final = 2
"""Of the frequencies at which an arc's top is tried; chosen."""
_VALLEYS: Final = 3
"""Parts of the frequencies in which an arc is looked for by a descent of its own."""
_SLOWEST: Final = 0.3
"""Where the slowest arc has its top, as a fraction of the sweep's decades from its low end."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Lines:
    """Weighted products of all lines of a grid with all spectra, their means taken off."""

    shape: Complexes
    squared: Floats
    measured: Complexes
    weight: Floats
    mean_z: Floats
    mean_line: Floats
    line_line: Floats
    line_z: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class _Pairs:
    """Best resistances of one arc with each line, and the squares that both explain."""

    gain: Floats
    r0: Floats
    r_ion: Floats
    r_c: Floats


def contact_starts(log_omega: Floats, spectra: Complexes, weights: Floats) -> Floats:
    """Return the best pairs of a line and an arc, for slow, middling and fast arcs.

    ``r0, ln_r_ion, ln_a, gamma, ln_r_c, ln_tau, gamma_c``; both resistances are positive. A large
    arc and a line can take each other's place, so that one start is not enough.
    """
    # all lines on the grid once; an arc is added to each of them in turn
    ln_a, gamma = grid_nodes(log_omega)
    lines = _lines(reduced_line(log_omega, ln_a, gamma)[0], spectra, weights)
    best = np.full((_VALLEYS, len(spectra)), -np.inf)
    values = np.zeros((_VALLEYS, len(spectra), 7))
    row = np.arange(len(spectra))
    tops = _tops(log_omega)
    for position, top in enumerate(tops):
        # the best line beside an arc with this top
        valley = position * _VALLEYS // len(tops)
        arc = reduced_arc(log_omega, np.array(-_GAMMA_C * top), np.array(_GAMMA_C))[0]
        pairs = _paired(lines, arc)
        node = np.argmax(pairs.gain, axis=1)
        # keep it where no other top in the same third of the frequencies was better
        better = np.flatnonzero(pairs.gain[row, node] > best[valley])
        pick = better, node[better]
        best[valley, better] = pairs.gain[pick]
        values[valley, better, 0] = pairs.r0[pick]
        values[valley, better, 1] = np.log(pairs.r_ion[pick])
        values[valley, better, 2:4] = np.stack([ln_a, gamma], axis=1)[pick[1]]
        values[valley, better, 4] = np.log(pairs.r_c[pick])
        values[valley, better, 5:] = -_GAMMA_C * top, _GAMMA_C
    # a third without any solution starts where the best third does
    is_none = ~np.isfinite(best)
    values[is_none] = np.broadcast_to(values[np.argmax(best, axis=0), row], values.shape)[is_none]
    return values


def _tops(log_omega: Floats) -> Floats:
    """Return where arcs may have their top, up to a little above the sweep."""
    span = log_omega.max() - log_omega.min()
    n_arcs = 2 + int(span / np.log(10.0) * _ARCS_PER_DECADE)
    return np.linspace(log_omega.min() + _SLOWEST * span, log_omega.max() + 1.0, n_arcs)


def _lines(shape: Complexes, spectra: Complexes, weights: Floats) -> _Lines:
    """Return what all arcs share."""
    squared = weights * weights
    measured = squared * spectra
    weight = squared.sum(axis=1)[:, None]
    mean_z = measured.real.sum(axis=1)[:, None] / weight
    mean_line = squared @ shape.real.T / weight
    line_z = measured.real @ shape.real.T + measured.imag @ shape.imag.T
    return _Lines(
        shape=shape,
        squared=squared,
        measured=measured,
        weight=weight,
        mean_z=mean_z,
        mean_line=mean_line,
        line_line=squared @ (shape.real**2 + shape.imag**2).T - weight * mean_line**2,
        line_z=line_z - weight * mean_line * mean_z,
    )


def _paired(lines: _Lines, arc: Complexes) -> _Pairs:
    """Return the normal equations of one arc with every line, solved."""
    mean_arc = (lines.squared @ arc.real)[:, None] / lines.weight
    arc_arc = (lines.squared @ (arc.real**2 + arc.imag**2))[:, None] - lines.weight * mean_arc**2
    arc_z = (lines.measured.real @ arc.real + lines.measured.imag @ arc.imag)[:, None]
    arc_z = arc_z - lines.weight * mean_arc * lines.mean_z
    line_arc = lines.squared @ (lines.shape * arc.conj()).real.T
    line_arc -= lines.weight * lines.mean_line * mean_arc
    determinant = lines.line_line * arc_arc - line_arc**2
    determinant = np.maximum(determinant, np.finfo(np.float64).tiny)
    r_ion = (arc_arc * lines.line_z - line_arc * arc_z) / determinant
    r_c = (lines.line_line * arc_z - line_arc * lines.line_z) / determinant
    is_possible = (r_ion > 0.0) & (r_c > 0.0)
    return _Pairs(
        gain=np.where(is_possible, r_ion * lines.line_z + r_c * arc_z, -np.inf),
        r0=lines.mean_z - r_ion * lines.mean_line - r_c * mean_arc,
        r_ion=r_ion,
        r_c=r_c,
    )
