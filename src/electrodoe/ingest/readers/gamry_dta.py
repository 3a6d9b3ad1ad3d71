"""Impedance spectra in Gamry's DTA files."""

import re
from pathlib import Path
from typing import Final

from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.decoding import TextFile, read_text, start_text
from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.ingest.spectra import (
    DataSection,
    SpectrumPoints,
    read_points,
    spectra_of,
    split_row,
    with_units,
)
from electrodoe.ingest.spectra.columns import is_spectrum_header

_FORMAT: Final = "Gamry DTA"
_TITLE: Final = re.compile(r"\s*EXPLAIN\s")
_TABLE: Final = re.compile(r"\s*ZCURVE\d*\s+TABLE\s*(?P<rows>\d+)?")
_ABORTED: Final = re.compile(r"\s*EXPERIMENTABORTED\s+TOGGLE\s+T")


def is_gamry_dta(start: bytes) -> bool:
    """Return whether a file's first bytes are Gamry's."""
    return _TITLE.match(start_text(start)) is not None


def read_gamry_dta(path: Path) -> tuple[ImpedanceSpectrum, ...]:
    """Return the sweeps of a Gamry DTA file.

    One per ``ZCURVE`` table. What was measured before an experiment was aborted is kept, with a
    finding.
    """
    file = read_text(path)
    starts = [line for line, row in enumerate(file.lines, start=1) if _TABLE.match(row)]
    aborted = [line for line, row in enumerate(file.lines, start=1) if _ABORTED.match(row)]
    found = [_section(file, line) for line in starts]
    kept = [section for section in found if section.last > section.first] if aborted else found
    if not found:
        raise _without_table(file)
    if not kept:
        raise IngestError(
            "the experiment was aborted before the first point",
            where=file.place(aborted[0]),
            fix="leave the file out, or measure the cell again",
        )
    tables = [_points(file, section) for section in kept]
    if aborted:
        tables[-1] = tables[-1].with_findings(_was_aborted(file, aborted[0]))
    return spectra_of(file, _FORMAT, tables)


def _section(file: TextFile, start: int) -> DataSection:
    """Return the table that a line announces: header, units, rows that begin with a tab."""
    if start + 2 > len(file.lines):
        raise IngestError(
            "the file ends within the header of its ZCURVE table",
            where=file.place(len(file.lines)),
            fix="copy the file anew from the instrument",
        )
    names, units = (split_row(file.lines[start + row], "\t") for row in range(2))
    headers = with_units(names, units)
    if not is_spectrum_header(headers):
        raise IngestError(
            f"the ZCURVE table has {', '.join(repr(name) for name in names[:8] if name)}, and not"
            " Freq, Zreal and Zimag",
            where=file.place(start + 1),
            fix="export the file anew from Gamry's program",
        )
    first = start + 3
    below = enumerate(file.lines[first - 1 :], start=first)
    last = next(
        (line for line, row in below if row.strip() and not row.startswith("\t")),
        len(file.lines) + 1,
    )
    return DataSection(
        header_line=start + 1, first=first, last=last, headers=headers, separator="\t"
    )


def _points(file: TextFile, section: DataSection) -> SpectrumPoints:
    """Return a table's points, with a finding where it is shorter than it says."""
    points = read_points(file, section, is_sign_said=True, are_units_said=True)
    match = _TABLE.match(file.lines[section.header_line - 2])
    announced = int(match["rows"]) if match and match["rows"] else None
    if announced is None or announced == len(points.lines):
        return points
    return points.with_findings(
        found(
            "D219",
            f"{len(points.lines)} rows where the table announces {announced}",
            file.place(section.header_line - 1),
        )
    )


def _was_aborted(file: TextFile, line: int) -> Finding:
    """Return the finding that the sweep did not reach its end."""
    return found(
        "D214", "the experiment was aborted; the points before it are kept", file.place(line)
    )


def _without_table(file: TextFile) -> IngestError:
    """Return the error for a DTA file of another experiment."""
    return IngestError(
        "no ZCURVE table: the file holds another of Gamry's experiments",
        where=file.place(1),
        fix="give the file of an impedance experiment (EISPOT, GALVEIS, HYBRIDEIS)",
    )
