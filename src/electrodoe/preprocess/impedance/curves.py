"""Measured points and fitted curves, for pictures."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.preprocess.impedance.analysis import analyze
from electrodoe.preprocess.impedance.circuits import CIRCUITS
from electrodoe.preprocess.impedance.sweeps import Sweeps, grouped_sweeps
from electrodoe.preprocess.impedance.window import LEAST_POINTS, capacitive, in_window
from electrodoe.study import ImpedanceProtocol


def impedance_curves(
    spectra: Sequence[ImpedanceSpectrum], protocol: ImpedanceProtocol
) -> pl.DataFrame:
    """Return each spectrum's points with the fit that the table reports.

    Parameters
    ----------
    spectra : sequence of ImpedanceSpectrum
        As :func:`condense_impedance` takes them.
    protocol : ImpedanceProtocol
        The same.

    Returns
    -------
    polars.DataFrame
        ``spectrum`` (position, from 0), ``frequency_hz, real_ohm, minus_imaginary_ohm, is_used,
        fit_real_ohm, fit_minus_imaginary_ohm``; the fit is null where there is none, and outside
        the frequencies that it saw.
    """
    frames = []
    for positions, sweeps in grouped_sweeps(spectra):
        used, curve = _fitted(sweeps, protocol)
        for row, position in enumerate(positions.tolist()):
            frames.append(
                pl.DataFrame(
                    {
                        "spectrum": np.full(len(sweeps.frequency_hz), position),
                        "frequency_hz": sweeps.frequency_hz,
                        "real_ohm": sweeps.impedance_ohm[row].real,
                        "minus_imaginary_ohm": -sweeps.impedance_ohm[row].imag,
                        "is_used": used[row],
                        "fit_real_ohm": curve[row].real,
                        "fit_minus_imaginary_ohm": -curve[row].imag,
                    },
                    nan_to_null=True,
                )
            )
    return pl.concat(frames).sort("spectrum", maintain_order=True)


def _fitted(
    sweeps: Sweeps, protocol: ImpedanceProtocol
) -> tuple[NDArray[np.bool_], NDArray[np.complex128]]:
    """Return which points the fits saw, and the fits between the first and the last of them."""
    kept = capacitive(in_window(sweeps, protocol.lowest_hz, protocol.highest_hz))
    rows = np.flatnonzero(kept.n_used >= LEAST_POINTS)
    used = np.zeros_like(kept.used)
    curve = np.full(sweeps.impedance_ohm.shape, np.nan + 0j)
    if not rows.size:
        return used, curve
    analysis = analyze(sweeps.rows(rows), protocol)
    used[rows] = analysis.sweeps.used
    for name, circuit in CIRCUITS.items():
        own = analysis.choice.circuit == name
        values = analysis.choice.fit.values[own][:, : len(circuit.parameters)]
        curve[rows[own]] = circuit.evaluate(sweeps.log_omega, values)[0]
    first = np.maximum.accumulate(used, axis=1)
    last = np.maximum.accumulate(used[:, ::-1], axis=1)[:, ::-1]
    return used, np.where(first & last, curve, np.nan)
