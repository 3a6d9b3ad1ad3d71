"""From the points of a file to its sweeps, highest frequency first."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from electrodoe.arrays import Booleans, Integers
from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.decoding import TextFile
from electrodoe.ingest.records import ImpedanceSpectrum
from electrodoe.ingest.spectra.parting import is_ordered, split_sweeps
from electrodoe.ingest.spectra.plausible import require_plausible
from electrodoe.ingest.spectra.points import SpectrumPoints
from electrodoe.ingest.spectra.sign import settle_sign

_SHOWN = 5
"""Line numbers listed in a finding: chosen, more make no sentence."""


def spectra_of(
    file: TextFile, name: str, tables: Sequence[SpectrumPoints], *, has_header: bool = True
) -> tuple[ImpedanceSpectrum, ...]:
    """Return the sweeps of a file's tables.

    Parameters
    ----------
    file : TextFile
        The file.
    name : str
        What the format is called.
    tables : sequence of SpectrumPoints
        At least one, in the file's order.
    has_header : bool
        Whether a header names the imaginary part.

    Returns
    -------
    tuple of ImpedanceSpectrum
        In the file's order. Findings about a table are with its last sweep.

    Raises
    ------
    IngestError
        If a frequency is negative, a table holds no point, its headers stand over the wrong
        columns, or the sign cannot be determined.
    """
    measured = [_measured(file, table) for table in tables]
    parts = [
        part
        for table in settle_sign(file, measured, has_header=has_header)
        for part in _parted(file, table)
    ]
    return tuple(_spectrum(file, name, part, number) for number, part in enumerate(parts, start=1))


def _measured(file: TextFile, table: SpectrumPoints) -> SpectrumPoints:
    """Return a table without the rows that hold no point of a spectrum."""
    is_negative = table.frequency_hz < 0.0
    if np.any(is_negative):
        row = int(np.argmax(is_negative))
        raise IngestError(
            f"frequency {table.frequency_hz[row]:g} Hz is negative",
            where=file.place(int(table.lines[row])),
            fix="correct the row, or check which column holds the frequency",
        )
    is_point = (table.frequency_hz > 0.0) & np.isfinite(table.impedance_ohm)
    if not np.any(is_point):
        raise IngestError(
            "no row holds a frequency above 0 Hz with its impedance",
            where=f"{file.place(int(table.lines[0]))} and below",
            fix="export the file anew, once the sweep has ended",
        )
    points = _rows(table, is_point)
    require_plausible(file, points)
    findings = [] if np.all(is_point) else [_left_out(file, table.lines[~is_point])]
    is_active = points.impedance_ohm.real < 0.0
    if np.any(is_active):
        findings.append(_negative_real_part(file, points.lines[is_active]))
    return points.with_findings(*findings)


def _rows(table: SpectrumPoints, rows: Booleans | Integers) -> SpectrumPoints:
    """Return some rows of a table, with all that was remarked."""
    return replace(
        table,
        frequency_hz=table.frequency_hz[rows],
        impedance_ohm=table.impedance_ohm[rows],
        lines=table.lines[rows],
        sweep_numbers=table.sweep_numbers[rows],
    )


def _parted(file: TextFile, table: SpectrumPoints) -> list[SpectrumPoints]:
    """Return a table's sweeps in the order of measurement."""
    breaks = np.flatnonzero(np.diff(np.nan_to_num(table.sweep_numbers, nan=-1.0))) + 1
    parts, guessed = [], 0
    for rows in np.split(np.arange(len(table.lines)), breaks):
        segments = split_sweeps(table.frequency_hz[rows])
        guessed += len(segments) - 1
        parts += [replace(_rows(table, rows[segment]), findings=()) for segment in segments]
    findings = (_parted_by_frequency(file, table, len(parts)),) if guessed else ()
    parts[-1] = replace(parts[-1], findings=(*table.findings, *findings))
    return parts


def _spectrum(file: TextFile, name: str, part: SpectrumPoints, number: int) -> ImpedanceSpectrum:
    """Return a sweep, highest frequency first."""
    order = np.argsort(-part.frequency_hz, kind="stable")
    falling = _rows(part, order)
    findings = [] if is_ordered(part.frequency_hz) else [_out_of_order(file, part)]
    is_repeated = np.diff(falling.frequency_hz) == 0.0
    if np.any(is_repeated):
        findings.append(_twice(file, falling.lines[1:][is_repeated]))
    return ImpedanceSpectrum(
        path=file.path,
        format=name,
        sweep=number,
        frequency_hz=falling.frequency_hz,
        impedance_ohm=falling.impedance_ohm,
        lines=falling.lines,
        findings=(*part.findings, *findings),
    )


def _places(file: TextFile, lines: Integers) -> str:
    """Return the first few of some lines, for a message."""
    shown = ", ".join(str(line) for line in np.sort(lines)[:_SHOWN])
    more = f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
    return f"{file.path}, line{'s' if len(lines) > 1 else ''} {shown}{more}"


def _left_out(file: TextFile, lines: Integers) -> Finding:
    """Return the finding about rows that are no points."""
    return found(
        "D210",
        f"{len(lines)} {'rows have' if len(lines) > 1 else 'row has'} a frequency of 0 Hz, or"
        " an empty cell",
        _places(file, lines),
    )


def _negative_real_part(file: TextFile, lines: Integers) -> Finding:
    """Return the finding about points that no passive cell shows."""
    return found(
        "D218",
        f"the real part is negative at {len(lines)} point{'s' if len(lines) > 1 else ''},"
        " which no passive cell shows; all are kept",
        _places(file, lines),
    )


def _twice(file: TextFile, lines: Integers) -> Finding:
    """Return the finding about frequencies that come again within a sweep."""
    return found(
        "D212",
        f"{len(lines)} point{'s repeat' if len(lines) > 1 else ' repeats'} a frequency of"
        " the same sweep; all are kept",
        _places(file, lines),
    )


def _parted_by_frequency(file: TextFile, table: SpectrumPoints, n_sweeps: int) -> Finding:
    """Return the finding that no column says where a sweep begins."""
    return found(
        "D215",
        f"the frequencies run through the same range again: read as {n_sweeps} sweeps",
        f"{file.path}, lines {table.lines[0]} to {table.lines[-1]}",
    )


def _out_of_order(file: TextFile, part: SpectrumPoints) -> Finding:
    """Return the finding that frequencies neither fall nor rise."""
    return found(
        "D216",
        "the frequencies neither fall nor rise; the points were sorted",
        f"{file.path}, lines {part.lines.min()} to {part.lines.max()}",
    )
