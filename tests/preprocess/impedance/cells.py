"""Made-up spectra of known cells, and protocols, for every test of impedance."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.preprocess.impedance import Sweeps
from electrodoe.study import ImpedanceProtocol

FREQUENCY_HZ = np.logspace(4, -1, 51)


def make_cells(n: int, seed: int = 0) -> tuple[NDArray[np.float64], ...]:
    """Return R0, R_ion, Q and gamma of some cells."""
    rng = np.random.default_rng(seed)
    return (
        rng.uniform(5.0, 30.0, n),
        np.exp(rng.uniform(np.log(80.0), np.log(900.0), n)),
        np.exp(rng.uniform(np.log(5e-4), np.log(4e-3), n)),
        rng.uniform(0.86, 0.98, n),
    )


def make_noisy(
    impedance: NDArray[np.complex128], fraction: float = 0.005, seed: int = 1
) -> NDArray[np.complex128]:
    """Return spectra with noise on real and imaginary part."""
    real, imaginary = np.random.default_rng(seed).normal(size=(2, *impedance.shape))
    return impedance + np.abs(impedance) * fraction * (real + 1j * imaginary)


def make_sweeps(
    impedance: NDArray[np.complex128], frequency_hz: NDArray[np.float64] = FREQUENCY_HZ
) -> Sweeps:
    """Return spectra side by side, with all their points."""
    impedance = np.atleast_2d(impedance)
    used = np.ones(impedance.shape, dtype=np.bool_)
    return Sweeps(frequency_hz=frequency_hz, impedance_ohm=impedance, used=used)


def make_records(
    impedance: NDArray[np.complex128], frequency_hz: NDArray[np.float64] = FREQUENCY_HZ
) -> list[ImpedanceSpectrum]:
    """Return spectra as a reader hands them on, one file each."""
    return [
        ImpedanceSpectrum(
            path=Path(f"raw/cell_{row}.csv"),
            format="made up",
            frequency_hz=frequency_hz,
            impedance_ohm=values,
            lines=np.arange(2, 2 + len(frequency_hz)),
        )
        for row, values in enumerate(np.atleast_2d(impedance))
    ]


def make_protocol(**settings: object) -> ImpedanceProtocol:
    """Return a protocol with some settings."""
    return ImpedanceProtocol.model_validate(
        {"instrument": "impedance", "files": ("raw/*.csv",)} | settings
    )
