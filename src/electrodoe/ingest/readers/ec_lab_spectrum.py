"""Impedance spectra in BioLogic's text files, with the program's preamble or without."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from electrodoe.ingest.decoding import TextFile, read_text, start_text
from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.ingest.spectra import DataSection, no_spectrum, read_points, sections, spectra_of

_FORMAT: Final = "EC-Lab text"
_TITLE: Final = re.compile(r"\s*(?:EC|BT)-Lab ASCII FILE", re.IGNORECASE)
_HEADER: Final = re.compile(r"\s*freq/Hz\t", re.IGNORECASE)


def is_ec_lab_spectrum(start: bytes) -> bool:
    """Return whether a file's first bytes are EC-Lab's title, or its header without a title."""
    text = start_text(start)
    return any(pattern.match(text) is not None for pattern in (_TITLE, _HEADER))


def read_ec_lab_spectrum(path: Path) -> tuple[ImpedanceSpectrum, ...]:
    """Return the sweeps of an EC-Lab text file.

    One per header, and per value of ``cycle number``.
    """
    file = read_text(path)
    found = sections(file, separators=("\t",))
    if not found:
        raise no_spectrum(file)
    tables = [
        read_points(file, _until_title(file, section), sweep_column="cycle number")
        for section in found
    ]
    return spectra_of(file, _FORMAT, tables)


def _until_title(file: TextFile, section: DataSection) -> DataSection:
    """Return a section that ends where the preamble of a file copied behind it begins."""
    rows = enumerate(file.lines[section.first - 1 : section.last - 1], section.first)
    return replace(section, last=next((n for n, row in rows if _TITLE.match(row)), section.last))
