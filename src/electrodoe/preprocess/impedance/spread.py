"""How far the ionic resistance moves with choices that a person could defend as well."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.preprocess.impedance.choice import Choice
from electrodoe.preprocess.impedance.circuits import CIRCUITS, LINE, SHORTED
from electrodoe.preprocess.impedance.fit import fit_circuit
from electrodoe.preprocess.impedance.sweeps import Sweeps, Weighting
from electrodoe.preprocess.impedance.window import MIN_POINTS, in_window

_WEIGHTINGS: Final[tuple[Weighting, ...]] = ("modulus", "unit")
_TOPS_HZ: Final = (1e4, 1e3)
"""Where the paper's sweeps begin, and where it cut uncalendered spectra."""
_SLOW_FRACTION: Final = 3.0
"""The slowest half decade is left out once; chosen."""


def protocol_spread(sweeps: Sweeps, choice: Choice) -> tuple[Floats, Floats]:
    """Return the minimum and the maximum ionic resistance over weightings and croppings.

    Two weightings, each with the whole window, without what lies above 10 kHz, above 1 kHz, and
    without the slowest half decade. Above 1 kHz lies what tells a contact or an inductance from the
    line, so that the line alone is asked below.
    """
    low, high = choice.fit.r_ion_ohm.copy(), choice.fit.r_ion_ohm.copy()
    # spectra with the same circuit are fitted again together
    for name, circuit in CIRCUITS.items():
        rows = np.flatnonzero(choice.circuit == name)
        if not rows.size:
            continue
        some = sweeps.rows(rows)
        start = choice.fit.values[rows][:, : len(circuit.parameters)]
        # each cropping and weighting; without the fastest points there is no arc to fit
        for cropped, is_top_gone in _cropped(some):
            is_enough = cropped.n_used >= MIN_POINTS
            asked = LINE if is_top_gone and circuit is not SHORTED else circuit
            begin = start[:, : len(asked.parameters)] if asked is circuit else None
            for weighting in _WEIGHTINGS:
                found = fit_circuit(asked, cropped, weighting, begin).r_ion_ohm
                # what cannot be fitted adds nothing to the spread
                found = np.where(is_enough & np.isfinite(found), found, choice.fit.r_ion_ohm[rows])
                low[rows] = np.fmin(low[rows], found)
                high[rows] = np.fmax(high[rows], found)
    return low, high


def _cropped(sweeps: Sweeps) -> Iterator[tuple[Sweeps, bool]]:
    """Yield the spectra with fewer points, and whether those above 1 kHz are among the missing."""
    yield sweeps, False
    highest = sweeps.frequency_hz[sweeps.used.any(axis=0)].max(initial=0.0)
    for top in _TOPS_HZ:
        if highest > 1.1 * top:
            yield in_window(sweeps, None, top), top <= _TOPS_HZ[-1]
    lowest = sweeps.frequency_hz[sweeps.used.any(axis=0)].min(initial=np.inf)
    if np.isfinite(lowest):
        yield in_window(sweeps, _SLOW_FRACTION * lowest, None), False
