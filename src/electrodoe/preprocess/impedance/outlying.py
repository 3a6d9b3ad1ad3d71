"""Single points that Kramers and Kronig disown: hum of the mains, and other spikes."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.preprocess.impedance.kramers_kronig import KramersKronig
from electrodoe.preprocess.impedance.sweeps import Sweeps
from electrodoe.robust import NORMAL_MAD

NOISE_FLOOR: Final = 0.003
"""Residuals below 0.3 % of the modulus are taken as this much: no cell follows a circuit better."""
MAINS_HZ: Final = (50.0, 60.0)
"""Frequencies of the world's power grids."""
N_HARMONICS: Final = 3
"""The hum and its first two multiples; chosen."""
MAINS_LIMIT: Final = 4.5
"""In standard deviations, lower as hum is expected there; 99.6 % is named (benchmarks)."""
SPIKE_LIMIT: Final = 6.0
"""In standard deviations; chosen. All limits flag 0.2 % of 10,000 clean spectra (benchmarks)."""
DRIFT_LIMIT: Final = 4.0
"""Squared residual over that of noise; 81 % of made-up drifts are named (benchmarks)."""
_NEAR: Final = 0.08
"""How near a point lies to the hum that may reach it, as a fraction of the frequency."""
_MIN_FREE: Final = 0.05
"""Bound on 1 - leverage, so that a point that the test must follow is not blown up."""
_LOW_SPAN: Final = 6.0
"""Points up to this multiple of the lowest frequency take most of a sweep's time."""
MOST_SPIKES: Final = 0.1
"""Fraction of outlying points above which they are no single points any more."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Outlying:
    """How far points are from the ladder, in standard deviations of the others.

    Attributes
    ----------
    noise : array of shape (n_spectra,)
        Standard deviation of the real and imaginary part over the modulus, from the median.
    distance : array of shape (n_spectra, n_points)
        Distance over the noise, 0.3 % at least, with the ladder's own fraction taken off.
    is_mains, is_spike : bool array of shape (n_spectra, n_points)
        Points beyond their limit, near the mains' frequencies and elsewhere.
    drift : array of shape (n_spectra,)
        Mean square of the distances of the slowest points; near 1 without drift.
    """

    noise: Floats
    distance: Floats
    is_mains: Booleans
    is_spike: Booleans
    drift: Floats


def outlying(sweeps: Sweeps, test: KramersKronig) -> Outlying:
    """Return which points stand apart, and whether the slow end does as a whole.

    A sweep's last points take most of its time, so that a cell that changes meanwhile disagrees
    with Kramers and Kronig there first.
    """
    fraction = np.sqrt(np.maximum(1.0 - test.leverages, _MIN_FREE))
    parts = np.concatenate([test.residuals.real / fraction, test.residuals.imag / fraction], axis=1)
    seen = np.where(np.concatenate([sweeps.used, sweeps.used], axis=1), np.abs(parts), np.nan)
    is_seen = sweeps.n_used > 0
    noise = np.full(len(seen), np.nan)
    noise[is_seen] = np.nanmedian(seen[is_seen], axis=1) / NORMAL_MAD
    distance = np.abs(test.residuals) / fraction / np.maximum(noise, NOISE_FLOOR)[:, None]
    distance = np.where(sweeps.used, distance, 0.0)
    near = near_mains(sweeps.frequency_hz)
    low = sweeps.used & (sweeps.frequency_hz <= _LOW_SPAN * sweeps.frequency_hz.min())
    count = np.maximum(low.sum(axis=1), 1)
    return Outlying(
        noise=noise,
        distance=distance,
        is_mains=near & (distance > MAINS_LIMIT),
        is_spike=~near & ~low & (distance > SPIKE_LIMIT),
        drift=0.5 * np.sum(distance**2 * low, axis=1) / count,
    )


def near_mains(frequency_hz: Floats) -> Booleans:
    """Return which frequencies lie near those of the mains or their first harmonics.

    Examples
    --------
    >>> import numpy as np
    >>> near_mains(np.array([1000.0, 158.0, 126.0, 50.1]))
    array([False,  True,  True,  True])
    """
    hum = np.outer(MAINS_HZ, np.arange(1, N_HARMONICS + 1)).ravel()
    away = np.abs(np.log(frequency_hz[:, None] / hum))
    is_near: Booleans = away.min(axis=1) < _NEAR
    return is_near
