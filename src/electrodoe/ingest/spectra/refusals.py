"""Why a text file holds no spectrum, reported with what to do instead."""

import re
from typing import Final

from electrodoe.errors import IngestError
from electrodoe.ingest.decoding import TextFile
from electrodoe.ingest.spectra.columns import MAX_COLUMNS, words_of
from electrodoe.ingest.spectra.header_words import ImpedancePart
from electrodoe.ingest.spectra.sections import SEPARATORS, has_words, split_row

_OF_A_CYCLER: Final = re.compile(
    r"ecell/v|u\[v\]|i\[a\]|voltage\s*\(v\)|current\s*\(a\)|i/ma|voltage_volt|volts\b",
    re.IGNORECASE,
)
_LINES: Final = 2000
"""Lines in which a reason for the refusal is looked for: bound on time, chosen."""
_SHOWN: Final = 8
"""Headers listed in an error: chosen, more make no sentence."""


def no_spectrum(file: TextFile) -> IngestError:
    """Return the error for a file in which no header names frequency and impedance.

    Parameters
    ----------
    file : TextFile
        The file.

    Returns
    -------
    IngestError
        With the best line to look at: the one that names some part of a spectrum, or the columns
        of a cycler.
    """
    widest = 1 + max(file.lines[0].count(separator) for separator in SEPARATORS)
    if widest > MAX_COLUMNS:
        return IngestError(
            f"{widest} cells in a row, where a table of points has at most {MAX_COLUMNS}",
            where=file.place(1),
            fix="export one point per row",
        )
    rows = [
        (line, cells) for line, row in enumerate(file.lines[:_LINES], 1) for cells in _split(row)
    ]
    parts = [(len(found), line, cells, found) for line, cells in rows if (found := _parts(cells))]
    if parts:
        _, line, cells, found = max(parts, key=lambda each: each[0])
        return IngestError(
            f"no column holds the {_missing(found)}: the file has {_shown(cells)}",
            where=file.place(line),
            fix="export that column too, with its unit in the header",
        )
    for line, row in enumerate(file.lines[:_LINES], start=1):
        if has_words(row) and _OF_A_CYCLER.search(row):
            return IngestError(
                "a cycler's record, and no impedance spectrum: voltage and current without a"
                " frequency",
                where=file.place(line),
                fix="condense it with 'electrodoe capacity', or export the impedance",
            )
    return IngestError(
        "no header names frequency and impedance, and the first row is not three numbers",
        where=file.place(1),
        fix="write a header: Frequency (Hz), Re(Z) (Ohm), Im(Z) (Ohm)",
    )


def _split(row: str) -> list[tuple[str, ...]]:
    """Return a line's cells under the separator that parts it most often, if any does."""
    separator = max(SEPARATORS, key=row.count)
    return [split_row(row, separator)] if has_words(row) and separator in row else []


def _parts(cells: tuple[str, ...]) -> set[ImpedancePart]:
    """Return the parts that a row names; a lone modulus or phase may be anything."""
    found = {word.part for word in words_of(cells).values()}
    return found if len(found) >= 2 or ImpedancePart.FREQUENCY in found else set()


def _missing(found: set[ImpedancePart]) -> str:
    """Return what a spectrum lacks."""
    if ImpedancePart.FREQUENCY not in found:
        return "frequency"
    if ImpedancePart.REAL in found:
        return "imaginary part"
    if ImpedancePart.IMAGINARY in found:
        return "real part"
    if ImpedancePart.MODULUS in found:
        return "phase"
    return "modulus" if ImpedancePart.PHASE in found else "impedance"


def _shown(cells: tuple[str, ...]) -> str:
    """Return the first headers of a row, for a message."""
    more = ", ..." if len(cells) > _SHOWN else ""
    return ", ".join(repr(cell.strip()[:30]) for cell in cells[:_SHOWN]) + more
