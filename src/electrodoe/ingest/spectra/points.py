"""The points of one table: frequency, impedance and line, as the file orders them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from electrodoe.arrays import Complexes, Floats, Integers
from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.decoding import TextFile
from electrodoe.ingest.number_block import NumberBlock, read_number_block
from electrodoe.ingest.spectra.columns import (
    SpectrumColumns,
    frequency_hz,
    impedance_ohm,
    polar_ohm,
    spectrum_columns,
)
from electrodoe.ingest.spectra.header_words import ImpedancePart
from electrodoe.ingest.spectra.sections import DataSection

_IMPOSSIBLE: Final = 1e100
"""Bound: far beyond any frequency or impedance, and its square is still a double."""
_AGREEMENT: Final = 0.02
"""Fraction of |Z| by which a file's two writings of a point may differ."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SpectrumPoints:
    """The rows of a table of points, none left out.

    Attributes
    ----------
    frequency_hz : array of shape (n_rows,), Hz
        NaN where the cell is empty.
    impedance_ohm : array of shape (n_rows,), complex, ohm
        With the sign that the header says; NaN where a cell is empty.
    lines : array of shape (n_rows,), int
        Line of each row, counted from 1.
    sweep_numbers : array of shape (n_rows,)
        What parts the file's sweeps; equal where nothing does.
    is_sign_said : bool
        Whether format or header say the sign of the imaginary part.
    findings : tuple of Finding
        What was remarked so far.
    """

    frequency_hz: Floats
    impedance_ohm: Complexes
    lines: Integers
    sweep_numbers: Floats
    is_sign_said: bool
    findings: tuple[Finding, ...] = ()

    def with_findings(self, *findings: Finding) -> "SpectrumPoints":
        """Return the points with further findings."""
        return replace(self, findings=(*self.findings, *findings))


def read_points(
    file: TextFile,
    section: DataSection,
    *,
    is_sign_said: bool = False,
    sweep_column: str | None = None,
    are_units_said: bool = False,
) -> SpectrumPoints:
    """Return the points of a section.

    Parameters
    ----------
    file : TextFile
        The file.
    section : DataSection
        Where the table stands.
    is_sign_said : bool
        Whether the format fixes the sign of the imaginary part, whatever the header says.
    sweep_column : str or None
        Header of a column that numbers the sweeps; need not be there.
    are_units_said : bool
        Whether the format fixes the units of headers that name none.

    Returns
    -------
    SpectrumPoints
        At least one row.

    Raises
    ------
    IngestError
        If a header or a cell cannot be read, or real and imaginary part contradict modulus and
        phase.
    """
    place = file.place(section.header_line)
    columns = spectrum_columns(section.headers, place)
    block, sweep_numbers = _block(file, section, columns, sweep_column)
    impedance = impedance_ohm(block.frame, columns, place)
    if (
        columns.is_cartesian
        and {ImpedancePart.MODULUS, ImpedancePart.PHASE} <= columns.parts.keys()
    ):
        polar = polar_ohm(block.frame, columns, place)
        _require_agreement(file, impedance, polar, block.lines)
    unsaid = () if are_units_said else _units_not_said(columns, place)
    return SpectrumPoints(
        frequency_hz=frequency_hz(block.frame, columns),
        impedance_ohm=impedance,
        lines=block.lines,
        sweep_numbers=sweep_numbers,
        is_sign_said=is_sign_said or columns.is_sign_said,
        findings=(*block.findings, *unsaid),
    )


def _block(
    file: TextFile, section: DataSection, columns: SpectrumColumns, sweep_column: str | None
) -> tuple[NumberBlock, Floats]:
    """Return a section's rows, and what numbers its sweeps; other columns stay text."""
    names = _unique(section.headers)
    parts = [names[column.index] for column in columns.parts.values()]
    sweeps = [name for name in names if name == sweep_column]
    block = read_number_block(
        file,
        section.first,
        names,
        section.separator,
        last=section.last,
        text=[name for name in names if name not in (*parts, *sweeps)],
    )
    require_possible(file, block, parts)
    if not sweeps:
        return block, np.zeros(block.frame.height)
    return block, block.frame[sweeps[0]].to_numpy().astype(np.float64)


def require_possible(file: TextFile, block: NumberBlock, names: Collection[str]) -> None:
    """Raise where a number is so large that no instrument can have meant it."""
    for name in names:
        is_wrong = np.abs(block.frame[name].to_numpy()) > _IMPOSSIBLE
        if is_wrong.any():
            row = int(is_wrong.argmax())
            raise IngestError(
                f"{block.frame[name][row]:g} is no frequency, impedance or phase",
                where=f"{file.place(int(block.lines[row]))}, column '{name}'",
                fix="correct the cell, or export the file anew",
            )


def _unique(headers: Sequence[str]) -> list[str]:
    """Return a name for every column; a header that comes again is marked."""
    names: dict[str, None] = {}
    for header in headers:
        name = header.strip()
        while name in names:
            name += " (again)"
        names[name] = None
    return list(names)


def _require_agreement(
    file: TextFile,
    cartesian: Complexes,
    polar: Complexes,
    lines: Integers,
) -> None:
    """Raise where a row's two writings of one impedance differ."""
    is_wrong = np.abs(cartesian - polar) > _AGREEMENT * np.maximum(np.abs(cartesian), np.abs(polar))
    if np.any(is_wrong):
        row = int(np.argmax(is_wrong))
        raise IngestError(
            f"real and imaginary part give {_polar_text(cartesian[row])}, modulus and phase say"
            f" {_polar_text(polar[row])}",
            where=file.place(int(lines[row])),
            fix="correct the row or the headers, or export the file anew",
        )


def _polar_text(impedance: np.complex128) -> str:
    """Return an impedance as modulus and phase, for a message."""
    return f"{np.abs(impedance):.5g} ohm at {np.angle(impedance, deg=True):.4g}°"


def _units_not_said(columns: SpectrumColumns, place: str) -> tuple[Finding, ...]:
    """Return the finding that headers name no unit."""
    if not columns.without_unit:
        return ()
    return (
        found(
            "D217",
            f"no unit in {', '.join(repr(header) for header in columns.without_unit)}:"
            " read as Hz, ohm and degrees",
            place,
        ),
    )
