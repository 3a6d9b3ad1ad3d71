"""Three columns of numbers without a header: which is the frequency, and which the real part."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import IngestError
from electrodoe.findings import Finding, Severity, found
from electrodoe.ingest.decoding import TextFile
from electrodoe.ingest.number_block import read_number_block
from electrodoe.ingest.spectra.parting import is_ordered, split_sweeps
from electrodoe.ingest.spectra.plausible import is_even
from electrodoe.ingest.spectra.points import SpectrumPoints, require_possible
from electrodoe.ingest.spectra.sections import SEPARATORS, DataSection, split_row

_NUMBER: Final = re.compile(r'\s*"?[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?"?\s*')
_COMMENT: Final = ("#", "%", "~", "!")
_HEADER_FIX: Final = "write a header: Frequency (Hz), Re(Z) (Ohm), Im(Z) (Ohm), or -Im(Z) (Ohm)"


def find_headless(file: TextFile) -> tuple[TextFile, DataSection] | None:
    """Return where three columns of numbers stand; None where the first row is no such row."""
    rows = enumerate(file.lines, start=1)
    line, row = next(
        ((n, row) for n, row in rows if row.strip() and not row.startswith(_COMMENT)), (0, "")
    )
    for separator in SEPARATORS:
        if row.count(separator) in (2, 3):
            cells = split_row(row, separator)
            if len(cells) == 3 and all(_NUMBER.fullmatch(cell) for cell in cells):
                return file, DataSection(
                    header_line=line,
                    first=line,
                    last=len(file.lines) + 1,
                    headers=("column 1", "column 2", "column 3"),
                    separator=separator,
                )
    return None


def read_headless(file: TextFile, section: DataSection) -> SpectrumPoints:
    """Return the points of three columns without a header.

    With a finding that says how the columns were read. The frequency is the one that is positive
    and only falls or only rises, evenly on a logarithmic scale or else through a decade. The real
    part is the one left that is never negative, the first if both are.
    """
    block = read_number_block(file, section.first, section.headers, section.separator)
    require_possible(file, block, section.headers)
    columns = block.frame.to_numpy().astype(np.float64).T
    frequency = _frequency_column(columns, file.place(section.first))
    first, second = (index for index in range(3) if index != frequency)
    real = _real_column(columns, first, second, file.place(section.first))
    imaginary = second if real == first else first
    return SpectrumPoints(
        frequency_hz=columns[frequency],
        impedance_ohm=columns[real] + 1j * columns[imaginary],
        lines=block.lines,
        sweep_numbers=np.zeros(len(block.lines)),
        is_sign_said=False,
        findings=(
            *block.findings,
            _without_header((frequency, real, imaginary), columns, file.place(section.first)),
        ),
    )


def _frequency_column(columns: Floats, place: str) -> int:
    """Return which column is the frequency."""
    ordered = [index for index in range(3) if _is_sweep(columns[index])]
    even = [index for index in ordered if is_even(columns[index])]
    chosen = even or [index for index in ordered if _spans_a_decade(columns[index])]
    if len(chosen) != 1:
        raise IngestError(
            "three columns without a header, and "
            + ("more than one" if chosen else "none")
            + " of them looks like a frequency: positive, only falling or only rising, and evenly"
            " spaced on a logarithmic scale or through a decade",
            where=place,
            fix=_HEADER_FIX,
        )
    return chosen[0]


def _is_sweep(column: Floats) -> bool:
    """Return whether a column is positive and runs one way, once or several times."""
    values = np.extract(np.isfinite(column) & (column != 0.0), column)
    if len(values) < 3 or np.any(values < 0.0) or np.ptp(values) == 0.0:
        return False
    return all(is_ordered(values[part]) for part in split_sweeps(values))


def _spans_a_decade(column: Floats) -> bool:
    """Return whether a column's values differ as much as a sweep's frequencies do."""
    values = np.extract(np.isfinite(column) & (column != 0.0), column)
    return bool(values.max() >= 10.0 * values.min())


def _real_column(columns: Floats, first: int, second: int, place: str) -> int:
    """Return which of two columns is the real part; that of a passive cell is not negative."""
    negative = [bool(np.any(columns[index] < 0.0)) for index in (first, second)]
    if all(negative):
        raise IngestError(
            "two columns without a header, and both hold negative numbers: which is the real part"
            " cannot be determined",
            where=place,
            fix=_HEADER_FIX,
        )
    return second if negative[0] else first


def _without_header(order: Sequence[int], columns: Floats, place: str) -> Finding:
    """Return the finding that says how the columns were read."""
    frequency, real, imaginary = (index + 1 for index in order)
    is_plain = bool(np.any(columns[order[2]] < 0.0))
    return found(
        "D217",
        f"three columns without a header: read as frequency in Hz (column {frequency}),"
        f" real part ({real}) and imaginary part ({imaginary}) in ohm"
        + ("" if is_plain else "; the last two could be the other way round"),
        place,
        severity=Severity.NOTE if is_plain else Severity.WARNING,
        fix=_HEADER_FIX,
    )
