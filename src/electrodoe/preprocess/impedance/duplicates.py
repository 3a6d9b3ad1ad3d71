"""Spectra that hold the same numbers: one measurement under two names."""

from collections.abc import Mapping, Sequence

from electrodoe.findings import Finding, found
from electrodoe.ingest.records import ImpedanceSpectrum


def duplicates(spectra: Sequence[ImpedanceSpectrum]) -> Mapping[int, int]:
    """Return, for each spectrum that repeats another, the position of the first.

    Parameters
    ----------
    spectra : sequence of ImpedanceSpectrum
        Whatever their names and formats.

    Returns
    -------
    mapping of int to int
        Two measurements never agree in every bit of every point.
    """
    first: dict[bytes, int] = {}
    repeated = {}
    for row, spectrum in enumerate(spectra):
        content = spectrum.frequency_hz.tobytes() + spectrum.impedance_ohm.tobytes()
        if first.setdefault(content, row) != row:
            repeated[row] = first[content]
    return repeated


def duplicate_finding(copy: ImpedanceSpectrum, original: ImpedanceSpectrum) -> Finding:
    """Return what is found in a spectrum that repeats another."""
    return found(
        "D313", f"all {len(copy.frequency_hz)} points are those of {original.path}", copy.place
    )
