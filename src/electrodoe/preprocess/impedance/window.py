"""Which points a fit sees: the protocol's window, capacitive points, and the automatic cut."""

from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.preprocess.impedance.circuits import LINE
from electrodoe.preprocess.impedance.fit import fit_circuit
from electrodoe.preprocess.impedance.kramers_kronig import kramers_kronig
from electrodoe.preprocess.impedance.misfit import misfit_limit, noise_of
from electrodoe.preprocess.impedance.sweeps import Sweeps

MIN_POINTS: Final = 12
"""A line has four parameters, and the ladder twenty."""
_CUTS_PER_DECADE: Final = 4
"""Places tried per decade at which an arc may be cut off; chosen."""
_MIN_SPAN: Final = 30.0
"""A decade and a half: with less the bend and the slope are not both seen; chosen."""


def in_window(sweeps: Sweeps, lowest_hz: float | None, highest_hz: float | None) -> Sweeps:
    """Return the spectra with the points between two frequencies, both included."""
    frequency = sweeps.frequency_hz
    inside = np.ones(len(frequency), dtype=np.bool_)
    if lowest_hz is not None:
        inside &= frequency >= lowest_hz * (1.0 - 1e-6)
    if highest_hz is not None:
        inside &= frequency <= highest_hz * (1.0 + 1e-6)
    return sweeps.within(inside[None, :])


def capacitive(sweeps: Sweeps) -> Sweeps:
    """Return the spectra without inductive points, which no blocking cell has of itself."""
    impedance = sweeps.impedance_ohm
    return sweeps.within(np.isfinite(impedance) & (impedance.imag < 0.0))


def cut_where_explained(sweeps: Sweeps) -> tuple[Sweeps, Floats]:
    """Return the spectra up to the highest frequency from which on the line explains them."""
    used, cut_hz = sweeps.used.copy(), np.full(len(sweeps.used), np.nan)
    todo = np.flatnonzero(~_is_explained(sweeps))
    for edge in _edges(sweeps.frequency_hz):
        if not todo.size:
            break
        trial = in_window(sweeps.rows(todo), None, edge)
        is_done = _is_explained(trial) & (trial.n_used >= MIN_POINTS)
        used[todo[is_done]] = trial.used[is_done]
        cut_hz[todo[is_done]] = edge
        todo = todo[~is_done]
    return sweeps.within(used), cut_hz


def _edges(frequency_hz: Floats) -> Floats:
    """Return frequencies to cut at, falling, with a decade and a half always left."""
    highest, smallest = frequency_hz.max(), frequency_hz.min() * _MIN_SPAN
    n_cuts = int(max(np.log10(highest / smallest), 0.0) * _CUTS_PER_DECADE)
    return np.asarray(highest * 10.0 ** (-np.arange(1, n_cuts + 1) / _CUTS_PER_DECADE))


def _is_explained(sweeps: Sweeps) -> Booleans:
    """Return whether the line leaves no more than Kramers and Kronig do."""
    limit = misfit_limit(sweeps.n_used) * noise_of(kramers_kronig(sweeps).rms)
    return np.asarray(fit_circuit(LINE, sweeps).rms <= limit)
