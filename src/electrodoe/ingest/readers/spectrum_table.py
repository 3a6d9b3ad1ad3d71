"""Impedance spectra in plain text tables: any order of columns, any usual header, or none."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from electrodoe.ingest.decoding import TextFile, read_text, start_text
from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.ingest.spectra import no_spectrum, read_points, sections, spectra_of
from electrodoe.ingest.spectra.headless import find_headless, read_headless

_FORMAT: Final = "text table"
_BLANK_BEFORE_UNIT: Final = re.compile(r"[ ]+(?=[(\[])")


def is_spectrum_table(start: bytes) -> bool:
    """Return whether a file's first bytes may be text; asked last, for it says yes to any."""
    return "\x00" not in start_text(start)


def read_spectrum_table(path: Path) -> tuple[ImpedanceSpectrum, ...]:
    """Return the sweeps of a text table.

    One per header, or per pass through the frequencies.
    """
    file = read_text(path)
    found = sections(file)
    if found:
        return spectra_of(file, _FORMAT, [read_points(file, section) for section in found])
    spaced = _without_runs_of_blanks(file)
    found = sections(spaced, separators=("\t",))
    if found:
        return spectra_of(spaced, _FORMAT, [read_points(spaced, section) for section in found])
    headless = find_headless(file) or find_headless(spaced)
    if headless is None:
        raise no_spectrum(file)
    return spectra_of(file, _FORMAT, [read_headless(*headless)], has_header=False)


def _without_runs_of_blanks(file: TextFile) -> TextFile:
    """Return a file whose cells are parted by blanks, with a tab for each run of them."""
    lines = (_BLANK_BEFORE_UNIT.sub("", row).split() for row in file.lines)
    return replace(
        file, text="\n".join("\t".join(cells) for cells in lines) + "\n" * (not file.is_open_ended)
    )
