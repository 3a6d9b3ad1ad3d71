"""Spectra on one grid of frequencies, side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from electrodoe.arrays import Booleans, Complexes, Floats, Integers
from electrodoe.ingest.records import ImpedanceSpectrum

Weighting = Literal["modulus", "unit"]
_MIN_OHM: Final = 1e-9
"""Bound: a zero or a number that underflowed is no measurement."""
_MOST_OHM: Final = 1e15
"""Bound: an overflow mark is no measurement; no cell comes near it."""
_AT_ONCE: Final = 512
"""Spectra of one batch: enough to outweigh Python, few enough for the cache."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Sweeps:
    """Spectra that share their frequencies.

    Attributes
    ----------
    frequency_hz : array of shape (n_points,), Hz
        Falling.
    impedance_ohm : complex array of shape (n_spectra, n_points), ohm
        Capacitive points have a negative imaginary part.
    used : bool array of shape (n_spectra, n_points)
        Points that a fit sees.
    """

    frequency_hz: Floats
    impedance_ohm: Complexes
    used: Booleans

    @property
    def reference(self) -> float:
        """Return the logarithm of the angular frequency that fits count from."""
        return float(np.log(2.0 * np.pi * self.frequency_hz).mean())

    @property
    def log_omega(self) -> Floats:
        """Return the logarithms of the angular frequencies, over the reference."""
        return np.log(2.0 * np.pi * self.frequency_hz) - self.reference

    @property
    def n_used(self) -> Integers:
        """Return how many points of each spectrum count."""
        return np.asarray(self.used.sum(axis=1))

    def weights(self, weighting: Weighting) -> Floats:
        """Return the weights of residuals: over each point's modulus, or over the mean one."""
        modulus = np.abs(self.impedance_ohm)
        if weighting == "unit":
            count = np.maximum(self.n_used, 1)
            modulus = ((modulus * self.used).sum(axis=1) / count)[:, None]
        weights = np.zeros(self.used.shape)
        np.divide(1.0, modulus, out=weights, where=self.used & (modulus > 0.0))
        return weights

    def rows(self, which: Booleans | Integers) -> "Sweeps":
        """Return some of the spectra."""
        return replace(self, impedance_ohm=self.impedance_ohm[which], used=self.used[which])

    def within(self, used: Booleans) -> "Sweeps":
        """Return the spectra with fewer points."""
        return replace(self, used=self.used & used)


def grouped_sweeps(
    spectra: Sequence[ImpedanceSpectrum], at_once: int = _AT_ONCE
) -> Iterator[tuple[Integers, Sweeps]]:
    """Yield spectra by their grid of frequencies, some at once.

    Parameters
    ----------
    spectra : sequence of ImpedanceSpectrum
        In any order, on any grids.
    at_once : int
        Most spectra of one batch, which bounds the memory.

    Yields
    ------
    rows : array of int
        Positions in ``spectra``.
    sweeps : Sweeps
        With every point used whose impedance an instrument can measure.
    """
    grids: dict[bytes, list[int]] = {}
    for row, spectrum in enumerate(spectra):
        grids.setdefault(spectrum.frequency_hz.tobytes(), []).append(row)
    for rows in grids.values():
        for first in range(0, len(rows), at_once):
            some = rows[first : first + at_once]
            impedance = np.stack([spectra[row].impedance_ohm for row in some])
            modulus = np.abs(impedance)
            used = (modulus > _MIN_OHM) & (modulus < _MOST_OHM)
            yield (
                np.array(some),
                Sweeps(
                    frequency_hz=spectra[some[0]].frequency_hz,
                    impedance_ohm=np.where(used, impedance, 0.0),
                    used=used,
                ),
            )
