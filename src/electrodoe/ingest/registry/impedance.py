"""Impedance spectra: which reader reads which file."""

from pathlib import Path
from typing import Final

from electrodoe.ingest.readers.ec_lab_spectrum import is_ec_lab_spectrum, read_ec_lab_spectrum
from electrodoe.ingest.readers.gamry_dta import is_gamry_dta, read_gamry_dta
from electrodoe.ingest.readers.spectrum_table import is_spectrum_table, read_spectrum_table
from electrodoe.ingest.readers.zplot import is_zplot, read_zplot
from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.ingest.registry.choice import Readers, read_with

IMPEDANCE_READERS: Final[Readers[tuple[ImpedanceSpectrum, ...]]] = {
    "EC-Lab text": (is_ec_lab_spectrum, read_ec_lab_spectrum),
    "Gamry DTA": (is_gamry_dta, read_gamry_dta),
    "ZPlot": (is_zplot, read_zplot),
    "text table": (is_spectrum_table, read_spectrum_table),
}
"""Readers in the order in which they are asked."""


def read_spectra(path: Path) -> tuple[ImpedanceSpectrum, ...]:
    """Return the impedance spectra that a file holds.

    Parameters
    ----------
    path : Path
        A file of an impedance analyzer, in any of the known formats.

    Returns
    -------
    tuple of ImpedanceSpectrum
        At least one, in the file's order; each with its highest frequency first, and capacitive
        points negative.

    Raises
    ------
    IngestError
        If the file is missing or empty, in no known format, or cannot be read as what it is.
    """
    return read_with(IMPEDANCE_READERS, path, "impedance spectrum")
