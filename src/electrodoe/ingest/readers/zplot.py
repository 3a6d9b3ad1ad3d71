"""Impedance spectra in the text files of ZPlot and ZView."""

import re
from pathlib import Path
from typing import Final

from electrodoe.errors import IngestError
from electrodoe.findings import found
from electrodoe.ingest.decoding import TextFile, read_text, start_text
from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.ingest.spectra import (
    DataSection,
    SpectrumPoints,
    read_points,
    spectra_of,
    split_row,
)
from electrodoe.ingest.spectra.columns import is_spectrum_header

_FORMAT: Final = "ZPlot"
_TITLE: Final = re.compile(r"\s*\"?ZPLOT\d* ASCII", re.IGNORECASE)
_END: Final = re.compile(r"\s*\"?End Comments", re.IGNORECASE)
_COUNT: Final = re.compile(r"\s*\"?Data Points:\s*(?P<rows>\d+)", re.IGNORECASE)
_CURVE: Final = re.compile(r"\((?:a|b)\)\s*$")


def is_zplot(start: bytes) -> bool:
    """Return whether a file's first bytes are ZPlot's."""
    return _TITLE.match(start_text(start)) is not None


def read_zplot(path: Path) -> tuple[ImpedanceSpectrum, ...]:
    """Return the sweep of a ZPlot file.

    One, or several if the frequencies run through the same range again.
    """
    file = read_text(path)
    section = _section(file)
    points = read_points(file, section, is_sign_said=True, are_units_said=True)
    return spectra_of(file, _FORMAT, [_counted(file, section, points)])


def _section(file: TextFile) -> DataSection:
    """Return where the rows stand."""
    end = next((line for line, row in enumerate(file.lines, 1) if _END.match(row)), None)
    if end is None:
        raise IngestError(
            "no line 'End Comments': the file ends before its rows",
            where=file.place(len(file.lines)),
            fix="copy the file anew from the instrument",
        )
    row = file.lines[end - 2].strip()
    separator = max("\t", ",", key=row.count)
    headers = tuple(_CURVE.sub("", cell.strip()) for cell in split_row(row, separator))
    if not is_spectrum_header(headers):
        raise IngestError(
            f"'{row[:60]}' where the header with Freq(Hz), Z'(a) and Z''(b) is meant",
            where=file.place(end - 1),
            fix="export the file anew from ZPlot",
        )
    return DataSection(
        header_line=end - 1,
        first=end + 1,
        last=len(file.lines) + 1,
        headers=headers,
        separator=separator,
    )


def _counted(file: TextFile, section: DataSection, points: SpectrumPoints) -> SpectrumPoints:
    """Return the points, with a finding where there are not as many as the comments say."""
    counts = ((line, _COUNT.match(row)) for line, row in enumerate(file.lines[: section.first], 1))
    for line, match in counts:
        if match and int(match["rows"]) != len(points.lines):
            return points.with_findings(
                found(
                    "D219",
                    f"{len(points.lines)} rows where the comments say {match['rows']}",
                    file.place(line),
                )
            )
    return points
