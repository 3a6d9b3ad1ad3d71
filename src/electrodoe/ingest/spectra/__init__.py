"""What readers of impedance spectra share: headers, units, signs, sweeps."""

from electrodoe.ingest.spectra.header_words import HeaderWord, ImpedancePart, read_header
from electrodoe.ingest.spectra.points import SpectrumPoints, read_points
from electrodoe.ingest.spectra.refusals import no_spectrum
from electrodoe.ingest.spectra.sections import DataSection, sections, split_row, with_units
from electrodoe.ingest.spectra.sign import lean
from electrodoe.ingest.spectra.sweeps import spectra_of

__all__ = [
    "DataSection",
    "HeaderWord",
    "ImpedancePart",
    "SpectrumPoints",
    "lean",
    "no_spectrum",
    "read_header",
    "read_points",
    "sections",
    "spectra_of",
    "split_row",
    "with_units",
]
